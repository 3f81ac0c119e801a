/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Token buckets by name: each refills at @rate a second up to @burst. A rate of 0 never refuses. */
typedef struct {
  double rate;
  double burst;
} MadoLimit;

typedef struct _MadoLimiter MadoLimiter;

MadoLimiter *mado_limiter_new  (void);
void         mado_limiter_free (MadoLimiter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoLimiter, mado_limiter_free)

/**
 * mado_limiter_take:
 * @kind: keeps names of different kinds apart
 * @name: a credential or an address
 * @now_us: monotonic
 *
 * Any thread.
 *
 * Returns: 0 if it may pass, else the seconds to wait
 */
guint mado_limiter_take (MadoLimiter *self, char kind, const char *name, const MadoLimit *limit, gint64 now_us);

/* The part of an address that one household or office holds: all of IPv4, the /64 of IPv6. */
void  mado_limiter_name_peer (const char *address, char name[64]);

G_END_DECLS
