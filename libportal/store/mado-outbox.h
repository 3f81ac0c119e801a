/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-act.h"

G_BEGIN_DECLS

/* What must go out, written with the change that caused it. @channel: "desktop", "mail" …; @topic: "staff-call",
 * "case.submitted"; @payload: JSON (sealed at rest); @key: unique: the same thing is sent once. */
MADO_EXPORT gboolean mado_outbox_put (MadoTx *tx, const char *channel, const char *topic, const char *key,
                                      JsonNode *payload, GError **error);

#define MADO_TYPE_OUTBOX_STATE (mado_outbox_state_get_type ())
MADO_EXPORT GType mado_outbox_state_get_type (void);
/* waiting: due at a time, perhaps leased until then; dead: given up after the last attempt */
typedef enum {
  MADO_OUTBOX_STATE_WAITING, MADO_OUTBOX_STATE_DELIVERED, MADO_OUTBOX_STATE_DEAD
} MadoOutboxState;

#define MADO_TYPE_OUTBOX_ITEM (mado_outbox_item_get_type ())
MADO_DECLARE_RECORD (MadoOutboxItem, mado_outbox_item)
struct _MadoOutboxItem {
  MadoRecord      parent;
  char           *id;
  char           *channel;
  char           *topic;
  char           *key;          /* for the receiver: what it has seen it may drop */
  JsonNode       *payload;      /* (nullable): only while leased */
  MadoOutboxState state;
  gint64          attempt;      /* from 1 */
  gint64          created_at;
  gint64          due_at;
  char           *reason;       /* (nullable): of the last failure */
};

#define MADO_TYPE_OUTBOX_LEASE (mado_outbox_lease_get_type ())
MADO_DECLARE_RECORD (MadoOutboxLease, mado_outbox_lease)
struct _MadoOutboxLease {
  MadoRecord parent;
  GPtrArray *items;
};

/* Delivery is tried at once and then after each of these, in microseconds; after the last it is dead. */
MADO_EXPORT const gint64 *mado_outbox_get_schedule (guint *n);

/**
 * mado_outbox_take:
 * @channels: (array zero-terminated=1): what the caller can deliver
 * @max: 1–100
 * @seconds: until others may have what was not settled, 5–600
 *
 * Leases what is due, oldest first; to be delivered at least once. The result is a #MadoOutboxLease.
 */
MADO_EXPORT MadoAct   *mado_outbox_take   (MadoStore *store, const MadoActor *actor, const char *const *channels,
                                           guint max, guint seconds, GError **error);
/**
 * mado_outbox_settle:
 * @reason: (nullable): why not, without personal data
 *
 * What became of an item; the result is the #MadoOutboxItem. NOT_FOUND, or CONFLICT if another holds it.
 */
MADO_EXPORT MadoAct   *mado_outbox_settle (MadoStore *store, const MadoActor *actor, const char *id,
                                           gboolean delivered, const char *reason, GError **error);
/* A dead one is tried again from the start of the schedule; the result is the #MadoOutboxItem. */
MADO_EXPORT MadoAct   *mado_outbox_revive (MadoStore *store, const MadoActor *actor, const char *id,
                                           GError **error);

/**
 * mado_outbox_list:
 * @cursor: (nullable): of the page before
 * @next: (out) (optional) (nullable): the cursor of the next page
 *
 * Newest first, without payloads.
 *
 * Returns: (transfer full) (element-type MadoOutboxItem)
 */
MADO_EXPORT GPtrArray *mado_outbox_list   (MadoStore *store, MadoOutboxState state, const char *cursor,
                                           guint limit, char **next, GError **error);

G_END_DECLS
