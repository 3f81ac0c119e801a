/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-charges-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-id.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_REASON 500

/* --- raising ---------------------------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *pointer, const char *code, const char *message)
{
  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, code, "%s", message);
  return FALSE;
}

static gboolean
is_office (const char *id)
{
  gsize length = id ? strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") : 0;

  return length > 0 && length <= 64 && id[length] == '\0';
}

static gboolean
check (MadoCharge *charge, GError **error)
{
  if (!is_office (charge->office))
    return refuse (error, "/office", "pattern", _("A charge belongs to an office of the city, by its id."));
  if (charge->subject && !g_regex_match_simple ("^[a-z-]{1,32}/[0-9A-Za-z-]{1,40}$", charge->subject, 0, 0))
    return refuse (error, "/subject", "pattern", _("What waits for a charge is named by kind and id: case/01H…"));
  if (!charge->words || !JSON_NODE_HOLDS_OBJECT (charge->words))
    return refuse (error, "/words", "required", _("A charge says for whom and for what, by language."));
  if (!charge->lines || !charge->lines->len)
    return refuse (error, "/lines", "required", _("A charge has at least one line."));
  if (charge->due_date && !mado_date_is_valid (charge->due_date))
    return refuse (error, "/dueDate", "date", _("A day as YYYY-MM-DD is needed."));
  return mado_charge_lines_sum (charge->lines, &charge->amount, error);
}

gboolean
mado_charge_draft_prepare (MadoChargeDraft *self, MadoStore *store, MadoCharge *charge, GError **error)
{
  if (!check (charge, error))
    return FALSE;
  self->charge = g_object_ref (charge);
  g_free (charge->id);
  g_free (charge->number);
  charge->id = mado_ulid_new ();
  charge->number = mado_number_new ();
  charge->version = 1;
  charge->paid = 0;
  charge->state = charge->amount ? MADO_CHARGE_STATE_OPEN : MADO_CHARGE_STATE_PAID;
  charge->raised_at = charge->updated_at = mado_clock_now ();
  self->subject = mado_charge_key_subject (charge);
  self->key = mado_store_draw_subject_key (store, self->subject, MADO_KEEP_MONEY, error);
  if (!self->key)
    return FALSE;
  self->says = mado_charge_seal (charge, self->key);
  self->name = charge->payer_kana ? mado_transfer_blind_name (store, charge->payer_kana) : NULL;
  return TRUE;
}

static char *
revenue_of (const MadoChargeLine *line)
{
  return g_strconcat (MADO_ACCOUNT_REVENUE, line->account, NULL);
}

static gboolean
book (MadoCharge *charge, MadoLedgerPage *page, MadoTx *tx, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = mado_entry_new (charge->office, "charge.raised", charge->id, NULL, NULL);

  for (guint i = 0; i < charge->lines->len; i++) {
    const MadoChargeLine *line = charge->lines->pdata[i];
    g_autofree char *revenue = revenue_of (line);

    mado_entry_move (entry, MADO_ACCOUNT_RECEIVABLE, revenue, line->unit * line->quantity);
  }
  return mado_ledger_page_add (page, entry, tx, error);
}

/* Numbers are short to be read out: among some hundred thousand, one is drawn twice now and then. */
static gboolean
insert_numbered (MadoCharge *charge, GBytes *says, MadoTx *tx, GError **error)
{
  gint64 n;

  while ((n = mado_charge_insert (tx, charge, says, error)) == 0) {
    g_free (charge->number);
    charge->number = mado_number_new ();
  }
  return n > 0;
}

static gboolean
insert_name (const MadoChargeDraft *self, MadoTx *tx, GError **error)
{
  return !self->name
         || mado_tx_exec (tx, error, "INSERT INTO charge_names (charge, name) VALUES ($1, $2)",
                          MADO_BIND (MADO_TEXT (self->charge->id), MADO_TEXT (self->name)));
}

gboolean
mado_charge_draft_write (MadoChargeDraft *self, MadoLedgerPage *page, MadoTx *tx, GError **error)
{
  return mado_tx_keep_subject_key (tx, self->subject, MADO_KEEP_MONEY, self->key, error)
         && insert_numbered (self->charge, self->says, tx, error)
         && insert_name (self, tx, error)
         && book (self->charge, page, tx, error);
}

gboolean
mado_charge_draft_apply (MadoChargeDraft *self, MadoTx *tx, const MadoActor *actor, GError **error)
{
  g_auto(MadoLedgerPage) page = { 0 };

  return mado_ledger_page_open (&page, tx, self->charge->office, error)
         && mado_charge_draft_write (self, &page, tx, error)
         && mado_ledger_page_close (&page, tx, error)
         && mado_charge_journal (tx, actor, self->charge, "charge.raised", error);
}

void
mado_charge_draft_clear (MadoChargeDraft *self)
{
  g_clear_object (&self->charge);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->key, mado_key_unref);
  g_clear_pointer (&self->says, g_bytes_unref);
  g_clear_pointer (&self->name, g_free);
}

typedef struct {
  MadoAct act;
  MadoChargeDraft draft;
} Raise;

static void
raise_clear (MadoAct *act)
{
  mado_charge_draft_clear (&((Raise *) act)->draft);
}

static MadoOutcome
raise_apply (MadoTx *tx, gpointer data, GError **error)
{
  Raise *self = data;

  if (!mado_charge_draft_apply (&self->draft, tx, &self->act.actor, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (self->draft.charge));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_charge_raise (MadoStore *store, const MadoActor *actor, MadoCharge *charge, GError **error)
{
  g_auto(MadoChargeDraft) draft = { 0 };
  Raise *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !mado_charge_draft_prepare (&draft, store, charge, error))
    return NULL;
  self = mado_act_new (actor, sizeof (Raise), raise_apply, raise_clear);
  self->draft = draft;
  draft = (MadoChargeDraft) { 0 };
  return &self->act;
}

/* --- who waits for it ------------------------------------------------------------------------------------------- */

static GQuark
follower_quark (void)
{
  return g_quark_from_static_string ("mado-charge-follower");
}

void
mado_charges_set_follower (MadoStore *store, MadoChargeFollower follower)
{
  g_object_set_qdata (G_OBJECT (store), follower_quark (), follower);
}

gboolean
mado_charge_tell (MadoTx *tx, const MadoCharge *charge, GError **error)
{
  MadoChargeFollower follower = g_object_get_qdata (G_OBJECT (mado_tx_get_store (tx)), follower_quark ());

  return !follower || follower (tx, charge, error);
}

/* --- lessening -------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoCharge *before;     /* as it was read, with its lines */
  GPtrArray *lines;
  gint64 amount;
  GBytes *says, *reason;
  char *words;            /* of the reason */
} Lessen;

static void
lessen_clear (MadoAct *act)
{
  Lessen *self = (Lessen *) act;

  g_clear_object (&self->before);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->says, g_bytes_unref);
  g_clear_pointer (&self->reason, g_bytes_unref);
  g_clear_pointer (&self->words, g_free);
}

static void
add_lines (GHashTable *sums, GPtrArray *lines, int sign)
{
  for (guint i = 0; i < lines->len; i++) {
    const MadoChargeLine *line = lines->pdata[i];
    gint64 *sum = g_hash_table_lookup (sums, line->account);

    if (!sum)
      g_hash_table_insert (sums, g_strdup (line->account), sum = g_new0 (gint64, 1));
    *sum += sign * line->unit * line->quantity;
  }
}

/* Account by account, less is taken back from its revenue; an account that gains gets it. */
static void
move_revenue (const Lessen *self, MadoLedgerEntry *entry)
{
  g_autoptr(GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer account, sum;

  add_lines (sums, self->before->lines, 1);
  add_lines (sums, self->lines, -1);
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &account, &sum)) {
    g_autofree char *revenue = g_strconcat (MADO_ACCOUNT_REVENUE, account, NULL);
    gint64 less = *(gint64 *) sum;

    mado_entry_move (entry, revenue, MADO_ACCOUNT_RECEIVABLE, MAX (less, 0));
    mado_entry_move (entry, MADO_ACCOUNT_RECEIVABLE, revenue, MAX (-less, 0));
  }
}

static gboolean
book_less (const Lessen *self, MadoCharge *charge, MadoTx *tx, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = mado_entry_new (charge->office, "charge.lessened", charge->id, NULL, NULL);
  gint64 over = mado_charge_get_over (charge);

  move_revenue (self, entry);
  charge->amount = self->amount;
  mado_entry_move (entry, MADO_ACCOUNT_RECEIVABLE, MADO_ACCOUNT_OVERPAID, mado_charge_get_over (charge) - over);
  return mado_entry_post (entry, tx, error);
}

static gboolean
insert_change (const Lessen *self, const MadoCharge *charge, MadoTx *tx, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO charge_changes (charge, version, at, author, before, after, reason)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       MADO_BIND (MADO_TEXT (charge->id), MADO_INT (charge->version), MADO_INT (mado_tx_now (tx)),
                                  MADO_TEXT (self->act.actor.id), MADO_INT (self->before->amount),
                                  MADO_INT (self->amount), MADO_BYTES (self->reason)));
}

static gboolean
check_version (const MadoCharge *charge, gint64 version, GError **error)
{
  if (charge->version == version)
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_STALE,
                       _("The charge has changed since you read it. Please read it again."));
  return FALSE;
}

/* What is shown afterwards. */
static void
show (Lessen *self, MadoCharge *charge)
{
  MadoChargeChange *change = g_object_new (MADO_TYPE_CHARGE_CHANGE, "version", charge->version,
                                           "at", charge->updated_at, "author", self->act.actor.id,
                                           "before", self->before->amount, "after", self->amount,
                                           "reason", self->words, NULL);

  charge->words = json_node_ref (self->before->words);
  charge->lines = g_ptr_array_ref (self->lines);
  charge->changes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->before->changes->len; i++)
    g_ptr_array_add (charge->changes, g_object_ref (self->before->changes->pdata[i]));
  g_ptr_array_add (charge->changes, change);
}

static MadoOutcome
lessen_apply (MadoTx *tx, gpointer data, GError **error)
{
  Lessen *self = data;
  g_autoptr(MadoCharge) charge = mado_charge_load (tx, self->before->id, error);
  gboolean cancels = self->lines->len == 0;

  if (!charge || !check_version (charge, self->before->version, error) || !book_less (self, charge, tx, error))
    return MADO_OUTCOME_ROLL_BACK;
  if (cancels)
    charge->state = MADO_CHARGE_STATE_CANCELLED;
  if (!mado_charge_update (tx, charge, self->says, error) || !insert_change (self, charge, tx, error)
      || !mado_charge_journal (tx, &self->act.actor, charge, cancels ? "charge.cancelled" : "charge.lessened", error)
      || !mado_charge_tell (tx, charge, error))
    return MADO_OUTCOME_ROLL_BACK;
  show (self, charge);
  mado_act_take_result (&self->act, g_steal_pointer (&charge));
  return MADO_OUTCOME_COMMIT;
}

static gboolean
check_less (const MadoCharge *charge, gint64 version, gint64 amount, const char *reason, GError **error)
{
  if (!check_version (charge, version, error))
    return FALSE;
  if (charge->state == MADO_CHARGE_STATE_CANCELLED) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("This charge is cancelled already."));
    return FALSE;
  }
  if (amount > charge->amount)
    return refuse (error, "/lines", "range", _("A charge only becomes less. For more, raise another."));
  if (!reason || !*reason || g_utf8_strlen (reason, -1) > MAX_REASON)
    return refuse (error, "/reason", "required", _("A reason in words is needed, of 500 characters at most."));
  return TRUE;
}

MadoAct *
mado_charge_lessen (MadoStore *store, const MadoActor *actor, const char *number, gint64 version, GPtrArray *lines,
                    const char *reason, GError **error)
{
  g_autoptr(MadoCharge) before = NULL, sealed = NULL;
  g_autofree char *subject = NULL;
  g_autoptr(MadoKey) key = NULL;
  gint64 amount;
  Lessen *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !(before = mado_charge_open (store, number, error))
      || !mado_charge_lines_sum (lines, &amount, error)
      || !check_less (before, version, amount, reason, error))
    return NULL;
  subject = mado_charge_key_subject (before);
  if (!(key = mado_store_get_subject_key (store, subject, MADO_KEEP_MONEY, error)))
    return NULL;
  sealed = g_object_new (MADO_TYPE_CHARGE, "id", before->id, NULL);
  sealed->words = json_node_ref (before->words);
  sealed->lines = g_ptr_array_ref (lines);
  self = mado_act_new (actor, sizeof (Lessen), lessen_apply, lessen_clear);
  self->lines = g_ptr_array_ref (lines);
  self->amount = amount;
  self->says = mado_charge_seal (sealed, key);
  self->reason = mado_charge_seal_reason (before, before->version + 1, key, reason);
  self->words = g_strdup (reason);
  self->before = g_steal_pointer (&before);
  return &self->act;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

MadoCharge *
mado_charge_get (MadoStore *store, const MadoActor *actor, const char *number, GError **error)
{
  g_autoptr(MadoCharge) charge = mado_charge_open (store, number, error);
  g_autofree char *subject = NULL;
  MadoLook look;

  if (!charge || !mado_charge_check_owner (charge, actor, error))
    return NULL;
  subject = g_strconcat ("charge/", charge->id, NULL);
  look = (MadoLook) { subject, charge->payer, NULL };
  if ((actor->role & MADO_ROLES_STAFF) && !mado_journal_look (store, actor, "charge.viewed", &look, 1, error))
    return NULL;
  return g_steal_pointer (&charge);
}
