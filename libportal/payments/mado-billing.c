/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-billing.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-id.h"
#include "core/mado-json.h"
#include "model/mado-state-table.h"
#include "payments/mado-charges-private.h"
#include "payments/mado-parts.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"
#include "wire/mado-bills.h"

#define KIND         "billing.import"
#define MAX_MISTAKES 1000    /* that are kept of a file */
#define SHOWN        200
#define COLUMNS \
  "id, state, mapping, office, titles, pieces, parts, lines, good, bad, yen, imported, known, job, opened_by," \
  " opened_at, updated_at"

static const char *
state_nick (const MadoBilling *self)
{
  return mado_enum_nick (MADO_TYPE_BILLING_STATE, self->state);
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static gboolean
insert (MadoTx *tx, const MadoBilling *self, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO billings (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, 0, 0, 1, 0, 0, 0, 0, 0, NULL,"
                       " $6, $7, $7)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_TEXT (state_nick (self)), MADO_TEXT (self->mapping),
                                  MADO_TEXT (self->office), MADO_TEXT (self->titles), MADO_TEXT (self->opened_by),
                                  MADO_INT (self->opened_at)));
}

static gboolean
update (MadoTx *tx, MadoBilling *self, GError **error)
{
  self->updated_at = mado_tx_now (tx);
  return mado_tx_expect (tx, 1, MADO_ERROR_NOT_FOUND, error,
                         "UPDATE billings SET state = $2, pieces = $3, parts = $4, lines = $5, good = $6, bad = $7,"
                         " yen = $8, imported = $9, known = $10, job = $11, updated_at = $12 WHERE id = $1",
                         MADO_BIND (MADO_TEXT (self->id), MADO_TEXT (state_nick (self)), MADO_INT (self->pieces),
                                    MADO_INT (self->parts), MADO_INT (self->lines), MADO_INT (self->good),
                                    MADO_INT (self->bad), MADO_INT (self->yen), MADO_INT (self->imported),
                                    MADO_INT (self->known), MADO_TEXT (self->job), MADO_INT (self->updated_at)));
}

static MadoBilling *
load (MadoTx *tx, const char *id, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query_one (tx, error, _("There is no such billing file."),
                                                "SELECT " COLUMNS " FROM billings WHERE id = $1",
                                                MADO_BIND (MADO_TEXT (id)));

  return rows ? mado_rows_dup_record (rows, MADO_TYPE_BILLING) : NULL;
}

static gboolean
journal (MadoTx *tx, const MadoActor *actor, const MadoBilling *self, const char *action, GError **error)
{
  g_autofree char *subject = g_strconcat ("billing/", self->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"good\":%" G_GINT64_FORMAT ",\"bad\":%" G_GINT64_FORMAT ",\"yen\":%"
                                             G_GINT64_FORMAT "}", self->good, self->bad, self->yen);

  return mado_journal_append (tx, actor, action, subject, NULL, detail, error);
}

/* --- reading one ------------------------------------------------------------------------------------------------ */

typedef struct {
  const char *id;
  gboolean mistakes;
  MadoBilling *billing;
} Reading;

static gboolean
read_mistakes (MadoTx *tx, MadoBilling *billing, GError **error)
{
  billing->mistakes = g_ptr_array_new_with_free_func (g_object_unref);
  return mado_tx_query_records (tx, billing->mistakes, MADO_TYPE_BILLING_MISTAKE, error,
                                "SELECT line, title AS \"column\", message FROM billing_mistakes WHERE billing = $1"
                                " ORDER BY line, item LIMIT $2",
                                MADO_BIND (MADO_TEXT (billing->id), MADO_INT (SHOWN)));
}

static gboolean
read_billing (MadoTx *tx, gpointer data, GError **error)
{
  Reading *self = data;

  self->billing = load (tx, self->id, error);
  return self->billing && (!self->mistakes || read_mistakes (tx, self->billing, error));
}

MadoBilling *
mado_billing_get (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  Reading reading = { id, TRUE, NULL };
  gboolean found = mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
                   && mado_store_read (store, read_billing, &reading, error);

  if (!found)
    g_clear_object (&reading.billing);
  return reading.billing;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoBilling *billing;
} Open;

static void
open_clear (MadoAct *act)
{
  g_clear_object (&((Open *) act)->billing);
}

static MadoOutcome
open_apply (MadoTx *tx, gpointer data, GError **error)
{
  Open *self = data;

  self->billing->opened_at = self->billing->updated_at = mado_tx_now (tx);
  if (!insert (tx, self->billing, error) || !journal (tx, &self->act.actor, self->billing, "billing.opened", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (self->billing));
  return MADO_OUTCOME_COMMIT;
}

/* As the mapping says; without its line break. */
static char *
decode_titles (const MadoMapping *mapping, const char *titles, gsize n, GError **error)
{
  g_autofree char *text = mado_csv_decode ((const guint8 *) titles, n, mapping->encoding, error);
  char *at = text, *line;
  guint number = 0;

  if (!text)
    return NULL;
  line = mado_csv_next_line (&at, &number);
  if (!line)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_MALFORMED, _("The file is empty."));
  return g_strdup (line);
}

MadoAct *
mado_billing_open (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury, const char *mapping,
                   const char *titles, gsize n, GError **error)
{
  g_autofree char *line = NULL, *tried = NULL;
  MadoMapping *found;
  MadoCsv csv;
  Open *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !(found = mado_treasury_get_mapping (treasury, mapping, error))
      || !(line = decode_titles (found, titles, n, error)))
    return NULL;
  tried = g_strdup (line);
  if (!mado_bills_open (&csv, found, tried, error))
    return NULL;
  self = mado_act_new (actor, sizeof (Open), open_apply, open_clear);
  self->billing = g_object_new (MADO_TYPE_BILLING, "mapping", mapping, "office", found->office, "titles", line,
                                "opened-by", actor->id, NULL);
  self->billing->id = mado_ulid_new ();
  self->billing->lines = 1;
  return &self->act;
}

/* --- a piece ---------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  char *id;
  gint64 piece, before;     /* lines the file had when it was read */
  gint64 lines, good, bad, yen;
  MadoParts parts;
  GPtrArray *mistakes;      /* of MadoBillingMistake */
} Add;

static void
add_clear (MadoAct *act)
{
  Add *self = (Add *) act;

  g_free (self->id);
  mado_parts_clear (&self->parts);
  g_clear_pointer (&self->mistakes, g_ptr_array_unref);
}

static void
note_mistakes (Add *self, gint64 line, const GError *error)
{
  for (guint i = 0; i < mado_error_get_n_violations (error) && self->mistakes->len < MAX_MISTAKES; i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);
    const char *title = *violation->pointer ? violation->pointer + 1 : "";

    g_ptr_array_add (self->mistakes, g_object_new (MADO_TYPE_BILLING_MISTAKE, "line", line, "column", title,
                                                   "message", violation->message, NULL));
  }
}

static void
read_line (Add *self, const MadoCsv *csv, char *text, gint64 line)
{
  MadoReader reader = MADO_READER_INIT;
  g_autoptr(GError) error = NULL;
  gint64 yen;

  if (mado_bills_read (csv, text, self->parts.text, &yen, &reader)) {
    mado_parts_step (&self->parts);
    self->good++;
    self->yen += yen;
  } else
    self->bad++;
  if (!mado_reader_finish (&reader, &error))
    note_mistakes (self, line, error);
}

static gboolean
read_piece (Add *self, const MadoMapping *mapping, const MadoBilling *billing, const guint8 *data, gsize n,
            GError **error)
{
  g_autofree char *text = mado_csv_decode (data, n, mapping->encoding, error);
  g_autofree char *titles = g_strdup (billing->titles);
  char *at = text, *line;
  guint number = 0;
  MadoCsv csv;

  if (!text || !mado_bills_open (&csv, mapping, titles, error))
    return FALSE;
  while ((line = mado_csv_next_line (&at, &number)))
    read_line (self, &csv, line, billing->lines + number);
  self->lines = number;
  self->before = billing->lines;
  return TRUE;
}

static gboolean
insert_mistakes (const Add *self, MadoTx *tx, gint64 kept, GError **error)
{
  for (guint i = 0; i < self->mistakes->len && kept + i < MAX_MISTAKES; i++) {
    const MadoBillingMistake *mistake = self->mistakes->pdata[i];

    if (!mado_tx_exec (tx, error,
                       "INSERT INTO billing_mistakes (billing, line, item, title, message)"
                       " VALUES ($1, $2, $3, $4, $5)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (mistake->line), MADO_INT (i),
                                  MADO_TEXT (mistake->column), MADO_TEXT (mistake->message))))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_order (const Add *self, const MadoBilling *billing, GError **error)
{
  if (billing->state != MADO_BILLING_STATE_READING)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("This file takes no more pieces."));
  else if (self->piece != billing->pieces || self->before != billing->lines)
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("Piece %" PRId64 " is next."), billing->pieces);
  else
    return TRUE;
  return FALSE;
}

static gboolean
add_piece (Add *self, MadoBilling *billing, MadoTx *tx, GError **error)
{
  if (!check_order (self, billing, error) || !mado_parts_write (&self->parts, tx, billing->parts, error)
      || !insert_mistakes (self, tx, billing->bad, error))
    return FALSE;
  billing->pieces++;
  billing->parts += self->parts.sealed->len;
  billing->lines += self->lines;
  billing->good += self->good;
  billing->bad += self->bad;
  billing->yen += self->yen;
  return update (tx, billing, error);
}

static MadoOutcome
add_apply (MadoTx *tx, gpointer data, GError **error)
{
  Add *self = data;
  g_autoptr(MadoBilling) billing = load (tx, self->id, error);

  if (!billing || (self->piece >= billing->pieces && !add_piece (self, billing, tx, error)))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&billing));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_billing_add (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury, const char *id, gint64 piece,
                  const guint8 *data, gsize n, GError **error)
{
  g_autoptr(MadoBilling) billing = NULL;
  MadoMapping *mapping;
  Add *self;

  if (n > MADO_BILLING_MAX_PIECE) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("A piece has at most %d bytes."), MADO_BILLING_MAX_PIECE);
    return NULL;
  }
  if (!(billing = mado_billing_get (store, actor, id, error))
      || !(mapping = mado_treasury_get_mapping (treasury, billing->mapping, error)))
    return NULL;
  self = mado_act_new (actor, sizeof (Add), add_apply, add_clear);
  self->id = g_strdup (id);
  self->piece = piece;
  self->mistakes = g_ptr_array_new_with_free_func (g_object_unref);
  mado_parts_init (&self->parts, store, id);
  if (read_piece (self, mapping, billing, data, n, error))
    return &self->act;
  mado_act_unref (&self->act);
  return NULL;
}

/* --- importing -------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  char *id;
  MadoAct *job;
} Step;

static void
step_clear (MadoAct *act)
{
  g_free (((Step *) act)->id);
  g_clear_pointer (&((Step *) act)->job, mado_act_unref);
}

static MadoBilling *
load_readable (const Step *self, MadoTx *tx, GError **error)
{
  g_autoptr(MadoBilling) billing = load (tx, self->id, error);

  if (!billing || billing->state == MADO_BILLING_STATE_READING)
    return g_steal_pointer (&billing);
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("This file was imported or discarded before."));
  return NULL;
}

static MadoOutcome
import_apply (MadoTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  g_autoptr(MadoBilling) billing = load_readable (self, tx, error);

  if (!billing || mado_act_apply (tx, self->job, error) != MADO_OUTCOME_COMMIT)
    return MADO_OUTCOME_ROLL_BACK;
  billing->state = MADO_BILLING_STATE_IMPORTING;
  billing->job = g_strdup (((MadoJob *) self->job->result)->id);
  if (!update (tx, billing, error) || !journal (tx, &self->act.actor, billing, "billing.importing", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&billing));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_billing_import (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  g_autoptr(MadoBilling) billing = NULL;
  g_autoptr(JsonNode) input = NULL;
  g_autofree char *text = NULL;
  Step *self;

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_SYSTEM, error)
      || !(billing = mado_billing_get (store, actor, id, error)))
    return NULL;
  text = g_strdup_printf ("{\"billing\":\"%s\"}", billing->id);
  input = json_from_string (text, NULL);
  self = mado_act_new (actor, sizeof (Step), import_apply, step_clear);
  self->id = g_strdup (id);
  self->job = mado_job_start (store, actor, KIND, input, billing->good, error);
  return &self->act;
}

static MadoOutcome
discard_apply (MadoTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  g_autoptr(MadoBilling) billing = load_readable (self, tx, error);

  if (!billing)
    return MADO_OUTCOME_ROLL_BACK;
  billing->state = MADO_BILLING_STATE_DISCARDED;
  if (!mado_parts_forget (tx, self->id, error) || !update (tx, billing, error)
      || !journal (tx, &self->act.actor, billing, "billing.discarded", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&billing));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_billing_discard (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  Step *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error))
    return NULL;
  self = mado_act_new (actor, sizeof (Step), discard_apply, step_clear);
  self->id = g_strdup (id);
  return &self->act;
}

/* --- the job ---------------------------------------------------------------------------------------------------- */

/* Somebody whom the register does not know, a company for one, keeps the office's number. */
static gboolean
find_payer (MadoTx *tx, const MadoBill *bill, char **payer, GError **error)
{
  *payer = NULL;
  if (!bill->payer)
    return TRUE;
  if (!mado_resident_find_code (tx, bill->payer, payer, error))
    return FALSE;
  if (!*payer)
    *payer = g_strdup (bill->payer);
  return TRUE;
}

static MadoCharge *
charge_new (const MadoBilling *billing, const MadoBill *bill, const char *payer)
{
  MadoCharge *charge = g_object_new (MADO_TYPE_CHARGE, "office", billing->office, "payer", payer,
                                     "payer-kana", bill->payer_kana, NULL);
  MadoChargeLine *line = g_object_new (MADO_TYPE_CHARGE_LINE, "account", bill->account, NULL);

  line->quantity = 1;
  line->unit = bill->yen;
  charge->due_date = bill->due == MADO_DATE_NONE ? NULL : mado_date_format (bill->due);
  charge->words = json_from_string (bill->words, NULL);
  charge->lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (charge->lines, line);
  return charge;
}

/* @fresh: it was not imported before; now it is */
static gboolean
claim (MadoTx *tx, const MadoBilling *billing, const MadoBill *bill, const char *charge, gboolean *fresh,
       GError **error)
{
  gint64 n = mado_tx_exec_n (tx, error,
                             "INSERT INTO bills (office, number, charge, billing) VALUES ($1, $2, $3, $4)"
                             " ON CONFLICT (office, number) DO NOTHING",
                             MADO_BIND (MADO_TEXT (billing->office), MADO_TEXT (bill->bill), MADO_TEXT (charge),
                                        MADO_TEXT (billing->id)));

  *fresh = n == 1;
  return n >= 0;
}

/* What one chunk works with. */
typedef struct {
  MadoBilling    *billing;
  MadoLedgerPage *page;
} Import;

static gboolean
import_row (MadoTx *tx, char *row, gpointer data, GError **error)
{
  Import *self = data;
  MadoBilling *billing = self->billing;
  g_autoptr(MadoCharge) charge = NULL;
  g_auto(MadoChargeDraft) draft = { 0 };
  g_autofree char *payer = NULL;
  gboolean fresh;
  MadoBill bill;

  if (!mado_bills_parse (&bill, row)) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_INTERNAL, "a kept row of a file cannot be read");
    return FALSE;
  }
  if (!find_payer (tx, &bill, &payer, error))
    return FALSE;
  charge = charge_new (billing, &bill, payer);
  if (!mado_charge_draft_prepare (&draft, mado_tx_get_store (tx), charge, error)
      || !claim (tx, billing, &bill, charge->id, &fresh, error)
      || (fresh && !mado_charge_draft_write (&draft, self->page, tx, error)))
    return FALSE;
  billing->imported += fresh;
  billing->known += !fresh;
  return TRUE;
}

static gboolean
import_rows (MadoBilling *billing, MadoJob *job, MadoTx *tx, gint64 deadline, gboolean *finished, GError **error)
{
  g_auto(MadoLedgerPage) page = { 0 };
  Import import = { billing, &page };

  return mado_ledger_page_open (&page, tx, billing->office, error)
         && mado_parts_walk (tx, billing->id, job, deadline, import_row, &import, finished, error)
         && mado_ledger_page_close (&page, tx, error);
}

static gboolean
do_chunk (MadoTx *tx, MadoJob *job, gint64 deadline, gboolean *finished, gpointer data, GError **error)
{
  static const MadoActor importer = { "system", "billing", NULL, MADO_ROLE_SYSTEM };
  g_autoptr(MadoBilling) billing = load (tx, json_node_get_string (mado_json_get (job->input, "/billing")), error);

  if (!billing || !import_rows (billing, job, tx, deadline, finished, error))
    return FALSE;
  if (*finished)
    billing->state = MADO_BILLING_STATE_DONE;
  return (!*finished || (mado_parts_forget (tx, billing->id, error)
                         && journal (tx, &importer, billing, "billing.done", error)))
         && update (tx, billing, error);
}

void
mado_billing_serve (MadoStore *store)
{
  mado_job_register (store, KIND, do_chunk, NULL);
}
