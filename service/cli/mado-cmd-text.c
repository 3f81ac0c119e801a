/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

static const char *const place_members[] = {
  "postalCode", "prefecture", "cityAndCounty", "streetAddress", "cityBlock", "buildingNameEtc", NULL
};

static void
print_place (JsonNode *place)
{
  for (guint i = 0; place_members[i] != NULL; i++) {
    g_autofree char *pointer = g_strconcat ("/", place_members[i], NULL);

    if (*mado_cli_text (place, pointer) != '\0')
      g_print ("%-16s %s\n", place_members[i], mado_cli_text (place, pointer));
  }
}

/* Says where the lists end, for people; programs read "match". */
static void
print_doubt (MadoPlace *place)
{
  if (place->match == MADO_PLACE_MATCH_TOWN_NAME)
    g_printerr (_("The town is listed, but not with a 丁目 of this number\n"));
  else if (place->match == MADO_PLACE_MATCH_CITY)
    g_printerr (_("No listed town of this city follows\n"));
  else if (place->match < MADO_PLACE_MATCH_CITY)
    g_printerr (_("No listed city, or one of several: please write the prefecture and the city\n"));
}

static gboolean
run_address (MadoCli *cli, GError **error)
{
  g_autoptr(MadoPlace) place = mado_place_split (cli->words[0]);
  g_autoptr(JsonNode) json = NULL;

  if (place->postal_code == NULL)
    place->postal_code = mado_place_dup_postal_code (place);
  json = mado_record_to_json (MADO_RECORD (place), MADO_JSON_PUBLIC);
  if (cli->json) {
    mado_cli_print_json (json);
  } else {
    print_place (json);
    print_doubt (place);
  }

  return TRUE;
}

/* One office or town a line. */
static void
print_found (JsonNode *place)
{
  g_print ("%s %s%s%s%s%s\n", mado_cli_text (place, "/postalCode"), mado_cli_text (place, "/prefecture"),
           mado_cli_text (place, "/cityAndCounty"),
           *mado_cli_text (place, "/streetAddressAndCityBlock") != '\0'
             ? mado_cli_text (place, "/streetAddressAndCityBlock") : mado_cli_text (place, "/streetAddress"),
           *mado_cli_text (place, "/buildingNameEtc") != '\0' ? " " : "", mado_cli_text (place, "/buildingNameEtc"));
}

static void
print_places (MadoCli *cli, GPtrArray *places)
{
  g_autoptr(JsonNode) list = json_node_init_array (json_node_alloc (), json_array_new ());

  for (guint i = 0; i < places->len; i++) {
    JsonNode *place = mado_record_to_json (g_ptr_array_index (places, i), MADO_JSON_PUBLIC);

    if (!cli->json)
      print_found (place);
    json_array_add_element (json_node_get_array (list), place);
  }
  if (cli->json)
    mado_cli_print_json (list);
}

/* A code gives its places; an address, the code. */
static gboolean
run_postcode (MadoCli *cli, GError **error)
{
  g_autoptr(GPtrArray) places = mado_postcode_look_up (cli->words[0]);
  g_autoptr(MadoPlace) place = mado_place_split (cli->words[0]);

  if (places->len == 0 && place->match != MADO_PLACE_MATCH_NONE) {
    g_free (place->postal_code);
    place->postal_code = mado_place_dup_postal_code (place);
    if (place->postal_code != NULL)
      g_ptr_array_add (places, g_steal_pointer (&place));
  }
  if (places->len == 0) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("%s: no such postcode, or no one postcode for it"),
                 cli->words[0]);
    return FALSE;
  }
  print_places (cli, places);

  return TRUE;
}

static JsonNode *
describe_bank (const char *bank, const char *branch)
{
  g_autofree char *name = branch != NULL ? mado_bank_dup_branch_name (bank, branch) : mado_bank_dup_name (bank);
  g_autofree char *kana = branch != NULL ? mado_bank_dup_branch_kana (bank, branch) : mado_bank_dup_kana (bank);
  g_autoptr(JsonObject) object = json_object_new ();

  if (name == NULL)
    return NULL;
  json_object_set_string_member (object, "code", branch != NULL ? branch : bank);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (object, "kana", kana);

  return json_node_init_object (json_node_alloc (), object);
}

static gboolean
run_bank (MadoCli *cli, GError **error)
{
  g_autoptr(JsonNode) found = describe_bank (cli->words[0], cli->n_words > 1 ? cli->words[1] : NULL);

  if (found == NULL) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                         _("No such bank or branch: a bank has four digits, a branch three"));
    return FALSE;
  }
  if (cli->json)
    mado_cli_print_json (found);
  else
    g_print ("%s (%s)\n", mado_cli_text (found, "/name"), mado_cli_text (found, "/kana"));

  return TRUE;
}

/* A date of any writing gives both of its writings. */
static gboolean
run_era (MadoCli *cli, GError **error)
{
  int days = mado_era_parse (cli->words[0], error);
  g_autofree char *era = NULL, *western = NULL;

  if (days == MADO_DATE_NONE)
    return FALSE;
  era = mado_era_format (days, MADO_ERA_KANJI);
  western = mado_date_format (days);
  g_print (cli->json ? "{\"era\":\"%s\",\"date\":\"%s\"}\n" : "%s %s\n", era, western);

  return TRUE;
}

static gboolean
run_fold (MadoCli *cli, GError **error)
{
  g_autofree char *key = mado_fold_search (cli->words[0]);
  g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), key);

  if (cli->json)
    mado_cli_print_json (node);
  else
    g_print ("%s\n", key);

  return TRUE;
}

/* "手続《てつづ》き": as such texts are marked where they are plain text. */
static char *
annotate (const char *text, GArray *found)
{
  GString *out = g_string_new (NULL);
  gsize at = 0;

  for (guint i = 0; i < found->len; i++) {
    const MadoFurigana *piece = &g_array_index (found, MadoFurigana, i);
    gsize end = piece->start + piece->length;

    g_string_append_len (out, text + at, (gssize) (end - at));
    if (piece->reading != NULL)
      g_string_append_printf (out, "《%.*s》", (int) piece->reading_length, piece->reading);
    at = end;
  }
  g_string_append (out, text + at);

  return g_string_free (out, FALSE);
}

static gboolean
complain_of_unread (const char *text, GArray *found, GError **error)
{
  for (guint i = 0; i < found->len; i++) {
    const MadoFurigana *piece = &g_array_index (found, MadoFurigana, i);

    if (piece->reading == NULL) {
      g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("%s: no furigana for %.*s: add the word to "
                   "data/lists/furigana.txt, or say it otherwise"), text, (int) piece->length, text + piece->start);
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
run_furigana (MadoCli *cli, GError **error)
{
  for (guint i = 0; i < cli->n_words; i++) {
    g_autoptr(GArray) found = mado_furigana_find (cli->words[i]);
    g_autofree char *annotated = annotate (cli->words[i], found);

    if (!complain_of_unread (cli->words[i], found, error))
      return FALSE;
    g_print ("%s\n", annotated);
  }

  return TRUE;
}

const MadoCommand mado_commands_text[] = {
  { "text address", "LINE", N_("Split an address into its parts, named as the published lists name them"),
    1, 1, NULL, run_address },
  { "text postcode", "CODE|LINE", N_("The places of a postcode, or the postcode of an address"),
    1, 1, NULL, run_postcode },
  { "text bank", "CODE [BRANCH]", N_("The name of a bank, or of its branch"), 1, 2, NULL, run_bank },
  { "text era", "DATE", N_("A date, in its era and in the western year"), 1, 1, NULL, run_era },
  { "text furigana", "TEXT…", N_("How the kanji of texts in plain Japanese are read"), 1, G_MAXINT, NULL,
    run_furigana },
  { "text fold", "TEXT", N_("The key by which a text is found"), 1, 1, NULL, run_fold },
  { NULL }
};
