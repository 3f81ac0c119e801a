/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-archive.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char magic[] = "madoguchi archive 1\n";

#define MAGIC (sizeof magic - 1)
#define HASH  32

struct _MadoArchive {
  char *path;
  char *part;       /* (nullable): its name while it is written */
  FILE *file;
  gsize left;       /* bytes that may still be read */
  crypto_generichash_state hash;
};

static MadoArchive *
archive_new (const char *path, const MadoKey *key)
{
  MadoArchive *self = g_new0 (MadoArchive, 1);

  self->path = g_strdup (path);
  crypto_generichash_init (&self->hash, mado_key_get_bytes (key), MADO_KEY_BYTES, HASH);
  return self;
}

void
mado_archive_free (MadoArchive *self)
{
  if (self->file != NULL)
    fclose (self->file);
  if (self->part != NULL)
    g_unlink (self->part);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

static gboolean
fail (MadoArchive *self, const char *what, GError **error)
{
  int saved = errno;

  g_set_error (error, MADO_ERROR, saved == ENOSPC ? MADO_ERROR_STORE_FULL : MADO_ERROR_STORE, "%s: %s: %s",
               self->path, what, g_strerror (saved));
  return FALSE;
}

static gboolean
damaged (MadoArchive *self, GError **error)
{
  g_set_error (error, MADO_ERROR, MADO_ERROR_CRYPTO,
               _("%s: this is not a whole archive of this city: damaged, cut short, or made with another key"),
               self->path);
  return FALSE;
}

/* --- writing ------------------------------------------------------------------------------------------------- */

static gboolean
put (MadoArchive *self, const void *data, gsize n, GError **error)
{
  crypto_generichash_update (&self->hash, data, n);
  return fwrite (data, 1, n, self->file) == n || fail (self, _("cannot be written"), error);
}

MadoArchive *
mado_archive_create (const char *path, const MadoKey *key, GError **error)
{
  g_autoptr(MadoArchive) self = archive_new (path, key);
  int fd;

  self->part = g_strconcat (path, ".part", NULL);
  fd = g_open (self->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0 || (self->file = fdopen (fd, "wb")) == NULL) {
    fail (self, _("cannot be made"), error);
    return NULL;
  }
  return put (self, magic, MAGIC, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
mado_archive_put_int (MadoArchive *self, gint64 number, GError **error)
{
  guint64 big = GUINT64_TO_BE ((guint64) number);

  return put (self, &big, sizeof big, error);
}

static gboolean
put_bytes (MadoArchive *self, const void *data, gsize n, GError **error)
{
  return mado_archive_put_int (self, n, error) && put (self, data, n, error);
}

gboolean
mado_archive_put_text (MadoArchive *self, const char *text, GError **error)
{
  return put_bytes (self, text, strlen (text), error);
}

gboolean
mado_archive_put_value (MadoArchive *self, const MadoValue *value, GError **error)
{
  guint8 type = value->type;

  if (!put (self, &type, 1, error))
    return FALSE;
  switch (value->type) {
  case MADO_VALUE_INT:
    return mado_archive_put_int (self, value->number, error);
  case MADO_VALUE_TEXT:
    return mado_archive_put_text (self, value->data, error);
  case MADO_VALUE_BYTES:
    return put_bytes (self, value->data ? value->data : "", value->length, error);
  default:
    return TRUE;
  }
}

static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return synced;
}

gboolean
mado_archive_finish (MadoArchive *self, GError **error)
{
  guint8 hash[HASH];

  crypto_generichash_final (&self->hash, hash, sizeof hash);
  if (fwrite (hash, 1, sizeof hash, self->file) != sizeof hash || fflush (self->file) != 0
      || fsync (fileno (self->file)) != 0)
    return fail (self, _("cannot be written"), error);
  if (g_rename (self->part, self->path) != 0 || !sync_folder (self->path))
    return fail (self, _("cannot be given its name"), error);
  g_clear_pointer (&self->part, g_free);
  return TRUE;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

/* The hash over everything before anything is used. */
static gboolean
check_whole (MadoArchive *self, GError **error)
{
  g_autofree guint8 *block = g_malloc (65536);
  guint8 expected[HASH], hash[HASH];
  gint64 size;

  if (fseeko (self->file, 0, SEEK_END) != 0 || (size = ftello (self->file)) < (gint64) (MAGIC + HASH))
    return damaged (self, error);
  self->left = size - HASH;
  rewind (self->file);
  for (gsize n, left = self->left; left > 0; left -= n) {
    n = fread (block, 1, MIN (left, 65536), self->file);
    if (n == 0)
      return fail (self, _("cannot be read"), error);
    crypto_generichash_update (&self->hash, block, n);
  }
  if (fread (expected, 1, HASH, self->file) != HASH)
    return fail (self, _("cannot be read"), error);
  crypto_generichash_final (&self->hash, hash, sizeof hash);
  rewind (self->file);
  return sodium_memcmp (expected, hash, HASH) == 0 || damaged (self, error);
}

static gboolean
get (MadoArchive *self, void *data, gsize n, GError **error)
{
  if (n > self->left)
    return damaged (self, error);
  self->left -= n;
  return fread (data, 1, n, self->file) == n || fail (self, _("cannot be read"), error);
}

MadoArchive *
mado_archive_open (const char *path, const MadoKey *key, GError **error)
{
  g_autoptr(MadoArchive) self = archive_new (path, key);
  char found[MAGIC];

  self->file = fopen (path, "rbe");
  if (self->file == NULL) {
    fail (self, _("cannot be opened"), error);
    return NULL;
  }
  if (!check_whole (self, error) || !get (self, found, sizeof found, error))
    return NULL;
  if (memcmp (found, magic, sizeof found) == 0)
    return g_steal_pointer (&self);
  damaged (self, error);
  return NULL;
}

gboolean
mado_archive_get_int (MadoArchive *self, gint64 *number, GError **error)
{
  guint64 big;

  if (!get (self, &big, sizeof big, error))
    return FALSE;
  *number = (gint64) GUINT64_FROM_BE (big);
  return TRUE;
}

/* With a NUL after it, so that texts can be used where they lie. */
static gboolean
get_bytes (MadoArchive *self, GByteArray *buffer, GError **error)
{
  gint64 n;

  if (!mado_archive_get_int (self, &n, error))
    return FALSE;
  if (n < 0 || (guint64) n > self->left || n >= G_MAXINT)
    return damaged (self, error);
  g_byte_array_set_size (buffer, n + 1);
  buffer->data[n] = 0;
  return get (self, buffer->data, n, error);
}

gboolean
mado_archive_get_text (MadoArchive *self, char **text, GError **error)
{
  g_autoptr(GByteArray) buffer = g_byte_array_new ();

  if (!get_bytes (self, buffer, error))
    return FALSE;
  *text = g_strdup ((const char *) buffer->data);
  return TRUE;
}

gboolean
mado_archive_get_value (MadoArchive *self, GByteArray *buffer, MadoValue *value, GError **error)
{
  guint8 type;

  if (!get (self, &type, 1, error))
    return FALSE;
  *value = MADO_NULL;
  value->type = type;
  switch (type) {
  case MADO_VALUE_NULL:
    return TRUE;
  case MADO_VALUE_INT:
    return mado_archive_get_int (self, &value->number, error);
  case MADO_VALUE_TEXT:
  case MADO_VALUE_BYTES:
    if (!get_bytes (self, buffer, error))
      return FALSE;
    value->data = buffer->data;
    value->length = buffer->len - 1;
    return TRUE;
  default:
    return damaged (self, error);
  }
}
