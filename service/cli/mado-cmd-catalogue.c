/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

/* The folder that was named, or the one programs use. */
static const char *
get_folder (MadoCli *cli, GError **error)
{
  const char *folder = cli->n_words > 0 ? cli->words[0] : g_getenv ("MADO_CATALOGUE_DIR");

  if (folder == NULL)
    g_set_error (error, MADO_CLI_USAGE, 0, _("Name the catalogue's folder, or set MADO_CATALOGUE_DIR"));
  return folder;
}

static JsonNode *
describe_findings (GPtrArray *findings)
{
  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < findings->len; i++)
    {
      const MadoFinding *finding = g_ptr_array_index (findings, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "file", finding->file);
      json_object_set_string_member (object, "pointer", finding->pointer);
      json_object_set_string_member (object, "code", finding->code);
      json_object_set_string_member (object, "message", finding->message);
      json_array_add_object_element (list, object);
    }
  return json_node_init_array (json_node_alloc (), list);
}

static void
print_findings (MadoCli *cli, GPtrArray *findings)
{
  if (cli->json)
    {
      g_autoptr(JsonNode) node = describe_findings (findings);

      mado_cli_print_json (node);
      return;
    }
  for (guint i = 0; i < findings->len; i++)
    {
      const MadoFinding *finding = g_ptr_array_index (findings, i);

      g_print ("%s#%s: %s\n", finding->file, finding->pointer, finding->message);
    }
  if (findings->len == 0)
    g_print (_("Nothing to mend.\n"));
}

static gboolean
run_lint (MadoCli *cli, GError **error)
{
  const char *folder = get_folder (cli, error);
  g_autoptr(GPtrArray) findings = folder != NULL ? mado_catalogue_lint (folder) : NULL;

  if (findings == NULL)
    return FALSE;
  print_findings (cli, findings);
  if (findings->len == 0)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
               g_dngettext (NULL, "%u mistake in the catalogue", "%u mistakes in the catalogue", findings->len),
               findings->len);
  return FALSE;
}

const MadoCommand mado_commands_catalogue[] = {
  { "catalogue lint", "[FOLDER]", N_("Name every mistake in the catalogue's files"), 0, 1, NULL, run_lint },
  { NULL }
};
