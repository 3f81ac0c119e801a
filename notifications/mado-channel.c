/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-channel.h"

G_DEFINE_INTERFACE (MadoChannel, mado_channel, G_TYPE_OBJECT)

static void
mado_channel_default_init (MadoChannelInterface *iface)
{
}

const char *
mado_channel_get_name (MadoChannel *self)
{
  return MADO_CHANNEL_GET_IFACE (self)->get_name (self);
}

void
mado_channel_deliver (MadoChannel *self, const MadoErrand *errand, MadoDelivered done, gpointer data)
{
  MADO_CHANNEL_GET_IFACE (self)->deliver (self, errand, done, data);
}
