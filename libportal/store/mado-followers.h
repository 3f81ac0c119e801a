/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-journal.h"

G_BEGIN_DECLS

/* Who wants to hear of new positions. Each is woken, in its own context, once for all that came meanwhile. */
typedef struct {
  GMutex     lock;
  GPtrArray *list;
  guint      last_id;
  gint64     position;
} MadoFollowers;

void   mado_followers_init         (MadoFollowers *self);
void   mado_followers_clear        (MadoFollowers *self);
guint  mado_followers_add          (MadoFollowers *self, MadoJournalNews news, gpointer data);
void   mado_followers_remove       (MadoFollowers *self, guint id);
gint64 mado_followers_get_position (MadoFollowers *self);
/* Tells everybody, if @position is further on. */
void   mado_followers_tell         (MadoFollowers *self, gint64 position);

G_END_DECLS
