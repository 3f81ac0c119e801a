/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include "core/mado-id.h"

#define WAITING ".box"
#define REFUSED ".refused"

struct _MadoSpool {
  GObject  parent;
  char    *path;
  GMutex   sending;
};

G_DEFINE_FINAL_TYPE (MadoSpool, mado_spool, G_TYPE_OBJECT)

static void
mado_spool_finalize (GObject *object)
{
  MadoSpool *self = MADO_SPOOL (object);

  g_free (self->path);
  g_mutex_clear (&self->sending);
  G_OBJECT_CLASS (mado_spool_parent_class)->finalize (object);
}

static void
mado_spool_class_init (MadoSpoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_spool_finalize;
}

static void
mado_spool_init (MadoSpool *self)
{
  g_mutex_init (&self->sending);
}

static gboolean
set_io_error (GError **error, const char *what, const char *path, int code)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s %s: %s", path, what, g_strerror (code));
  return FALSE;
}

MadoSpool *
mado_spool_new (const char *path, GError **error)
{
  MadoSpool *self;

  if (g_mkdir_with_parents (path, 0700) != 0)
    return set_io_error (error, "cannot be made", path, errno), NULL;
  self = g_object_new (MADO_TYPE_SPOOL, NULL);
  self->path = g_strdup (path);
  return self;
}

static char *
file_of (MadoSpool *self, const char *id, const char *suffix)
{
  return g_strconcat (self->path, "/", id, suffix, NULL);
}

/* A name is lasting only when its folder is. */
static gboolean
sync_folder (MadoSpool *self, GError **error)
{
  int fd = g_open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;
  int code = errno;

  if (fd >= 0)
    close (fd);
  return synced || set_io_error (error, "cannot be written through", self->path, code);
}

gboolean
mado_spool_put (MadoSpool *self, const char *id, GBytes *box, GError **error)
{
  g_autofree char *path = file_of (self, id, WAITING);
  gsize n;
  const char *data = g_bytes_get_data (box, &n);

  g_return_val_if_fail (mado_ulid_is_valid (id), FALSE);
  return g_file_set_contents_full (path, data, n, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error)
         && sync_folder (self, error);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the ids of what waits, the oldest first. */
static GPtrArray *
list (MadoSpool *self, const char *suffix)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (self->path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *id = g_strndup (name, MADO_ULID_LENGTH);

    if (strlen (name) > MADO_ULID_LENGTH && g_str_equal (name + MADO_ULID_LENGTH, suffix) && mado_ulid_is_valid (id))
      g_ptr_array_add (ids, g_steal_pointer (&id));
  }
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}

guint
mado_spool_count (MadoSpool *self)
{
  g_autoptr(GPtrArray) ids = list (self, WAITING);

  return ids->len;
}

guint
mado_spool_count_refused (MadoSpool *self)
{
  g_autoptr(GPtrArray) ids = list (self, REFUSED);

  return ids->len;
}

/* The service's state, or the credential's: it says nothing of this filing. */
static gboolean
may_pass (const GError *error)
{
  const MadoError passing[] = { MADO_ERROR_UNAVAILABLE, MADO_ERROR_STORE_BUSY, MADO_ERROR_STORE_FULL, MADO_ERROR_STORE,
                                MADO_ERROR_INTERNAL, MADO_ERROR_RATE_LIMITED, MADO_ERROR_UNAUTHENTICATED,
                                MADO_ERROR_FORBIDDEN, MADO_ERROR_LOCKED, MADO_ERROR_MALFORMED, MADO_ERROR_STALE };

  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (g_error_matches (error, MADO_ERROR, passing[i]))
      return TRUE;
  return error->domain != MADO_ERROR;
}

static void
set_aside (MadoSpool *self, const char *id, const GError *error)
{
  g_autofree char *waiting = file_of (self, id, WAITING);
  g_autofree char *refused = file_of (self, id, REFUSED);

  g_rename (waiting, refused);
  g_message ("The filing %s kept on this kiosk was refused (%s); the file %s is for the city's staff", id,
             mado_error_get_wire_name (error->code), refused);
}

/* FALSE: stop here and try again later. */
static gboolean
send_one (MadoSpool *self, MadoClient *client, const char *id, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = file_of (self, id, WAITING);
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  g_autoptr(GBytes) box = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_autoptr(GError) refusal = NULL;
  g_autoptr(MadoCall) call = NULL;
  g_autoptr(MadoReply) reply = NULL;

  if (box == NULL)
    return FALSE;
  call = mado_call_deposit_filing (box);
  mado_call_set_key (call, id);
  reply = mado_client_send (client, call, cancellable, &refusal);
  if (reply == NULL && may_pass (refusal)) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
  }
  if (reply == NULL)
    set_aside (self, id, refusal);
  else
    g_unlink (path);
  return sync_folder (self, error);
}

static void
send_in_thread (GTask *task, gpointer source, gpointer client, GCancellable *cancellable)
{
  MadoSpool *self = source;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->sending);
  g_autoptr(GPtrArray) ids = list (self, WAITING);
  GError *error = NULL;

  for (guint i = 0; i < ids->len; i++)
    if (!send_one (self, client, g_ptr_array_index (ids, i), cancellable, &error)) {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_int (task, ids->len);
}

void
mado_spool_send_async (MadoSpool *self, MadoClient *client, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, mado_spool_send_async);
  g_task_set_task_data (task, g_object_ref (client), g_object_unref);
  g_task_run_in_thread (task, send_in_thread);
}

gssize
mado_spool_send_finish (MadoSpool *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
