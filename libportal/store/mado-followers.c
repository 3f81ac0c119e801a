/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-followers.h"

typedef struct {
  gatomicrefcount references;
  MadoFollowers  *followers;
  guint           id;
  GMainContext   *context;
  MadoJournalNews news;
  gpointer        data;
  gint64          told;        /* under the lock, as are the others below */
  gboolean        scheduled;
  gboolean        removed;
} Follower;

static void
follower_unref (gpointer data)
{
  Follower *self = data;

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_main_context_unref (self->context);
  g_free (self);
}

void
mado_followers_init (MadoFollowers *self)
{
  g_mutex_init (&self->lock);
  self->list = g_ptr_array_new_with_free_func (follower_unref);
}

void
mado_followers_clear (MadoFollowers *self)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->list->len; i++)
    ((Follower *) self->list->pdata[i])->removed = TRUE;
  g_mutex_unlock (&self->lock);
  g_ptr_array_unref (self->list);
  g_mutex_clear (&self->lock);
}

static gboolean
on_news (gpointer data)
{
  Follower *self = data;
  gint64 position;

  if (self->removed)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->followers->lock);
  self->scheduled = FALSE;
  position = self->told = self->followers->position;
  g_mutex_unlock (&self->followers->lock);
  self->news (self->data, position);
  return G_SOURCE_REMOVE;
}

/* Under the lock. */
static void
schedule (Follower *self, gint64 position)
{
  g_autoptr(GSource) source = NULL;

  if (self->scheduled || self->told >= position)
    return;
  self->scheduled = TRUE;
  g_atomic_ref_count_inc (&self->references);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "mado_journal_follow");
  g_source_set_callback (source, on_news, self, follower_unref);
  g_source_attach (source, self->context);
}

guint
mado_followers_add (MadoFollowers *self, MadoJournalNews news, gpointer data)
{
  Follower *follower = g_new0 (Follower, 1);

  g_atomic_ref_count_init (&follower->references);
  follower->followers = self;
  follower->context = g_main_context_ref_thread_default ();
  follower->news = news;
  follower->data = data;
  g_mutex_lock (&self->lock);
  follower->id = ++self->last_id;
  follower->told = self->position;
  g_ptr_array_add (self->list, follower);
  g_mutex_unlock (&self->lock);
  return follower->id;
}

void
mado_followers_remove (MadoFollowers *self, guint id)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->list->len; i++) {
    Follower *follower = self->list->pdata[i];

    if (follower->id == id) {
      follower->removed = TRUE;
      g_ptr_array_remove_index (self->list, i);
      break;
    }
  }
  g_mutex_unlock (&self->lock);
}

gint64
mado_followers_get_position (MadoFollowers *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->position;
}

void
mado_followers_tell (MadoFollowers *self, gint64 position)
{
  g_mutex_lock (&self->lock);
  if (position > self->position) {
    self->position = position;
    for (guint i = 0; i < self->list->len; i++)
      schedule (self->list->pdata[i], position);
  }
  g_mutex_unlock (&self->lock);
}
