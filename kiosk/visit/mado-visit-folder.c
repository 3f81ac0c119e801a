/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-visit-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#define PREFIX "madoguchi-visit-"

struct _MadoVisitFolder {
  char  *path;
  guint  n_files;
};

static const char *
get_root (void)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");

  return runtime != NULL && g_access (runtime, W_OK) == 0 ? runtime : g_get_tmp_dir ();
}

MadoVisitFolder *
mado_visit_folder_new (GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/" PREFIX "%d-XXXXXX", get_root (), getpid ());
  MadoVisitFolder *self;

  if (g_mkdtemp_full (path, 0700) == NULL) {
    int code = errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "No folder for this visit in %s: %s",
                 get_root (), g_strerror (code));
    return NULL;
  }
  self = g_new0 (MadoVisitFolder, 1);
  self->path = g_steal_pointer (&path);
  return self;
}

const char *
mado_visit_folder_get_path (MadoVisitFolder *self)
{
  return self->path;
}

char *
mado_visit_folder_write (MadoVisitFolder *self, const char *suffix, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%u%s", self->path, self->n_files++, suffix);
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);

  if (!g_file_set_contents_full (path, data, n, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;
  return g_steal_pointer (&path);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_unlink (file);
  }
  g_rmdir (path);
}

void
mado_visit_folder_free (MadoVisitFolder *self)
{
  remove_folder (self->path);
  g_free (self->path);
  g_free (self);
}

static gboolean
is_left_over (const char *name)
{
  gint64 pid;

  if (!g_str_has_prefix (name, PREFIX))
    return FALSE;
  pid = g_ascii_strtoll (name + strlen (PREFIX), NULL, 10);
  return pid > 0 && pid <= G_MAXINT && (pid == getpid () || (kill (pid, 0) != 0 && errno == ESRCH));
}

void
mado_visit_folder_sweep (void)
{
  g_autoptr(GDir) root = g_dir_open (get_root (), 0, NULL);
  const char *name;

  while (root != NULL && (name = g_dir_read_name (root)) != NULL) {
    g_autofree char *path = g_build_filename (get_root (), name, NULL);

    if (is_left_over (name))
      remove_folder (path);
  }
}
