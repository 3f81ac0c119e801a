/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

/* The folder that was named, else the one the programs read. */
static const char *
folder_of (const MadoCli *cli)
{
  const char *folder = g_getenv ("MADO_CATALOGUE_DIR");

  return cli->n_words > 0 ? cli->words[0] : folder != NULL ? folder : MADO_CATALOGUEDIR;
}

static JsonNode *
finding_to_json (const MadoFinding *finding)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", finding->file);
  json_object_set_string_member (object, "pointer", finding->pointer);
  json_object_set_string_member (object, "code", finding->code);
  json_object_set_string_member (object, "message", finding->message);
  json_node_take_object (node, object);
  return node;
}

static gboolean
run_lint (MadoCli *cli, GError **error)
{
  g_autoptr (GPtrArray) findings = mado_catalogue_lint (folder_of (cli));
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < findings->len; i++)
    {
      const MadoFinding *finding = g_ptr_array_index (findings, i);

      json_array_add_element (list, finding_to_json (finding));
      if (!cli->json)
        g_print ("%s %s: %s\n", finding->file, finding->pointer, finding->message);
    }
  json_node_take_array (node, list);
  if (cli->json)
    mado_cli_print_json (node);
  else if (findings->len == 0)
    g_print ("%s\n", _("The catalogue may be published: nothing is wrong."));
  return findings->len == 0;
}

static gboolean
run_list (MadoCli *cli, GError **error)
{
  g_autoptr (MadoCatalogue) catalogue = mado_catalogue_load (folder_of (cli), error);
  GPtrArray *procedures;
  MadoTable *table;

  if (catalogue == NULL)
    return FALSE;
  procedures = mado_catalogue_get_procedures (catalogue);
  table = mado_table_new (_("ID"), _("REVISION"), _("PROCEDURE"), NULL);
  for (guint i = 0; i < procedures->len; i++)
    {
      const MadoProcedure *procedure = g_ptr_array_index (procedures, i);
      g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, procedure->revision);

      mado_table_add (table, procedure->id, revision, mado_json_text (procedure->title, mado_cli_language ()), NULL);
    }
  mado_table_print (table);
  return TRUE;
}

const MadoCommand mado_commands_catalogue[] = {
  { "catalogue lint", "[FOLDER]", N_("Every mistake, with file and JSON Pointer"), 0, 1, NULL, run_lint },
  { "catalogue list", "[FOLDER]", N_("The procedures in force"), 0, 1, NULL, run_list },
  { NULL }
};
