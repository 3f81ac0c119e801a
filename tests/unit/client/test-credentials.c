/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "client/mado-credentials.h"

#define ADDRESS "http://[::1]:8080"

static char *
new_path (void)
{
  g_autofree char *dir = g_dir_make_tmp ("mado-credentials-XXXXXX", NULL);

  return g_build_filename (dir, "credentials", NULL);
}

static void
remove_path (const char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (dir);
}

static void
test_file (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = new_path ();
  g_autoptr(MadoCredentials) here = mado_credentials_new (ADDRESS, path);
  g_autoptr(MadoCredentials) same = mado_credentials_new (ADDRESS "/", path);
  g_autoptr(MadoCredentials) there = mado_credentials_new ("https://other.example.jp", path);
  g_autofree char *secret = NULL;
  GStatBuf st;

  g_assert_null (mado_credentials_lookup (here, "staff", NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (mado_credentials_store (here, "staff", "tok=en\n窓", NULL, &error));
  g_assert_true (mado_credentials_store (here, "device", "other", NULL, &error));
  secret = mado_credentials_lookup (here, "staff", NULL, &error);
  g_assert_cmpstr (secret, ==, "tok=en\n窓");
  g_clear_pointer (&secret, g_free);
  secret = mado_credentials_lookup (same, "staff", NULL, &error);
  g_assert_cmpstr (secret, ==, "tok=en\n窓");
  g_assert_null (mado_credentials_lookup (there, "staff", NULL, NULL));
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_assert_true (mado_credentials_forget (here, "staff", NULL, &error));
  g_assert_true (mado_credentials_forget (here, "staff", NULL, &error));
  g_assert_null (mado_credentials_lookup (here, "staff", NULL, NULL));
  remove_path (path);
}

/* A file that others may read, a link, a folder, noise: refused, and the error names the file, not the secret. */
static void
test_file_refused (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = new_path ();
  g_autoptr(MadoCredentials) here = mado_credentials_new (ADDRESS, path);
  g_autofree char *target = g_strconcat (path, ".target", NULL);

  g_assert_true (mado_credentials_store (here, "staff", "token", NULL, &error));
  g_chmod (path, 0640);
  g_assert_null (mado_credentials_lookup (here, "staff", NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_assert_false (mado_credentials_store (here, "staff", "token", NULL, NULL));

  g_chmod (path, 0600);
  g_rename (path, target);
  g_assert_cmpint (symlink (target, path), ==, 0);
  g_assert_null (mado_credentials_lookup (here, "staff", NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_unlink (path);
  g_rename (target, path);

  g_assert_true (g_file_set_contents (path, "no key file \x01", -1, NULL));
  g_chmod (path, 0600);
  g_assert_null (mado_credentials_lookup (here, "staff", NULL, &error));
  g_assert_nonnull (error);
  remove_path (path);
}

/* A bus that accepts and then says nothing, as with a keyring that hangs: given up in time. */
static void
test_hanging_keyring (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = new_path ();
  g_autofree char *bus = g_strconcat ("unix:path=", path, NULL);
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(MadoCredentials) credentials = mado_credentials_new (ADDRESS, NULL);
  gint64 start;

  g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL,
                                 &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  mado_credentials_set_limit (credentials, 300);
  start = g_get_monotonic_time ();
  g_assert_null (mado_credentials_lookup (credentials, "staff", NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "credentials file"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
  remove_path (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credentials/file", test_file);
  g_test_add_func ("/credentials/file/refused", test_file_refused);
  g_test_add_func ("/credentials/keyring/hangs", test_hanging_keyring);
  return g_test_run ();
}
