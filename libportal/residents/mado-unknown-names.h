/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/mado-store.h"

G_BEGIN_DECLS

/* Cards and accounts that nobody has are counted and locked like real ones: no answer tells which exist. */
typedef struct {
  gint64 attempts;       /* since the last lock */
  gint64 locked_until;   /* 0: never */
} MadoUnknownName;

/* (transfer full): what stands for @typed in the store. @kind: "card", "account" */
char    *mado_unknown_name_blind (MadoStore *store, const char *kind, const char *typed);
/* All zero where nobody has tried it. */
gboolean mado_unknown_name_look  (MadoStore *store, const char *blind, MadoUnknownName *found, GError **error);
/* On the writer: one more; the one that makes @max locks it until @until, and the count starts afresh. */
gboolean mado_unknown_name_count (MadoTx *tx, const char *blind, guint max, gint64 until, MadoUnknownName *after,
                                  GError **error);
/* Forgets what nobody has tried for long, @max of it; gives how many, or -1. */
gint     mado_unknown_names_sweep (MadoStore *store, guint max, GError **error);

G_END_DECLS
