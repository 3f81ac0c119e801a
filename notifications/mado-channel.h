/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <mado.h>

/**
 * MadoChannel:
 *
 * One way out: the desktop, mail, push. It is given an item leased from the outbox and says, once, whether that went
 * out. The same item may come again (at least once); its key tells a channel what it has already shown, its attempt
 * whether somebody may have tried before.
 */
#define MADO_TYPE_CHANNEL (mado_channel_get_type ())
G_DECLARE_INTERFACE (MadoChannel, mado_channel, MADO, CHANNEL, GObject)

/* An item of the outbox. @attempt: from 1; 0 where the service does not say */
typedef struct {
  const char *topic;
  const char *key;
  JsonNode   *payload;
  gint64      attempt;
} MadoErrand;

/* @reason: (nullable): why it did not go out, without personal data */
typedef void (*MadoDelivered) (gboolean delivered, const char *reason, gpointer data);

struct _MadoChannelInterface {
  GTypeInterface parent_iface;
  const char *(*get_name) (MadoChannel *self);
  void        (*deliver)  (MadoChannel *self, const MadoErrand *errand, MadoDelivered done, gpointer data);
};

/* As the outbox calls it: "desktop". */
const char *mado_channel_get_name (MadoChannel *self);
void        mado_channel_deliver  (MadoChannel *self, const MadoErrand *errand, MadoDelivered done, gpointer data);
