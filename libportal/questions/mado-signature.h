/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-error.h"

G_BEGIN_DECLS

/*
 * A name written by hand. It is kept as path data (SVG 2, 9.3: "M120 40L131 52L…M…"), stroke after stroke, in a box of
 * whole units, so that it can be printed at any size. Who cannot draw types the name instead: then it is that text.
 */
#define MADO_SIGNATURE_WIDTH      1000
#define MADO_SIGNATURE_HEIGHT     300
#define MADO_SIGNATURE_MAX_POINTS 4000
#define MADO_SIGNATURE_MIN_POINTS 8      /* less is a slip of the finger */

/* A point of it; where a stroke begins, nothing leads to it. */
typedef struct {
  guint16  x, y;
  gboolean begins;
} MadoSignaturePoint;

/* Whether it claims to be drawn; the points tell whether it is. */
MADO_EXPORT gboolean mado_signature_is_drawn (const char *text);
/**
 * mado_signature_parse: (skip)
 *
 * Returns: (transfer full) (nullable) (element-type MadoSignaturePoint): %NULL where it is no path of this shape, or
 *   leaves the box, or has more points than it may
 */
MADO_EXPORT GArray  *mado_signature_parse    (const char *text);
/**
 * mado_signature_write: (skip)
 * @points: (element-type MadoSignaturePoint)
 *
 * Returns: (transfer full): what mado_signature_parse() reads
 */
MADO_EXPORT char    *mado_signature_write    (const GArray *points);

G_END_DECLS
