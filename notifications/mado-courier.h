/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-channel.h"

/**
 * MadoCourier:
 *
 * Leases what waits in the outbox, hands it to the channels and tells the service how it went. The service keeps the
 * schedule of further tries and the dead letters; a courier that dies loses nothing, its leases run out.
 *
 * Signal: `refused (error)` when the service does not take the credential any more.
 */
#define MADO_TYPE_COURIER (mado_courier_get_type ())
G_DECLARE_FINAL_TYPE (MadoCourier, mado_courier, MADO, COURIER, GObject)

MadoCourier *mado_courier_new         (MadoClient *client);
void         mado_courier_add_channel (MadoCourier *self, MadoChannel *channel);
void         mado_courier_start       (MadoCourier *self);
/* Takes nothing more; what is under way is settled. */
void         mado_courier_stop        (MadoCourier *self);
guint        mado_courier_get_pending (MadoCourier *self);
