/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-route.h"

G_BEGIN_DECLS

/* What the service counts of itself, for Prometheus (text format 0.0.4). Any thread; nothing personal. */
typedef struct _MadoMetrics MadoMetrics;

MadoMetrics *mado_metrics_new  (void);
void         mado_metrics_free (MadoMetrics *self);

/* @route: (nullable): none was found */
void mado_metrics_count       (MadoMetrics *self, const MadoRoute *route, guint status, gint64 elapsed_us);
void mado_metrics_connections (MadoMetrics *self, int change);
void mado_metrics_streams     (MadoMetrics *self, int change);
void mado_metrics_write       (MadoMetrics *self, GString *out);

G_END_DECLS
