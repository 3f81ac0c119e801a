/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be attached, by what it holds. */
#include <string.h>

#include "core/mado-error.h"
#include "wire/mado-file.h"

#define PNG "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAA3NCSVQICAjb4U/gAAAAD0lEQVQImWP8//8/AwMDAA7/Av86OipY" \
            "AAAAAElFTkSuQmCC"
#define PDF "%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n"

/* One row of eight grey pixels, as short as a baseline picture can be told: tables are left out, which nobody reads. */
static const guint8 jpeg[] = {
  0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'J', 'F',
  0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 8, 1, 1, 0x11, 0,
  0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56,
  0xFF, 0xD9,
};

static GBytes *
new_png (void)
{
  gsize n;
  guchar *data = g_base64_decode (PNG, &n);

  return g_bytes_new_take (data, n);
}

static void
assert_is (const void *data, gsize n, MadoAttachmentType wanted)
{
  g_autoptr(GError) error = NULL;
  MadoAttachmentType type;
  gsize end;

  g_assert_true (mado_file_judge (data, n, &type, &end, &error));
  g_assert_no_error (error);
  g_assert_cmpint (type, ==, wanted);
}

static void
assert_refused (const void *data, gsize n, const char *code)
{
  g_autoptr(GError) error = NULL;
  MadoAttachmentType type;
  gsize end;

  g_assert_false (mado_file_judge (data, n, &type, &end, &error));
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, 1);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, code);
}

static void
test_kinds (void)
{
  g_autoptr(GBytes) png = new_png ();

  assert_is (g_bytes_get_data (png, NULL), g_bytes_get_size (png), MADO_ATTACHMENT_PNG);
  assert_is (jpeg, sizeof jpeg, MADO_ATTACHMENT_JPEG);
  assert_is (PDF, strlen (PDF), MADO_ATTACHMENT_PDF);
}

static void
test_others (void)
{
  assert_refused ("", 0, "empty");
  assert_refused ("GIF89a", 6, "kind");
  assert_refused ("MZ\x90", 3, "kind");
  assert_refused ("<html>%PDF-1.7 %%EOF", 20, "kind");
}

/* Wherever it is cut, it is noticed. */
static void
test_cut (void)
{
  g_autoptr(GBytes) png = new_png ();

  for (gsize n = 8; n < g_bytes_get_size (png); n++)
    assert_refused (g_bytes_get_data (png, NULL), n, "cut-short");
  for (gsize n = 3; n < sizeof jpeg; n++)
    assert_refused (jpeg, n, "cut-short");
  for (gsize n = 5; n < strlen (PDF) - 1; n++)
    assert_refused (PDF, n, "cut-short");
}

/* What telephones write behind a picture is no part of it. */
static void
test_trailer (void)
{
  g_autofree guint8 *longer = g_malloc0 (sizeof jpeg + 1000);
  g_autoptr(GBytes) png = new_png ();
  g_autoptr(GByteArray) more = g_byte_array_new ();
  MadoAttachmentType type;
  gsize end;

  memcpy (longer, jpeg, sizeof jpeg);
  g_assert_true (mado_file_judge (longer, sizeof jpeg + 1000, &type, &end, NULL));
  g_assert_cmpuint (end, ==, sizeof jpeg);
  g_byte_array_append (more, g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_byte_array_append (more, (const guint8 *) "<?php", 5);
  g_assert_true (mado_file_judge (more->data, more->len, &type, &end, NULL));
  g_assert_cmpuint (end, ==, g_bytes_get_size (png));
}

#define PDF_WITH(object) "%PDF-1.7\n1 0 obj <<" object ">> endobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n"

static void
test_acting (void)
{
  const char *const acting[] = {
    PDF_WITH ("/OpenAction <</S /JavaScript /JS (app.alert(1))>>"), PDF_WITH ("/S/J#61vaScript/JS 2 0 R"),
    PDF_WITH ("/AA <</O <</S /Launch /F (cmd.exe)>>>>"), PDF_WITH ("/Names <</EmbeddedFiles 3 0 R>>"),
  };
  const char *const quiet = PDF_WITH ("/OpenAction [3 0 R /Fit]");
  const char *const script = "%PDF-1.4\n<html><script>x</script>\n#!/bin/sh\n%%EOF";

  for (guint i = 0; i < G_N_ELEMENTS (acting); i++)
    assert_refused (acting[i], strlen (acting[i]), "acts");
  assert_is (quiet, strlen (quiet), MADO_ATTACHMENT_PDF);
  assert_refused (script, strlen (script), "cut-short");
}

static void
test_pixels (void)
{
  guint8 wide[sizeof jpeg];

  memcpy (wide, jpeg, sizeof jpeg);
  wide[15] = 0xFF;      /* 65,288 pixels wide */
  assert_refused (wide, sizeof wide, "pixels");
  wide[15] = wide[16] = 0;
  assert_refused (wide, sizeof wide, "pixels");
}

static void
test_size (void)
{
  gsize n = MADO_ATTACHMENT_MAX_BYTES + 1;
  g_autofree guint8 *large = g_malloc0 (n);
  g_autoptr(GError) error = NULL;
  MadoAttachmentType type;
  gsize end;

  memcpy (large, jpeg, sizeof jpeg);
  assert_is (large, n - 1, MADO_ATTACHMENT_JPEG);
  g_assert_false (mado_file_judge (large, n, &type, &end, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/kinds", test_kinds);
  g_test_add_func ("/files/others", test_others);
  g_test_add_func ("/files/cut", test_cut);
  g_test_add_func ("/files/trailer", test_trailer);
  g_test_add_func ("/files/acting", test_acting);
  g_test_add_func ("/files/pixels", test_pixels);
  g_test_add_func ("/files/size", test_size);
  return g_test_run ();
}
