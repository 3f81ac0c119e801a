/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-pdf.h"

#include <string.h>

/* The last place of @word; NULL if there is none. */
static const char *
find_last (GByteArray *pdf, const char *word)
{
  gsize length = strlen (word);

  for (gsize at = pdf->len - MIN (length, pdf->len); at > 0; at--)
    if (memcmp (pdf->data + at, word, length) == 0)
      return (const char *) pdf->data + at;

  return NULL;
}

static guint64
number_after (const char *place, const char *word)
{
  return g_ascii_strtoull (place + strlen (word), NULL, 10);
}

static char *
catalogue_of (GByteArray *pdf, guint64 root)
{
  g_autofree char *head = g_strdup_printf ("\n%" G_GUINT64_FORMAT " 0 obj\n", root);
  const char *begin = find_last (pdf, head);
  const char *end = begin != NULL ? strstr (begin, "endobj") : NULL;
  const char *close = end != NULL ? g_strrstr_len (begin, end - begin, ">>") : NULL;

  return close != NULL ? g_strndup (begin + 1, (gsize) (close - begin - 1)) : NULL;
}

void
mado_pdf_set_language (GByteArray *pdf, const char *tag)
{
  g_byte_array_append (pdf, (const guint8 *) "", 1);   /* terminated while we look */
  const char *trailer = find_last (pdf, "trailer");
  const char *start = find_last (pdf, "startxref");
  const char *root = trailer != NULL ? strstr (trailer, "/Root ") : NULL;
  const char *info = trailer != NULL ? strstr (trailer, "/Info ") : NULL;
  const char *size = trailer != NULL ? strstr (trailer, "/Size ") : NULL;
  g_autofree char *catalogue = root != NULL ? catalogue_of (pdf, number_after (root, "/Root ")) : NULL;
  g_autoptr(GString) update = g_string_new (NULL);

  if (catalogue != NULL && start != NULL && info != NULL && size != NULL) {
    guint64 number = number_after (root, "/Root ");
    g_string_append_printf (update, "%s   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
                            catalogue, tag);
    gsize xref = pdf->len - 1 + update->len;
    g_string_append_printf (update, "xref\n%" G_GUINT64_FORMAT " 1\n%010u 00000 n \n", number, pdf->len - 1);
    g_string_append_printf (update, "trailer\n<< /Size %" G_GUINT64_FORMAT " /Root %" G_GUINT64_FORMAT " 0 R"
                            " /Info %" G_GUINT64_FORMAT " 0 R /Prev %" G_GUINT64_FORMAT " >>\n",
                            number_after (size, "/Size "), number, number_after (info, "/Info "),
                            number_after (start, "startxref\n"));
    g_string_append_printf (update, "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", xref);
  }
  g_byte_array_set_size (pdf, pdf->len - 1);
  g_byte_array_append (pdf, (const guint8 *) update->str, (guint) update->len);
}
