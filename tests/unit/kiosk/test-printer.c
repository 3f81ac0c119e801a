/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "core/mado-error.h"
#include "visit/mado-printer.h"
#include "visit/mado-visit-folder.h"

static char *root;

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
print (MadoPrinter *printer, const char *path, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mado_printer_print_async (printer, path, NULL, on_ready, &result);
  wait_for (&result);
  return mado_printer_print_finish (printer, result, error);
}

static MadoPrinterState
look (MadoPrinter *printer)
{
  g_autoptr(GAsyncResult) result = NULL;

  mado_printer_look_async (printer, NULL, on_ready, &result);
  wait_for (&result);
  return mado_printer_look_finish (printer, result);
}

static GPtrArray *
read_folder (const char *path)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    char *text = NULL;

    g_file_get_contents (file, &text, NULL, NULL);
    g_ptr_array_add (texts, text);
  }
  return texts;
}

static void
test_addresses (void)
{
  const char *bad[] = { "", "cups:", "cups:-o", "file:", "file:relative", "lp" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr(GError) error = NULL;

    g_assert_null (mado_printer_new (bad[i], &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  }
}

static void
test_none (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPrinter) printer = mado_printer_new ("none", NULL);

  g_assert_cmpint (look (printer), ==, MADO_PRINTER_ABSENT);
  g_assert_false (print (printer, "/dev/null", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
}

static void
test_folder (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoVisitFolder) folder = mado_visit_folder_new (&error);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("page", 4);
  g_autofree char *a = mado_visit_folder_write (folder, ".pdf", bytes, &error);
  g_autofree char *b = mado_visit_folder_write (folder, ".pdf", bytes, &error);
  g_autofree char *path = g_strdup (mado_visit_folder_get_path (folder));
  GStatBuf st;

  g_assert_no_error (error);
  g_assert_cmpstr (a, !=, b);
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (a, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_clear_pointer (&folder, mado_visit_folder_free);
  g_assert_cmpint (g_access (path, F_OK), !=, 0);
}

/* What a killed program left, and what this process left before it became this program. */
static void
test_sweep (void)
{
  g_autofree char *dead = g_build_filename (root, "madoguchi-visit-999999999-abcdef", NULL);
  g_autofree char *alive = g_build_filename (root, "madoguchi-visit-1-abcdef", NULL);
  g_autofree char *other = g_build_filename (root, "madoguchi-visit-x", NULL);
  g_autofree char *file = g_build_filename (dead, "0.pdf", NULL);
  g_autofree char *mine = NULL;
  MadoVisitFolder *left = mado_visit_folder_new (NULL);

  mine = g_strdup (mado_visit_folder_get_path (left));
  g_mkdir (dead, 0700);
  g_mkdir (alive, 0700);
  g_mkdir (other, 0700);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  mado_visit_folder_sweep ();
  g_assert_cmpint (g_access (dead, F_OK), !=, 0);
  g_assert_cmpint (g_access (mine, F_OK), !=, 0);
  g_assert_cmpint (g_access (alive, F_OK), ==, 0);
  g_assert_cmpint (g_access (other, F_OK), ==, 0);
  g_rmdir (alive);
  g_rmdir (other);
  mado_visit_folder_free (left);
}

/* Two visits press within the same second, again and again: nobody's page meets another's. */
static void
test_two_visits (void)
{
  const guint rounds = g_test_slow () ? 1000 : 100;
  g_autofree char *out = g_build_filename (root, "out", NULL);
  g_autofree char *address = g_strconcat ("file:", out, NULL);
  g_autoptr(MadoPrinter) printer = mado_printer_new (address, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) texts = NULL;

  g_assert_cmpint (look (printer), ==, MADO_PRINTER_READY);
  for (guint i = 0; i < rounds; i++) {
    g_autofree char *first = g_strdup_printf ("A%u", i);
    g_autofree char *second = g_strdup_printf ("B%u", i);
    MadoVisitFolder *folder[2] = { mado_visit_folder_new (NULL), mado_visit_folder_new (NULL) };
    char *path[2];
    GAsyncResult *result[2] = { NULL, NULL };

    for (guint j = 0; j < 2; j++) {
      const char *words = j == 0 ? first : second;
      g_autoptr(GBytes) bytes = g_bytes_new (words, strlen (words));

      path[j] = mado_visit_folder_write (folder[j], ".pdf", bytes, NULL);
      mado_printer_print_async (printer, path[j], NULL, on_ready, &result[j]);
    }
    for (guint j = 0; j < 2; j++) {
      wait_for (&result[j]);
      g_assert_true (mado_printer_print_finish (printer, result[j], NULL));
      mado_visit_folder_free (folder[j]);
      g_object_unref (result[j]);
      g_free (path[j]);
    }
  }
  texts = read_folder (out);
  g_assert_cmpuint (texts->len, ==, 2 * rounds);
  for (guint i = 0; i < texts->len; i++)
    g_assert_true (g_hash_table_add (seen, g_ptr_array_index (texts, i)));
}

/* Stand-ins for the commands of CUPS that keep their queue in a folder. */
static void
write_command (const char *name, const char *script)
{
  g_autofree char *path = g_build_filename (root, "bin", name, NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\nROOT=%s\n%s", root, script);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_chmod (path, 0755);
}

static void
assert_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *found = NULL;

  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, text);
}

static void
test_cups (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPrinter) printer = mado_printer_new ("cups:office", NULL);
  g_autofree char *bin = g_build_filename (root, "bin", NULL);
  g_autofree char *paths = g_strconcat (bin, ":", g_getenv ("PATH"), NULL);
  g_autofree char *page = g_build_filename (root, "page.pdf", NULL);

  g_mkdir (bin, 0700);
  g_setenv ("PATH", paths, TRUE);
  g_assert_true (g_file_set_contents (page, "page", -1, NULL));
  write_command ("lp", "[ \"$2\" = office ] || exit 1; for f; do :; done; cat \"$f\" > $ROOT/job\n"
                       "(sleep 0.4; mv $ROOT/job $ROOT/printed) >/dev/null 2>&1 &\n"
                       "echo 'request id is office-42 (1 file(s))'");
  write_command ("lpstat", "if [ \"$1\" = -l ]; then cat $ROOT/state 2>/dev/null || echo 'printer office is idle.'\n"
                           "else echo 'office-420 x'; [ -e $ROOT/job ] && echo 'office-42   unknown 1024'; true; fi");
  write_command ("cancel", "[ $1 = -x ] || exit 1; ls $ROOT/printed > $ROOT/purged; echo $2 > $ROOT/cancelled\n"
                           "rm -f $ROOT/job");

  g_assert_cmpint (look (printer), ==, MADO_PRINTER_READY);
  g_assert_true (print (printer, page, &error));
  g_assert_no_error (error);
  assert_file ("printed", "page");
}

/* What has come out of the printer is not kept where the next one could print it. */
static void
test_cups_purged (void)
{
  g_autofree char *printed = g_build_filename (root, "printed\n", NULL);

  assert_file ("cancelled", "office-42\n");
  assert_file ("purged", printed);
}

static void
test_cups_out (void)
{
  g_autoptr(MadoPrinter) printer = mado_printer_new ("cups:office", NULL);
  g_autofree char *state = g_build_filename (root, "state", NULL);

  g_assert_true (g_file_set_contents (state, "printer office is idle.\n\tAlerts: media-empty-error\n", -1, NULL));
  g_assert_cmpint (look (printer), ==, MADO_PRINTER_OUT);
  g_unlink (state);
}

/* The visit ends while its page waits in the queue: it is taken back. */
static void
test_cups_cancelled (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPrinter) printer = mado_printer_new ("cups:office", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *page = g_build_filename (root, "page.pdf", NULL);
  g_autofree char *cancelled = g_build_filename (root, "cancelled", NULL);
  gint64 end = g_get_monotonic_time () + 300000;

  g_unlink (cancelled);
  write_command ("lp", "echo > $ROOT/job; echo 'request id is office-42 (1 file(s))'");
  mado_printer_print_async (printer, page, cancellable, on_ready, &result);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  wait_for (&result);
  g_assert_false (mado_printer_print_finish (printer, result, &error));
  assert_file ("cancelled", "office-42\n");
}

int
main (int argc, char **argv)
{
  g_autofree char *sweep = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  root = g_dir_make_tmp ("mado-printer-XXXXXX", NULL);
  g_setenv ("XDG_RUNTIME_DIR", root, TRUE);
  g_test_add_func ("/printer/addresses", test_addresses);
  g_test_add_func ("/printer/none", test_none);
  g_test_add_func ("/printer/folder", test_folder);
  g_test_add_func ("/printer/sweep", test_sweep);
  g_test_add_func ("/printer/two-visits", test_two_visits);
  g_test_add_func ("/printer/cups/prints", test_cups);
  g_test_add_func ("/printer/cups/purged", test_cups_purged);
  g_test_add_func ("/printer/cups/out", test_cups_out);
  g_test_add_func ("/printer/cups/cancelled", test_cups_cancelled);
  status = g_test_run ();
  sweep = g_strconcat ("rm -r ", root, NULL);
  g_spawn_command_line_sync (sweep, NULL, NULL, NULL, NULL);
  return status;
}
