/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-charges-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-id.h"
#include "core/mado-json.h"
#include "model/mado-state-table.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define COLUMNS \
  "id, number, version, state, office, payer, visit, subject, amount, paid, due_date, raised_at, updated_at"

/* One key for all that a payer owes, so that forgetting them is one act. */
char *
mado_charge_key_subject (const MadoCharge *self)
{
  return self->payer ? g_strconcat ("payer/", self->payer, NULL) : g_strconcat ("charge/", self->id, NULL);
}

static char *
says_context (const MadoCharge *self)
{
  return g_strconcat ("charge/", self->id, "/says", NULL);
}

static char *
reason_context (const MadoCharge *self, gint64 version)
{
  return g_strdup_printf ("charge/%s/reason/%" G_GINT64_FORMAT, self->id, version);
}

static void
append_lines (GString *text, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    if (i)
      g_string_append_c (text, ',');
    mado_record_write_json (lines->pdata[i], MADO_JSON_PRIVATE, text);
  }
}

GBytes *
mado_charge_seal (const MadoCharge *self, const MadoKey *key)
{
  g_autofree char *context = says_context (self);
  g_autoptr(GString) text = g_string_new ("{\"words\":");

  mado_json_append_node (text, self->words);
  g_string_append (text, ",\"lines\":[");
  append_lines (text, self->lines);
  g_string_append (text, "]}");
  return mado_seal (key, context, text->str, text->len);
}

GBytes *
mado_charge_seal_reason (const MadoCharge *self, gint64 version, const MadoKey *key, const char *reason)
{
  g_autofree char *context = reason_context (self, version);
  g_autoptr(GString) text = g_string_new (NULL);

  mado_json_append_string (text, reason);
  return mado_seal (key, context, text->str, text->len);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static const char *
state_nick (const MadoCharge *self)
{
  return mado_enum_nick (MADO_TYPE_CHARGE_STATE, self->state);
}

gint64
mado_charge_insert (MadoTx *tx, const MadoCharge *self, GBytes *says, GError **error)
{
  return mado_tx_exec_n (tx, error,
                         "INSERT INTO charges (" COLUMNS ", says)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
                         " ON CONFLICT (number) DO NOTHING",
                         MADO_BIND (MADO_TEXT (self->id), MADO_TEXT (self->number), MADO_INT (self->version),
                                    MADO_TEXT (state_nick (self)), MADO_TEXT (self->office), MADO_TEXT (self->payer),
                                    MADO_TEXT (self->visit), MADO_TEXT (self->subject), MADO_INT (self->amount),
                                    MADO_INT (self->paid), MADO_TEXT (self->due_date), MADO_INT (self->raised_at),
                                    MADO_INT (self->updated_at), MADO_BYTES (says)));
}

/* Where it stands follows from the money. */
static void
settle_state (MadoCharge *self)
{
  if (self->state != MADO_CHARGE_STATE_CANCELLED)
    self->state = mado_charge_get_owed (self) ? MADO_CHARGE_STATE_OPEN : MADO_CHARGE_STATE_PAID;
}

gboolean
mado_charge_update (MadoTx *tx, MadoCharge *self, GBytes *says, GError **error)
{
  gint64 version = self->version++;

  settle_state (self);
  self->updated_at = mado_tx_now (tx);
  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error,
                         "UPDATE charges SET version = $3, state = $4, amount = $5, paid = $6, updated_at = $7,"
                         " says = COALESCE($8, says) WHERE id = $1 AND version = $2",
                         MADO_BIND (MADO_TEXT (self->id), MADO_INT (version), MADO_INT (self->version),
                                    MADO_TEXT (state_nick (self)), MADO_INT (self->amount), MADO_INT (self->paid),
                                    MADO_INT (self->updated_at), MADO_BYTES (says)));
}

gboolean
mado_charge_journal (MadoTx *tx, const MadoActor *actor, const MadoCharge *self, const char *action, GError **error)
{
  g_autofree char *subject = g_strconcat ("charge/", self->id, NULL);
  g_autofree char *detail = NULL;

  detail = g_strdup_printf ("{\"number\":\"%s\",\"state\":\"%s\",\"amount\":%" G_GINT64_FORMAT "%s%s%s}", self->number,
                            state_nick (self), self->amount, self->subject ? ",\"for\":\"" : "",
                            self->subject ? self->subject : "", self->subject ? "\"" : "");
  return mado_journal_append (tx, actor, action, subject, self->payer, detail, error);
}

/* --- money ------------------------------------------------------------------------------------------------------ */

void
mado_charge_take (MadoCharge *self, MadoLedgerEntry *entry, const char *account, gint64 yen)
{
  gint64 owed = MIN (mado_charge_get_owed (self), yen);

  mado_entry_move (entry, account, MADO_ACCOUNT_RECEIVABLE, owed);
  mado_entry_move (entry, account, MADO_ACCOUNT_OVERPAID, yen - owed);
  self->paid += yen;
}

void
mado_charge_give (MadoCharge *self, MadoLedgerEntry *entry, const char *account, gint64 yen)
{
  gint64 over = MIN (mado_charge_get_over (self), yen);

  mado_entry_move (entry, MADO_ACCOUNT_OVERPAID, account, over);
  mado_entry_move (entry, MADO_ACCOUNT_RECEIVABLE, account, yen - over);
  self->paid -= yen;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

MadoCharge *
mado_charge_load (MadoTx *tx, const char *id, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such charge."),
                            "SELECT " COLUMNS " FROM charges WHERE id = $1", MADO_BIND (MADO_TEXT (id)));
  return rows ? mado_rows_dup_record (rows, MADO_TYPE_CHARGE) : NULL;
}

MadoCharge *
mado_charge_load_number (MadoTx *tx, const char *number, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such charge."),
                            "SELECT " COLUMNS " FROM charges WHERE number = $1", MADO_BIND (MADO_TEXT (number)));
  return rows ? mado_rows_dup_record (rows, MADO_TYPE_CHARGE) : NULL;
}

typedef struct {
  const char *subject;
  MadoCharge *charge;
} Waiting;

static gboolean
read_waiting (MadoTx *tx, gpointer data, GError **error)
{
  Waiting *self = data;
  gboolean more = FALSE;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT " COLUMNS " FROM charges WHERE subject = $1"
                        " ORDER BY CASE WHEN state = 'cancelled' THEN 1 ELSE 0 END, id DESC LIMIT 1",
                        MADO_BIND (MADO_TEXT (self->subject)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  self->charge = more ? mado_rows_dup_record (rows, MADO_TYPE_CHARGE) : NULL;
  return TRUE;
}

gboolean
mado_charge_find (MadoStore *store, const char *subject, MadoCharge **found, GError **error)
{
  Waiting waiting = { subject, NULL };
  gboolean read = mado_store_look (store, read_waiting, &waiting, error);

  *found = waiting.charge;
  return read;
}

typedef struct {
  const char *subject;
  MadoCharge *charge;
  gint64 going_back;
} Newest;

static gboolean
read_newest (MadoTx *tx, gpointer data, GError **error)
{
  Newest *self = data;
  gboolean more = FALSE;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT " COLUMNS ", (SELECT CAST (COALESCE (SUM (refunding), 0) AS BIGINT) FROM payments"
                        " WHERE payments.charge = charges.id) AS going_back"
                        " FROM charges WHERE subject = $1 ORDER BY id DESC LIMIT 1",
                        MADO_BIND (MADO_TEXT (self->subject)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  if (more) {
    self->charge = mado_rows_dup_record (rows, MADO_TYPE_CHARGE);
    self->going_back = mado_rows_int (rows, "going_back");
  }
  return TRUE;
}

gboolean
mado_charge_find_newest (MadoStore *store, const char *subject, MadoCharge **found, gint64 *going_back,
                         GError **error)
{
  Newest newest = { subject, NULL, 0 };
  gboolean read = mado_store_look (store, read_newest, &newest, error);

  *found = newest.charge;
  *going_back = newest.going_back;
  return read;
}

static gboolean
is_owner (const MadoCharge *self, const MadoActor *actor)
{
  if (self->payer)
    return g_strcmp0 (self->payer, mado_actor_get_resident (actor)) == 0;
  return self->visit && actor->role == MADO_ROLE_VISIT && g_str_equal (self->visit, actor->id);
}

gboolean
mado_charge_check_owner (const MadoCharge *self, const MadoActor *actor, GError **error)
{
  if ((actor->role & (MADO_ROLES_STAFF | MADO_ROLE_SYSTEM)) || is_owner (self, actor))
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such charge."));
  return FALSE;
}

typedef struct {
  const char *number;
  const char *payer, *state, *cursor;      /* of a list */
  guint limit;
  GPtrArray *charges;
  GPtrArray *says;                 /* of GBytes, beside them */
  GPtrArray *reasons;              /* of GBytes, beside the changes of the only one */
} Lookup;

static void
lookup_init (Lookup *self)
{
  self->charges = g_ptr_array_new_with_free_func (g_object_unref);
  self->says = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

static void
lookup_clear (Lookup *self)
{
  g_clear_pointer (&self->charges, g_ptr_array_unref);
  g_clear_pointer (&self->says, g_ptr_array_unref);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lookup, lookup_clear)

static gboolean
take_rows (Lookup *self, MadoRows *rows, GError **error)
{
  gboolean more = TRUE;

  while (rows && mado_rows_step (rows, &more, error)) {
    if (!more)
      return TRUE;
    g_ptr_array_add (self->charges, mado_rows_dup_record (rows, MADO_TYPE_CHARGE));
    g_ptr_array_add (self->says, mado_rows_dup_bytes (rows, "says"));
  }
  return FALSE;
}

static gboolean
read_changes (MadoTx *tx, Lookup *self, GError **error)
{
  MadoCharge *charge = self->charges->pdata[0];
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = TRUE;

  charge->changes = g_ptr_array_new_with_free_func (g_object_unref);
  rows = mado_tx_query (tx, error,
                        "SELECT version, at, author, before, after, reason FROM charge_changes WHERE charge = $1"
                        " ORDER BY version", MADO_BIND (MADO_TEXT (charge->id)));
  while (rows && mado_rows_step (rows, &more, error)) {
    if (!more)
      return TRUE;
    g_ptr_array_add (charge->changes, mado_rows_dup_record (rows, MADO_TYPE_CHARGE_CHANGE));
    g_ptr_array_add (self->reasons, mado_rows_dup_bytes (rows, "reason"));
  }
  return FALSE;
}

static gboolean
read_one (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *self = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error, "SELECT " COLUMNS ", says FROM charges WHERE number = $1",
                        MADO_BIND (MADO_TEXT (self->number)));
  if (!take_rows (self, rows, error))
    return FALSE;
  g_clear_pointer (&rows, mado_rows_free);
  if (self->charges->len)
    return read_changes (tx, self, error);
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such charge."));
  return FALSE;
}

static gboolean
take_lines (MadoCharge *charge, JsonArray *lines, GError **error)
{
  charge->lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (lines); i++) {
    gpointer line = mado_record_from_json (MADO_TYPE_CHARGE_LINE, json_array_get_element (lines, i),
                                           MADO_JSON_PRIVATE, error);

    if (!line)
      return FALSE;
    g_ptr_array_add (charge->lines, line);
  }
  return TRUE;
}

static gboolean
unseal (MadoCharge *charge, MadoKey *key, GBytes *says, GError **error)
{
  g_autofree char *context = says_context (charge);
  g_autoptr(JsonNode) both = mado_unseal_json (key, context, says, error);

  if (!both)
    return FALSE;
  charge->words = json_node_ref (mado_json_get (both, "/words"));
  return take_lines (charge, json_node_get_array (mado_json_get (both, "/lines")), error);
}

static gboolean
unseal_reasons (MadoCharge *charge, MadoKey *key, GPtrArray *reasons, GError **error)
{
  for (guint i = 0; i < reasons->len; i++) {
    MadoChargeChange *change = charge->changes->pdata[i];
    g_autofree char *context = reason_context (charge, change->version);
    g_autoptr(JsonNode) reason = mado_unseal_json (key, context, reasons->pdata[i], error);

    if (!reason)
      return FALSE;
    change->reason = g_strdup (json_node_get_string (reason));
  }
  return TRUE;
}

static MadoKey *
get_key (MadoStore *store, const MadoCharge *charge, GError **error)
{
  g_autofree char *subject = mado_charge_key_subject (charge);

  return mado_store_get_subject_key (store, subject, MADO_KEEP_MONEY, error);
}

MadoCharge *
mado_charge_open (MadoStore *store, const char *number, GError **error)
{
  g_autofree char *canonical = mado_number_parse (number, error);
  g_auto(Lookup) lookup = { .number = canonical };
  g_autoptr(MadoKey) key = NULL;

  lookup_init (&lookup);
  if (!canonical || !mado_store_read (store, read_one, &lookup, error))
    return NULL;
  key = get_key (store, lookup.charges->pdata[0], error);
  if (!key || !unseal (lookup.charges->pdata[0], key, lookup.says->pdata[0], error)
      || !unseal_reasons (lookup.charges->pdata[0], key, lookup.reasons, error))
    return NULL;
  return g_object_ref (lookup.charges->pdata[0]);
}

/* --- lists ------------------------------------------------------------------------------------------------------ */

#define DEFAULT_LIMIT 50
#define MAX_LIMIT     200
#define NEWEST        "~"   /* after every ULID */

static gboolean
read_list (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *self = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT " COLUMNS ", says FROM charges WHERE payer = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                        MADO_BIND (MADO_TEXT (self->payer), MADO_TEXT (self->cursor), MADO_INT (self->limit + 1)));
  return take_rows (self, rows, error);
}

static gboolean
read_all (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *self = data;

  return mado_tx_query_records (tx, self->charges, MADO_TYPE_CHARGE, error,
                                "SELECT " COLUMNS " FROM charges WHERE (state = $1 OR $1 = '') AND id < $2"
                                " ORDER BY id DESC LIMIT $3",
                                MADO_BIND (MADO_TEXT (self->state), MADO_TEXT (self->cursor),
                                           MADO_INT (self->limit + 1)));
}

static gboolean
journal_look (MadoStore *store, const MadoActor *actor, const char *payer, GError **error)
{
  g_autofree char *subject = g_strconcat ("payer/", payer, NULL);
  const MadoLook look = { subject, payer, NULL };

  return !(actor->role & MADO_ROLES_STAFF) || mado_journal_look (store, actor, "charges.viewed", &look, 1, error);
}

static gboolean
unseal_all (MadoStore *store, Lookup *self, GError **error)
{
  for (guint i = 0; i < self->charges->len; i++) {
    g_autoptr(MadoKey) key = get_key (store, self->charges->pdata[i], error);

    if (!key || !unseal (self->charges->pdata[i], key, self->says->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

static char *
cut (Lookup *self)
{
  if (self->charges->len <= self->limit)
    return NULL;
  g_ptr_array_set_size (self->charges, (int) self->limit);
  return g_strdup (((MadoCharge *) self->charges->pdata[self->limit - 1])->id);
}

static gboolean
read_page (MadoStore *store, const MadoActor *actor, Lookup *self, char **next, GError **error)
{
  if (!self->payer && !(actor->role & (MADO_ROLES_STAFF | MADO_ROLE_SYSTEM)))
    return TRUE;   /* nobody was identified: nothing is theirs */
  if (!mado_store_read (store, self->payer ? read_list : read_all, self, error))
    return FALSE;
  *next = cut (self);
  return !self->payer || (journal_look (store, actor, self->payer, error) && unseal_all (store, self, error));
}

GPtrArray *
mado_charge_list (MadoStore *store, const MadoActor *actor, const MadoChargeQuery *query, char **next, GError **error)
{
  const char *whose = actor->role & MADO_ROLES_OWNER ? mado_actor_get_resident (actor) : query->payer;
  g_autofree char *after = NULL;
  g_auto(Lookup) lookup = { .payer = whose, .state = query->state ? query->state : "",
                            .cursor = query->cursor ? query->cursor : NEWEST,
                            .limit = query->limit ? MIN (query->limit, MAX_LIMIT) : DEFAULT_LIMIT };

  lookup_init (&lookup);
  if (!mado_actor_require (actor, MADO_ROLES_OWNER | MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !read_page (store, actor, &lookup, &after, error))
    return NULL;
  if (next)
    *next = g_steal_pointer (&after);
  return g_steal_pointer (&lookup.charges);
}
