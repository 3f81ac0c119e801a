/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-calls.h"

#include <stdarg.h>
#include "core/mado-json.h"

/* "/v1" and the segments, each escaped, up to the first NULL. */
static char *
path_of (const char *segment, ...)
{
  g_autoptr(GString) path = g_string_new ("/v1");
  va_list segments;

  va_start (segments, segment);
  for (; segment != NULL; segment = va_arg (segments, const char *)) {
    g_string_append_c (path, '/');
    g_string_append_uri_escaped (path, segment, NULL, FALSE);
  }
  va_end (segments);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

static void
add_query (GString *path, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (path, "%c%s=", strchr (path->str, '?') ? '&' : '?', name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

static void
add_query_number (GString *path, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  if (value > 0)
    add_query (path, name, text);
}

/* Bodies are written straight to text that the call wipes: secrets leave no trees behind. */
static GString *
body_new (void)
{
  GString *body = g_string_sized_new (1024);

  return g_string_append_c (body, '{');
}

static void
add_name (GString *body, const char *name)
{
  if (body->str[body->len - 1] != '{')
    g_string_append_c (body, ',');
  mado_json_append_string (body, name);
  g_string_append_c (body, ':');
}

static void
add_text (GString *body, const char *name, const char *value)
{
  if (value == NULL)
    return;
  add_name (body, name);
  mado_json_append_string (body, value);
}

static void
add_node (GString *body, const char *name, JsonNode *value)
{
  if (value == NULL)
    return;
  add_name (body, name);
  mado_json_append_node (body, value);
}

static void
add_number (GString *body, const char *name, gint64 value)
{
  add_name (body, name);
  mado_json_append_int (body, value);
}

static MadoCall *
with_body (const char *method, const char *path, GString *body)
{
  return mado_call_new_text (method, path, g_string_append_c (body, '}'));
}

static MadoCall *
get (const char *path)
{
  return mado_call_new_text ("GET", path, NULL);
}

MadoCall *
mado_call_health (void)
{
  return get ("/v1/health");
}

MadoCall *
mado_call_city (void)
{
  return get ("/v1/city");
}

static MadoCall *
log_in (const char *method, const char *who, const char *name, const char *secret_name, const char *secret,
        const char *totp)
{
  GString *body = body_new ();
  MadoCall *call;

  add_text (body, "method", method);
  add_text (body, who, name);
  add_text (body, secret_name, secret);
  add_text (body, "totp", totp);
  call = with_body ("POST", "/v1/sessions", body);
  mado_call_set_once (call, TRUE);
  return call;
}

MadoCall *
mado_call_log_in_password (const char *account, const char *password, const char *totp)
{
  return log_in ("password", "account", account, "password", password, totp);
}

MadoCall *
mado_call_log_in_device (const char *device, const char *secret)
{
  return log_in ("device", "device", device, "secret", secret, NULL);
}

MadoCall *
mado_call_log_in_card (const char *card_number, const char *pin)
{
  return log_in ("card", "cardNumber", card_number, "pin", pin, NULL);
}

MadoCall *
mado_call_log_out (void)
{
  return mado_call_new_text ("DELETE", "/v1/sessions/current", NULL);
}

MadoCall *
mado_call_procedures (const char *category, const char *cursor)
{
  g_autoptr(GString) path = g_string_new ("/v1/procedures");

  add_query (path, "category", category);
  add_query (path, "cursor", cursor);
  return get (path->str);
}

MadoCall *
mado_call_catalogue (const char *cursor)
{
  g_autoptr(GString) path = g_string_new ("/v1/catalogue");

  add_query (path, "cursor", cursor);
  return get (path->str);
}

MadoCall *
mado_call_procedure (const char *id)
{
  g_autofree char *path = path_of ("procedures", id, NULL);

  return get (path);
}

MadoCall *
mado_call_search (const char *query, const char *language, guint limit)
{
  g_autoptr(GString) path = g_string_new ("/v1/search");

  add_query (path, "q", query);
  add_query (path, "language", language);
  add_query_number (path, "limit", limit);
  return get (path->str);
}

MadoCall *
mado_call_life_events (void)
{
  return get ("/v1/life-events");
}

MadoCall *
mado_call_life_event (const char *id)
{
  g_autofree char *path = path_of ("life-events", id, NULL);

  return get (path);
}

MadoCall *
mado_call_questions (const char *category, const char *cursor)
{
  g_autoptr(GString) path = g_string_new ("/v1/faq");

  add_query (path, "category", category);
  add_query (path, "cursor", cursor);
  return get (path->str);
}

MadoCall *
mado_call_question (const char *id)
{
  g_autofree char *path = path_of ("faq", id, NULL);

  return get (path);
}

MadoCall *
mado_call_form (const char *id, guint revision)
{
  g_autofree char *path = path_of ("forms", id, NULL);
  g_autoptr(GString) query = g_string_new (path);

  add_query_number (query, "revision", revision);
  return get (query->str);
}

MadoCall *
mado_call_open_visit (const char *language)
{
  GString *body = body_new ();

  add_text (body, "language", language);
  return with_body ("POST", "/v1/visits", body);
}

MadoCall *
mado_call_visit (const char *id)
{
  g_autofree char *path = path_of ("visits", id, NULL);

  return get (path);
}

MadoCall *
mado_call_end_visit (const char *id)
{
  g_autofree char *path = path_of ("visits", id, NULL);

  return mado_call_new_text ("DELETE", path, NULL);
}

MadoCall *
mado_call_identify_visit (const char *id, const char *card_number, const char *pin)
{
  g_autofree char *path = path_of ("visits", id, "identification", NULL);
  GString *body = body_new ();
  MadoCall *call;

  add_text (body, "cardNumber", card_number);
  add_text (body, "pin", pin);
  call = with_body ("POST", path, body);
  mado_call_set_once (call, TRUE);
  return call;
}

MadoCall *
mado_call_save_answers (const char *id, JsonNode *answers)
{
  g_autofree char *path = path_of ("visits", id, "answers", NULL);
  GString *body = body_new ();

  add_node (body, "answers", answers);
  return with_body ("PUT", path, body);
}

MadoCall *
mado_call_file_visit (const char *id, JsonNode *procedures, JsonNode *answers, const char *draft)
{
  g_autofree char *path = path_of ("visits", id, "submission", NULL);
  GString *body = body_new ();

  add_node (body, "procedures", procedures);
  add_node (body, "answers", answers);
  add_text (body, "draft", draft);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_keep_draft (const char *visit, JsonNode *procedures, JsonNode *answers)
{
  g_autofree char *path = path_of ("visits", visit, "draft", NULL);
  GString *body = body_new ();

  add_node (body, "procedures", procedures);
  add_node (body, "answers", answers);
  return with_body ("PUT", path, body);
}

MadoCall *
mado_call_attach (const char *visit, GBytes *content)
{
  g_autofree char *path = path_of ("visits", visit, "attachments", NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  g_autofree char *text = g_base64_encode (data, length);
  GString *body = body_new ();

  add_text (body, "content", text);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_attachment (const char *id)
{
  g_autofree char *path = path_of ("attachments", id, NULL);

  return get (path);
}

MadoCall *
mado_call_drop_attachment (const char *id)
{
  g_autofree char *path = path_of ("attachments", id, NULL);

  return mado_call_new_text ("DELETE", path, NULL);
}

MadoCall *
mado_call_drafts (void)
{
  return get ("/v1/me/drafts");
}

MadoCall *
mado_call_draft (const char *number)
{
  g_autofree char *path = path_of ("me", "drafts", number, NULL);

  return get (path);
}

MadoCall *
mado_call_drop_draft (const char *number)
{
  g_autofree char *path = path_of ("me", "drafts", number, NULL);

  return mado_call_new_text ("DELETE", path, NULL);
}

MadoCall *
mado_call_deposit_filing (GBytes *box)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (box, &length);
  g_autofree char *text = g_base64_encode (data, length);
  GString *body = body_new ();

  add_text (body, "box", text);
  return with_body ("POST", "/v1/sealed-filings", body);
}

MadoCall *
mado_call_cases (const char *state, const char *procedure, guint limit, const char *cursor)
{
  g_autoptr(GString) path = g_string_new ("/v1/cases");

  add_query (path, "state", state);
  add_query (path, "procedure", procedure);
  add_query_number (path, "limit", limit);
  add_query (path, "cursor", cursor);
  return get (path->str);
}

MadoCall *
mado_call_cases_of (const char *visit)
{
  g_autoptr(GString) path = g_string_new ("/v1/cases");

  add_query (path, "visit", visit);
  add_query_number (path, "limit", 100);
  return get (path->str);
}

MadoCall *
mado_call_case (const char *number, const char *words)
{
  g_autofree char *path = path_of ("cases", number, NULL);
  g_autoptr(GString) query = g_string_new (path);

  add_query (query, "words", words);
  return get (query->str);
}

MadoCall *
mado_call_transition (const char *number, const char *etag, const char *event, const char *message, JsonNode *answers)
{
  g_autofree char *path = path_of ("cases", number, "transitions", NULL);
  GString *body = body_new ();
  MadoCall *call;

  add_text (body, "event", event);
  add_text (body, "message", message);
  add_node (body, "answers", answers);
  call = with_body ("POST", path, body);
  mado_call_set_if_match (call, etag);
  return call;
}

MadoCall *
mado_call_identify_case (const char *number, const char *etag, const char *card_number, const char *paper)
{
  g_autofree char *path = path_of ("cases", number, "transitions", NULL);
  GString *body = body_new ();
  MadoCall *call;

  add_text (body, "event", "identify");
  add_text (body, "cardNumber", card_number);
  add_text (body, "paper", paper);
  call = with_body ("POST", path, body);
  mado_call_set_if_match (call, etag);
  return call;
}

MadoCall *
mado_call_case_holder (const char *number, const char *card_number, const char *paper)
{
  g_autofree char *path = path_of ("cases", number, "holder", NULL);
  GString *body = body_new ();

  add_text (body, "cardNumber", card_number);
  add_text (body, "paper", paper);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_document (const char *number, const char *kind)
{
  g_autofree char *path = path_of ("cases", number, "document", NULL);
  g_autoptr(GString) query = g_string_new (path);

  add_query (query, "kind", kind);
  return get (query->str);
}

MadoCall *
mado_call_hand_out (const char *number)
{
  g_autofree char *path = path_of ("cases", number, "handing-out", NULL);

  return mado_call_new_text ("POST", path, NULL);
}

MadoCall *
mado_call_link (const char *number, const char *language)
{
  g_autofree char *path = path_of ("cases", number, "link", NULL);
  GString *body = body_new ();

  add_text (body, "language", language);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_me (void)
{
  return get ("/v1/me");
}

MadoCall *
mado_call_disclosures (void)
{
  return get ("/v1/me/disclosures");
}

MadoCall *
mado_call_consents (void)
{
  return get ("/v1/me/consents");
}

MadoCall *
mado_call_set_consents (JsonNode *consents)
{
  return mado_call_new ("PUT", "/v1/me/consents", consents);
}

MadoCall *
mado_call_journal (gint64 after, guint limit)
{
  g_autoptr(GString) path = g_string_new ("/v1/journal");

  if (after != 0)
    g_string_append_printf (path, "?after=%" G_GINT64_FORMAT, after);
  add_query_number (path, "limit", limit);
  return get (path->str);
}

MadoCall *
mado_call_journal_roots (void)
{
  return get ("/v1/journal/roots");
}

MadoCall *
mado_call_journal_proof (gint64 position)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, position);
  g_autofree char *path = path_of ("journal", text, "proof", NULL);

  return get (path);
}

MadoCall *
mado_call_staff (const char *page, const char *language)
{
  GString *body = body_new ();

  add_text (body, "page", page);
  add_text (body, "language", language);
  return with_body ("POST", "/v1/staff-calls", body);
}

MadoCall *
mado_call_answer_staff_call (const char *id)
{
  g_autofree char *path = path_of ("staff-calls", id, "answer", NULL);

  return mado_call_new_text ("POST", path, NULL);
}

MadoCall *
mado_call_charges (const char *state, const char *payer, const char *cursor)
{
  g_autoptr(GString) path = g_string_new ("/v1/charges");

  add_query (path, "state", state);
  add_query (path, "payer", payer);
  add_query (path, "cursor", cursor);
  return get (path->str);
}

MadoCall *
mado_call_charge (const char *number)
{
  g_autofree char *path = path_of ("charges", number, NULL);

  return get (path);
}

MadoCall *
mado_call_raise_charge (const char *office, const char *payer, JsonNode *words, JsonNode *lines, const char *due_date)
{
  GString *body = body_new ();

  add_text (body, "office", office);
  add_text (body, "payer", payer);
  add_node (body, "words", words);
  add_node (body, "lines", lines);
  add_text (body, "dueDate", due_date);
  return with_body ("POST", "/v1/charges", body);
}

MadoCall *
mado_call_lessen_charge (const char *number, const char *etag, JsonNode *lines, const char *reason)
{
  g_autofree char *path = path_of ("charges", number, "reduction", NULL);
  GString *body = body_new ();
  MadoCall *call;

  add_node (body, "lines", lines);
  add_text (body, "reason", reason);
  call = with_body ("POST", path, body);
  mado_call_set_if_match (call, etag);
  return call;
}

MadoCall *
mado_call_preview_surcharge (const char *number, const char *on)
{
  g_autofree char *path = path_of ("charges", number, "surcharge", NULL);
  g_autoptr(GString) query = g_string_new (path);

  add_query (query, "on", on);
  return get (query->str);
}

MadoCall *
mado_call_raise_surcharge (const char *number, const char *on)
{
  g_autofree char *path = path_of ("charges", number, "surcharge", NULL);
  GString *body = body_new ();

  add_text (body, "on", on);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_preview_instalments (const char *number, guint n, const char *first_due)
{
  g_autofree char *path = path_of ("charges", number, "instalments", NULL);
  g_autoptr(GString) query = g_string_new (path);

  add_query_number (query, "n", n);
  add_query (query, "firstDue", first_due);
  return get (query->str);
}

MadoCall *
mado_call_split_charge (const char *number, const char *etag, guint n, const char *first_due, const char *reason)
{
  g_autofree char *path = path_of ("charges", number, "instalments", NULL);
  GString *body = body_new ();
  MadoCall *call;

  add_number (body, "n", n);
  add_text (body, "firstDue", first_due);
  add_text (body, "reason", reason);
  call = with_body ("POST", path, body);
  mado_call_set_if_match (call, etag);
  return call;
}

MadoCall *
mado_call_pay (const char *charge, const char *method, const char *terminal, const char *language)
{
  g_autofree char *path = path_of ("charges", charge, "payments", NULL);
  GString *body = body_new ();

  add_text (body, "method", method);
  add_text (body, "terminal", terminal);
  add_text (body, "language", language);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_payments (const char *charge)
{
  g_autofree char *path = path_of ("charges", charge, "payments", NULL);

  return get (path);
}

MadoCall *
mado_call_receipts (const char *charge)
{
  g_autofree char *path = path_of ("charges", charge, "receipts", NULL);

  return get (path);
}

MadoCall *
mado_call_receipt (const char *charge, const char *language)
{
  g_autofree char *path = path_of ("charges", charge, "receipt", NULL);
  g_autoptr(GString) query = g_string_new (path);

  add_query (query, "language", language);
  return get (query->str);
}

MadoCall *
mado_call_slip (const char *code)
{
  g_autofree char *path = path_of ("slips", code, NULL);

  return get (path);
}

MadoCall *
mado_call_issue_slip (const char *charge)
{
  g_autofree char *path = path_of ("charges", charge, "slips", NULL);

  return mado_call_new_text ("POST", path, NULL);
}

MadoCall *
mado_call_slip_paper (const char *code, const char *language)
{
  g_autofree char *path = path_of ("slips", code, "paper", NULL);
  g_autoptr(GString) query = g_string_new (path);

  add_query (query, "language", language);
  return get (query->str);
}

MadoCall *
mado_call_pay_slip (const char *code, const char *method, const char *language)
{
  g_autofree char *path = path_of ("slips", code, "payments", NULL);
  GString *body = body_new ();

  add_text (body, "method", method);
  add_text (body, "language", language);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_slip_payment (const char *code, const char *id)
{
  g_autofree char *path = path_of ("slips", code, "payments", id, NULL);

  return get (path);
}

MadoCall *
mado_call_cancel_slip_payment (const char *code, const char *id)
{
  g_autofree char *path = path_of ("slips", code, "payments", id, "cancellation", NULL);

  return mado_call_new_text ("POST", path, NULL);
}

MadoCall *
mado_call_payment (const char *id)
{
  g_autofree char *path = path_of ("payments", id, NULL);

  return get (path);
}

MadoCall *
mado_call_cancel_payment (const char *id)
{
  g_autofree char *path = path_of ("payments", id, "cancellation", NULL);

  return mado_call_new_text ("POST", path, NULL);
}

MadoCall *
mado_call_payment_news (const char *id, const char *event, const char *key, gint64 yen, const char *reference,
                        JsonNode *offer, const char *reason, const char *brand)
{
  g_autofree char *path = path_of ("payments", id, "news", NULL);
  GString *body = body_new ();

  add_text (body, "event", event);
  add_text (body, "key", key);
  if (yen > 0)
    add_number (body, "yen", yen);
  add_text (body, "reference", reference);
  add_node (body, "offer", offer);
  add_text (body, "reason", reason);
  add_text (body, "brand", brand);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_refund (const char *payment, gint64 yen, const char *reason)
{
  g_autofree char *path = path_of ("payments", payment, "refunds", NULL);
  GString *body = body_new ();

  add_number (body, "yen", yen);
  add_text (body, "reason", reason);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_refunds (const char *payment)
{
  g_autofree char *path = path_of ("payments", payment, "refunds", NULL);

  return get (path);
}

MadoCall *
mado_call_step_refund (const char *id, const char *event)
{
  g_autofree char *path = path_of ("refunds", id, "steps", NULL);
  GString *body = body_new ();

  add_text (body, "event", event);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_lease_outbox (const char *const *channels, guint max, guint seconds)
{
  GString *body = body_new ();

  add_name (body, "channels");
  g_string_append_c (body, '[');
  for (guint i = 0; channels[i] != NULL; i++) {
    if (i > 0)
      g_string_append_c (body, ',');
    mado_json_append_string (body, channels[i]);
  }
  g_string_append_c (body, ']');
  add_number (body, "max", max);
  add_number (body, "seconds", seconds);
  return with_body ("POST", "/v1/outbox/leases", body);
}

MadoCall *
mado_call_settle_outbox (const char *id, gboolean delivered, const char *reason)
{
  g_autofree char *path = path_of ("outbox", id, "outcome", NULL);
  GString *body = body_new ();

  add_text (body, "outcome", delivered ? "delivered" : "failed");
  add_text (body, "reason", reason);
  return with_body ("POST", path, body);
}

MadoCall *
mado_call_dead_letters (void)
{
  return get ("/v1/outbox?state=dead");
}
