/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <inttypes.h>
#include <string.h>

#define MAX_FILE   (32 * 1024 * 1024)
#define ZENGIN     200
#define COLUMNS_OF_SLIPS 13
#define LOOK_EVERY (200 * G_TIME_SPAN_MILLISECOND)

static char *mapping, *target, *reason, *office, *csv_file, *pdf_file;

static const GOptionEntry settle_options[] = {
  { "mapping", 0, 0, G_OPTION_ARG_STRING, &mapping, N_("How it is read: an id of the city's books"), "ID" },
  { NULL }
};
static const GOptionEntry propose_options[] = {
  { "target", 0, 0, G_OPTION_ARG_STRING, &target, N_("With assign: number of the charge"), "NUMBER" },
  { "reason", 'm', 0, G_OPTION_ARG_STRING, &reason, N_("Why, in words"), "TEXT" },
  { NULL }
};
static const GOptionEntry report_options[] = {
  { "office", 0, 0, G_OPTION_ARG_STRING, &office, N_("Only of this office"), "ID" },
  { "csv", 0, 0, G_OPTION_ARG_FILENAME, &csv_file, N_("Write the report here as CSV"), "FILE" },
  { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &pdf_file, N_("Write the report here as PDF"), "FILE" },
  { NULL }
};
static const GOptionEntry close_options[] = {
  { "office", 0, 0, G_OPTION_ARG_STRING, &office, N_("Whose books"), "ID" },
  { NULL }
};

/* --- what a difference is called -------------------------------------------------------------------------------- */

static const MadoLabel matches[] = {
  { "missing-here", N_("not known here") }, { "missing-there", N_("not in their file") },
  { "amount-differs", N_("another amount") }, { "twice", N_("came twice") }, { "uncertain", N_("whose is it?") },
  { NULL }
};

static char *
list_candidates (JsonNode *item)
{
  JsonNode *node = mado_json_get (item, "/candidates");
  GString *out = g_string_new (mado_cli_text (item, "/charge"));

  for (guint i = 0; node != NULL && i < json_array_get_length (json_node_get_array (node)); i++)
    g_string_append_printf (out, "%s%s?", out->len ? " " : "",
                            json_array_get_string_element (json_node_get_array (node), i));
  return g_string_free (out, FALSE);
}

static void
print_differences (JsonNode *list)
{
  JsonArray *items = list != NULL ? json_node_get_array (list) : NULL;
  MadoTable *table;

  if (items == NULL)
    return;
  table = mado_table_new (_("ID"), _("LINE"), _("WHAT"), _("THEY SAY"), _("WE KNOW"), _("CHARGE"), _("PAYER"),
                          _("PROPOSED"), NULL);
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonNode *item = json_array_get_element (items, i);
    g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, mado_cli_int (item, "/line"));
    g_autofree char *yen = mado_cli_yen (item, "/yen"), *expected = mado_cli_yen (item, "/expected");
    g_autofree char *charges = list_candidates (item);
    const char *remedy = mado_cli_text (item, "/remedy");

    mado_table_add (table, mado_cli_text (item, "/id"), line,
                    mado_cli_label (matches, mado_cli_text (item, "/match")), yen,
                    expected, charges, mado_cli_text (item, "/payer"), g_str_equal (remedy, "none") ? "" : remedy,
                    NULL);
  }
  mado_table_print (table, _("Everything agrees."));
}

/* --- mado settle ------------------------------------------------------------------------------------------------ */

/* A bank's records have one length and no commas; slips have thirteen columns; the rest is the wallet's. */
static const char *
guess_mapping (GBytes *file)
{
  gsize n, columns = 1;
  const char *data = g_bytes_get_data (file, &n);
  const char *end = data != NULL ? memchr (data, '\n', n) : NULL;
  gsize length = end != NULL ? (gsize) (end - data) : n;

  for (gsize i = 0; i < length; i++)
    columns += data[i] == ',';
  if (n >= ZENGIN && columns == 1 && strncmp (data, "101", 3) == 0)
    return "bank";
  return columns == COLUMNS_OF_SLIPS ? "slips" : "wallet";
}

static void
print_settlement (JsonNode *node)
{
  g_autofree char *yen = mado_cli_yen (node, "/yen"), *costs = mado_cli_yen (node, "/costs");

  g_print (_("%" PRId64 " lines, %s, of which the provider keeps %s\n"), mado_cli_int (node, "/lines"), yen,
           costs);
  g_print (_("matched %" PRId64 ", late %" PRId64 ", known %" PRId64 ", cancelled %" PRId64
             ", to be looked at %" PRId64 "\n"), mado_cli_int (node, "/matched"),
           mado_cli_int (node, "/late"), mado_cli_int (node, "/known"), mado_cli_int (node, "/cancelled"),
           mado_cli_int (node, "/open"));
  print_differences (mado_json_get (node, "/differences"));
}

static MadoReply *
send_file (MadoCli *cli, const char *path, GBytes *file, GError **error)
{
  gsize n;
  gconstpointer data = g_bytes_get_data (file, &n);
  g_autoptr(JsonNode) body = mado_cli_wrap_file ("mapping", mapping != NULL ? mapping : guess_mapping (file), "file",
                                                 data, n);

  return mado_cli_send (cli, mado_call_new ("POST", path, body), error);
}

/* Until every line of it is accounted for. */
static MadoReply *
wait_until_done (MadoCli *cli, const char *path, GError **error)
{
  for (;; g_usleep (LOOK_EVERY)) {
    MadoReply *reply = mado_cli_send (cli, mado_call_new ("GET", path, NULL), error);
    JsonNode *done = reply != NULL ? mado_json_get (mado_reply_get_json (reply), "/done") : NULL;

    if (reply == NULL || (done != NULL && json_node_get_boolean (done)))
      return reply;
    g_object_unref (reply);
  }
}

static gboolean
take (MadoCli *cli, GBytes *file, GError **error)
{
  g_autoptr(MadoReply) taken = send_file (cli, "/v1/settlements", file, error), done = NULL;
  g_autofree char *path = NULL;

  if (taken == NULL)
    return FALSE;
  path = g_strconcat ("/v1/settlements/", mado_cli_text (mado_reply_get_json (taken), "/id"), NULL);
  done = wait_until_done (cli, path, error);
  if (done == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (done));
  else {
    g_print ("%s\n", _("Taken."));
    print_settlement (mado_reply_get_json (done));
  }
  return TRUE;
}

static gboolean
run_settle (MadoCli *cli, GError **error)
{
  g_autoptr(GBytes) file = mado_cli_read_file (cli->words[0], MAX_FILE, error);
  g_autoptr(MadoReply) preview = file != NULL ? send_file (cli, "/v1/settlements/preview", file, error) : NULL;
  JsonNode *node = preview != NULL ? mado_reply_get_json (preview) : NULL;

  if (node == NULL)
    return FALSE;
  if (mado_json_get (node, "/again") != NULL && !cli->json) {
    g_print ("%s\n", _("This very file was taken before; nothing is to be done."));
    return TRUE;
  }
  if (!cli->json)
    print_settlement (node);
  return mado_cli_confirm (cli, _("Take this file into the books?"), error) && take (cli, file, error);
}

static gboolean
run_list (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_new ("GET", "/v1/settlements", NULL), error);
  JsonArray *items;
  MadoTable *table;

  if (reply == NULL)
    return FALSE;
  if (cli->json) {
    mado_cli_print_json (mado_reply_get_json (reply));
    return TRUE;
  }
  items = json_node_get_array (mado_json_get (mado_reply_get_json (reply), "/items"));
  table = mado_table_new (_("ID"), _("PROVIDER"), _("PAID OUT"), _("ARRIVED"), _("YEN"), _("OPEN"), NULL);
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonNode *item = json_array_get_element (items, i);
    g_autofree char *yen = mado_cli_yen (item, "/yen");
    g_autofree char *open = g_strdup_printf ("%" G_GINT64_FORMAT, mado_cli_int (item, "/open"));

    mado_table_add (table, mado_cli_text (item, "/id"), mado_cli_text (item, "/provider"),
                    mado_cli_text (item, "/paidOut"), mado_cli_text (item, "/arrivedOn"), yen, open, NULL);
  }
  mado_table_print (table, _("No file of a provider has been taken yet."));
  return TRUE;
}

/* --- mado difference -------------------------------------------------------------------------------------------- */

static gboolean
run_differences (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_new ("GET", "/v1/differences", NULL), error);

  if (reply == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (reply));
  else
    print_differences (mado_json_get (mado_reply_get_json (reply), "/items"));
  return TRUE;
}

/* The version it has now, which is the one that was just shown to whoever asks. */
static char *
find_version (MadoCli *cli, const char *id, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_new ("GET", "/v1/differences?limit=200", NULL), error);
  JsonArray *items = reply != NULL ? json_node_get_array (mado_json_get (mado_reply_get_json (reply), "/items")) : NULL;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonNode *item = json_array_get_element (items, i);

    if (g_str_equal (mado_cli_text (item, "/id"), id))
      return g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", mado_cli_int (item, "/version"));
  }
  if (reply != NULL)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("No such difference is open."));
  return NULL;
}

static gboolean
step (MadoCli *cli, const char *event, const char *remedy, GError **error)
{
  g_autofree char *etag = find_version (cli, cli->words[0], error);
  g_autofree char *path = g_strdup_printf ("/v1/differences/%s/transitions", cli->words[0]);
  g_autoptr(JsonNode) body = json_node_init_object (json_node_alloc (), json_object_new ());
  g_autoptr(MadoReply) reply = NULL;
  MadoCall *call;

  if (etag == NULL)
    return FALSE;
  json_object_set_string_member (json_node_get_object (body), "event", event);
  if (remedy != NULL)
    json_object_set_string_member (json_node_get_object (body), "remedy", remedy);
  if (target != NULL)
    json_object_set_string_member (json_node_get_object (body), "target", target);
  if (reason != NULL)
    json_object_set_string_member (json_node_get_object (body), "reason", reason);
  call = mado_call_new ("POST", path, body);
  mado_call_set_if_match (call, etag);
  reply = mado_cli_send (cli, call, error);
  if (reply != NULL && cli->json)
    mado_cli_print_json (mado_reply_get_json (reply));
  return reply != NULL;
}

static gboolean
run_propose (MadoCli *cli, GError **error)
{
  return step (cli, "propose", cli->words[1], error);
}

static gboolean
run_approve (MadoCli *cli, GError **error)
{
  return mado_cli_confirm (cli, _("Book what was proposed?"), error) && step (cli, "approve", NULL, error);
}

static gboolean
run_decline (MadoCli *cli, GError **error)
{
  return step (cli, "decline", NULL, error);
}

/* --- mado day --------------------------------------------------------------------------------------------------- */

static char *
day_path (MadoCli *cli, const char *rest)
{
  g_autofree char *today = mado_clock_format_date (mado_clock_now ());
  g_autofree char *day = g_uri_escape_string (cli->n_words > 0 ? cli->words[0] : today, NULL, FALSE);
  g_autofree char *whose = office != NULL ? g_uri_escape_string (office, NULL, FALSE) : NULL;

  return g_strdup_printf ("/v1/days/%s%s%slanguage=%s%s%s", day, rest, "?", mado_cli_language (),
                          whose != NULL ? "&office=" : "", whose != NULL ? whose : "");
}

static gboolean
save (MadoCli *cli, const char *rest, const char *file, GError **error)
{
  g_autofree char *path = day_path (cli, rest);
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_new ("GET", path, NULL), error);
  GBytes *bytes = reply != NULL ? mado_reply_get_bytes (reply) : NULL;

  if (bytes == NULL || !g_file_set_contents_full (file, g_bytes_get_data (bytes, NULL),
                                                  (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_CONSISTENT,
                                                  0600, error))
    return FALSE;
  if (!cli->json)
    g_print (_("Written to %s\n"), file);
  return TRUE;
}

static const MadoLabel steps_of_day[] = {
  { "owed-before", N_("Owed from before") }, { "raised", N_("Raised that day") },
  { "lessened", N_("Lessened or cancelled") }, { "still-owed", N_("Still owed") },
  { "paid-too-much", N_("Paid too much, given back") }, { "came-in", N_("Came in") },
  { "under-way-before", N_("Under way from before") }, { "still-under-way", N_("Still under way") },
  { "unexplained", N_("Not explained yet") }, { "costs", N_("Kept by providers") },
  { "written-off", N_("Written off") }, { "bank", N_("Into the bank") }, { NULL }
};

static void
print_day (JsonNode *node)
{
  JsonArray *steps = json_node_get_array (mado_json_get (node, "/steps"));
  MadoTable *table = mado_table_new (mado_cli_text (node, "/day"), _("YEN"), NULL);

  for (guint i = 0; i < json_array_get_length (steps); i++) {
    JsonNode *item = json_array_get_element (steps, i);
    g_autofree char *yen = mado_cli_yen (item, "/yen");

    mado_table_add (table, mado_cli_label (steps_of_day, mado_cli_text (item, "/id")), yen, NULL);
  }
  mado_table_print (table, _("Nothing happened that day."));
  g_print ("%s\n", json_node_get_boolean (mado_json_get (node, "/balanced")) ? _("Debits and credits agree.")
                                                                             : _("Debits and credits do NOT agree."));
}

static gboolean
run_report (MadoCli *cli, GError **error)
{
  g_autofree char *path = day_path (cli, "");
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_new ("GET", path, NULL), error);

  if (reply == NULL || (csv_file != NULL && !save (cli, "/table", csv_file, error))
      || (pdf_file != NULL && !save (cli, "/paper", pdf_file, error)))
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (reply));
  else
    print_day (mado_reply_get_json (reply));
  return TRUE;
}

static gboolean
run_close (MadoCli *cli, GError **error)
{
  g_autofree char *day = g_uri_escape_string (cli->words[0], NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/days/%s/close", day);
  g_autoptr(JsonNode) body = json_node_init_object (json_node_alloc (), json_object_new ());
  g_autofree char *today = mado_clock_format_date (mado_clock_now ());
  g_autoptr(MadoReply) reply = NULL;

  if (office == NULL) {
    g_set_error_literal (error, MADO_CLI_USAGE, 0, _("Say whose books: --office ID"));
    return FALSE;
  }
  if (!run_report (cli, error))
    return FALSE;
  if (!cli->json && g_str_equal (cli->words[0], today))
    g_print ("%s\n", _("This day is not over: what is still paid today will stand in the books of tomorrow."));
  if (!mado_cli_confirm (cli, _("Close this day? Nothing can be added to it afterwards."), error))
    return FALSE;
  json_object_set_string_member (json_node_get_object (body), "office", office);
  reply = mado_cli_send (cli, mado_call_new ("POST", path, body), error);
  if (reply == NULL)
    return FALSE;
  if (!cli->json)
    g_print (_("Closed. SHA-256 %s\n"), mado_cli_text (mado_reply_get_json (reply), "/digest"));
  return TRUE;
}

const MadoCommand mado_commands_books[] = {
  { "settle list", "", N_("Files of providers, newest first"), 0, 0, NULL, run_list },
  { "settle", "FILE", N_("Hold a provider's file against the books"), 1, 1, settle_options, run_settle },
  { "difference list", "", N_("What does not agree"), 0, 0, NULL, run_differences },
  { "difference propose", "ID REMEDY", N_("Say how it is put right: assign, give-back, write-off, cancel, explain"),
    2, 2, propose_options, run_propose },
  { "difference approve", "ID", N_("Agree, as a second person"), 1, 1, NULL, run_approve },
  { "difference decline", "ID", N_("Do not agree"), 1, 1, NULL, run_decline },
  { "day report", "[DAY]", N_("The books of a day"), 0, 1, report_options, run_report },
  { "day close", "DAY", N_("Close and seal the books of a day"), 1, 1, close_options, run_close },
  { NULL }
};
