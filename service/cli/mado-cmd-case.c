/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <string.h>

static char    *state_filter, *procedure_filter, *message, *card_number, *paper, *output_file, *document_kind;
static int      list_limit = 50;
static char    *attachment;
static gboolean overwrite;

static const GOptionEntry list_options[] = {
  { "state", 0, 0, G_OPTION_ARG_STRING, &state_filter, N_("Only cases in this state"), "STATE" },
  { "procedure", 0, 0, G_OPTION_ARG_STRING, &procedure_filter, N_("Only cases of this procedure"), "ID" },
  { "limit", 0, 0, G_OPTION_ARG_INT, &list_limit, N_("At most so many (50)"), "N" },
  { NULL }
};
static const GOptionEntry message_options[] = {
  { "message", 'm', 0, G_OPTION_ARG_STRING, &message, N_("Words for the resident"), "TEXT" },
  { NULL }
};
static const GOptionEntry identify_options[] = {
  { "card", 0, 0, G_OPTION_ARG_STRING, &card_number, N_("Number of the card you looked at"), "NUMBER" },
  { "paper", 0, 0, G_OPTION_ARG_STRING, &paper, N_("Kind of paper you looked at instead: driving-licence, passport …"),
    "KIND" },
  { NULL }
};
static const GOptionEntry document_options[] = {
  { "kind", 0, 0, G_OPTION_ARG_STRING, &document_kind, N_("record, form or result (result)"), "KIND" },
  { "attachment", 0, 0, G_OPTION_ARG_STRING, &attachment, N_("Instead: what was attached, as `case show` counts it"),
    "N" },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_file, N_("Write it here"), "FILE" },
  { "force", 0, 0, G_OPTION_ARG_NONE, &overwrite, N_("Also where a file is already"), NULL },
  { NULL }
};

static const MadoLabel states[] = {
  { "draft", N_("draft") }, { "prefiled", N_("prefiled, not yet identified") }, { "submitted", N_("submitted") },
  { "accepted", N_("accepted") }, { "in-review", N_("in review") }, { "returned", N_("returned to the resident") },
  { "granted", N_("granted") }, { "refused", N_("refused") }, { "withdrawn", N_("withdrawn") },
  { "closed", N_("closed") }, { NULL }
};

/* What the resident reads as the procedure's name; its id where the service did not say. */
static const char *
procedure_of (JsonNode *item)
{
  const char *title = mado_cli_text (item, "/title");

  return *title != '\0' ? title : mado_cli_text (item, "/procedure");
}

static void
add_case_row (MadoTable *table, JsonNode *item)
{
  g_autofree char *filed = mado_cli_local_time (mado_cli_text (item, "/submittedAt"));

  mado_table_add (table, mado_cli_text (item, "/number"), procedure_of (item),
                  mado_cli_label (states, mado_cli_text (item, "/state")), filed,
                  mado_cli_text (item, "/dueDate"), NULL);
}

static gboolean
run_list (MadoCli *cli, GError **error)
{
  g_autofree char *cursor = NULL;
  g_autoptr(JsonArray) all = json_array_new ();
  MadoTable *table;

  if (list_limit < 1) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("--limit is how many cases to show: 1 or more"));
    return FALSE;
  }
  for (int left = list_limit; left > 0;) {
    g_autoptr(MadoReply) reply = mado_cli_send (
      cli, mado_call_cases (state_filter, procedure_filter, (guint) MIN (left, 100), cursor), error);
    JsonArray *items;

    if (reply == NULL)
      return FALSE;
    items = json_node_get_array (mado_json_get (mado_reply_get_json (reply), "/items"));
    for (guint i = 0; i < json_array_get_length (items); i++, left--)
      json_array_add_element (all, json_node_copy (json_array_get_element (items, i)));
    g_free (cursor);
    cursor = mado_reply_dup_text (reply, "/next");
    if (cursor == NULL || json_array_get_length (items) == 0)
      break;
  }
  if (cli->json) {
    g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), all);
    mado_cli_print_json (node);
    return TRUE;
  }
  table = mado_table_new (_("NUMBER"), _("PROCEDURE"), _("STATE"), _("FILED"), _("DUE"), NULL);
  for (guint i = 0; i < json_array_get_length (all); i++)
    add_case_row (table, json_array_get_element (all, i));
  mado_table_print (table, _("No cases."));
  return TRUE;
}

/* Which of them is meant, the resident cannot have said. */
static void
set_several_error (const char *visit, JsonArray *cases, GError **error)
{
  GError *several = g_error_new (MADO_ERROR, MADO_ERROR_CONFLICT,
                                 _("Several cases were filed as %s; say which."), visit);

  for (guint i = json_array_get_length (cases); i-- > 0;) {      /* the oldest first */
    JsonNode *one = json_array_get_element (cases, i);

    mado_error_add_violation (several, mado_cli_text (one, "/number"), "several", "%s, %s", procedure_of (one),
                              mado_cli_label (states, mado_cli_text (one, "/state")));
  }
  g_propagate_error (error, several);
}

/* The case's own number; residents hold that of their visit, which tells it where one case was filed. */
static char *
dup_case_number (MadoCli *cli, const char *typed, GError **error)
{
  g_autofree char *number = mado_number_parse (typed, error);
  g_autoptr(MadoReply) reply = NULL;
  JsonArray *cases;

  if (number == NULL || strlen (number) > strlen ("K7M4-R29"))
    return g_steal_pointer (&number);
  reply = mado_cli_send (cli, mado_call_cases_of (number), error);
  if (reply == NULL)
    return NULL;
  cases = json_node_get_array (mado_json_get (mado_reply_get_json (reply), "/items"));
  if (json_array_get_length (cases) == 1)
    return g_strdup (mado_cli_text (json_array_get_element (cases, 0), "/number"));
  if (json_array_get_length (cases) == 0)
    g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("Nothing was filed as %s."), number);
  else
    set_several_error (number, cases, error);
  return NULL;
}

MadoReply *
mado_cli_fetch_case (MadoCli *cli, const char *typed, const char *words, GError **error)
{
  g_autofree char *number = dup_case_number (cli, typed, error);

  return number != NULL ? mado_cli_send (cli, mado_call_case (number, words), error) : NULL;
}

/* One answer a line, in the words of the service. */
static void
print_answers (JsonNode *node)
{
  JsonNode *words = mado_json_get (node, "/words");
  JsonArray *items = words != NULL ? json_node_get_array (words) : NULL;
  MadoTable *table;

  if (items == NULL)
    return;
  table = mado_table_new (_("QUESTION"), _("ANSWER"), _("FROM"), NULL);
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonNode *row = json_array_get_element (items, i);
    g_autofree char *label = g_strjoin (" ", mado_cli_text (row, "/row"), mado_cli_text (row, "/label"), NULL);
    const char *from = mado_source_get_text (mado_cli_text (row, "/source"), mado_cli_language ());

    mado_table_add (table, g_strstrip (label), mado_cli_text (row, "/text"), from != NULL ? from : "", NULL);
  }
  mado_table_print (table, _("No answers."));
}

static void
print_messages (JsonNode *node)
{
  JsonNode *messages = mado_json_get (node, "/messages");

  if (messages == NULL || !JSON_NODE_HOLDS_ARRAY (messages))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (messages)); i++) {
    JsonNode *one = json_array_get_element (json_node_get_array (messages), i);
    g_autofree char *when = mado_cli_local_time (mado_cli_text (one, "/at"));
    g_print ("%s  %s: %s\n", when, mado_cli_text (one, "/author"), mado_cli_text (one, "/text"));
  }
}

/* The steps that are open now, by their names; none: an empty list. */
static GStrv
open_steps (JsonNode *node)
{
  JsonNode *events = mado_json_get (node, "/events");
  JsonArray *items = events != NULL && JSON_NODE_HOLDS_ARRAY (events) ? json_node_get_array (events) : NULL;
  g_autoptr(GStrvBuilder) steps = g_strv_builder_new ();

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    g_strv_builder_add (steps, json_array_get_string_element (items, i));
  return g_strv_builder_end (steps);
}

static void
print_events (JsonNode *node)
{
  g_auto(GStrv) steps = open_steps (node);
  g_autofree char *line = g_strjoinv (" ", steps);

  if (*steps != NULL)
    g_print ("%s %s\n", _("What can be done now:"), line);
}

/* "fee ¥300, not paid": as it is owed now, less or nothing perhaps */
static char *
describe_fee (JsonNode *node)
{
  const char *now = mado_json_get (node, "/charge") != NULL ? "/charge/amount" : "/fee";
  g_autofree char *fee = mado_cli_yen (node, now);
  g_autofree char *paid = mado_cli_local_time (mado_cli_text (node, "/paidAt"));

  if (mado_cli_int (node, "/fee") == 0)
    return g_strdup (_("no fee"));
  if (mado_cli_int (node, now) == 0)
    return g_strdup (_("no fee is owed any more"));
  return *paid != '\0' ? g_strdup_printf (_("fee %s, paid %s"), fee, paid)
                       : g_strdup_printf (_("fee %s, not paid"), fee);
}

/* The case, and what a clerk has to know before any step. */
static void
print_head (JsonNode *node)
{
  const char *due = mado_cli_text (node, "/dueDate"), *office = mado_cli_text (node, "/office");
  const char *by = mado_cli_text (node, "/identifiedBy");
  g_autofree char *filed = mado_cli_local_time (mado_cli_text (node, "/submittedAt"));
  g_autofree char *handed = mado_cli_local_time (mado_cli_text (node, "/handedAt"));
  g_autofree char *fee = describe_fee (node);

  g_print ("%s  %s  %s\n", mado_cli_text (node, "/number"), procedure_of (node),
           mado_cli_label (states, mado_cli_text (node, "/state")));
  g_print (_("  filed %s; due %s; office %s; %s\n"), filed, *due != '\0' ? due : "–", *office != '\0' ? office : "–",
           fee);
  if (*by != '\0')
    g_print (_("  identified by: %s\n"), mado_identity_get_words (by));
  if (*handed != '\0')
    g_print (_("  certificate printed %s; `mado case reprint` lets it be printed once more\n"), handed);
}

/* Where its money is to be found: `mado charge show`; what is to be handed back: `mado refund list`. */
static void
print_charge (JsonNode *node)
{
  const char *number = mado_cli_text (node, "/charge/number");
  g_autofree char *amount = NULL, *paid = NULL, *back = NULL;

  if (mado_json_get (node, "/charge") == NULL)
    return;
  amount = mado_cli_yen (node, "/charge/amount");
  paid = mado_cli_yen (node, "/charge/paid");
  back = mado_cli_yen (node, "/charge/goingBack");
  g_print (_("  charge %s: %s; owed %s, paid %s\n"), number,
           mado_cli_label (mado_cli_charge_states, mado_cli_text (node, "/charge/state")), amount, paid);
  if (mado_cli_int (node, "/charge/goingBack") > 0)
    g_print (_("  %s goes back and is not there yet; see `mado refund list %s`\n"), back, number);
}

/* (nullable) */
static JsonArray *
get_attachments (JsonNode *node)
{
  JsonNode *list = mado_json_get (node, "/attachments");

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

static void
print_attachments (JsonNode *node)
{
  JsonArray *list = get_attachments (node);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode *one = json_array_get_element (list, i);
    g_autofree char *when = mado_cli_local_time (mado_cli_text (one, "/addedAt"));
    g_autofree char *size = g_format_size ((guint64) mado_cli_int (one, "/size"));

    g_print (_("  attached %u: %s, %s, %s; mado case document %s --attachment %u\n"), i + 1,
             mado_cli_text (one, "/type"), size, when, mado_cli_text (node, "/number"), i + 1);
  }
}

static gboolean
run_show (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_fetch_case (cli, cli->words[0], mado_cli_language (), error);
  JsonNode *node;

  if (reply == NULL)
    return FALSE;
  node = mado_reply_get_json (reply);
  if (cli->json) {
    mado_cli_print_json (node);
    return TRUE;
  }
  print_head (node);
  print_charge (node);
  print_attachments (node);
  print_messages (node);
  print_events (node);
  print_answers (node);
  return TRUE;
}

static void
print_holder (JsonNode *node, JsonNode *holder)
{
  JsonObject *answers = json_node_get_object (mado_json_get (node, "/answers"));
  const char *name = json_object_get_string_member_with_default (answers, "applicant.fullName", "–");
  const char *born = json_object_get_string_member_with_default (answers, "applicant.dateOfBirth", "–");

  g_print (_("  in the case:      %s  %s\n"), name, born);
  if (json_node_get_boolean (mado_json_get (holder, "/named")))
    g_print (_("  in the register:  %s  %s  %s\n"), mado_cli_text (holder, "/fullName"),
             mado_cli_text (holder, "/dateOfBirth"), mado_cli_text (holder, "/address"));
  else if (!json_node_get_boolean (mado_json_get (holder, "/known")))
    g_print ("  %s\n", _("The register knows nobody of that name and birthday."));
}

/* The register beside the case, for the clerk who compares both with whoever stands there. */
static gboolean
check_holder (MadoCli *cli, JsonNode *node, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (
    cli, mado_call_case_holder (mado_cli_text (node, "/number"), card_number, paper), error);
  JsonNode *holder = reply != NULL ? mado_reply_get_json (reply) : NULL;

  if (holder == NULL)
    return FALSE;
  print_holder (node, holder);
  if (!json_node_get_boolean (mado_json_get (holder, "/known"))
      || json_node_get_boolean (mado_json_get (holder, "/named")))
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, _("This card is not of the person who is named in the case."));
  return FALSE;
}

typedef struct {
  const char *command;
  const char *event;
  const char *wants;            /* N_(), where it takes a message and there is none; NULL: it takes none */
  const char *question;         /* N_(), asked where the table has no way back; NULL otherwise */
  const char *done;             /* N_() */
  gboolean  (*check) (MadoCli *cli, JsonNode *node, GError **error);   /* (nullable): shows more, before it asks */
} Act;

#define WHAT_TO_DO   N_("say to the resident what is wrong and what to do: --message TEXT")
#define WHY_NOT      N_("say to the resident why it is refused: --message TEXT")
#define WHY_NO_MORE  N_("say to the resident why it is withdrawn: --message TEXT")

static const Act acts[] = {
  { "case accept",   "accept",   NULL,  NULL, N_("`mado case undo` takes it back") },
  { "case review",   "review",   NULL,  NULL, N_("`mado case undo` takes it back") },
  { "case identify", "identify", NULL,  N_("Is this the person of this case?"), N_("it counts from now"),
    check_holder },
  { "case paid",     "paid",     NULL,  N_("Was the fee paid at the counter?"), N_("the fee is paid") },
  { "case return",   "return",   WHAT_TO_DO, NULL, N_("with your question; `mado case undo` takes it back") },
  { "case grant",    "grant",    NULL,  N_("Grant this case?"), N_("the result is released once any fee is paid") },
  { "case refuse",   "refuse",   WHY_NOT, N_("Refuse this case?"), N_("with your reasons") },
  { "case withdraw", "withdraw", WHY_NO_MORE, N_("Withdraw this case for the resident?"), N_("with your reasons") },
  { "case close",    "close",    NULL,  N_("Close this case?"), N_("nothing more is to be done") },
  { "case undo",     "undo",     NULL,  NULL, N_("one step back") },
  { "case reprint",  "reprint",  NULL,  N_("Has the certificate not come out well?"),
    N_("its owner may print it once more, at a kiosk") },
};

static const Act *
act_of (const MadoCli *cli)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].command, cli->name))
      return &acts[i];
  g_assert_not_reached ();
}

static MadoCall *
call_for (const Act *act, JsonNode *node, const char *etag)
{
  const char *number = mado_cli_text (node, "/number");

  return g_str_equal (act->event, "identify") ? mado_call_identify_case (number, etag, card_number, paper)
                                              : mado_call_transition (number, etag, act->event, message, NULL);
}

/* How the case stands, and what can be done with it there. */
static void
set_elsewhere_error (JsonNode *node, const char *sentence, GError **error)
{
  g_auto(GStrv) steps = open_steps (node);
  g_autofree char *line = g_strjoinv (", ", steps);

  g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("%s The case is now: %s. What can be done: %s."), sentence,
               mado_cli_label (states, mado_cli_text (node, "/state")), *steps != NULL ? line : _("nothing more"));
}

static gboolean
check_open (JsonNode *node, const Act *act, GError **error)
{
  g_auto(GStrv) steps = open_steps (node);
  g_autofree char *sentence = NULL;

  if (g_strv_contains ((const char *const *) steps, act->event))
    return TRUE;
  sentence = g_strdup_printf (_("“%s” is not possible there."), act->event);
  set_elsewhere_error (node, sentence, error);
  return FALSE;
}

/* Somebody was quicker: what they left. */
static void
explain_stale (MadoCli *cli, const char *typed, GError **error)
{
  g_autoptr(MadoReply) now = NULL;

  if (error == NULL || !g_error_matches (*error, MADO_ERROR, MADO_ERROR_STALE)
      || (now = mado_cli_fetch_case (cli, typed, NULL, NULL)) == NULL)
    return;
  g_clear_error (error);
  set_elsewhere_error (mado_reply_get_json (now), _("Somebody changed it meanwhile, and nothing was done."), error);
}

static gboolean
check_options (const Act *act, GError **error)
{
  g_autofree char *papers = mado_identity_list_papers ();

  if (act->wants != NULL && (message == NULL || *message == '\0'))
    g_set_error_literal (error, MADO_CLI_USAGE, 0, _(act->wants));
  else if (act->check == check_holder && card_number != NULL && paper != NULL)
    g_set_error (error, MADO_CLI_USAGE, 0,
                 _("say what you compared with the person: --card or --paper, one of them; nothing was done"));
  else if (act->check == check_holder && card_number == NULL && paper == NULL)
    g_set_error (error, MADO_CLI_USAGE, 0,
                 _("say by what this person is known: --card NUMBER, or --paper with one of: %s"), papers);
  else
    return TRUE;
  return FALSE;
}

/* Shows what stands there now, asks where there is no way back, and acts only on what was shown (If-Match). */
static gboolean
run_act (MadoCli *cli, GError **error)
{
  const Act *act = act_of (cli);
  g_autoptr(MadoReply) before = NULL, after = NULL;
  JsonNode *node;

  if (!check_options (act, error))
    return FALSE;
  before = mado_cli_fetch_case (cli, cli->words[0], NULL, error);
  if (before == NULL)
    return FALSE;
  node = mado_reply_get_json (before);
  if (!cli->json) {
    print_head (node);
    if (message != NULL)
      g_print ("  “%s”\n", message);
  }
  if (!check_open (node, act, error)
      || (!cli->json && act->check != NULL && !act->check (cli, node, error))
      || (act->question != NULL && !mado_cli_confirm (cli, _(act->question), error)))
    return FALSE;
  after = mado_cli_send (cli, call_for (act, node, mado_reply_get_etag (before)), error);
  if (after == NULL) {
    explain_stale (cli, cli->words[0], error);
    return FALSE;
  }
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (after));
  else
    g_print ("→ %s: %s\n", mado_cli_label (states, mado_cli_text (mado_reply_get_json (after), "/state")),
             _(act->done));
  return TRUE;
}

/* Looked at before it is asked for: what staff print is handed out. @name: unless another was asked for. */
static gboolean
save_answer (MadoCli *cli, MadoCall *call, const char *name, GError **error)
{
  g_autoptr(MadoReply) reply = NULL;
  g_autofree char *folder = NULL;
  GBytes *bytes;

  name = output_file != NULL ? output_file : name;
  if (!overwrite && g_file_test (name, G_FILE_TEST_EXISTS)) {
    g_object_unref (call);
    g_set_error (error, MADO_CLI_USAGE, 0, _("%s is there already; say --force to write over it. Nothing was done."),
                 name);
    return FALSE;
  }
  folder = g_path_get_dirname (name);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_object_unref (call);
    g_set_error (error, MADO_CLI_USAGE, 0, _("%s cannot be written: there is no folder %s. Nothing was done."), name,
                 folder);
    return FALSE;
  }
  reply = mado_cli_send (cli, call, error);
  bytes = reply != NULL ? mado_reply_get_bytes (reply) : NULL;
  if (bytes == NULL
      || !g_file_set_contents_full (name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return FALSE;
  g_print (cli->json ? "{\"file\":\"%s\"}\n" : _("Written to %s\n"), name);
  return TRUE;
}

static gboolean
save_attachment (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) filed = mado_cli_fetch_case (cli, cli->words[0], NULL, error);
  JsonArray *list = filed != NULL ? get_attachments (mado_reply_get_json (filed)) : NULL;
  g_autofree char *name = NULL;
  JsonNode *one;
  guint64 place;
  int type;

  if (filed == NULL)
    return FALSE;
  if (list == NULL
      || !g_ascii_string_to_unsigned (attachment, 10, 1, json_array_get_length (list), &place, NULL)) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("Nothing with this number is attached; see `case show`."));
    return FALSE;
  }
  one = json_array_get_element (list, (guint) place - 1);
  type = mado_enum_value (MADO_TYPE_ATTACHMENT_TYPE, mado_cli_text (one, "/type"));
  name = g_strdup_printf ("%s-attachment-%d.%s", mado_cli_text (mado_reply_get_json (filed), "/number"), (int) place,
                          type >= 0 ? mado_attachment_type_get_suffix ((MadoAttachmentType) type) : "bin");
  return save_answer (cli, mado_call_attachment (mado_cli_text (one, "/id")), name, error);
}

static gboolean
run_document (MadoCli *cli, GError **error)
{
  const char *kind = document_kind != NULL ? document_kind : "result";
  g_autofree char *number = NULL, *name = NULL;

  if (attachment != NULL)
    return save_attachment (cli, error);
  number = dup_case_number (cli, cli->words[0], error);
  if (number == NULL)
    return FALSE;
  name = g_strdup_printf ("%s-%s.pdf", number, kind);
  return save_answer (cli, mado_call_document (number, kind), name, error);
}

static void
print_staff_call (const char *when, JsonNode *event)
{
  const char *id = strrchr (mado_cli_text (event, "/subject"), '/');

  g_print (_("%s  ★ %s: somebody calls for staff (page %s, language %s)\n"), when,
           mado_cli_text (event, "/detail/device"), mado_cli_text (event, "/detail/page"),
           mado_cli_text (event, "/detail/language"));
  g_print (_("%17s    On your way? mado call answer %s\n"), "", id != NULL ? id + 1 : "");
}

/* What happened, as the journal names it; a name of a later service stays as it is. */
static const MadoLabel happenings[] = {
  { "case.submitted", N_("filed") },
  { "case.identified", N_("its person was identified") },
  { "case.accepted", N_("a clerk has taken it") },
  { "case.reviewed", N_("its review has begun") },
  { "case.returned", N_("sent back with a question") },
  { "case.corrected", N_("corrected by the resident") },
  { "case.correction-late", N_("corrected too late") },
  { "case.granted", N_("granted") },
  { "case.refused", N_("refused") },
  { "case.withdrawn", N_("withdrawn") },
  { "case.paid", N_("its fee was paid") },
  { "case.closed", N_("closed") },
  { "case.undone", N_("one step back") },
  { "case.lapsed", N_("nobody identified themselves in time") },
  { "case.viewed", N_("looked at") },
  { "case.printed", N_("printed") },
  { "case.handed-out", N_("its certificate was handed out") },
  { "case.reprint-allowed", N_("its certificate may be printed once more") },
  { "attachment.viewed", N_("looked at") },
  { "charge.raised", N_("a fee is due") },
  { "charge.lessened", N_("less is owed") },
  { "charge.cancelled", N_("nothing is owed any more") },
  { "charge.slip-issued", N_("a slip to pay with was printed") },
  { "charge.viewed", N_("looked at") },
  { "payments.viewed", N_("looked at") },
  { "payment.created", N_("a payment was begun") },
  { "payment.opened", N_("the payer is shown a code") },
  { "payment.authorised", N_("a payment is on its way") },
  { "payment.captured", N_("a payment has come") },
  { "payment.failed", N_("a payment failed") },
  { "payment.cancelled", N_("a payment was cancelled") },
  { "payment.expired", N_("a payment ran out of time") },
  { "payment.abandoned", N_("a payment is not wanted any more") },
  { "payment.lost", N_("whether it was paid is not known yet") },
  { "payment.settled", N_("its provider has settled it") },
  { "payment.refunded", N_("money went back") },
  { "payment.contradicted", N_("its provider contradicts itself: please look") },
  { "payment.notice-refused", N_("a notice in its provider's name was not believed") },
  { "refund.proposed", N_("giving money back was proposed") },
  { "refund.approved", N_("giving money back was agreed to") },
  { "refund.declined", N_("giving money back was declined") },
  { "refund.paid", N_("the money was given back") },
  { "refund.failed", N_("giving money back failed") },
  { NULL }
};

/* What happened to a case or its money, and where a case stands after it. */
static void
print_change (const char *when, JsonNode *event)
{
  const char *action = mado_cli_text (event, "/action"), *state = mado_cli_text (event, "/detail/state");
  gboolean is_case = g_str_has_prefix (action, "case.") && *state != '\0';

  g_print ("%s  %s%s  %s%s%s\n", when, mado_cli_text (event, "/detail/number"), mado_cli_text (event, "/detail/charge"),
           mado_cli_label (happenings, action), is_case ? " → " : "", is_case ? mado_cli_label (states, state) : "");
}

/* One line a change of a case or a call for staff, until interrupted; who looked at what is told by the journal. */
static void
print_event (MadoCli *cli, const char *type, JsonNode *event)
{
  g_autofree char *when = mado_cli_local_time (mado_cli_text (event, "/at"));
  const char *action = mado_cli_text (event, "/action");

  if (cli->json) {
    g_autofree char *line = json_to_string (event, FALSE);
    g_print ("%s\n", line);
  } else if (g_str_equal (action, "staff.called")) {
    print_staff_call (when, event);
  } else if (g_str_equal (action, "staff.call-answered")) {
    g_print (_("%s    %s: somebody is on the way\n"), when, mado_cli_text (event, "/detail/device"));
  } else if (!g_str_has_suffix (action, ".viewed")) {
    print_change (when, event);
  }
}

static gboolean
run_watch (MadoCli *cli, GError **error)
{
  return mado_cli_follow (cli, print_event, error);
}

static gboolean
run_answer (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_answer_staff_call (cli->words[0]), error);

  if (reply == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (reply));
  else
    g_print ("%s\n", _("The desk knows that you are on your way."));
  return TRUE;
}

const MadoCommand mado_commands_case[] = {
  { "case list", "", N_("Cases, the newest first"), 0, 0, list_options, run_list },
  { "case show", "NUMBER", N_("One case with its answers"), 1, 1, NULL, run_show },
  { "case watch", "", N_("New cases and calls for staff, as they come"), 0, 0, NULL, run_watch },
  { "call answer", "ID", N_("Tell the desk that you go to a kiosk that calls"), 1, 1, NULL, run_answer },
  { "case accept", "NUMBER", N_("Take a case over"), 1, 1, NULL, run_act },
  { "case review", "NUMBER", N_("Begin the review"), 1, 1, NULL, run_act },
  { "case identify", "NUMBER", N_("The person of a prefiled case stood at the counter"), 1, 1, identify_options,
    run_act },
  { "case paid", "NUMBER", N_("The fee was paid at the counter"), 1, 1, NULL, run_act },
  { "case return", "NUMBER", N_("Send it back with a question"), 1, 1, message_options, run_act },
  { "case grant", "NUMBER", N_("Grant it"), 1, 1, message_options, run_act },
  { "case refuse", "NUMBER", N_("Refuse it, with reasons"), 1, 1, message_options, run_act },
  { "case withdraw", "NUMBER", N_("Withdraw it for the resident, with reasons"), 1, 1, message_options, run_act },
  { "case close", "NUMBER", N_("Close it"), 1, 1, NULL, run_act },
  { "case undo", "NUMBER", N_("Take the last step back, where that is allowed"), 1, 1, NULL, run_act },
  { "case reprint", "NUMBER", N_("Let a certificate that came out badly be printed once more"), 1, 1, NULL, run_act },
  { "case document", "NUMBER", N_("Save the record, the official form or the result as PDF, or what was attached"),
    1, 1, document_options, run_document },
  { NULL }
};
