/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-document.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gunixmounts.h>
#include <glib/gi18n.h>
#include "core/mado-error.h"
#include "wire/mado-file.h"

#define MAX_DEPTH   3
#define MAX_LOOKED  2000                  /* entries of one folder tree */
#define MAX_SOURCE  (40 * 1024 * 1024)    /* bytes of a picture before it is made smaller */
#define MAX_PIXELS  (80 * 1000 * 1000)
#define SENT_SIDE   2400                  /* pixels: a page of A4 at 200 dots an inch */
#define SENT_JPEG   "85"

/* --- looking for files ----------------------------------------------------------------------------------------- */

void
mado_document_file_free (MadoDocumentFile *file)
{
  g_free (file->path);
  g_free (file->name);
  g_free (file);
}

static gboolean
may_be_attached (const char *name)
{
  static const char *const ends[] = { ".pdf", ".jpg", ".jpeg", ".png" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (lower, ends[i]))
      return TRUE;
  return FALSE;
}

static void
note_file (GFile *folder, GFileInfo *info, gint64 since, GPtrArray *files)
{
  g_autoptr(GDateTime) modified = g_file_info_get_modification_date_time (info);
  gint64 at = modified != NULL ? g_date_time_to_unix (modified) * G_USEC_PER_SEC : 0;
  g_autoptr(GFile) file = g_file_get_child (folder, g_file_info_get_name (info));
  MadoDocumentFile *found;

  if (at < since || !may_be_attached (g_file_info_get_name (info)))
    return;
  found = g_new0 (MadoDocumentFile, 1);
  found->path = g_file_get_path (file);
  found->name = g_strdup (g_file_info_get_display_name (info));
  found->size = g_file_info_get_size (info);
  found->modified = at;
  g_ptr_array_add (files, found);
}

/* What is hidden is nobody's document, and a link may lead anywhere. */
static void
look_in (GFile *folder, guint depth, gint64 since, guint *n_looked, GPtrArray *files)
{
  g_autoptr(GFileEnumerator) list = g_file_enumerate_children (folder, "standard::*,time::modified",
                                                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;

  while (list != NULL && ++*n_looked < MAX_LOOKED && g_file_enumerator_iterate (list, &info, NULL, NULL, NULL)
         && info != NULL) {
    if (g_file_info_get_is_hidden (info))
      continue;
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR) {
      note_file (folder, info, since, files);
    } else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < MAX_DEPTH) {
      g_autoptr(GFile) child = g_file_get_child (folder, g_file_info_get_name (info));

      look_in (child, depth + 1, since, n_looked, files);
    }
  }
}

void
mado_document_find_in (const char *folder, gint64 since, GPtrArray *files)
{
  g_autoptr(GFile) root = g_file_new_for_path (folder);
  guint n_looked = 0;

  look_in (root, 0, since, &n_looked, files);
}

/* As a desktop would show it: below /media or /run/media, and no part of the system. */
static gboolean
is_stick (GUnixMountEntry *mount)
{
  const char *path = g_unix_mount_get_mount_path (mount);

  return !g_unix_mount_is_system_internal (mount)
         && (g_str_has_prefix (path, "/media/") || g_str_has_prefix (path, "/run/media/"));
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const MadoDocumentFile *left = *(MadoDocumentFile *const *) a, *right = *(MadoDocumentFile *const *) b;

  return left->modified < right->modified ? 1 : left->modified > right->modified ? -1 : 0;
}

GPtrArray *
mado_document_find (const char *scans, gint64 since)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_document_file_free);
  GList *mounts = g_unix_mounts_get (NULL);

  for (GList *l = mounts; l != NULL; l = l->next)
    if (is_stick (l->data))
      mado_document_find_in (g_unix_mount_get_mount_path (l->data), 0, files);
  g_list_free_full (mounts, (GDestroyNotify) g_unix_mount_free);
  if (scans != NULL)
    mado_document_find_in (scans, since, files);
  g_ptr_array_sort (files, compare_newest);
  if (files->len > MADO_DOCUMENT_MOST_FILES)
    g_ptr_array_set_size (files, MADO_DOCUMENT_MOST_FILES);
  return files;
}

/* --- making one ready ------------------------------------------------------------------------------------------ */

static GBytes *
refuse (GError **error, const char *code, const char *words)
{
  g_clear_error (error);
  mado_set_error_at (error, MADO_ERROR_INVALID, "", code, "%s", words);
  return NULL;
}

/* Never larger than it is sent; a JPEG is read no larger either. */
static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer too_large)
{
  int side = MAX (width, height);

  if ((gint64) width * height > MAX_PIXELS)
    *(gboolean *) too_large = TRUE;
  if (*(gboolean *) too_large)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
  else if (side > SENT_SIDE)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) ((gint64) width * SENT_SIDE / side)),
                                MAX (1, (int) ((gint64) height * SENT_SIDE / side)));
}

static GdkPixbuf *
load (GBytes *file, gboolean *too_large)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf;
  gboolean whole;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), too_large);
  whole = gdk_pixbuf_loader_write_bytes (loader, file, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  pixbuf = whole ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

/* Nothing shines through paper. */
static GdkPixbuf *
lay_on_white (GdkPixbuf *pixbuf)
{
  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);
  return gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                            GDK_INTERP_NEAREST, 255, 8, 0xFFFFFF, 0xFFFFFF);
}

static GBytes *
prepare_picture (GBytes *file, GError **error)
{
  gboolean too_large = FALSE;
  g_autoptr(GdkPixbuf) pixbuf = load (file, &too_large), paper = NULL;
  char *data;
  gsize n;

  if (too_large)
    return refuse (error, "pixels", _("This picture is too large. Please take it once more, smaller."));
  if (pixbuf == NULL)
    return refuse (error, "cut-short", _("This picture cannot be read. Please copy it again, or take another."));
  paper = lay_on_white (pixbuf);
  if (!gdk_pixbuf_save_to_buffer (paper, &data, &n, "jpeg", error, "quality", SENT_JPEG, NULL))
    return NULL;
  return g_bytes_new_take (data, n);
}

static gboolean
is_pdf (GBytes *file)
{
  gsize n;
  const char *data = g_bytes_get_data (file, &n);

  return n >= 5 && strncmp (data, "%PDF-", 5) == 0;
}

/* What the service would refuse is refused here at once, in its words. */
static gboolean
judge (GBytes *bytes, GError **error)
{
  MadoAttachmentType type;
  gsize n, end;
  const guint8 *data = g_bytes_get_data (bytes, &n);

  return mado_file_judge (data, n, &type, &end, error);
}

GBytes *
mado_document_prepare (GBytes *file, GError **error)
{
  gboolean fits = g_bytes_get_size (file) <= MADO_ATTACHMENT_MAX_BYTES;
  g_autoptr(GBytes) ready = NULL;

  if ((fits || is_pdf (file)) && !judge (file, error))
    return NULL;
  ready = is_pdf (file) ? g_bytes_ref (file) : prepare_picture (file, error);
  return ready != NULL && judge (ready, error) ? g_steal_pointer (&ready) : NULL;
}

GBytes *
mado_document_read (const char *path, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = g_file_query_info (file, "standard::type,standard::size",
                                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  g_autoptr(GBytes) bytes = NULL;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return refuse (error, "gone", _("This file is not there any more. Please plug the memory in again."));
  if (g_file_info_get_size (info) > MAX_SOURCE)
    return refuse (error, "too-large", _("This file is too large to be attached."));
  bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  if (bytes == NULL)
    return refuse (error, "gone", _("This file is not there any more. Please plug the memory in again."));
  return mado_document_prepare (bytes, error);
}
