/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <sys/stat.h>
#include <unistd.h>
#include "client/mado-client-private.h"
#include "client/mado-wait.h"

#define LIMIT_MS  5000
#define MAX_BYTES 65536

struct _MadoCredentials {
  GObject  parent;
  char    *address;
  char    *group;      /* of the file: the address without the brackets of IPv6 */
  char    *file;
  guint    limit_ms;
};

G_DEFINE_FINAL_TYPE (MadoCredentials, mado_credentials, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "io.madoguchi.Credential", SECRET_SCHEMA_NONE,
  {
    { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
  0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
};

static void
mado_credentials_finalize (GObject *object)
{
  MadoCredentials *self = MADO_CREDENTIALS (object);

  g_free (self->address);
  g_free (self->group);
  g_free (self->file);
  G_OBJECT_CLASS (mado_credentials_parent_class)->finalize (object);
}

static void
mado_credentials_class_init (MadoCredentialsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_credentials_finalize;
}

static void
mado_credentials_init (MadoCredentials *self)
{
  self->limit_ms = LIMIT_MS;
}

MadoCredentials *
mado_credentials_new (const char *address, const char *file)
{
  MadoCredentials *self = g_object_new (MADO_TYPE_CREDENTIALS, NULL);

  self->address = mado_client_normalize (address);
  self->group = g_uri_escape_string (self->address, ":/", FALSE);
  self->file = g_strdup (file);
  return self;
}

void
mado_credentials_set_limit (MadoCredentials *self, guint limit_ms)
{
  self->limit_ms = limit_ms;
}

static void
set_absent (MadoCredentials *self, const char *name, GError **error)
{
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no credential “%s” for %s; log in first"),
               name, self->address);
}

/* The file: one group a service, one key a name. */

static gboolean
is_private (int fd)
{
  struct stat st;

  return fstat (fd, &st) == 0 && S_ISREG (st.st_mode) && (st.st_mode & 077) == 0
         && (st.st_uid == geteuid () || st.st_uid == 0) && st.st_size <= MAX_BYTES;
}

static gboolean
read_file (MadoCredentials *self, GKeyFile *keys, GError **error)
{
  char data[MAX_BYTES];
  int fd = g_open (self->file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean private_file;
  ssize_t n;

  if (fd < 0 && errno == ENOENT)
    return TRUE;
  private_file = fd >= 0 && is_private (fd);
  n = private_file ? read (fd, data, sizeof data) : -1;
  if (fd >= 0)
    close (fd);
  if (!private_file || n < 0) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN,
                 _("%s must be a file of this user that nobody else may read: chmod 600 %s"), self->file, self->file);
    return FALSE;
  }
  if (n > 0 && !g_key_file_load_from_data (keys, data, n, G_KEY_FILE_KEEP_COMMENTS, error)) {
    g_prefix_error (error, _("%s is damaged: "), self->file);
    return FALSE;
  }
  explicit_bzero (data, sizeof data);
  return TRUE;
}

static gboolean
write_file (MadoCredentials *self, GKeyFile *keys, GError **error)
{
  gsize length;
  g_autofree char *data = g_key_file_to_data (keys, &length, NULL);
  gboolean written = g_file_set_contents_full (self->file, data, length,
                                               G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                               error);

  explicit_bzero (data, length);
  return written;
}

static char *
lookup_in_file (MadoCredentials *self, const char *name, GError **error)
{
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  char *secret;

  if (!read_file (self, keys, error))
    return NULL;
  secret = g_key_file_get_string (keys, self->group, name, NULL);
  if (secret == NULL)
    set_absent (self, name, error);
  return secret;
}

static gboolean
change_file (MadoCredentials *self, const char *name, const char *secret, GError **error)
{
  g_autoptr(GKeyFile) keys = g_key_file_new ();

  if (!read_file (self, keys, error))
    return FALSE;
  if (secret != NULL)
    g_key_file_set_string (keys, self->group, name, secret);
  else if (!g_key_file_remove_key (keys, self->group, name, NULL))
    return TRUE;
  return write_file (self, keys, error);
}

/* The keyring. */

static GHashTable *
attributes_of (MadoCredentials *self, const char *name)
{
  return secret_attributes_build (&schema, "service", self->address, "name", name, NULL);
}

static gboolean
fail (MadoCredentials *self, GCancellable *cancellable, GError *cause, GError **error)
{
  g_autoptr(GError) owned = cause;

  if (g_cancellable_is_cancelled (cancellable))
    return g_cancellable_set_error_if_cancelled (cancellable, error), FALSE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE,
               _("The keyring does not answer (%s); unlock it, or name a credentials file"), owned->message);
  return FALSE;
}

static char *
lookup_in_keyring (MadoCredentials *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_auto(MadoWait) wait = { 0 };
  g_autoptr(GHashTable) attributes = attributes_of (self, name);
  g_autoptr(GAsyncResult) result = NULL;
  GError *cause = NULL;
  char *secret = NULL;

  mado_wait_begin (&wait, cancellable, self->limit_ms);
  secret_password_lookupv (&schema, attributes, wait.cancellable, mado_wait_ready, &wait);
  result = mado_wait_run (&wait, &cause);
  if (result != NULL)
    secret = secret_password_lookup_finish (result, &cause);
  if (cause != NULL)
    fail (self, cancellable, cause, error);
  else if (secret == NULL)
    set_absent (self, name, error);
  return secret;
}

static gboolean
store_in_keyring (MadoCredentials *self, const char *name, const char *secret, GCancellable *cancellable,
                  GError **error)
{
  g_auto(MadoWait) wait = { 0 };
  g_autoptr(GHashTable) attributes = attributes_of (self, name);
  g_autofree char *label = g_strdup_printf ("Madoguchi: %s, %s", name, self->address);
  g_autoptr(GAsyncResult) result = NULL;
  GError *cause = NULL;

  mado_wait_begin (&wait, cancellable, self->limit_ms);
  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret, wait.cancellable,
                          mado_wait_ready, &wait);
  result = mado_wait_run (&wait, &cause);
  if (result != NULL && secret_password_store_finish (result, &cause))
    return TRUE;
  return fail (self, cancellable, cause, error);
}

static gboolean
forget_in_keyring (MadoCredentials *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_auto(MadoWait) wait = { 0 };
  g_autoptr(GHashTable) attributes = attributes_of (self, name);
  g_autoptr(GAsyncResult) result = NULL;
  GError *cause = NULL;

  mado_wait_begin (&wait, cancellable, self->limit_ms);
  secret_password_clearv (&schema, attributes, wait.cancellable, mado_wait_ready, &wait);
  result = mado_wait_run (&wait, &cause);
  if (result != NULL)
    secret_password_clear_finish (result, &cause);
  return cause == NULL ? TRUE : fail (self, cancellable, cause, error);
}

char *
mado_credentials_lookup (MadoCredentials *self, const char *name, GCancellable *cancellable, GError **error)
{
  if (self->file != NULL)
    return lookup_in_file (self, name, error);
  return lookup_in_keyring (self, name, cancellable, error);
}

gboolean
mado_credentials_store (MadoCredentials *self, const char *name, const char *secret, GCancellable *cancellable,
                        GError **error)
{
  if (self->file != NULL)
    return change_file (self, name, secret, error);
  return store_in_keyring (self, name, secret, cancellable, error);
}

gboolean
mado_credentials_forget (MadoCredentials *self, const char *name, GCancellable *cancellable, GError **error)
{
  if (self->file != NULL)
    return change_file (self, name, NULL, error);
  return forget_in_keyring (self, name, cancellable, error);
}
