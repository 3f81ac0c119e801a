/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is attached or signed: the judge of files reads it as a file, the signature's parser as text. */
#include "mado-fuzz.h"

#include "questions/mado-signature.h"
#include "wire/mado-file.h"

static void
judge (const guint8 *data, gsize n)
{
  g_autoptr(GError) error = NULL;
  MadoAttachmentType type;
  gsize end;

  if (mado_file_judge (data, n, &type, &end, &error)) {
    g_assert_nonnull (mado_attachment_type_get_media (type));
    g_assert_cmpuint (end, <=, n);
  } else {
    g_assert_nonnull (error);
  }
}

/* What is read is written the same, and stays in its box. */
static void
sign (const guint8 *data, gsize n)
{
  g_autofree char *text = g_strndup (n > 0 ? (const char *) data : "", n);
  g_autoptr(GArray) points = mado_signature_parse (text);
  g_autoptr(GArray) again = NULL;
  g_autofree char *written = NULL;

  if (points == NULL)
    return;
  for (guint i = 0; i < points->len; i++) {
    g_assert_cmpint (g_array_index (points, MadoSignaturePoint, i).x, <=, MADO_SIGNATURE_WIDTH);
    g_assert_cmpint (g_array_index (points, MadoSignaturePoint, i).y, <=, MADO_SIGNATURE_HEIGHT);
  }
  written = mado_signature_write (points);
  again = mado_signature_parse (written);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, points->len);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize n)
{
  judge (data, n);
  sign (data, n);
  return 0;
}
