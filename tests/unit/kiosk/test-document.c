/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files somebody brings along: which may be chosen, and what of them is sent. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/mado-error.h"
#include "visit/mado-document.h"

/* 4 × 2 pixels that lie on their side, taken with a telephone that is called "GPS". */
static const char photograph[] =
  "/9j/4QAuRXhpZgAATU0AKgAAAAgAAgESAAMAAAABAAYAAAEPAAIAAAAER1BTAAAAAAD/4AAQSkZJRgABAQAAAQABAAD/2wBDABsS"
  "FBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4r"
  "K06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAACAAQDASIAAhEBAxEB"
  "/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKB"
  "kaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJ"
  "ipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEB"
  "AQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMz"
  "UvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaX"
  "mJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwChRRRX"
  "GfSH/9k=";

static GBytes *
take_photograph (void)
{
  gsize n;
  guchar *data = g_base64_decode (photograph, &n);

  return g_bytes_new_take (data, n);
}

static GBytes *
draw (int width, int height, const char *type)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, width, height);
  char *data;
  gsize n;

  gdk_pixbuf_fill (pixbuf, 0);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &n, type, NULL, NULL));
  return g_bytes_new_take (data, n);
}

static GdkPixbuf *
look_at (GBytes *bytes)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);

  g_assert_nonnull (pixbuf);
  return pixbuf;
}

static void
test_upright (void)
{
  g_autoptr(GBytes) taken = take_photograph (), sent = NULL;
  g_autoptr(GdkPixbuf) seen = NULL;
  g_autoptr(GError) error = NULL;
  gsize n;
  const char *data;

  g_assert_nonnull (memmem (g_bytes_get_data (taken, NULL), g_bytes_get_size (taken), "GPS", 3));
  sent = mado_document_prepare (taken, &error);
  g_assert_no_error (error);
  seen = look_at (sent);
  g_assert_cmpint (gdk_pixbuf_get_width (seen), ==, 2);
  g_assert_cmpint (gdk_pixbuf_get_height (seen), ==, 4);
  data = g_bytes_get_data (sent, &n);
  g_assert_null (memmem (data, n, "GPS", 3));
  g_assert_null (memmem (data, n, "Exif", 4));
}

/* What shines through becomes white paper. */
static void
test_smaller (void)
{
  g_autoptr(GBytes) drawn = draw (4800, 30, "png"), sent = NULL;
  g_autoptr(GdkPixbuf) seen = NULL;
  g_autoptr(GError) error = NULL;

  sent = mado_document_prepare (drawn, &error);
  g_assert_no_error (error);
  seen = look_at (sent);
  g_assert_cmpint (gdk_pixbuf_get_width (seen), ==, 2400);
  g_assert_cmpint (gdk_pixbuf_get_height (seen), ==, 15);
  g_assert_cmpint (gdk_pixbuf_read_pixels (seen)[0], ==, 255);
}

static void
assert_refused (GBytes *bytes, const char *code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_document_prepare (bytes, &error));
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, 1);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, code);
}

static void
test_refused (void)
{
  g_autoptr(GBytes) drawn = draw (200, 200, "png");
  g_autoptr(GBytes) half = g_bytes_new_from_bytes (drawn, 0, g_bytes_get_size (drawn) / 2);
  g_autoptr(GBytes) letter = g_bytes_new_static ("To whom it may concern", 22);
  g_autoptr(GBytes) pdf = g_bytes_new_static ("%PDF-1.7 and no more", 20);

  assert_refused (half, "cut-short");
  assert_refused (letter, "kind");
  assert_refused (pdf, "cut-short");
}

static void
test_pdf (void)
{
  static const char text[] = "%PDF-1.7\n1 0 obj <<>> endobj\nstartxref\n9\n%%EOF\n";
  g_autoptr(GBytes) pdf = g_bytes_new_static (text, strlen (text));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) sent = mado_document_prepare (pdf, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (pdf, sent));
}

static void
put (const char *folder, const char *name, gint64 at)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_true (g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, (guint64) at, 0, NULL, NULL));
}

/* Pictures and PDFs; what is hidden, a link, and what the scanner wrote for somebody before, are not offered. */
static void
test_found (void)
{
  g_autofree char *root = g_dir_make_tmp ("mado-document-XXXXXX", NULL);
  g_autofree char *below = g_build_filename (root, "DCIM", NULL), *link = g_build_filename (root, "link.pdf", NULL);
  g_autoptr(GPtrArray) files = NULL;
  g_autofree char *command = NULL;

  g_mkdir (below, 0700);
  put (root, "letter.txt", 2000);
  put (root, ".hidden.pdf", 2000);
  put (root, "former.pdf", 500);
  put (root, "scan.PDF", 1500);
  put (below, "photo.jpeg", 2000);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  files = mado_document_find (root, 1000 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpstr (((MadoDocumentFile *) files->pdata[0])->name, ==, "photo.jpeg");
  g_assert_cmpstr (((MadoDocumentFile *) files->pdata[1])->name, ==, "scan.PDF");
  command = g_strdup_printf ("rm -r %s", root);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/upright", test_upright);
  g_test_add_func ("/document/smaller", test_smaller);
  g_test_add_func ("/document/refused", test_refused);
  g_test_add_func ("/document/pdf", test_pdf);
  g_test_add_func ("/document/found", test_found);
  return g_test_run ();
}
