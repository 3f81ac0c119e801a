/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-books-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "model/mado-day-report.h"
#include "model/mado-payment.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define READERS (MADO_ROLES_STAFF | MADO_ROLE_AUDITOR | MADO_ROLE_SYSTEM)

typedef struct {
  const char *office;            /* "": all */
  const char *day;
  GPtrArray *before;             /* of MadoPosting: until the day before */
  MadoDayReport *report;
  gint64 raised, lessened;
} Reading;

/* --- the bars --------------------------------------------------------------------------------------------------- */

/* Debit less credit of an account, or of all whose names begin so. */
static gint64
balance (GPtrArray *totals, const char *account)
{
  gint64 sum = 0;

  for (guint i = 0; i < totals->len; i++) {
    const MadoPosting *posting = totals->pdata[i];

    if (g_str_has_suffix (account, ":") ? g_str_has_prefix (posting->account, account)
                                        : g_str_equal (posting->account, account))
      sum += posting->debit - posting->credit;
  }
  return sum;
}

static gint64
add_step (MadoDayReport *report, const char *id, gint64 yen, gboolean total)
{
  MadoDayStep *step = g_object_new (MADO_TYPE_DAY_STEP, "id", id, "yen", yen, "total", total, NULL);

  g_ptr_array_add (report->steps, step);
  return total ? 0 : yen;
}

/*
 * Every account is in one of the bars, so that what is left at the end is what came into the bank: double entry makes
 * it so, and the sum is compared with the bank's own account.
 */
static void
make_steps (Reading *self)
{
  MadoDayReport *report = self->report;
  gint64 owed = balance (self->before, MADO_ACCOUNT_RECEIVABLE), transit = balance (self->before, MADO_ACCOUNT_TRANSIT);
  gint64 sum = 0;

  sum += add_step (report, "owed-before", owed, FALSE);
  sum += add_step (report, "raised", self->raised, FALSE);
  sum += add_step (report, "lessened", -self->lessened, FALSE);
  sum += add_step (report, "still-owed", -owed - balance (report->totals, MADO_ACCOUNT_RECEIVABLE), FALSE);
  sum += add_step (report, "paid-too-much", -balance (report->totals, MADO_ACCOUNT_OVERPAID)
                                            - balance (report->totals, MADO_ACCOUNT_REFUNDING), FALSE);
  add_step (report, "came-in", sum, TRUE);
  sum += add_step (report, "under-way-before", transit, FALSE);
  sum += add_step (report, "still-under-way", -transit - balance (report->totals, MADO_ACCOUNT_TRANSIT), FALSE);
  sum += add_step (report, "unexplained", -balance (report->totals, MADO_ACCOUNT_SUSPENSE), FALSE);
  sum += add_step (report, "costs", -balance (report->totals, MADO_ACCOUNT_COSTS), FALSE);
  sum += add_step (report, "written-off", -balance (report->totals, MADO_ACCOUNT_DIFFERENCES), FALSE);
  add_step (report, "bank", sum, TRUE);
  report->balanced = report->debits == report->credits && sum == balance (report->totals, MADO_ACCOUNT_BANK);
}

static gboolean
read_revenue (MadoTx *tx, Reading *self, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, "",
                            "SELECT COALESCE(CAST(SUM(p.credit) AS BIGINT), 0) AS raised,"
                            " COALESCE(CAST(SUM(p.debit) AS BIGINT), 0) AS lessened" MADO_POSTINGS_OF_DAYS
                            " AND d.day = $2 AND p.account LIKE 'revenue:%'",
                            MADO_BIND (MADO_TEXT (self->office), MADO_TEXT (self->day)));
  if (!rows)
    return FALSE;
  self->raised = mado_rows_int (rows, "raised");
  self->lessened = mado_rows_int (rows, "lessened");
  return TRUE;
}

/* --- by way of payment ------------------------------------------------------------------------------------------ */

static MadoDayLine *
get_line (MadoDayReport *report, const char *provider)
{
  MadoDayLine *line;

  for (guint i = 0; i < report->lines->len; i++)
    if (g_str_equal (((MadoDayLine *) report->lines->pdata[i])->provider, provider))
      return report->lines->pdata[i];
  line = g_object_new (MADO_TYPE_DAY_LINE, "provider", provider, NULL);
  g_ptr_array_add (report->lines, line);
  return line;
}

static void
take_kind (MadoDayReport *report, MadoRows *rows)
{
  MadoDayLine *line = get_line (report, mado_rows_text (rows, "account") + strlen (MADO_ACCOUNT_TRANSIT));
  const char *kind = mado_rows_text (rows, "kind");

  if (g_str_equal (kind, "payment.captured")) {
    line->taken += mado_rows_int (rows, "n");
    line->taken_yen += mado_rows_int (rows, "debit");
  } else if (g_str_equal (kind, "payment.taken-back")) {
    line->taken -= mado_rows_int (rows, "n");
    line->taken_yen -= mado_rows_int (rows, "credit");
  } else if (g_str_equal (kind, "payment.settled")) {
    line->settled += mado_rows_int (rows, "n");
    line->settled_yen += mado_rows_int (rows, "credit");
  }
}

static gboolean
read_kinds (MadoTx *tx, Reading *self, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = TRUE;

  rows = mado_tx_query (tx, error,
                        "SELECT e.kind AS kind, p.account AS account, COUNT(*) AS n,"
                        " CAST(SUM(p.debit) AS BIGINT) AS debit, CAST(SUM(p.credit) AS BIGINT) AS credit"
                        MADO_POSTINGS_OF_DAYS " AND d.day = $2 AND p.account LIKE 'transit:%'"
                        " GROUP BY e.kind, p.account ORDER BY p.account, e.kind",
                        MADO_BIND (MADO_TEXT (self->office), MADO_TEXT (self->day)));
  while (rows && mado_rows_step (rows, &more, error)) {
    if (!more)
      return TRUE;
    take_kind (self->report, rows);
  }
  return FALSE;
}

static gboolean
read_costs (MadoTx *tx, Reading *self, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = TRUE;

  rows = mado_tx_query (tx, error,
                        "SELECT y.provider AS provider, CAST(SUM(c.yen) AS BIGINT) AS costs FROM"
                        " (SELECT e.payment AS payment, p.debit - p.credit AS yen" MADO_POSTINGS_OF_DAYS
                        " AND d.day = $2 AND p.account = 'costs') c JOIN payments y ON y.id = c.payment"
                        " GROUP BY y.provider",
                        MADO_BIND (MADO_TEXT (self->office), MADO_TEXT (self->day)));
  while (rows && mado_rows_step (rows, &more, error)) {
    if (!more)
      return TRUE;
    get_line (self->report, mado_rows_text (rows, "provider"))->costs = mado_rows_int (rows, "costs");
  }
  return FALSE;
}

/* As they stand now, whenever they were found. */
static gboolean
read_open (MadoTx *tx, Reading *self, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = TRUE;

  rows = mado_tx_query (tx, error,
                        "SELECT provider, COUNT(*) AS n, CAST(SUM(yen - expected) AS BIGINT) AS yen FROM differences"
                        " WHERE ($1 = '' OR office = $1) AND state <> 'closed' GROUP BY provider ORDER BY provider",
                        MADO_BIND (MADO_TEXT (self->office)));
  while (rows && mado_rows_step (rows, &more, error)) {
    MadoDayLine *line;

    if (!more)
      return TRUE;
    line = get_line (self->report, mado_rows_text (rows, "provider"));
    line->open = mado_rows_int (rows, "n");
    line->open_yen = mado_rows_int (rows, "yen");
  }
  return FALSE;
}

/* --- the report ------------------------------------------------------------------------------------------------- */

static gboolean
read_day (MadoTx *tx, Reading *self, GError **error)
{
  g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func (g_object_unref);

  if (!mado_tx_query_records (tx, days, MADO_TYPE_LEDGER_DAY, error,
                              "SELECT office, day, entries, closed_at, digest FROM ledger_days"
                              " WHERE ($1 = '' OR office = $1) AND day = $2",
                              MADO_BIND (MADO_TEXT (self->office), MADO_TEXT (self->day))))
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    self->report->entries += ((MadoLedgerDay *) days->pdata[i])->entries;
  if (days->len == 1) {
    const MadoLedgerDay *day = days->pdata[0];

    self->report->closed_at = MAX (day->closed_at, 0);
    self->report->digest = g_strdup (day->digest);
  }
  return TRUE;
}

static gboolean
read_report (MadoTx *tx, gpointer data, GError **error)
{
  Reading *self = data;
  g_autofree char *yesterday = mado_date_format (mado_date_parse (self->day) - 1);
  MadoDayReport *report = self->report;

  if (!mado_books_sum (tx, self->before, self->office, "", yesterday, error)
      || !mado_books_sum (tx, report->totals, self->office, self->day, self->day, error)
      || !read_day (tx, self, error) || !read_revenue (tx, self, error) || !read_kinds (tx, self, error)
      || !read_costs (tx, self, error) || !read_open (tx, self, error))
    return FALSE;
  for (guint i = 0; i < report->totals->len; i++) {
    report->debits += ((MadoPosting *) report->totals->pdata[i])->debit;
    report->credits += ((MadoPosting *) report->totals->pdata[i])->credit;
  }
  make_steps (self);
  return TRUE;
}

MadoDayReport *
mado_day_read_report (MadoStore *store, const MadoActor *actor, const char *office, const char *day, GError **error)
{
  g_autoptr(MadoDayReport) report = g_object_new (MADO_TYPE_DAY_REPORT, "office", office, "day", day, NULL);
  g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);
  Reading reading = { office ? office : "", day, before, report, 0, 0 };

  if (!mado_actor_require (actor, READERS, error))
    return NULL;
  if (!mado_date_is_valid (day)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/day", "date", _("A day as YYYY-MM-DD is needed."));
    return NULL;
  }
  report->steps = g_ptr_array_new_with_free_func (g_object_unref);
  report->lines = g_ptr_array_new_with_free_func (g_object_unref);
  report->totals = g_ptr_array_new_with_free_func (g_object_unref);
  return mado_store_read (store, read_report, &reading, error) ? g_steal_pointer (&report) : NULL;
}

/* --- CSV -------------------------------------------------------------------------------------------------------- */

static void
append_amount (GString *out, const char *part, const char *name, gint64 yen)
{
  g_string_append_printf (out, "%s,%s,%" G_GINT64_FORMAT "\r\n", part, name, yen);
}

static void
append_line (GString *out, const MadoDayLine *line)
{
  const struct { const char *name; gint64 value; } cells[] = {
    { "taken", line->taken }, { "takenYen", line->taken_yen }, { "settled", line->settled },
    { "settledYen", line->settled_yen }, { "costs", line->costs }, { "open", line->open },
    { "openYen", line->open_yen },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++) {
    g_autofree char *name = g_strdup_printf ("%s.%s", line->provider, cells[i].name);

    append_amount (out, "line", name, cells[i].value);
  }
}

char *
mado_day_report_to_csv (const MadoDayReport *self)
{
  GString *out = g_string_new ("\xef\xbb\xbfpart,name,value\r\n");

  g_string_append_printf (out, "day,date,%s\r\nday,office,%s\r\nday,balanced,%s\r\n", self->day,
                          self->office ? self->office : "", self->balanced ? "true" : "false");
  append_amount (out, "day", "entries", self->entries);
  append_amount (out, "day", "debits", self->debits);
  append_amount (out, "day", "credits", self->credits);
  for (guint i = 0; i < self->steps->len; i++) {
    const MadoDayStep *step = self->steps->pdata[i];

    append_amount (out, step->total ? "total" : "step", step->id, step->yen);
  }
  for (guint i = 0; i < self->lines->len; i++)
    append_line (out, self->lines->pdata[i]);
  for (guint i = 0; i < self->totals->len; i++) {
    const MadoPosting *total = self->totals->pdata[i];

    g_string_append_printf (out, "account.debit,%s,%" G_GINT64_FORMAT "\r\naccount.credit,%s,%" G_GINT64_FORMAT "\r\n",
                            total->account, total->debit, total->account, total->credit);
  }
  return g_string_free (out, FALSE);
}
