/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PDF_TAIL 2048   /* a reader looks for the end of a file in so much of it */

/* What is left to read. */
typedef struct {
  const guint8 *at;
  gsize         left;
} Rest;

typedef enum {
  VERDICT_WHOLE,
  VERDICT_CUT,      /* it begins as its kind does, and does not end so */
  VERDICT_ACTS,     /* it does something when it is opened */
  VERDICT_PIXELS,   /* more of them than anybody could look at, or none */
} Verdict;

static gboolean
skip (Rest *rest, gsize n)
{
  if (rest->left < n)
    return FALSE;
  rest->at += n;
  rest->left -= n;
  return TRUE;
}

static guint
read_16 (const guint8 *at)
{
  return (guint) at[0] << 8 | at[1];
}

static guint32
read_32 (const guint8 *at)
{
  return (guint32) read_16 (at) << 16 | read_16 (at + 2);
}

static gboolean
is_picture_size (guint32 width, guint32 height)
{
  return width > 0 && width <= MADO_FILE_MAX_SIDE && height > 0 && height <= MADO_FILE_MAX_SIDE;
}

/* --- PDF ------------------------------------------------------------------------------------------------------ */

static gboolean
contains (Rest rest, const char *word)
{
  gsize length = strlen (word);

  for (; rest.left >= length; skip (&rest, 1))
    if (memcmp (rest.at, word, length) == 0)
      return TRUE;
  return FALSE;
}

/* A name's next character, which may be written as #4A. */
static int
take_character (Rest *rest)
{
  int c = rest->left > 0 ? rest->at[0] : -1;

  if (c == '#' && rest->left >= 3 && g_ascii_isxdigit (rest->at[1]) && g_ascii_isxdigit (rest->at[2])) {
    c = g_ascii_xdigit_value (rest->at[1]) << 4 | g_ascii_xdigit_value (rest->at[2]);
    skip (rest, 2);
  }
  skip (rest, 1);
  return c;
}

static gboolean
begins_name (Rest rest, const char *name)
{
  while (*name && take_character (&rest) == *name)
    name++;
  return *name == '\0';
}

/* Every script and program is begun by an action of one of these names. */
static gboolean
acts (Rest rest)
{
  static const char *const names[] = { "/JavaScript", "/Launch", "/Rendition", "/EmbeddedFile" };
  const guint8 *slash;

  for (; rest.left > 0 && (slash = memchr (rest.at, '/', rest.left)); skip (&rest, 1)) {
    skip (&rest, (gsize) (slash - rest.at));
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      if (begins_name (rest, names[i]))
        return TRUE;
  }
  return FALSE;
}

static Verdict
judge_pdf (Rest *rest)
{
  Rest tail = *rest;

  if (tail.left > PDF_TAIL)
    skip (&tail, tail.left - PDF_TAIL);
  if (!contains (tail, "%%EOF") || !contains (tail, "startxref") || !contains (*rest, " obj"))
    return VERDICT_CUT;
  if (acts (*rest))
    return VERDICT_ACTS;
  skip (rest, rest->left);
  return VERDICT_WHOLE;
}

/* --- PNG ------------------------------------------------------------------------------------------------------ */

#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"

/* Length, name, so many bytes and their check. */
static gboolean
skip_chunk (Rest *rest, guint32 *length)
{
  return rest->left >= 12 && (*length = read_32 (rest->at)) <= G_MAXINT32 && skip (rest, 12 + (gsize) *length);
}

static Verdict
judge_png (Rest *rest)
{
  const guint8 *chunk;
  guint32 length;
  gboolean has_pixels = FALSE;

  skip (rest, 8);
  chunk = rest->at;
  if (!skip_chunk (rest, &length) || length != 13 || memcmp (chunk + 4, "IHDR", 4) != 0)
    return VERDICT_CUT;
  if (!is_picture_size (read_32 (chunk + 8), read_32 (chunk + 12)))
    return VERDICT_PIXELS;
  for (chunk = rest->at; skip_chunk (rest, &length); chunk = rest->at) {
    if (memcmp (chunk + 4, "IEND", 4) == 0)
      return has_pixels ? VERDICT_WHOLE : VERDICT_CUT;
    has_pixels |= memcmp (chunk + 4, "IDAT", 4) == 0;
  }
  return VERDICT_CUT;
}

/* --- JPEG ----------------------------------------------------------------------------------------------------- */

enum { JPEG_STUFFED = 0x00, JPEG_RESTART = 0xD0, JPEG_END = 0xD9, JPEG_SCAN = 0xDA };

/* Frames say how large the picture is; these three of their row are tables. */
static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* To the marker after coded pixels, in which it is written otherwise. */
static gboolean
skip_scan (Rest *rest)
{
  while (rest->left >= 2) {
    const guint8 *mark = memchr (rest->at, 0xFF, rest->left - 1);

    if (mark == NULL)
      return FALSE;
    skip (rest, (gsize) (mark - rest->at));
    if (mark[1] != JPEG_STUFFED && mark[1] != 0xFF && (mark[1] & 0xF8) != JPEG_RESTART)
      return TRUE;
    skip (rest, mark[1] == 0xFF ? 1 : 2);
  }
  return FALSE;
}

/* To the end of the picture; telephones write more of their own behind it. */
static Verdict
judge_jpeg (Rest *rest)
{
  gboolean has_size = FALSE, has_pixels = FALSE;

  skip (rest, 2);
  while (rest->left >= 2 && rest->at[0] == 0xFF) {
    const guint8 marker = rest->at[1];
    guint length;

    if (marker == 0xFF) {
      skip (rest, 1);
      continue;
    }
    if (marker == JPEG_END)
      return skip (rest, 2) && has_size && has_pixels ? VERDICT_WHOLE : VERDICT_CUT;
    if (rest->left < 9 || (length = read_16 (rest->at + 2)) < 2)
      return VERDICT_CUT;
    if (is_frame (marker) && !is_picture_size (read_16 (rest->at + 7), read_16 (rest->at + 5)))
      return VERDICT_PIXELS;
    has_size |= is_frame (marker);
    if (!skip (rest, 2 + length) || (marker == JPEG_SCAN && !skip_scan (rest)))
      return VERDICT_CUT;
    has_pixels |= marker == JPEG_SCAN;
  }
  return VERDICT_CUT;
}

/* --- any of them ---------------------------------------------------------------------------------------------- */

static const struct {
  const char        *begins;
  MadoAttachmentType type;
  Verdict          (*judge) (Rest *rest);   /* leaves what lies behind its end */
} kinds[] = {
  { "%PDF-", MADO_ATTACHMENT_PDF, judge_pdf },
  { PNG_SIGNATURE, MADO_ATTACHMENT_PNG, judge_png },
  { "\xFF\xD8\xFF", MADO_ATTACHMENT_JPEG, judge_jpeg },
};

static gboolean
tell (Verdict verdict, GError **error)
{
  if (verdict == VERDICT_CUT)
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "cut-short",
                       _("This file is not whole: please copy it again, or take another photograph."));
  else if (verdict == VERDICT_ACTS)
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "acts",
                       _("This PDF does something when it is opened, or has other files in it. Please print it and"
                         " take a photograph."));
  else if (verdict == VERDICT_PIXELS)
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "pixels",
                       _("This picture is too large to be shown: at most %d pixels either way."), MADO_FILE_MAX_SIDE);
  return verdict == VERDICT_WHOLE;
}

gboolean
mado_file_judge (const guint8 *data, gsize n, MadoAttachmentType *type, gsize *end, GError **error)
{
  Rest rest = { data, n };
  Verdict verdict;

  if (n > MADO_ATTACHMENT_MAX_BYTES) {
    mado_set_error_at (error, MADO_ERROR_TOO_LARGE, "", "too-large",
                       _("This file is too large: at most %d MB. Fewer pages at a time may do."),
                       MADO_ATTACHMENT_MAX_BYTES / (1024 * 1024));
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    gsize length = strlen (kinds[i].begins);

    if (n < length || memcmp (data, kinds[i].begins, length) != 0)
      continue;
    *type = kinds[i].type;
    verdict = kinds[i].judge (&rest);
    *end = n - rest.left;
    return tell (verdict, error);
  }
  if (n == 0)
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "empty", _("There is nothing in this file."));
  else
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "kind",
                       _("This is no picture (JPEG, PNG) and no PDF, whatever its name says."));
  return FALSE;
}
