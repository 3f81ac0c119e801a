/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

static char *language, *catalogue_folder;
static int   limit = 5;

static const GOptionEntry search_options[] = {
  { "language", 'l', 0, G_OPTION_ARG_STRING, &language, N_("Answer in this language"), "LANGUAGE" },
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many (5)"), "N" },
  { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &catalogue_folder, N_("Search this folder, not with the service"),
    "FOLDER" },
  { NULL }
};

/* (transfer full): in a folder of the catalogue, which takes no service, … */
static JsonNode *
find_in_folder (const char *folder, const char *query, GError **error)
{
  g_autoptr(MadoCatalogue) catalogue = mado_catalogue_load (folder, error);
  g_autoptr(MadoHits) hits = NULL;

  if (catalogue == NULL)
    return NULL;
  hits = mado_search_find (mado_catalogue_get_search (catalogue), query, language, (guint) limit);
  return mado_record_to_json (MADO_RECORD (hits), MADO_JSON_PUBLIC);
}

/* (transfer full): … or with the service. */
static JsonNode *
find (MadoCli *cli, const char *query, GError **error)
{
  const char *folder = catalogue_folder != NULL ? catalogue_folder : g_getenv ("MADO_CATALOGUE_DIR");
  g_autoptr(MadoReply) reply = NULL;

  if (folder != NULL)
    return find_in_folder (folder, query, error);
  reply = mado_cli_send (cli, mado_call_search (query, language, (guint) limit), error);
  return reply != NULL ? json_node_copy (mado_reply_get_json (reply)) : NULL;
}

static const char *
text_at (JsonNode *item, const char *pointer)
{
  return mado_json_text (mado_json_get (item, pointer), language != NULL ? language : mado_cli_language ());
}

static const char *
describe_kind (const char *nick)
{
  return g_str_equal (nick, "procedure") ? _("Procedure") : g_str_equal (nick, "faq") ? _("Question") : _("Life event");
}

static void
print_hit (JsonNode *item)
{
  const char *why = mado_cli_text (item, "/why");

  g_print ("%s  %s  (%s)\n", describe_kind (mado_cli_text (item, "/kind")), text_at (item, "/title"),
           mado_cli_text (item, "/id"));
  g_print ("    %s\n", text_at (item, "/summary"));
  if (*why != '\0')
    g_print (_("    found by “%s”\n"), why);
}

static void
print_hits (JsonNode *hits)
{
  JsonArray *items = json_node_get_array (mado_json_get (hits, "/items"));
  const char *confidence = mado_cli_text (hits, "/confidence");

  if (g_str_equal (confidence, "none"))
    g_print (_("Nothing of ours is like that. Staff can help.\n"));
  else if (g_str_equal (confidence, "unclear"))
    g_print (_("It may be one of these:\n"));
  for (guint i = 0; i < json_array_get_length (items); i++)
    print_hit (json_array_get_element (items, i));
}

static gboolean
run_search (MadoCli *cli, GError **error)
{
  g_autofree char *query = g_strjoinv (" ", cli->words);
  g_autoptr(JsonNode) hits = NULL;

  if (limit < 1 || limit > MADO_SEARCH_MAX_HITS) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("--limit is from 1 to %d"), MADO_SEARCH_MAX_HITS);
    return FALSE;
  }
  hits = find (cli, query, error);
  if (hits == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (hits);
  else
    print_hits (hits);
  return TRUE;
}

const MadoCommand mado_commands_search[] = {
  { "search", "WORDS…", N_("Find procedures, life events and answers by what people type"), 1, 100, search_options,
    run_search },
  { NULL }
};
