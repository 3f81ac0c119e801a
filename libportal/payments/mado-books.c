/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-books-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-id.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define READERS (MADO_ROLES_STAFF | MADO_ROLE_AUDITOR | MADO_ROLE_SYSTEM)

/* --- an entry --------------------------------------------------------------------------------------------------- */

MadoLedgerEntry *
mado_entry_new (const char *office, const char *kind, const char *charge, const char *payment, const char *refund)
{
  MadoLedgerEntry *self = g_object_new (MADO_TYPE_LEDGER_ENTRY, "office", office, "kind", kind, "charge", charge,
                                        "payment", payment, "refund", refund, NULL);

  self->id = mado_ulid_new ();
  self->postings = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/* Each account has one line in an entry, on the one side or the other. */
static MadoPosting *
get_posting (MadoLedgerEntry *self, const char *account)
{
  MadoPosting *posting;

  for (guint i = 0; i < self->postings->len; i++)
    if (g_str_equal (((MadoPosting *) self->postings->pdata[i])->account, account))
      return self->postings->pdata[i];
  posting = g_object_new (MADO_TYPE_POSTING, "account", account, NULL);
  g_ptr_array_add (self->postings, posting);
  return posting;
}

static void
add (MadoPosting *self, gint64 debit)
{
  gint64 net = self->debit - self->credit + debit;

  self->debit = MAX (net, 0);
  self->credit = MAX (-net, 0);
}

void
mado_entry_move (MadoLedgerEntry *self, const char *debit, const char *credit, gint64 yen)
{
  g_return_if_fail (yen >= 0);
  if (yen == 0)
    return;
  add (get_posting (self, debit), yen);
  add (get_posting (self, credit), -yen);
}

/* --- a page of a day -------------------------------------------------------------------------------------------- */

/* Today, or the day after the last one that was closed. */
gboolean
mado_ledger_page_open (MadoLedgerPage *self, MadoTx *tx, const char *office, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  int day, closed;

  *self = (MadoLedgerPage) { .office = office, .at = mado_tx_now (tx) };
  rows = mado_tx_query_one (tx, error, "",
                            "SELECT MAX(day) AS day FROM ledger_days WHERE office = $1 AND closed_at > 0",
                            MADO_BIND (MADO_TEXT (office)));
  if (!rows)
    return FALSE;
  self->day = mado_clock_format_date (self->at);
  day = mado_date_parse (self->day);
  closed = mado_rows_is_null (rows, "day") ? MADO_DATE_NONE : mado_date_parse (mado_rows_text (rows, "day"));
  if (closed != MADO_DATE_NONE && closed >= day) {
    g_free (self->day);
    self->day = mado_date_format (closed + 1);
  }
  return TRUE;
}

static gboolean
insert_posting (MadoTx *tx, const char *entry, const MadoPosting *posting, GError **error)
{
  if (posting->debit == posting->credit)
    return TRUE;
  return mado_tx_exec (tx, error, "INSERT INTO ledger_postings (entry, account, debit, credit) VALUES ($1, $2, $3, $4)",
                       MADO_BIND (MADO_TEXT (entry), MADO_TEXT (posting->account), MADO_INT (posting->debit),
                                  MADO_INT (posting->credit)));
}

gboolean
mado_ledger_page_add (MadoLedgerPage *self, MadoLedgerEntry *entry, MadoTx *tx, GError **error)
{
  if (entry->postings->len == 0)
    return TRUE;
  entry->at = self->at;
  g_free (entry->day);
  entry->day = g_strdup (self->day);
  self->entries++;
  if (!mado_tx_exec (tx, error,
                     "INSERT INTO ledger_entries (id, office, day, at, kind, charge, payment, refund)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                     MADO_BIND (MADO_TEXT (entry->id), MADO_TEXT (self->office), MADO_TEXT (self->day),
                                MADO_INT (self->at), MADO_TEXT (entry->kind), MADO_TEXT (entry->charge),
                                MADO_TEXT (entry->payment), MADO_TEXT (entry->refund))))
    return FALSE;
  for (guint i = 0; i < entry->postings->len; i++)
    if (!insert_posting (tx, entry->id, entry->postings->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* The count of the day is also its lock: a day that is being closed meanwhile takes no more. */
gboolean
mado_ledger_page_close (MadoLedgerPage *self, MadoTx *tx, GError **error)
{
  return self->entries == 0
         || mado_tx_expect (tx, 1, MADO_ERROR_STORE_BUSY, error,
                            "INSERT INTO ledger_days (office, day, entries, closed_at) VALUES ($1, $2, $3, 0)"
                            " ON CONFLICT (office, day) DO UPDATE SET entries = ledger_days.entries + $3"
                            " WHERE ledger_days.closed_at = 0",
                            MADO_BIND (MADO_TEXT (self->office), MADO_TEXT (self->day), MADO_INT (self->entries)));
}

void
mado_ledger_page_clear (MadoLedgerPage *self)
{
  g_clear_pointer (&self->day, g_free);
}

gboolean
mado_entry_post (MadoLedgerEntry *self, MadoTx *tx, GError **error)
{
  g_auto(MadoLedgerPage) page = { 0 };

  return self->postings->len == 0
         || (mado_ledger_page_open (&page, tx, self->office, error)
             && mado_ledger_page_add (&page, self, tx, error)
             && mado_ledger_page_close (&page, tx, error));
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

gboolean
mado_books_sum (MadoTx *tx, GPtrArray *totals, const char *office, const char *from, const char *to, GError **error)
{
  return mado_tx_query_records (tx, totals, MADO_TYPE_POSTING, error,
                                "SELECT p.account AS account, CAST(SUM(p.debit) AS BIGINT) AS debit,"
                                " CAST(SUM(p.credit) AS BIGINT) AS credit" MADO_POSTINGS_OF_DAYS
                                " AND d.day >= $2 AND d.day <= $3 GROUP BY p.account ORDER BY p.account",
                                MADO_BIND (MADO_TEXT (office), MADO_TEXT (from), MADO_TEXT (to)));
}

typedef struct {
  const char *office, *from, *to;
  GPtrArray *totals;
} Totals;

static gboolean
read_totals (MadoTx *tx, gpointer data, GError **error)
{
  Totals *self = data;

  return mado_books_sum (tx, self->totals, self->office, self->from, self->to, error);
}

GPtrArray *
mado_books_read_totals (MadoStore *store, const MadoActor *actor, const char *office, const char *from, const char *to,
                        GError **error)
{
  g_autoptr(GPtrArray) totals = g_ptr_array_new_with_free_func (g_object_unref);
  Totals reading = { office ? office : "", from, to, totals };

  if (!mado_actor_require (actor, READERS, error))
    return NULL;
  if (!mado_date_is_valid (from) || !mado_date_is_valid (to)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, mado_date_is_valid (from) ? "/to" : "/from", "date",
                       _("A day as YYYY-MM-DD is needed."));
    return NULL;
  }
  return mado_store_read (store, read_totals, &reading, error) ? g_steal_pointer (&totals) : NULL;
}

typedef struct {
  const char *charge;
  GPtrArray *entries;
} Statement;

/* Rows of an entry follow one another. */
static void
take_posting (GPtrArray *entries, MadoRows *rows)
{
  MadoLedgerEntry *last = entries->len ? entries->pdata[entries->len - 1] : NULL;

  if (!last || g_strcmp0 (last->id, mado_rows_text (rows, "id")) != 0) {
    last = mado_rows_dup_record (rows, MADO_TYPE_LEDGER_ENTRY);
    last->postings = g_ptr_array_new_with_free_func (g_object_unref);
    g_ptr_array_add (entries, last);
  }
  g_ptr_array_add (last->postings, mado_rows_dup_record (rows, MADO_TYPE_POSTING));
}

static gboolean
read_statement (MadoTx *tx, gpointer data, GError **error)
{
  Statement *self = data;
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = TRUE;

  rows = mado_tx_query (tx, error,
                        "SELECT e.id AS id, e.office AS office, e.day AS day, e.at AS at, e.kind AS kind,"
                        " e.charge AS charge, e.payment AS payment, e.refund AS refund, p.account AS account,"
                        " p.debit AS debit, p.credit AS credit"
                        " FROM ledger_entries e JOIN ledger_postings p ON p.entry = e.id WHERE e.charge = $1"
                        " ORDER BY e.at, e.id, p.account", MADO_BIND (MADO_TEXT (self->charge)));
  while (rows && mado_rows_step (rows, &more, error)) {
    if (!more)
      return TRUE;
    take_posting (self->entries, rows);
  }
  return FALSE;
}

GPtrArray *
mado_books_read_charge (MadoStore *store, const MadoActor *actor, const char *charge, GError **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  Statement reading = { charge, entries };

  if (!mado_actor_require (actor, READERS, error) || !mado_store_read (store, read_statement, &reading, error))
    return NULL;
  return g_steal_pointer (&entries);
}
