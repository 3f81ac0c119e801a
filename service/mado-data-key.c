/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-data-key.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "client/mado-credentials.h"
#include "store/mado-store.h"

#define SQLITE "sqlite:"

static gboolean
is_hexadecimal (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* Bytes as they are, or hexadecimal as an editor can hold them. */
static MadoKey *
read_key (const char *text, gsize length, GError **error)
{
  guint8 bytes[MADO_KEY_BYTES];
  MadoKey *key;

  if (length == MADO_KEY_BYTES)
    return mado_key_new_from_bytes ((const guint8 *) text, length, error);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length != 2 * MADO_KEY_BYTES || !is_hexadecimal (text, length)) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CRYPTO,
                         _("The data key is neither 32 bytes nor 64 hexadecimal digits."));
    return NULL;
  }
  for (guint i = 0; i < MADO_KEY_BYTES; i++)
    bytes[i] = g_ascii_xdigit_value (text[2 * i]) << 4 | g_ascii_xdigit_value (text[2 * i + 1]);
  key = mado_key_new_from_bytes (bytes, sizeof bytes, error);
  explicit_bzero (bytes, sizeof bytes);
  return key;
}

static MadoKey *
read_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  MadoKey *key;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  key = read_key (text, length, error);
  explicit_bzero (text, length);
  g_prefix_error (error, "%s: ", path);
  return key;
}

static MadoKey *
from_systemd (GError **error)
{
  const char *folder = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *path = folder ? g_build_filename (folder, "data-key", NULL) : NULL;

  return path && g_file_test (path, G_FILE_TEST_EXISTS) ? read_file (path, error) : NULL;
}

static MadoKey *
from_keyring (const char *store, GError **error)
{
  g_autoptr(MadoCredentials) credentials = NULL;
  char *text;
  MadoKey *key;

  if (!g_getenv ("DBUS_SESSION_BUS_ADDRESS"))
    return NULL;
  credentials = mado_credentials_new (store, NULL);
  text = mado_credentials_lookup (credentials, "data-key", NULL, NULL);
  if (!text)
    return NULL;
  key = read_key (text, strlen (text), error);
  explicit_bzero (text, strlen (text));
  g_free (text);
  return key;
}

static gboolean
is_private (const char *path, GError **error)
{
  struct stat status;

  if (stat (path, &status) == 0 && (status.st_mode & 077) == 0)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN,
               _("Others may read the data key %s; change that first: chmod 600 %s"), path, path);
  return FALSE;
}

static gboolean
write_file (const char *path, const MadoKey *key, GError **error)
{
  char text[2 * MADO_KEY_BYTES + 2] = "";
  gboolean written;

  for (guint i = 0; i < MADO_KEY_BYTES; i++)
    g_snprintf (text + 2 * i, 3, "%02x", mado_key_get_bytes (key)[i]);
  text[2 * MADO_KEY_BYTES] = '\n';
  written = g_file_set_contents_full (path, text, sizeof text - 1,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
  explicit_bzero (text, sizeof text);
  return written;
}

/* Durable before the first thing is sealed with it; of two processes that begin at once, one makes it. */
static MadoKey *
make_file (const char *path, GError **error)
{
  g_autoptr(MadoKey) key = mado_key_new ();
  g_autofree char *draft = g_strdup_printf ("%s.%d", path, getpid ());
  gboolean made;

  if (!write_file (draft, key, error))
    return NULL;
  made = link (draft, path) == 0 || errno == EEXIST;
  unlink (draft);
  if (made)
    return read_file (path, error);
  g_set_error (error, MADO_ERROR, MADO_ERROR_STORE, _("The data key %s cannot be written: %s"), path,
               g_strerror (errno));
  return NULL;
}

static char *
name_file (const char *store, gboolean sample)
{
  g_autofree char *name = NULL;

  if (g_str_has_prefix (store, SQLITE))
    return g_strconcat (store + strlen (SQLITE), ".key", NULL);
  if (!sample)
    return NULL;
  name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, store, -1);
  strcpy (name + 16, ".key");
  return g_build_filename (g_get_user_state_dir (), "madoguchi", name, NULL);
}

static void
say_where (GError **error)
{
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                       _("There is no data key: give it as systemd's credential data-key, or keep it in the keyring "
                         "(see the manual, administer, \"The data key\")."));
}

/* Only our own folder is made: that of a store may be a mistyped one, or a disk that is not mounted. */
static gboolean
has_folder (const char *store, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR)
      || (!g_str_has_prefix (store, SQLITE) && g_mkdir_with_parents (folder, 0700) == 0))
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_STORE, _("There is no folder %s; make it first, or mend the address."),
               folder);
  return FALSE;
}

/* A SQLite store whose key is lost must not get another: what it holds could not be opened. */
static gboolean
may_make (const char *store, const char *path, GError **error)
{
  if (!path)
    say_where (error);
  else if (g_str_has_prefix (store, SQLITE) && g_file_test (store + strlen (SQLITE), G_FILE_TEST_EXISTS))
    g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                 _("The store %s is there, but not its key %s; put the key back from your backup."), store, path);
  else
    return has_folder (store, path, error);
  return FALSE;
}

/* NULL without an error where there is none. */
static MadoKey *
look_for (const char *store, const char *path, GError **error)
{
  g_autoptr(GError) failure = NULL;
  MadoKey *key = from_systemd (&failure);

  if (!key && !failure && path && g_file_test (path, G_FILE_TEST_EXISTS))
    return is_private (path, error) ? read_file (path, error) : NULL;
  if (!key && !failure)
    key = from_keyring (store, &failure);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return key;
}

MadoKey *
mado_data_key_find (const char *store, gboolean sample, GError **error)
{
  g_autofree char *path = name_file (store, sample);
  g_autoptr(GError) failure = NULL;
  MadoKey *key = mado_store_check_address (store, &failure) ? look_for (store, path, &failure) : NULL;

  if (!key && !failure && path)
    g_set_error (&failure, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                 _("There is no data key %s; put it back from where you keep it, or give the command systemd's"
                   " credential data-key as the manual says (administer, \"Let people and machines in\")."), path);
  else if (!key && !failure)
    say_where (&failure);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return key;
}

MadoKey *
mado_data_key_load (const char *store, gboolean sample, GError **error)
{
  g_autofree char *path = name_file (store, sample);
  g_autoptr(GError) failure = NULL;
  MadoKey *key = mado_store_check_address (store, &failure) ? look_for (store, path, &failure) : NULL;

  if (!key && !failure && may_make (store, path, &failure))
    return make_file (path, error);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return key;
}
