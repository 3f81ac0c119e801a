/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-books-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

/* --- the digest of a day ---------------------------------------------------------------------------------------- */

static void
add_line (GChecksum *sum, MadoRows *rows)
{
  static const char *const texts[] = { "id", "kind", "charge", "payment", "refund", "account" };
  g_autofree char *numbers = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = mado_rows_is_null (rows, texts[i]) ? "" : mado_rows_text (rows, texts[i]);

    g_checksum_update (sum, (const guchar *) text, -1);
    g_checksum_update (sum, (const guchar *) "\t", 1);
  }
  numbers = g_strdup_printf ("%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n",
                             mado_rows_int (rows, "at"), mado_rows_int (rows, "debit"), mado_rows_int (rows, "credit"));
  g_checksum_update (sum, (const guchar *) numbers, -1);
}

/* SHA-256 over the former digest and a line for each posting. */
static char *
digest_day (MadoTx *tx, const char *office, const char *day, const char *former, GError **error)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = TRUE;

  g_checksum_update (sum, (const guchar *) (former ? former : ""), -1);
  rows = mado_tx_query (tx, error,
                        "SELECT e.id AS id, e.kind AS kind, e.charge AS charge, e.payment AS payment,"
                        " e.refund AS refund, e.at AS at, p.account AS account, p.debit AS debit, p.credit AS credit"
                        " FROM ledger_entries e JOIN ledger_postings p ON p.entry = e.id"
                        " WHERE e.office = $1 AND e.day = $2 ORDER BY e.id, p.account",
                        MADO_BIND (MADO_TEXT (office), MADO_TEXT (day)));
  while (rows && mado_rows_step (rows, &more, error)) {
    if (!more)
      return g_strdup (g_checksum_get_string (sum));
    add_line (sum, rows);
  }
  return NULL;
}

/* --- closing ---------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  char *office, *day;
} Close;

static void
close_clear (MadoAct *act)
{
  g_free (((Close *) act)->office);
  g_free (((Close *) act)->day);
}

/* One at a time closes days of an office: a row that stands for no day counts them, and is their lock. */
static gboolean
queue (Close *self, MadoTx *tx, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO ledger_days (office, day, entries, closed_at) VALUES ($1, '', 1, -1)"
                       " ON CONFLICT (office, day) DO UPDATE SET entries = ledger_days.entries + 1",
                       MADO_BIND (MADO_TEXT (self->office)));
}

static gboolean
check_order (Close *self, MadoTx *tx, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  const char *open;

  rows = mado_tx_query_one (tx, error, "",
                            "SELECT MIN(day) AS day FROM ledger_days WHERE office = $1 AND day < $2 AND closed_at = 0",
                            MADO_BIND (MADO_TEXT (self->office), MADO_TEXT (self->day)));
  if (!rows)
    return FALSE;
  open = mado_rows_is_null (rows, "day") ? NULL : mado_rows_text (rows, "day");
  if (open)
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("The books of %s are still open: close them first."), open);
  return !open;
}

static gboolean
read_former (Close *self, MadoTx *tx, char **former, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = FALSE;
  const char *last;

  rows = mado_tx_query (tx, error,
                        "SELECT day, digest FROM ledger_days WHERE office = $1 AND closed_at > 0"
                        " ORDER BY day DESC LIMIT 1", MADO_BIND (MADO_TEXT (self->office)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  last = more ? mado_rows_text (rows, "day") : NULL;
  if (last && g_str_equal (last, self->day)) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("The books of this day are closed already."));
    return FALSE;
  }
  if (last && strcmp (last, self->day) > 0) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 _("The books of %s are closed, and with them every day before: this one cannot be closed any more."),
                 last);
    return FALSE;
  }
  *former = more ? mado_rows_dup_text (rows, "digest") : NULL;
  return TRUE;
}

/* Takes the day's lock: whoever is adding to it has finished, and nobody begins. */
static gboolean
shut (Close *self, MadoTx *tx, GError **error)
{
  return mado_tx_expect (tx, 1, MADO_ERROR_STORE_BUSY, error,
                         "INSERT INTO ledger_days (office, day, entries, closed_at, closed_by)"
                         " VALUES ($1, $2, 0, $3, $4) ON CONFLICT (office, day)"
                         " DO UPDATE SET closed_at = $3, closed_by = $4 WHERE ledger_days.closed_at = 0",
                         MADO_BIND (MADO_TEXT (self->office), MADO_TEXT (self->day), MADO_INT (mado_tx_now (tx)),
                                    MADO_TEXT (self->act.actor.id)));
}

static gboolean
seal (Close *self, MadoTx *tx, const char *former, GError **error)
{
  g_autofree char *digest = digest_day (tx, self->office, self->day, former, error);
  g_autofree char *subject = g_strdup_printf ("ledger/%s/%s", self->office, self->day);
  g_autofree char *detail = g_strdup_printf ("{\"digest\":\"%s\"}", digest ? digest : "");

  return digest
         && mado_tx_expect (tx, 1, MADO_ERROR_STORE_BUSY, error,
                            "UPDATE ledger_days SET former = $3, digest = $4 WHERE office = $1 AND day = $2",
                            MADO_BIND (MADO_TEXT (self->office), MADO_TEXT (self->day), MADO_TEXT (former),
                                       MADO_TEXT (digest)))
         && mado_journal_append (tx, &self->act.actor, "day.closed", subject, NULL, detail, error);
}

static MadoLedgerDay *
load_day (MadoTx *tx, const char *office, const char *day, GError **error)
{
  g_autoptr(MadoLedgerDay) loaded = NULL;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, "",
                            "SELECT office, day, entries, closed_at, closed_by, former, digest FROM ledger_days"
                            " WHERE office = $1 AND day = $2", MADO_BIND (MADO_TEXT (office), MADO_TEXT (day)));
  if (!rows)
    return NULL;
  loaded = mado_rows_dup_record (rows, MADO_TYPE_LEDGER_DAY);
  loaded->totals = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_pointer (&rows, mado_rows_free);
  return mado_books_sum (tx, loaded->totals, office, day, day, error) ? g_steal_pointer (&loaded) : NULL;
}

static MadoOutcome
close_apply (MadoTx *tx, gpointer data, GError **error)
{
  Close *self = data;
  g_autofree char *former = NULL;
  MadoLedgerDay *closed;

  if (!queue (self, tx, error) || !check_order (self, tx, error) || !read_former (self, tx, &former, error)
      || !shut (self, tx, error)
      || !seal (self, tx, former, error) || !(closed = load_day (tx, self->office, self->day, error)))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, closed);
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_day_close (MadoStore *store, const MadoActor *actor, const char *office, const char *day, GError **error)
{
  Close *self;

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_SYSTEM, error))
    return NULL;
  if (!office || !g_regex_match_simple ("^[a-z0-9-]{1,64}$", office, 0, 0)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/office", "pattern", _("The office is named by its id."));
    return NULL;
  }
  if (!mado_date_is_valid (day) || mado_date_parse (day) > mado_date_today ()) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/day", "range",
                       _("A day as YYYY-MM-DD is needed, today at the latest."));
    return NULL;
  }
  self = mado_act_new (actor, sizeof (Close), close_apply, close_clear);
  self->office = g_strdup (office);
  self->day = g_strdup (day);
  return &self->act;
}

/* --- verifying -------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *office;
  char *bad;       /* a day that was changed */
  char *last;      /* the last closed one, and its digest */
  char *digest;
} Verify;

static gboolean
check_day (MadoTx *tx, const MadoLedgerDay *day, const char *former, gboolean *good, GError **error)
{
  g_autofree char *digest = digest_day (tx, day->office, day->day, former, error);

  *good = g_strcmp0 (former, day->former) == 0 && g_strcmp0 (digest, day->digest) == 0;
  return digest != NULL;
}

static gboolean
verify_days (MadoTx *tx, gpointer data, GError **error)
{
  Verify *self = data;
  g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func (g_object_unref);
  const char *former = NULL;
  gboolean good = TRUE;

  if (!mado_tx_query_records (tx, days, MADO_TYPE_LEDGER_DAY, error,
                              "SELECT office, day, entries, closed_at, former, digest FROM ledger_days"
                              " WHERE office = $1 AND closed_at > 0 ORDER BY day",
                              MADO_BIND (MADO_TEXT (self->office))))
    return FALSE;
  for (guint i = 0; i < days->len; i++) {
    const MadoLedgerDay *day = g_ptr_array_index (days, i);

    if (!check_day (tx, day, former, &good, error))
      return FALSE;
    if (!good) {
      self->bad = g_strdup (day->day);
      return TRUE;
    }
    former = day->digest;
  }
  if (days->len) {
    self->last = g_strdup (((MadoLedgerDay *) days->pdata[days->len - 1])->day);
    self->digest = g_strdup (former);
  }
  return TRUE;
}

/* The last digest stands for all: it is in the journal, which nobody can change unseen. */
static gboolean
check_journal (MadoStore *store, const Verify *verify, gboolean *good, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("ledger/%s/%s", verify->office, verify->last);
  const MadoJournalQuery query = { .limit = 1, .subject = subject, .action = "day.closed" };
  g_autoptr(GPtrArray) entries = mado_journal_read (store, &query, error);
  JsonNode *detail = entries && entries->len ? ((MadoJournalEntry *) entries->pdata[0])->detail : NULL;
  JsonNode *digest = detail ? mado_json_get (detail, "/digest") : NULL;

  *good = digest && g_strcmp0 (json_node_get_string (digest), verify->digest) == 0;
  return entries != NULL;
}

gboolean
mado_day_verify (MadoStore *store, const char *office, char **bad, GError **error)
{
  Verify verify = { .office = office };
  g_autofree char *found = NULL, *last = NULL, *digest = NULL;
  gboolean good = TRUE;

  if (bad)
    *bad = NULL;
  if (!mado_store_read (store, verify_days, &verify, error))
    return FALSE;
  found = verify.bad;
  last = verify.last;
  digest = verify.digest;
  if (last && !check_journal (store, &verify, &good, error))
    return FALSE;
  if (!good)
    found = g_strdup (last);
  if (!found)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("The books of %s are not as they were when they were closed."),
               found);
  if (bad)
    *bad = g_steal_pointer (&found);
  return FALSE;
}
