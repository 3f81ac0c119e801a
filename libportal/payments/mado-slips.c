/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-slips.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-id.h"
#include "payments/mado-payments-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"
#include "wire/mado-slip-report.h"

#define CHUNK 25   /* lines in one act: the writer is held for some milliseconds */

static const MadoField slip_fields[] = {
  MADO_FIELD_STRING (MadoChargeSlip, code, 0, 44, "The digits of its bar code"),
  MADO_FIELD_STRING (MadoChargeSlip, charge, 0, 64, "What it pays"),
  MADO_FIELD_STRING (MadoChargeSlip, number, 0, 16, "Number of the charge"),
  MADO_FIELD_YEN    (MadoChargeSlip, amount, 0, "Yen"),
  MADO_FIELD_DATE   (MadoChargeSlip, due_date, MADO_FIELD_OPTIONAL, "Until when shops take it"),
  MADO_FIELD_TIME   (MadoChargeSlip, issued_at, 0, "When it was printed"),
};

MADO_DEFINE_RECORD (MadoChargeSlip, mado_charge_slip, slip_fields)

static const MadoField taking_fields[] = {
  MADO_FIELD_INT (MadoSlipTaking, lines, 0, 0, G_MAXINT64, "Lines of the report"),
  MADO_FIELD_INT (MadoSlipTaking, taken, 0, 0, G_MAXINT64, "Those that changed a payment"),
  MADO_FIELD_INT (MadoSlipTaking, known, 0, 0, G_MAXINT64, "Those that said what was known"),
  MADO_FIELD_INT (MadoSlipTaking, strays, 0, 0, G_MAXINT64, "Those with a code of no slip of ours"),
};

MADO_DEFINE_RECORD (MadoSlipTaking, mado_slip_taking, taking_fields)

/* --- printing --------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  char *charge, *company;
} Issue;

static void
issue_clear (MadoAct *act)
{
  g_free (((Issue *) act)->charge);
  g_free (((Issue *) act)->company);
}

/* Says nothing of the charge: 21 digits at random, unique in the store. */
static void
draw_reference (char out[22])
{
  for (guint i = 0; i < 21; i++)
    out[i] = (char) ('0' + randombytes_uniform (10));
  out[21] = '\0';
}

static char *
write_code (const Issue *self, const MadoCharge *charge, GError **error)
{
  MadoSlip slip = { .yen = mado_charge_get_owed (charge) };

  g_strlcpy (slip.company, self->company, sizeof slip.company);
  g_strlcpy (slip.due, charge->due_date ? charge->due_date : "", sizeof slip.due);
  draw_reference (slip.reference);
  return mado_slip_write (&slip, error);
}

static gboolean
insert_slip (MadoTx *tx, const MadoChargeSlip *slip, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO slips (code, charge, number, amount, due_date, issued_at)"
                       " VALUES ($1, $2, $3, $4, $5, $6)",
                       MADO_BIND (MADO_TEXT (slip->code), MADO_TEXT (slip->charge), MADO_TEXT (slip->number),
                                  MADO_INT (slip->amount), MADO_TEXT (slip->due_date), MADO_INT (slip->issued_at)));
}

static MadoOutcome
issue_apply (MadoTx *tx, gpointer data, GError **error)
{
  Issue *self = data;
  g_autoptr(MadoCharge) charge = mado_charge_load_number (tx, self->charge, error);
  g_autoptr(MadoChargeSlip) slip = g_object_new (MADO_TYPE_CHARGE_SLIP, NULL);

  if (!charge || !mado_charge_check_owner (charge, &self->act.actor, error)
      || !(slip->code = write_code (self, charge, error)))
    return MADO_OUTCOME_ROLL_BACK;
  slip->charge = g_strdup (charge->id);
  slip->number = g_strdup (charge->number);
  slip->amount = mado_charge_get_owed (charge);
  slip->due_date = g_strdup (charge->due_date);
  slip->issued_at = mado_tx_now (tx);
  if (!insert_slip (tx, slip, error)
      || !mado_charge_journal (tx, &self->act.actor, charge, "charge.slip-issued", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&slip));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_slip_issue (MadoStore *store, const MadoActor *actor, const char *charge, const char *company, GError **error)
{
  g_autofree char *number = mado_number_parse (charge, error);
  Issue *self;

  if (!number || !mado_actor_require (actor, MADO_ROLES_OWNER | MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error))
    return NULL;
  self = mado_act_new (actor, sizeof (Issue), issue_apply, issue_clear);
  self->charge = g_steal_pointer (&number);
  self->company = g_strdup (company);
  return &self->act;
}

/* --- reports ---------------------------------------------------------------------------------------------------- */

typedef struct {
  const MadoActor *actor;
  const MadoSlipRow *rows;
  guint n;
  MadoSlipTaking *taking;    /* of these rows */
} Chunk;

static const struct {
  const char      *word;
  MadoPaymentEvent event;
} news_of[] = {
  [MADO_SLIP_FLASH]     = { "flash", MADO_PAYMENT_EVENT_AUTHORISE },
  [MADO_SLIP_FINAL]     = { "final", MADO_PAYMENT_EVENT_CAPTURE },
  [MADO_SLIP_CANCELLED] = { "cancelled", MADO_PAYMENT_EVENT_CANCEL },
};

/* One visit to one till; flash and final report name the same. */
static char *
reference_of (const MadoSlipRow *row)
{
  char date[11];

  mado_date_fill (row->date, date);
  return g_strdup_printf ("%s/%s/%04u/%s-%s", row->code, date, row->minutes, row->chain, row->shop);
}

static gboolean
find_slip (MadoTx *tx, const char *code, char **number, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = FALSE;

  rows = mado_tx_query (tx, error, "SELECT number FROM slips WHERE code = $1", MADO_BIND (MADO_TEXT (code)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  *number = more ? mado_rows_dup_text (rows, "number") : NULL;
  return TRUE;
}

static gboolean
keep_stray (Chunk *self, MadoTx *tx, const MadoSlipRow *row, const char *key, GError **error)
{
  self->taking->strays++;
  return mado_tx_exec (tx, error,
                       "INSERT INTO slip_strays (key, code, news, yen, at) VALUES ($1, $2, $3, $4, $5)"
                       " ON CONFLICT (key) DO NOTHING",
                       MADO_BIND (MADO_TEXT (key), MADO_TEXT (row->code), MADO_TEXT (news_of[row->news].word),
                                  MADO_INT (row->yen), MADO_INT (mado_tx_now (tx))));
}

static gint64
version_of (const MadoPayment *payment)
{
  return payment ? payment->version : 0;
}

static gboolean
note_row (Chunk *self, MadoTx *tx, const MadoSlipRow *row, const char *number, const MadoPaymentNews *news,
          GError **error)
{
  g_autoptr(MadoPayment) before = NULL, after = NULL;

  if (!mado_payment_find_reference (tx, MADO_PROVIDER_SLIP, news->reference, &before, error)
      || !(after = mado_payment_note_in (tx, self->actor, number, MADO_PROVIDER_SLIP, news, error)))
    return FALSE;
  if (version_of (before) == version_of (after))
    self->taking->known++;
  else
    self->taking->taken++;
  return TRUE;
}

static gboolean
take_row (Chunk *self, MadoTx *tx, const MadoSlipRow *row, GError **error)
{
  g_autofree char *reference = reference_of (row);
  g_autofree char *key = g_strdup_printf ("slip/%s/%s", reference, news_of[row->news].word);
  const MadoPaymentNews news = { .event = news_of[row->news].event, .key = key, .yen = row->yen,
                                 .reference = reference };
  g_autofree char *number = NULL;

  if (!find_slip (tx, row->code, &number, error))
    return FALSE;
  self->taking->lines++;
  return number ? note_row (self, tx, row, number, &news, error) : keep_stray (self, tx, row, key, error);
}

static MadoOutcome
take_rows (MadoTx *tx, gpointer data, GError **error)
{
  Chunk *self = data;

  g_clear_object (&self->taking);
  self->taking = g_object_new (MADO_TYPE_SLIP_TAKING, NULL);
  for (guint i = 0; i < self->n; i++)
    if (!take_row (self, tx, &self->rows[i], error))
      return MADO_OUTCOME_ROLL_BACK;
  return MADO_OUTCOME_COMMIT;
}

typedef struct {
  const MadoActor *actor;
  MadoSlipTaking *sum;
  const char *digest;
} Told;

/* Who took it, and which file it was. */
static MadoOutcome
tell (MadoTx *tx, gpointer data, GError **error)
{
  const Told *self = data;
  g_autofree char *subject = g_strconcat ("slip-report/", self->digest, NULL);
  g_autoptr(GString) detail = g_string_new (NULL);

  mado_record_write_json (MADO_RECORD (self->sum), MADO_JSON_PUBLIC, detail);
  return mado_journal_append (tx, self->actor, "slips.taken", subject, NULL, detail->str, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
add_up (MadoSlipTaking *sum, const MadoSlipTaking *part)
{
  sum->lines += part->lines;
  sum->taken += part->taken;
  sum->known += part->known;
  sum->strays += part->strays;
}

MadoSlipTaking *
mado_slip_take_report (MadoStore *store, const MadoActor *actor, const guint8 *data, gsize n, GError **error)
{
  static const MadoActor collector = { "system", "slip-report", NULL, MADO_ROLE_SYSTEM };
  g_autoptr(MadoSlipTaking) sum = g_object_new (MADO_TYPE_SLIP_TAKING, NULL);
  g_autofree char *digest = NULL;
  g_autoptr(GArray) rows = NULL;
  Told told;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !(rows = mado_slip_report_read (data, n, error)))
    return NULL;
  for (guint i = 0; i < rows->len; i += CHUNK) {
    Chunk chunk = { &collector, &g_array_index (rows, MadoSlipRow, i), MIN (CHUNK, rows->len - i), NULL };
    gboolean done = mado_store_write (store, take_rows, &chunk, error);
    g_autoptr(MadoSlipTaking) part = chunk.taking;

    if (!done)
      return NULL;
    add_up (sum, part);
  }
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, n);
  told = (Told) { actor, sum, digest };
  return mado_store_write (store, tell, &told, error) ? g_steal_pointer (&sum) : NULL;
}
