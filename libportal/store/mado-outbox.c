/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-outbox.h"

#include "core/mado-id.h"
#include "core/mado-json.h"
#include "store/mado-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const gint64 schedule[] = {
  10 * G_TIME_SPAN_SECOND, 1 * G_TIME_SPAN_MINUTE, 5 * G_TIME_SPAN_MINUTE, 30 * G_TIME_SPAN_MINUTE,
  2 * G_TIME_SPAN_HOUR, 12 * G_TIME_SPAN_HOUR,
};

#define MAX_ATTEMPTS (G_N_ELEMENTS (schedule) + 1)
#define MAX_REASON 500

G_DEFINE_ENUM_TYPE (MadoOutboxState, mado_outbox_state,
  G_DEFINE_ENUM_VALUE (MADO_OUTBOX_STATE_WAITING, "waiting"),
  G_DEFINE_ENUM_VALUE (MADO_OUTBOX_STATE_DELIVERED, "delivered"),
  G_DEFINE_ENUM_VALUE (MADO_OUTBOX_STATE_DEAD, "dead"))

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoOutboxItem, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoOutboxItem, channel, 0, 32, "How it goes out: desktop, mail …"),
  MADO_FIELD_STRING (MadoOutboxItem, topic, 0, 64, "What it is about"),
  MADO_FIELD_STRING (MadoOutboxItem, key, 0, 200, "What was seen once under this key may be dropped"),
  MADO_FIELD_JSON   (MadoOutboxItem, payload, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL, "What to deliver"),
  MADO_FIELD_ENUM   (MadoOutboxItem, state, mado_outbox_state_get_type, 0, "Where it stands"),
  MADO_FIELD_INT    (MadoOutboxItem, attempt, 0, 0, G_MAXINT, "Attempts so far, this one included"),
  MADO_FIELD_TIME   (MadoOutboxItem, created_at, 0, "When it was written"),
  MADO_FIELD_TIME   (MadoOutboxItem, due_at, 0, "When it is tried next, or its lease ends"),
  MADO_FIELD_STRING (MadoOutboxItem, reason, MADO_FIELD_OPTIONAL, MAX_REASON, "Why the last attempt failed"),
};

MADO_DEFINE_RECORD (MadoOutboxItem, mado_outbox_item, fields)

static const MadoField lease_fields[] = {
  MADO_FIELD_LIST (MadoOutboxLease, items, mado_outbox_item_get_type, 0, "What is to be delivered"),
};

MADO_DEFINE_RECORD (MadoOutboxLease, mado_outbox_lease, lease_fields)

const gint64 *
mado_outbox_get_schedule (guint *n)
{
  *n = G_N_ELEMENTS (schedule);
  return schedule;
}

gboolean
mado_outbox_put (MadoTx *tx, const char *channel, const char *topic, const char *key, JsonNode *payload,
                 GError **error)
{
  g_autoptr(MadoKey) city_key = mado_store_get_city_key (mado_tx_get_store (tx), "outbox");
  g_autoptr(GBytes) sealed = NULL;
  char id[MADO_ULID_LENGTH + 1];

  mado_ulid_fill (id);
  sealed = mado_seal_json (city_key, id, payload);
  return mado_tx_exec (tx, error,
                       "INSERT INTO outbox (id, channel, topic, key, payload, state, attempt, created_at, due_at)"
                       " VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, $6) ON CONFLICT (key) DO NOTHING",
                       MADO_BIND (MADO_TEXT (id), MADO_TEXT (channel), MADO_TEXT (topic), MADO_TEXT (key),
                                  MADO_BYTES (sealed), MADO_INT (mado_tx_now (tx))));
}

/* --- leasing ------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  char   *channels;    /* ",desktop,mail," */
  guint   max;
  gint64  lease;
} Take;

static void
take_clear (MadoAct *act)
{
  g_free (((Take *) act)->channels);
}

static GPtrArray *
find_due (MadoTx *tx, Take *self, GError **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(MadoKey) city_key = mado_store_get_city_key (mado_tx_get_store (tx), "outbox");
  g_autoptr(GError) broken = NULL;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT id, channel, topic, key, payload, state, attempt, created_at, due_at, reason"
                        " FROM outbox WHERE state = 'waiting' AND due_at <= $1 AND $2 LIKE '%,' || channel || ',%'"
                        " ORDER BY due_at LIMIT $3",
                        MADO_BIND (MADO_INT (mado_tx_now (tx)), MADO_TEXT (self->channels), MADO_INT (self->max)));
  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &broken)) {
    MadoOutboxItem *item = mado_rows_dup_record (rows, MADO_TYPE_OUTBOX_ITEM);
    g_autoptr(GBytes) sealed = mado_rows_dup_bytes (rows, "payload");

    g_ptr_array_add (items, item);
    item->payload = mado_unseal_json (city_key, item->id, sealed, NULL);
  }
  if (broken == NULL)
    return g_steal_pointer (&items);
  g_propagate_error (error, g_steal_pointer (&broken));
  return NULL;
}

static gboolean
give_up (MadoTx *tx, const MadoActor *actor, const char *id, const char *reason, GError **error)
{
  g_autofree char *subject = g_strconcat ("outbox/", id, NULL);

  return mado_tx_exec (tx, error, "UPDATE outbox SET state = 'dead', leased_by = NULL, finished_at = $2,"
                       " reason = $3 WHERE id = $1",
                       MADO_BIND (MADO_TEXT (id), MADO_INT (mado_tx_now (tx)), MADO_TEXT (reason)))
         && mado_journal_append (tx, actor, "outbox.dead", subject, NULL, NULL, error);
}

static gboolean
lease_one (MadoTx *tx, Take *self, MadoOutboxItem *item, GError **error)
{
  item->attempt++;
  item->due_at = mado_tx_now (tx) + self->lease;
  return mado_tx_expect (tx, 1, MADO_ERROR_STORE_BUSY, error,
                         "UPDATE outbox SET attempt = $2, due_at = $3, leased_by = $4 WHERE id = $1",
                         MADO_BIND (MADO_TEXT (item->id), MADO_INT (item->attempt), MADO_INT (item->due_at),
                                    MADO_TEXT (self->act.actor.id)));
}

static MadoOutcome
take_apply (MadoTx *tx, gpointer data, GError **error)
{
  Take *self = data;
  g_autoptr(GPtrArray) due = find_due (tx, self, error);
  g_autoptr(MadoOutboxLease) lease = g_object_new (MADO_TYPE_OUTBOX_LEASE, NULL);

  if (due == NULL)
    return MADO_OUTCOME_ROLL_BACK;
  lease->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < due->len; i++) {
    MadoOutboxItem *item = due->pdata[i];

    /* Taken as often as it may be, and never heard of again. */
    if (item->attempt >= (gint64) MAX_ATTEMPTS) {
      if (!give_up (tx, &self->act.actor, item->id, "never settled", error))
        return MADO_OUTCOME_ROLL_BACK;
      continue;
    }
    if (!lease_one (tx, self, item, error))
      return MADO_OUTCOME_ROLL_BACK;
    g_ptr_array_add (lease->items, g_object_ref (item));
  }
  mado_act_take_result (&self->act, g_steal_pointer (&lease));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_outbox_take (MadoStore *store, const MadoActor *actor, const char *const *channels, guint max, guint seconds,
                  GError **error)
{
  Take *self = mado_act_new (actor, sizeof (Take), take_apply, take_clear);
  g_autofree char *joined = g_strjoinv (",", (char **) channels);

  self->channels = g_strconcat (",", joined, ",", NULL);
  self->max = CLAMP (max, 1, 100);
  self->lease = CLAMP (seconds, 5, 600) * G_TIME_SPAN_SECOND;
  return &self->act;
}

/* --- settling ------------------------------------------------------------------------------------------------ */

typedef struct {
  MadoAct  act;
  char    *id;
  gboolean delivered;
  char    *reason;
} Settle;

static void
settle_clear (MadoAct *act)
{
  g_free (((Settle *) act)->id);
  g_free (((Settle *) act)->reason);
}

static MadoOutboxItem *
load (MadoTx *tx, const char *id, char **holder, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query_one (tx, error, _("There is no such message."),
                       "SELECT id, channel, topic, key, state, attempt, created_at, due_at, reason, leased_by"
                       " FROM outbox WHERE id = $1", MADO_BIND (MADO_TEXT (id)));

  if (rows == NULL)
    return NULL;
  if (holder != NULL)
    *holder = mado_rows_dup_text (rows, "leased_by");
  return mado_rows_dup_record (rows, MADO_TYPE_OUTBOX_ITEM);
}

/* What has gone out is not kept. */
static gboolean
settle_delivered (MadoTx *tx, Settle *self, GError **error)
{
  g_autofree char *subject = g_strconcat ("outbox/", self->id, NULL);

  return mado_tx_exec (tx, error, "UPDATE outbox SET state = 'delivered', leased_by = NULL, finished_at = $2,"
                       " payload = $3, reason = NULL WHERE id = $1",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (mado_tx_now (tx)), MADO_BLOB (NULL, 0)))
         && mado_journal_append (tx, &self->act.actor, "outbox.delivered", subject, NULL, NULL, error);
}

static gboolean
settle_failed (MadoTx *tx, Settle *self, gint64 attempt, GError **error)
{
  gint64 due_at = mado_tx_now (tx) + schedule[CLAMP (attempt, 1, (gint64) G_N_ELEMENTS (schedule)) - 1];

  if (attempt >= (gint64) MAX_ATTEMPTS)
    return give_up (tx, &self->act.actor, self->id, self->reason, error);
  return mado_tx_exec (tx, error, "UPDATE outbox SET due_at = $2, leased_by = NULL, reason = $3 WHERE id = $1",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (due_at), MADO_TEXT (self->reason)));
}

static MadoOutcome
settle_apply (MadoTx *tx, gpointer data, GError **error)
{
  Settle *self = data;
  g_autofree char *holder = NULL;
  g_autoptr(MadoOutboxItem) item = load (tx, self->id, &holder, error);

  if (item == NULL)
    return MADO_OUTCOME_ROLL_BACK;
  if (item->state != MADO_OUTBOX_STATE_WAITING || g_strcmp0 (holder, self->act.actor.id) != 0) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                         _("This message is not leased to you (any more); lease again."));
    return MADO_OUTCOME_ROLL_BACK;
  }
  if (!(self->delivered ? settle_delivered (tx, self, error) : settle_failed (tx, self, item->attempt, error)))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, load (tx, self->id, NULL, error));
  return self->act.result ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

MadoAct *
mado_outbox_settle (MadoStore *store, const MadoActor *actor, const char *id, gboolean delivered,
                    const char *reason, GError **error)
{
  Settle *self = mado_act_new (actor, sizeof (Settle), settle_apply, settle_clear);

  self->id = g_strdup (id);
  self->delivered = delivered;
  if (reason != NULL)
    self->reason = g_utf8_substring (reason, 0, MIN (MAX_REASON, g_utf8_strlen (reason, -1)));
  return &self->act;
}

static MadoOutcome
revive_apply (MadoTx *tx, gpointer data, GError **error)
{
  Settle *self = data;
  g_autoptr(MadoOutboxItem) item = load (tx, self->id, NULL, error);
  g_autofree char *subject = g_strconcat ("outbox/", self->id, NULL);

  if (item == NULL)
    return MADO_OUTCOME_ROLL_BACK;
  if (item->state != MADO_OUTBOX_STATE_DEAD) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                         _("Only a message that was given up is revived."));
    return MADO_OUTCOME_ROLL_BACK;
  }
  if (!mado_tx_exec (tx, error, "UPDATE outbox SET state = 'waiting', attempt = 0, due_at = $2, finished_at = NULL"
                     " WHERE id = $1", MADO_BIND (MADO_TEXT (self->id), MADO_INT (mado_tx_now (tx))))
      || !mado_journal_append (tx, &self->act.actor, "outbox.revived", subject, NULL, NULL, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, load (tx, self->id, NULL, error));
  return self->act.result ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

MadoAct *
mado_outbox_revive (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  Settle *self = mado_act_new (actor, sizeof (Settle), revive_apply, settle_clear);

  self->id = g_strdup (id);
  return &self->act;
}

/* --- listing ------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoOutboxState state;
  const char     *cursor;
  guint           limit;
  GPtrArray      *items;
} List;

static gboolean
list_items (MadoTx *tx, gpointer data, GError **error)
{
  List *list = data;
  g_autoptr(GEnumClass) klass = g_type_class_ref (MADO_TYPE_OUTBOX_STATE);
  g_autoptr(GError) broken = NULL;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error, "SELECT id, channel, topic, key, state, attempt, created_at, due_at, reason"
                        " FROM outbox WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                        MADO_BIND (MADO_TEXT (g_enum_get_value (klass, list->state)->value_nick),
                                   MADO_TEXT (list->cursor ? list->cursor : "Z"), MADO_INT (list->limit + 1)));
  while (rows != NULL && mado_rows_next (rows, &broken))
    g_ptr_array_add (list->items, mado_rows_dup_record (rows, MADO_TYPE_OUTBOX_ITEM));
  if (broken != NULL)
    g_propagate_error (error, g_steal_pointer (&broken));
  return rows != NULL && broken == NULL;
}

GPtrArray *
mado_outbox_list (MadoStore *store, MadoOutboxState state, const char *cursor, guint limit, char **next,
                  GError **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  List list = { state, cursor, CLAMP (limit, 1, 200), items };

  if (next != NULL)
    *next = NULL;
  if (!mado_store_read (store, list_items, &list, error))
    return NULL;
  if (items->len > list.limit) {
    g_ptr_array_set_size (items, list.limit);
    if (next != NULL)
      *next = g_strdup (((MadoOutboxItem *) items->pdata[list.limit - 1])->id);
  }
  return g_steal_pointer (&items);
}
