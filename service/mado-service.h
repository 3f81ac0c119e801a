/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "counter/mado-counter.h"
#include "model/mado-mapping.h"
#include "mado-limiter.h"

G_BEGIN_DECLS

typedef struct _MadoMetrics  MadoMetrics;
typedef struct _MadoEventHub MadoEventHub;

/* What all requests to one counter share. */
typedef struct {
  MadoCounter  *counter;
  MadoTreasury *treasury;       /* (nullable): how the city reads files */
  MadoLimiter  *limiter;
  MadoMetrics  *metrics;
  MadoEventHub *hub;
  GThreadPool  *waiting;        /* requests that wait for the store */
  GThreadPool  *burning;        /* requests that burn a core: no more at once than there are */
  const char   *engine;         /* "sqlite" or "postgresql": for people */
  double        limit_scale;    /* of the published limits; 0: none */
  gboolean      log_requests;   /* each, not only those that went wrong */
} MadoService;

/* @limit_scale: 1 for the published limits */
MadoService *mado_service_new  (MadoCounter *counter, double limit_scale);
/* @path: of a books.json. From then on this process works on the treasurer's files. */
gboolean     mado_service_open_books (MadoService *self, const char *path, GError **error);
/* Waits for what is on its way. */
void         mado_service_free (MadoService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoService, mado_service_free)

G_END_DECLS
