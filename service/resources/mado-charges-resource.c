/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "mado-resources.h"
#include "model/mado-ledger.h"

typedef struct {
  const char *state;
  const char *payer;
  const char *cursor;
  gint64      limit;
} ListInput;

const MadoJsonSpec mado_charges_list_spec[] = {
  { "state", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, state), FALSE, 1, 16, "open|paid|cancelled", NULL,
    "Only in this state; for staff, where no payer is named" },
  { "payer", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, payer), FALSE, 1, 64, NULL, NULL,
    "Resident who owes; for staff" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (ListInput, limit), FALSE, 1, 200, NULL, NULL,
    "Of a page; 50 unless told" },
  { "cursor", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, cursor), FALSE, 1, 200, NULL, NULL,
    "`next` of the page before" },
  { NULL }
};

gboolean
mado_charges_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) charges = NULL;
  g_autofree char *next = NULL;
  ListInput input = { .limit = 50 };
  MadoChargeQuery query;

  if (!mado_request_read (request, &input, error))
    return FALSE;
  query = (MadoChargeQuery) { input.payer, input.state, input.cursor, (guint) input.limit };
  charges = mado_charge_list (mado_request_get_store (request), &request->actor, &query, &next, error);
  return mado_answer_list (answer, charges, next);
}

gboolean
mado_charges_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoCharge) charge = mado_charge_get (mado_request_get_store (request), &request->actor,
                                                  request->params[0], error);

  if (charge)
    mado_answer_set_version (answer, charge->version);
  return mado_answer_record (answer, charge);
}

typedef struct {
  JsonNode   *lines;
  const char *reason;
} LessenInput;

static const MadoJsonSpec line_spec[] = {
  { "text", MADO_JSON_OBJECT, 0, FALSE, 0, 0, NULL, NULL, "What for, by language" },
  { "account", MADO_JSON_STRING, 0, TRUE, 1, 48, NULL, NULL, "Revenue account" },
  { "quantity", MADO_JSON_INT, 0, TRUE, 1, 1000000, NULL, NULL, "How many" },
  { "unit", MADO_JSON_INT, 0, TRUE, 0, G_MAXINT32, NULL, NULL, "Yen for one" },
  { NULL }
};

const MadoJsonSpec mado_charges_lessen_spec[] = {
  { "lines", MADO_JSON_ARRAY, G_STRUCT_OFFSET (LessenInput, lines), TRUE, 0, 50, NULL, line_spec,
    "What is owed from now on; none cancels the charge" },
  { "reason", MADO_JSON_STRING, G_STRUCT_OFFSET (LessenInput, reason), TRUE, 1, 500, NULL, NULL,
    "Why, in words, for the one who owes it" },
  { NULL }
};

static GPtrArray *
read_lines (JsonNode *node, GError **error)
{
  JsonArray *array = json_node_get_array (node);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    gpointer line = mado_record_from_json (MADO_TYPE_CHARGE_LINE, json_array_get_element (array, i),
                                           MADO_JSON_PRIVATE, error);

    if (!line)
      return NULL;
    g_ptr_array_add (lines, line);
  }
  return g_steal_pointer (&lines);
}

/* --- raised by hand: a fee for which no form is filed ----------------------------------------------------------- */

typedef struct {
  const char *office, *payer, *due_date;
  JsonNode   *words, *lines;
} RaiseInput;

const MadoJsonSpec mado_charges_raise_spec[] = {
  { "office", MADO_JSON_STRING, G_STRUCT_OFFSET (RaiseInput, office), TRUE, 1, 64, "[a-z0-9-]+", NULL,
    "Office whose revenue it is" },
  { "payer", MADO_JSON_STRING, G_STRUCT_OFFSET (RaiseInput, payer), FALSE, 1, 64, NULL, NULL,
    "Resident who owes it, by id or residence record code; without one, whoever holds its slip pays, or it is paid at"
    " the counter" },
  { "words", MADO_JSON_OBJECT, G_STRUCT_OFFSET (RaiseInput, words), TRUE, 0, 0, NULL, NULL,
    "For whom and for what, by language" },
  { "lines", MADO_JSON_ARRAY, G_STRUCT_OFFSET (RaiseInput, lines), TRUE, 1, 50, NULL, line_spec,
    "What it is made up of" },
  { "dueDate", MADO_JSON_STRING, G_STRUCT_OFFSET (RaiseInput, due_date), FALSE, 10, 10, NULL, NULL, "By when" },
  { NULL }
};

static gboolean
find_payer (MadoStore *store, const char *name, char **payer, GError **error)
{
  g_autoptr(GError) unknown = NULL;

  *payer = name ? mado_resident_get_id (store, name, &unknown) : NULL;
  if (unknown)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/payer", "unknown", "%s", unknown->message);
  return unknown == NULL;
}

/* An account that no report knows would hide what came in. */
static gboolean
check_account (MadoRequest *request, guint line, const char *account, GError **error)
{
  MadoCounter *counter = request->service->counter;
  MadoCatalogue *catalogue = mado_counter_get_catalogue (counter);
  g_auto(GStrv) accounts = mado_city_dup_accounts (mado_counter_get_city (counter));
  g_autofree char *list = NULL, *pointer = NULL;

  if (g_strv_contains ((const char *const *) accounts, account)
      || (g_str_has_prefix (account, MADO_ACCOUNT_FEES)
          && mado_catalogue_get_procedure (catalogue, account + strlen (MADO_ACCOUNT_FEES), 0)))
    return TRUE;
  list = g_strjoinv (", ", accounts);
  pointer = g_strdup_printf ("/lines/%u/account", line);
  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "unknown",
                     _("The city has no revenue account “%s”. These are its own: %s; and each procedure's: "
                       "fees.PROCEDURE."), account, list);
  return FALSE;
}

/* As the city's files have it: its offices, its accounts, and something to pay. */
static gboolean
check_raise (MadoRequest *request, const MadoCharge *charge, GError **error)
{
  gint64 sum;

  if (!mado_city_check_office (mado_counter_get_city (request->service->counter), charge->office, "/office", error))
    return FALSE;
  for (guint i = 0; i < charge->lines->len; i++)
    if (!check_account (request, i, ((const MadoChargeLine *) charge->lines->pdata[i])->account, error))
      return FALSE;
  if (!mado_charge_lines_sum (charge->lines, &sum, error))
    return FALSE;
  if (sum == 0)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/lines", "range", _("A charge of ¥0 owes nothing: say how much."));
  return sum > 0;
}

MadoAct *
mado_charges_raise (MadoRequest *request, GError **error)
{
  MadoStore *store = mado_request_get_store (request);
  g_autoptr(MadoCharge) charge = NULL;
  g_autofree char *payer = NULL;
  RaiseInput input = { NULL };

  if (!mado_request_read (request, &input, error) || !find_payer (store, input.payer, &payer, error))
    return NULL;
  charge = g_object_new (MADO_TYPE_CHARGE, "office", input.office, "payer", payer, "due-date", input.due_date,
                         NULL);
  charge->words = json_node_ref (input.words);
  charge->lines = read_lines (input.lines, error);
  if (!charge->lines || !check_raise (request, charge, error))
    return NULL;
  return mado_charge_raise (store, &request->actor, charge, error);
}

MadoAct *
mado_charges_lessen (MadoRequest *request, GError **error)
{
  g_autoptr(GPtrArray) lines = NULL;
  LessenInput input = { NULL };
  gint64 version;

  if (!mado_request_get_version (request, &version, error) || !mado_request_read (request, &input, error)
      || !(lines = read_lines (input.lines, error)))
    return NULL;
  return mado_charge_lessen (mado_request_get_store (request), &request->actor, request->params[0], version, lines,
                             input.reason, error);
}

void
mado_charges_lessened (MadoRequest *request, MadoAct *act, MadoAnswer *answer)
{
  mado_answer_set_version (answer, ((MadoCharge *) act->result)->version);
  mado_answer_record (answer, act->result);
}

gboolean
mado_charges_payments (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) payments = mado_payment_list (mado_request_get_store (request), &request->actor,
                                                     request->params[0], error);

  return mado_answer_list (answer, payments, NULL);
}

gboolean
mado_charges_receipts (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) receipts = mado_receipt_list (mado_request_get_store (request), &request->actor,
                                                     request->params[0], error);

  return mado_answer_list (answer, receipts, NULL);
}

typedef struct {
  const char *method;
  const char *language;
  const char *terminal;
} PayInput;

const MadoJsonSpec mado_charges_pay_spec[] = {
  { "method", MADO_JSON_STRING, G_STRUCT_OFFSET (PayInput, method), TRUE, 1, 16, "qr-wallet|terminal|counter", NULL,
    "By which way; `counter` is cash a clerk has taken" },
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (PayInput, language), FALSE, 2, 16, NULL, NULL,
    "Of the payer's screen" },
  { "terminal", MADO_JSON_STRING, G_STRUCT_OFFSET (PayInput, terminal), FALSE, 1, 64, "[a-z0-9-]+", NULL,
    "With `terminal`, for staff: the device whose terminal the payer stands at" },
  { NULL }
};

/* Where it was begun: that is the terminal the payer stands at. */
static char *
dup_device (MadoRequest *request)
{
  g_autoptr(MadoVisit) visit = NULL;

  if (request->actor.role == MADO_ROLE_VISIT)
    visit = mado_visit_get (mado_request_get_store (request), &request->actor, request->actor.id, NULL);
  return visit ? g_strdup (visit->device) : NULL;
}

static gboolean
check_method (MadoRequest *request, const char *method, const char *device, GError **error)
{
  if (mado_city_takes (mado_counter_get_city (request->service->counter)->payments, method, device))
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "/method", "unknown", _("One cannot pay in this way here."));
  return FALSE;
}

MadoAct *
mado_charges_pay (MadoRequest *request, GError **error)
{
  MadoStore *store = mado_request_get_store (request);
  g_autofree char *device = NULL;
  PayInput input = { NULL };
  MadoProvider provider;

  if (!mado_request_read (request, &input, error))
    return NULL;
  provider = mado_enum_value (MADO_TYPE_PROVIDER, input.method);
  if (provider == MADO_PROVIDER_COUNTER)
    return mado_payment_take_cash (store, &request->actor, request->params[0], error);
  device = input.terminal && (request->actor.role & MADO_ROLES_STAFF) ? g_strdup (input.terminal)
                                                                      : dup_device (request);
  if (!check_method (request, input.method, device, error))
    return NULL;
  return mado_payment_start (store, &request->actor, request->params[0], provider, device, input.language, error);
}

/* --- slips ------------------------------------------------------------------------------------------------------ */

MadoAct *
mado_slips_issue (MadoRequest *request, GError **error)
{
  JsonNode *payments = mado_counter_get_city (request->service->counter)->payments;
  JsonNode *company = payments ? mado_json_get (payments, "/slipCompany") : NULL;

  if (company)
    return mado_slip_issue (mado_request_get_store (request), &request->actor, request->params[0],
                            json_node_get_string (company), error);
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("This city has no payment slips."));
  return NULL;
}

gboolean
mado_slips_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoCharge) charge = mado_slip_find (mado_request_get_store (request), &request->actor,
                                                 request->params[0], error);

  return mado_answer_record (answer, charge);
}

const MadoJsonSpec mado_slips_pay_spec[] = {
  { "method", MADO_JSON_STRING, G_STRUCT_OFFSET (PayInput, method), TRUE, 1, 16, "qr-wallet|terminal", NULL,
    "By which way" },
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (PayInput, language), FALSE, 2, 16, NULL, NULL,
    "Of the payer's screen" },
  { NULL }
};

MadoAct *
mado_slips_pay (MadoRequest *request, GError **error)
{
  g_autofree char *device = NULL;
  PayInput input = { NULL };

  if (!mado_request_read (request, &input, error))
    return NULL;
  device = dup_device (request);
  if (!check_method (request, input.method, device, error))
    return NULL;
  return mado_slip_pay (mado_request_get_store (request), &request->actor, request->params[0],
                        mado_enum_value (MADO_TYPE_PROVIDER, input.method), device, input.language, error);
}

gboolean
mado_slips_payment (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoPayment) payment = mado_slip_get_payment (mado_request_get_store (request), request->params[0],
                                                          request->params[1], error);

  return mado_answer_record (answer, payment);
}

MadoAct *
mado_slips_cancel (MadoRequest *request, GError **error)
{
  return mado_slip_give_up (mado_request_get_store (request), &request->actor, request->params[0], request->params[1],
                            error);
}
