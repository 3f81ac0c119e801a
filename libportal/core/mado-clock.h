/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include "mado-export.h"

G_BEGIN_DECLS

/* All time in the library comes from here, so that a test can set it. Microseconds since 1970, UTC. */
MADO_EXPORT gint64 mado_clock_now      (void);
MADO_EXPORT void   mado_clock_freeze   (gint64 now_us);    /* for tests */
MADO_EXPORT void   mado_clock_advance  (gint64 us);        /* for tests */
MADO_EXPORT void   mado_clock_thaw     (void);

/* Japan has one zone and no summer time. */
MADO_EXPORT char  *mado_clock_format_date (gint64 time_us);   /* "2026-11-20" in Japan */
MADO_EXPORT char  *mado_clock_format_time (gint64 time_us);   /* RFC 3339, UTC, "2026-11-20T01:42:00.000Z" */
MADO_EXPORT void   mado_clock_fill_time   (gint64 time_us, char out[25]);   /* the same, without allocating */
MADO_EXPORT gint64 mado_clock_parse_time  (const char *text); /* RFC 3339; -1 if it is none */

G_END_DECLS
