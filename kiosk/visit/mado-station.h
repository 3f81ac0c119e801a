/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/mado-client.h"
#include "visit/mado-offer.h"
#include "visit/mado-printer.h"
#include "visit/mado-spool.h"

/* Where a kiosk stands, from its profile. Each may be NULL but address, device and state. */
typedef struct {
  const char *address;      /* of the service */
  const char *authority;    /* PEM of the authority that signed its certificate */
  const char *device;       /* name of this device's account */
  const char *credentials;  /* file to read the device's secret from, instead of the keyring */
  const char *state;        /* folder for what outlives a visit: the offer, filings that wait */
  const char *printer;      /* as for mado_printer_new() */
  const char *scans;        /* folder into which a scanner beside it writes */
  guint       patience_ms;  /* how long an act may take until it counts as not possible now; 0: 8,000 */
} MadoStationSettings;

/*
 * The kiosk between the visits: it knows the city's offer, is logged in as a device, looks whether the line and the
 * printer are up, and sends on what had to wait. It holds nothing about a person.
 *
 * Properties: `online`, `offer` and `printer-state` notify when they change.
 */
#define MADO_TYPE_STATION (mado_station_get_type ())
G_DECLARE_FINAL_TYPE (MadoStation, mado_station, MADO, STATION, GObject)

/* Reads what is on this machine; no network yet. */
MadoStation *mado_station_new         (const MadoStationSettings *settings, GError **error);
/* Tends the line from now on. */
void         mado_station_start       (MadoStation *self);

gboolean     mado_station_is_online   (MadoStation *self);
/* A call went wrong: a line that is down, a session that is over, or an offer that may have changed, is looked after
 * at once. */
void         mado_station_note_error  (MadoStation *self, const GError *error);
/* (nullable): the device's client, once it could log in. */
MadoClient  *mado_station_get_client  (MadoStation *self);
MadoOffer   *mado_station_get_offer   (MadoStation *self);   /* (nullable) */
/* Looks at once whether the city offers something else by now. */
void         mado_station_renew_offer_async  (MadoStation *self, GAsyncReadyCallback callback, gpointer data);
gboolean     mado_station_renew_offer_finish (MadoStation *self, GAsyncResult *result, GError **error);
/* Name of this device's account. */
const char  *mado_station_get_device  (MadoStation *self);
MadoSpool   *mado_station_get_spool   (MadoStation *self);
MadoPrinter *mado_station_get_printer (MadoStation *self);
const char  *mado_station_get_scans   (MadoStation *self);   /* (nullable) */
