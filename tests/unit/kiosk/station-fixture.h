/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../client/rude-server.h"
#include "core/mado-seal.h"
#include "visit/mado-station.h"

/* A kiosk's station before a service that answers as it is told, already online. */
typedef struct {
  char        *root;
  guint8       public_key[32];
  MadoKey     *secret_key;
  RudeServer  *server;
  MadoStation *station;
} StationFixture;

void         station_fixture_set_up      (StationFixture *f, const char *procedure, const char *form);
void         station_fixture_tear_down   (StationFixture *f);
/* Another process at the same place: (transfer full). */
MadoStation *station_fixture_new_station (StationFixture *f);
/* Requests that arrived so far. */
guint        station_fixture_count       (StationFixture *f, const char *method, const char *path);
/* (transfer full): what the one kept filing says, as only the service can read it. */
JsonNode    *station_fixture_open_box    (StationFixture *f);

/* For a GAsyncReadyCallback with a GAsyncResult * as its data, and to wait for it. */
void          on_result  (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wait_for   (GAsyncResult **result);
