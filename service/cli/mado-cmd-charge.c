/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is owed, cash a clerk takes, and money that goes back. */
#include "mado-cli.h"

static char *state_filter, *payer_filter, *reason, *day;

static const GOptionEntry list_options[] = {
  { "state", 0, 0, G_OPTION_ARG_STRING, &state_filter, N_("open, paid or cancelled"), "STATE" },
  { "payer", 0, 0, G_OPTION_ARG_STRING, &payer_filter, N_("Only what this resident owes, in words"), "ID" },
  { NULL }
};
static const GOptionEntry reason_options[] = {
  { "reason", 'm', 0, G_OPTION_ARG_STRING, &reason, N_("Why, in words, for the one who owes it"), "TEXT" },
  { NULL }
};
static const GOptionEntry surcharge_options[] = {
  { "on", 0, 0, G_OPTION_ARG_STRING, &day, N_("The day it is paid (today)"), "YYYY-MM-DD" },
  { NULL }
};
static const GOptionEntry refund_options[] = {
  { "reason", 'm', 0, G_OPTION_ARG_STRING, &reason, N_("A word of the city's list (overpaid)"), "WORD" },
  { NULL }
};

/* --- words ------------------------------------------------------------------------------------------------------ */

const MadoLabel mado_cli_charge_states[] = {
  { "open", N_("open") }, { "paid", N_("paid") }, { "cancelled", N_("cancelled") }, { NULL }
};
static const MadoLabel payment_states[] = {
  { "created", N_("begun") }, { "pending", N_("waits for the payer") }, { "authorised", N_("promised, not yet final") },
  { "unknown", N_("not known yet") }, { "captured", N_("has come") }, { "failed", N_("failed") },
  { "cancelled", N_("cancelled") }, { "expired", N_("out of time") }, { "settled", N_("has come, and is settled") },
  { "partly-refunded", N_("given back in part") }, { "refunded", N_("given back") }, { NULL }
};
static const MadoLabel refund_states[] = {
  { "proposed", N_("waits for a second person") }, { "asked", N_("asked for, not yet given back") },
  { "done", N_("done") }, { "failed", N_("failed") }, { "declined", N_("not agreed to") }, { NULL }
};
static const MadoLabel providers[] = {
  { "counter", N_("cash at the counter") }, { "qr-wallet", N_("QR code") }, { "terminal", N_("card terminal") },
  { "slip", N_("payment slip") }, { "bank-transfer", N_("bank transfer") }, { NULL }
};

/* --- showing ---------------------------------------------------------------------------------------------------- */

static gint64
yen_of (JsonNode *node, const char *pointer)
{
  JsonNode *found = mado_json_get (node, pointer);

  return found != NULL && JSON_NODE_HOLDS_VALUE (found) ? json_node_get_int (found) : 0;
}

static JsonArray *
items_of (MadoReply *reply)
{
  return json_node_get_array (mado_json_get (mado_reply_get_json (reply), "/items"));
}

static const char *
words_of (JsonNode *charge)
{
  JsonNode *words = mado_json_get (charge, "/words");

  return words != NULL ? mado_json_text (words, mado_cli_language ()) : "";
}

/* For what it is, is personal: told of one payer's only. */
static void
add_charge (MadoTable *table, JsonNode *charge)
{
  g_autofree char *amount = mado_yen_format (yen_of (charge, "/amount"));
  g_autofree char *paid = mado_yen_format (yen_of (charge, "/paid"));

  mado_table_add (table, mado_cli_text (charge, "/number"),
                  mado_cli_label (mado_cli_charge_states, mado_cli_text (charge, "/state")), amount, paid,
                  mado_cli_text (charge, "/dueDate"),
                  payer_filter != NULL ? words_of (charge) : mado_cli_text (charge, "/office"), NULL);
}

static gboolean
run_list (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) reply = mado_cli_send (cli, mado_call_charges (state_filter, payer_filter, NULL), error);
  MadoTable *table;

  if (reply == NULL)
    return FALSE;
  if (cli->json) {
    mado_cli_print_json (mado_json_get (mado_reply_get_json (reply), "/items"));
    return TRUE;
  }
  table = mado_table_new (_("NUMBER"), _("STATE"), _("OWED"), _("PAID"), _("DUE"),
                          payer_filter != NULL ? _("FOR") : _("OFFICE"), NULL);
  for (guint i = 0; i < json_array_get_length (items_of (reply)); i++)
    add_charge (table, json_array_get_element (items_of (reply), i));
  mado_table_print (table, _("Nothing is owed."));
  return TRUE;
}

/* The charge that a case names. */
static MadoReply *
fetch_of_case (MadoCli *cli, const char *typed, GError **error)
{
  g_autoptr(MadoReply) found = mado_cli_fetch_case (cli, typed, NULL, error);
  const char *number = found != NULL ? mado_cli_text (mado_reply_get_json (found), "/charge/number") : NULL;

  if (found == NULL)
    return NULL;
  if (*number != '\0')
    return mado_cli_send (cli, mado_call_charge (number), error);
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("Nothing is owed for %s."), typed);
  return NULL;
}

/* By its own number, or by what residents and clerks have in hand: the number of the case, or of the visit. */
static MadoReply *
fetch (MadoCli *cli, GError **error)
{
  g_autofree char *number = mado_number_parse (cli->words[0], error);
  g_autoptr(GError) unknown = NULL;
  MadoReply *charge;

  if (number == NULL)
    return NULL;
  charge = mado_cli_send (cli, mado_call_charge (number), &unknown);
  if (charge == NULL && g_error_matches (unknown, MADO_ERROR, MADO_ERROR_NOT_FOUND))
    return fetch_of_case (cli, number, error);
  if (charge == NULL)
    g_propagate_error (error, g_steal_pointer (&unknown));
  return charge;
}

static const char *
number_of (MadoReply *charge)
{
  return mado_cli_text (mado_reply_get_json (charge), "/number");
}

static void
print_head (JsonNode *charge)
{
  g_autofree char *amount = mado_yen_format (yen_of (charge, "/amount"));
  g_autofree char *paid = mado_yen_format (yen_of (charge, "/paid"));

  g_print ("%s  %s\n", mado_cli_text (charge, "/number"), words_of (charge));
  g_print (_("  owed %s, paid %s: %s\n"), amount, paid,
           mado_cli_label (mado_cli_charge_states, mado_cli_text (charge, "/state")));
}

static void
print_payments (MadoReply *payments)
{
  MadoTable *table = mado_table_new (_("PAYMENT"), _("BY"), _("STATE"), _("CAME"), _("BACK"), _("BEGUN"), NULL);

  for (guint i = 0; i < json_array_get_length (items_of (payments)); i++) {
    JsonNode *one = json_array_get_element (items_of (payments), i);
    g_autofree char *came = mado_yen_format (yen_of (one, "/captured"));
    g_autofree char *back = mado_yen_format (yen_of (one, "/refunded") + yen_of (one, "/refunding"));
    g_autofree char *begun = mado_cli_local_time (mado_cli_text (one, "/createdAt"));
    g_autofree char *by = g_strjoin (" ", mado_cli_label (providers, mado_cli_text (one, "/provider")),
                                     mado_cli_text (one, "/brand"), NULL);

    mado_table_add (table, mado_cli_text (one, "/id"), g_strchomp (by),
                    mado_cli_label (payment_states, mado_cli_text (one, "/state")), came, back, begun, NULL);
  }
  mado_table_print (table, _("Nobody has tried to pay it yet."));
}

static gboolean
run_show (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) charge = fetch (cli, error), payments = NULL;

  if (charge == NULL)
    return FALSE;
  if (cli->json) {
    mado_cli_print_json (mado_reply_get_json (charge));
    return TRUE;
  }
  payments = mado_cli_send (cli, mado_call_payments (number_of (charge)), error);
  if (payments == NULL)
    return FALSE;
  print_head (mado_reply_get_json (charge));
  print_payments (payments);
  return TRUE;
}

static gboolean
tell_charge (MadoCli *cli, MadoReply *reply)
{
  if (reply == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (reply));
  else
    print_head (mado_reply_get_json (reply));
  return TRUE;
}

/* --- more ------------------------------------------------------------------------------------------------------- */

static char *payer, *due, *english;
static int n_units = 1;

static const GOptionEntry raise_options[] = {
  { "payer", 0, 0, G_OPTION_ARG_STRING, &payer, N_("The resident who owes it; else whoever holds its slip"), "CODE" },
  { "quantity", 0, 0, G_OPTION_ARG_INT, &n_units, N_("How many of them (1)"), "N" },
  { "due", 0, 0, G_OPTION_ARG_STRING, &due, N_("The last day to pay it"), "YYYY-MM-DD" },
  { "english", 0, 0, G_OPTION_ARG_STRING, &english, N_("The words in English"), "TEXT" },
  { NULL }
};

static JsonNode *
new_words (const char *ja)
{
  JsonObject *words = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (words, "ja", ja);
  if (english != NULL)
    json_object_set_string_member (words, "en", english);
  json_node_take_object (node, words);
  return node;
}

static JsonNode *
new_lines (const char *account, gint64 unit)
{
  JsonObject *line = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *lines = json_array_new ();

  json_object_set_string_member (line, "account", account);
  json_object_set_int_member (line, "quantity", n_units);
  json_object_set_int_member (line, "unit", unit);
  json_array_add_object_element (lines, line);
  json_node_take_array (node, lines);
  return node;
}

static gboolean
run_raise (MadoCli *cli, GError **error)
{
  g_autoptr(JsonNode) words = new_words (cli->words[3]), lines = NULL;
  g_autofree char *amount = NULL, *question = NULL;
  g_autoptr(MadoReply) raised = NULL;
  gint64 unit;

  if (!mado_yen_parse (cli->words[2], &unit, error))
    return FALSE;
  amount = mado_yen_format (unit);
  question = g_strdup_printf (_("Raise a charge of %d × %s for “%s” (%s, %s)?"), n_units, amount, cli->words[3],
                              cli->words[0], cli->words[1]);
  if (!mado_cli_confirm (cli, question, error))
    return FALSE;
  lines = new_lines (cli->words[1], unit);
  raised = mado_cli_send (cli, mado_call_raise_charge (cli->words[0], payer, words, lines, due), error);
  return tell_charge (cli, raised);
}

/* --- less ------------------------------------------------------------------------------------------------------- */

static JsonObject *
new_line (JsonNode *line, gint64 quantity, gint64 unit)
{
  JsonObject *kept = json_object_new ();
  JsonNode *text = mado_json_get (line, "/text");

  json_object_set_string_member (kept, "account", mado_cli_text (line, "/account"));
  json_object_set_int_member (kept, "quantity", quantity);
  json_object_set_int_member (kept, "unit", unit);
  if (text != NULL)
    json_object_set_member (kept, "text", json_node_copy (text));
  return kept;
}

/* From the first line on, until @yen are reached; what of a line does not fit stays as one. */
static JsonNode *
cut_lines (JsonNode *charge, gint64 yen)
{
  JsonArray *lines = json_node_get_array (mado_json_get (charge, "/lines")), *kept = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; yen > 0 && i < json_array_get_length (lines); i++) {
    JsonNode *line = json_array_get_element (lines, i);
    gint64 quantity = yen_of (line, "/quantity"), unit = yen_of (line, "/unit");
    gint64 whole = unit > 0 ? MIN (quantity, yen / unit) : quantity;

    if (whole > 0)
      json_array_add_object_element (kept, new_line (line, whole, unit));
    yen -= whole * unit;
    if (whole < quantity && yen > 0) {
      json_array_add_object_element (kept, new_line (line, 1, yen));
      yen = 0;
    }
  }
  json_node_take_array (node, kept);
  return node;
}

/* Before and after; nothing is asked, and nothing sent, where it would not become less. */
static gboolean
confirm_less (MadoCli *cli, JsonNode *charge, gint64 yen, GError **error)
{
  g_autofree char *was = mado_yen_format (yen_of (charge, "/amount")), *will_be = mado_yen_format (yen);
  g_autofree char *question = g_strdup_printf (_("Is %s owed from now on, in place of %s?"), will_be, was);

  if (yen != 0 && yen >= yen_of (charge, "/amount")) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
                 _("%s is owed: say less than that. YEN is what is owed afterwards, not by how much it is reduced."),
                 was);
    return FALSE;
  }
  if (!cli->json) {
    print_head (charge);
    g_print (_("  owed from now on: %s in place of %s\n"), will_be, was);
  }
  return mado_cli_confirm (cli, question, error);
}

static gboolean
lessen (MadoCli *cli, gint64 yen, GError **error)
{
  g_autoptr(MadoReply) before = NULL, after = NULL;
  g_autoptr(JsonNode) lines = NULL;
  JsonNode *charge;

  if (reason == NULL || *reason == '\0') {
    g_set_error (error, MADO_CLI_USAGE, 0, _("say why, to the one who owes it: --reason TEXT"));
    return FALSE;
  }
  if ((before = fetch (cli, error)) == NULL)
    return FALSE;
  charge = mado_reply_get_json (before);
  if (!confirm_less (cli, charge, yen, error))
    return FALSE;
  lines = cut_lines (charge, yen);
  after = mado_cli_send (cli, mado_call_lessen_charge (mado_cli_text (charge, "/number"), mado_reply_get_etag (before),
                                                       lines, reason), error);
  if (after == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (after));
  else
    print_head (mado_reply_get_json (after));
  return TRUE;
}

static gboolean
run_cancel (MadoCli *cli, GError **error)
{
  return lessen (cli, 0, error);
}

static gboolean
run_reduce (MadoCli *cli, GError **error)
{
  gint64 yen;

  return mado_yen_parse (cli->words[1], &yen, error) && lessen (cli, yen, error);
}

/* --- arrears ---------------------------------------------------------------------------------------------------- */

static gboolean
run_surcharge (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) charge = fetch (cli, error), preview = NULL, raised = NULL;
  g_autofree char *yen = NULL, *question = NULL;

  if (charge == NULL
      || (preview = mado_cli_send (cli, mado_call_preview_surcharge (number_of (charge), day), error)) == NULL)
    return FALSE;
  yen = mado_yen_format (yen_of (mado_reply_get_json (preview), "/yen"));
  question = g_strdup_printf (_("Raise a surcharge of %s, as of %s?"), yen,
                              mado_cli_text (mado_reply_get_json (preview), "/on"));
  if (!cli->json)
    print_head (mado_reply_get_json (charge));
  if (!mado_cli_confirm (cli, question, error))
    return FALSE;
  raised = mado_cli_send (cli, mado_call_raise_surcharge (number_of (charge),
                                                          mado_cli_text (mado_reply_get_json (preview), "/on")), error);
  return tell_charge (cli, raised);
}

static void
print_plan (MadoReply *plan)
{
  JsonArray *items = items_of (plan);

  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonNode *item = json_array_get_element (items, i);
    g_autofree char *yen = mado_yen_format (yen_of (item, "/yen"));

    g_print ("%2u  %s  %s\n", i + 1, mado_cli_text (item, "/due"), yen);
  }
}

static gboolean
run_split (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) charge = NULL, plan = NULL, first = NULL;
  gint64 n = g_ascii_strtoll (cli->words[1], NULL, 10);

  if (reason == NULL || *reason == '\0') {
    g_set_error (error, MADO_CLI_USAGE, 0, _("say why, to the one who owes it: --reason TEXT"));
    return FALSE;
  }
  if ((charge = fetch (cli, error)) == NULL
      || (plan = mado_cli_send (cli, mado_call_preview_instalments (number_of (charge), (guint) CLAMP (n, 0, 99),
                                                                    cli->words[2]), error)) == NULL)
    return FALSE;
  if (!cli->json) {
    print_head (mado_reply_get_json (charge));
    print_plan (plan);
  }
  if (!mado_cli_confirm (cli, _("Is it to be paid in these instalments?"), error))
    return FALSE;
  first = mado_cli_send (cli, mado_call_split_charge (number_of (charge), mado_reply_get_etag (charge), (guint) n,
                                                      cli->words[2], reason), error);
  return tell_charge (cli, first);
}

/* --- at the counter --------------------------------------------------------------------------------------------- */

#define CARD_SECONDS 120     /* until the clerk is told how to ask on */

static char *terminal;

static const GOptionEntry pay_options[] = {
  { "terminal", 0, 0, G_OPTION_ARG_STRING, &terminal, N_("By card, at the terminal beside this device; else in cash"),
    "DEVICE" },
  { NULL }
};

static MadoPaymentState
state_of (MadoReply *payment)
{
  return (MadoPaymentState) mado_enum_value (MADO_TYPE_PAYMENT_STATE,
                                             mado_cli_text (mado_reply_get_json (payment), "/state"));
}

/* (transfer full): the payment once it is decided, or the time is over. */
static MadoReply *
watch (MadoCli *cli, MadoReply *begun, guint seconds, GError **error)
{
  const gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  g_autofree char *id = g_strdup (mado_cli_text (mado_reply_get_json (begun), "/id"));
  MadoReply *payment = g_object_ref (begun);

  while (payment != NULL && mado_payment_state_is_live (state_of (payment)) && g_get_monotonic_time () < until) {
    g_usleep (G_USEC_PER_SEC / 2);
    g_object_unref (payment);
    payment = mado_cli_send (cli, mado_call_payment (id), error);
  }
  return payment;
}

/* Whether the card was charged is its terminal's word; not knowing is no reason to take it again. */
static gboolean
tell_card (MadoReply *payment, const char *owed, GError **error)
{
  const char *why = mado_cli_text (mado_reply_get_json (payment), "/reason");

  if (mado_payment_state_is_paid (state_of (payment))) {
    g_print (_("→ %s taken; the receipt is at hand\n"), owed);
    return TRUE;
  }
  if (mado_payment_state_is_live (state_of (payment)))
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE,
                         _("It is not known yet whether it was paid. Do not take it again; mado charge show tells."));
  else
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("It was not paid (%s). Nothing was taken."),
                 *why != '\0' ? why : mado_cli_label (payment_states,
                                                       mado_enum_nick (MADO_TYPE_PAYMENT_STATE, state_of (payment))));
  return FALSE;
}

static gboolean
run_pay (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) charge = fetch (cli, error), paid = NULL, ended = NULL;
  g_autofree char *owed = NULL, *question = NULL;
  JsonNode *node;

  if (charge == NULL)
    return FALSE;
  node = mado_reply_get_json (charge);
  owed = mado_yen_format (MAX (yen_of (node, "/amount") - yen_of (node, "/paid"), 0));
  question = g_strdup_printf (terminal != NULL ? _("Take %s by card?") : _("Have you taken %s in cash?"), owed);
  if (!cli->json)
    print_head (node);
  if (!mado_cli_confirm (cli, question, error))
    return FALSE;
  paid = mado_cli_send (cli, mado_call_pay (mado_cli_text (node, "/number"), terminal != NULL ? "terminal" : "counter",
                                             terminal, NULL), error);
  if (paid != NULL && !cli->json && terminal != NULL)
    g_print ("%s\n", _("Please let the payer hold a card to the terminal."));
  ended = paid != NULL ? watch (cli, paid, CARD_SECONDS, error) : NULL;
  if (ended == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (ended));
  return cli->json || tell_card (ended, owed, error);
}

/* --- wanted no more --------------------------------------------------------------------------------------------- */

#define ANSWER_SECONDS 60     /* until the clerk is told that the provider has not answered yet */

static JsonNode *
find_live (MadoReply *payments, GError **error)
{
  for (guint i = json_array_get_length (items_of (payments)); i > 0; i--) {
    JsonNode *one = json_array_get_element (items_of (payments), i - 1);
    int state = mado_enum_value (MADO_TYPE_PAYMENT_STATE, mado_cli_text (one, "/state"));

    if (state >= 0 && mado_payment_state_is_live ((MadoPaymentState) state))
      return one;
  }
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("No payment is on its way here."));
  return NULL;
}

/* What became of it is the provider's word: it may have been paid at the last moment. */
static gboolean
tell_ended (MadoReply *payment, GError **error)
{
  MadoPaymentState state = state_of (payment);

  if (mado_payment_state_is_live (state)) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE,
                         _("The provider has not answered yet, and is asked on. Until then nobody can pay here; "
                           "mado charge show tells."));
    return FALSE;
  }
  g_print ("%s\n", mado_payment_state_is_paid (state) ? _("→ it was paid after all, and counts")
                                                      : _("→ nothing was paid; another payment can be begun"));
  return TRUE;
}

static gboolean
run_let_go (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) charge = fetch (cli, error), payments = NULL, asked = NULL, ended = NULL;
  g_autofree char *question = NULL;
  JsonNode *live;

  if (charge == NULL
      || (payments = mado_cli_send (cli, mado_call_payments (number_of (charge)), error)) == NULL
      || (live = find_live (payments, error)) == NULL)
    return FALSE;
  if (!cli->json) {
    print_head (mado_reply_get_json (charge));
    print_payments (payments);
  }
  question = g_strdup_printf (_("Ask %s to let go of the payment %s?"),
                              mado_cli_label (providers, mado_cli_text (live, "/provider")),
                              mado_cli_text (live, "/id"));
  if (!mado_cli_confirm (cli, question, error)
      || (asked = mado_cli_send (cli, mado_call_cancel_payment (mado_cli_text (live, "/id")), error)) == NULL
      || (ended = watch (cli, asked, ANSWER_SECONDS, error)) == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (mado_reply_get_json (ended));
  return cli->json || tell_ended (ended, error);
}

/* --- back ------------------------------------------------------------------------------------------------------- */

/* The newest that still holds so much. */
static JsonNode *
find_payment (MadoReply *payments, gint64 yen, GError **error)
{
  for (guint i = json_array_get_length (items_of (payments)); i > 0; i--) {
    JsonNode *one = json_array_get_element (items_of (payments), i - 1);

    if (yen_of (one, "/captured") - yen_of (one, "/refunded") - yen_of (one, "/refunding") >= yen)
      return one;
  }
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, _("No payment of this charge still holds so much."));
  return NULL;
}

static void
print_refund (MadoCli *cli, JsonNode *refund)
{
  g_autofree char *yen = mado_yen_format (yen_of (refund, "/amount"));

  if (cli->json)
    mado_cli_print_json (refund);
  else
    g_print ("%s  %s  %s\n", mado_cli_text (refund, "/id"), yen,
             mado_cli_label (refund_states, mado_cli_text (refund, "/state")));
}

static gboolean
run_refund (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) charge = NULL, payments = NULL, refund = NULL;
  g_autofree char *amount = NULL, *question = NULL;
  JsonNode *payment;
  gint64 yen;

  if (!mado_yen_parse (cli->words[1], &yen, error) || (charge = fetch (cli, error)) == NULL
      || (payments = mado_cli_send (cli, mado_call_payments (number_of (charge)), error)) == NULL
      || (payment = find_payment (payments, yen, error)) == NULL)
    return FALSE;
  amount = mado_yen_format (yen);
  question = g_strdup_printf (_("Give %s back by the way it came (%s)?"), amount,
                              mado_cli_label (providers, mado_cli_text (payment, "/provider")));
  if (!cli->json)
    print_payments (payments);
  if (!mado_cli_confirm (cli, question, error))
    return FALSE;
  refund = mado_cli_send (cli, mado_call_refund (mado_cli_text (payment, "/id"), yen,
                                                 reason != NULL ? reason : "overpaid"), error);
  if (refund == NULL)
    return FALSE;
  print_refund (cli, mado_reply_get_json (refund));
  return TRUE;
}

/* Of all payments of a charge; as array (transfer full). */
static JsonNode *
fetch_refunds (MadoCli *cli, MadoReply *payments, GError **error)
{
  g_autoptr(JsonArray) all = json_array_new ();

  for (guint i = 0; i < json_array_get_length (items_of (payments)); i++) {
    JsonNode *payment = json_array_get_element (items_of (payments), i);
    g_autoptr(MadoReply) refunds = mado_cli_send (cli, mado_call_refunds (mado_cli_text (payment, "/id")), error);

    if (refunds == NULL)
      return NULL;
    for (guint k = 0; k < json_array_get_length (items_of (refunds)); k++)
      json_array_add_element (all, json_node_copy (json_array_get_element (items_of (refunds), k)));
  }
  return json_node_init_array (json_node_alloc (), all);
}

static void
print_refunds (JsonNode *refunds)
{
  JsonArray *items = json_node_get_array (refunds);
  MadoTable *table = mado_table_new (_("REFUND"), _("YEN"), _("STATE"), _("SINCE"), NULL);

  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonNode *refund = json_array_get_element (items, i);
    g_autofree char *yen = mado_cli_yen (refund, "/amount");
    g_autofree char *since = mado_cli_local_time (mado_cli_text (refund, "/updatedAt"));

    mado_table_add (table, mado_cli_text (refund, "/id"), yen,
                    mado_cli_label (refund_states, mado_cli_text (refund, "/state")), since, NULL);
  }
  mado_table_print (table, _("Nothing of it goes back."));
}

static gboolean
run_refunds (MadoCli *cli, GError **error)
{
  g_autoptr(MadoReply) charge = fetch (cli, error);
  g_autoptr(MadoReply) payments = charge != NULL ? mado_cli_send (cli, mado_call_payments (number_of (charge)), error)
                                                 : NULL;
  g_autoptr(JsonNode) refunds = payments != NULL ? fetch_refunds (cli, payments, error) : NULL;

  if (refunds == NULL)
    return FALSE;
  if (cli->json)
    mado_cli_print_json (refunds);
  else
    print_refunds (refunds);
  return TRUE;
}

/* "refund approve" → "approve" */
static gboolean
run_step (MadoCli *cli, GError **error)
{
  const char *event = strchr (cli->name, ' ') + 1;
  g_autoptr(MadoReply) refund = NULL;

  if (!mado_cli_confirm (cli, _("Is that decided?"), error))
    return FALSE;
  refund = mado_cli_send (cli, mado_call_step_refund (cli->words[0], event), error);
  if (refund == NULL)
    return FALSE;
  print_refund (cli, mado_reply_get_json (refund));
  return TRUE;
}

const MadoCommand mado_commands_charge[] = {
  { "charge list", "", N_("What is owed, the newest first"), 0, 0, list_options, run_list },
  { "charge show", "NUMBER", N_("One charge and all attempts to pay it"), 1, 1, NULL, run_show },
  { "charge raise", "OFFICE ACCOUNT YEN WORDS", N_("Somebody owes a fee for which no form is filed"), 4, 4,
    raise_options, run_raise },
  { "charge cancel", "NUMBER", N_("Nothing is owed any more; what was paid goes back"), 1, 1, reason_options,
    run_cancel },
  { "charge reduce", "NUMBER YEN", N_("Only YEN are owed from now on; what was paid above them goes back"), 2, 2,
    reason_options, run_reduce },
  { "charge surcharge", "NUMBER", N_("Raise the surcharge of an overdue charge"), 1, 1, surcharge_options,
    run_surcharge },
  { "charge split", "NUMBER N DAY", N_("Let it be paid in N instalments, the first until DAY"), 3, 3, reason_options,
    run_split },
  { "pay cancel", "NUMBER", N_("Let go of a payment that is on its way; its provider is asked"), 1, 1, NULL,
    run_let_go },
  { "pay", "NUMBER", N_("Take all that is owed, in cash or by card"), 1, 1, pay_options, run_pay },
  { "refund list", "NUMBER", N_("What of a charge goes back"), 1, 1, NULL, run_refunds },
  { "refund approve", "ID", N_("Agree, as the second person"), 1, 1, NULL, run_step },
  { "refund decline", "ID", N_("Do not agree"), 1, 1, NULL, run_step },
  { "refund finish", "ID", N_("The money was given back at the counter"), 1, 1, NULL, run_step },
  { "refund", "NUMBER YEN", N_("Give back what was paid too much"), 2, 2, refund_options, run_refund },
  { NULL }
};
