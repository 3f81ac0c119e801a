/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include "core/mado-json.h"

static char *city_file;

static const GOptionEntry lint_options[] = {
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city_file, N_("The city.json it is for: its offices are looked up"), "FILE" },
  { NULL }
};

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

  for (guint i = 0; i < findings->len; i++) {
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
  if (cli->json) {
    g_autoptr(JsonNode) node = describe_findings (findings);

    mado_cli_print_json (node);
    return;
  }
  for (guint i = 0; i < findings->len; i++) {
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
  g_autoptr(MadoCity) city = NULL;
  g_autoptr(GPtrArray) findings = NULL;

  if (folder == NULL || (city_file != NULL && (city = mado_city_load (city_file, error)) == NULL))
    return FALSE;
  findings = mado_catalogue_lint (folder, city);
  print_findings (cli, findings);
  if (findings->len == 0)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
               g_dngettext (NULL, "%u mistake in the catalogue", "%u mistakes in the catalogue", findings->len),
               findings->len);
  return FALSE;
}

/* "12 of 90 (13 %)" */
static char *
describe_share (gint64 part, gint64 all)
{
  return g_strdup_printf (_("%d of %d (%d %%)"), (int) part, (int) all, (int) (all > 0 ? part * 100 / all : 0));
}

static gint64
number_at (JsonNode *node, const char *pointer)
{
  return json_node_get_int (mado_json_get (node, pointer));
}

static void
print_group (JsonNode *stats, const char *pointer, const char *title)
{
  JsonObject *group = json_node_get_object (mado_json_get (stats, pointer));
  JsonObjectIter iter;
  const char *name;
  JsonNode *count;

  g_print ("\n%s\n", title);
  json_object_iter_init_ordered (&iter, group);
  while (json_object_iter_next_ordered (&iter, &name, &count))
    g_print ("  %-20s %5d %5d %5d\n", name, (int) number_at (count, "/procedures"), (int) number_at (count, "/filed"),
             (int) number_at (count, "/online"));
}

static void
print_unsound (JsonNode *stats)
{
  JsonArray *unsound = json_node_get_array (mado_json_get (stats, "/unsound"));

  for (guint i = 0; i < json_array_get_length (unsound); i++)
    g_print ("  %s\n", json_array_get_string_element (unsound, i));
}

static void
print_stats (JsonNode *stats)
{
  gint64 all = number_at (stats, "/procedures");
  gint64 facts = number_at (stats, "/facts/all"), open = number_at (stats, "/facts/unverified");
  g_autofree char *filed = describe_share (number_at (stats, "/filed"), all);
  g_autofree char *online = describe_share (number_at (stats, "/online"), all);
  g_autofree char *verified = describe_share (facts - open, facts);

  g_print (_("Procedures: %d\n"), (int) all);
  g_print (_("Filed with us: %s\n"), filed);
  g_print (_("Online: %s\n"), online);
  g_print (_("Facts of law and money compared with their source: %s; 確認中: %d\n"), verified, (int) open);
  print_unsound (stats);
  g_print (_("Questions people ask: %d; 確認中: %d\n"), (int) number_at (stats, "/faq/all"),
           (int) number_at (stats, "/faq/unverified"));
  print_group (stats, "/byHow", _("By how: procedures, filed with us, online"));
  print_group (stats, "/byOffice", _("By office"));
  print_group (stats, "/byCategory", _("By field of life"));
  print_group (stats, "/byLifeEvent", _("By life event"));
}

static gboolean
run_stats (MadoCli *cli, GError **error)
{
  const char *folder = get_folder (cli, error);
  g_autoptr(MadoCatalogue) catalogue = folder != NULL ? mado_catalogue_load (folder, error) : NULL;
  g_autoptr(JsonNode) stats = catalogue != NULL ? mado_catalogue_count (catalogue) : NULL;

  if (stats == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (stats);
  else
    print_stats (stats);
  return TRUE;
}

const MadoCommand mado_commands_catalogue[] = {
  { "catalogue lint", "[FOLDER]", N_("Name every mistake in the catalogue's files"), 0, 1, lint_options,
    run_lint },
  { "catalogue stats", "[FOLDER]", N_("Count procedures by how, office, field and life event"), 0, 1, NULL, run_stats },
  { NULL }
};
