/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-kind-private.h"

#include <glib/gi18n-lib.h>

#include "questions/mado-signature.h"

/* --- path data ------------------------------------------------------------------------------------------------ */

gboolean
mado_signature_is_drawn (const char *text)
{
  return text[0] == 'M' && g_ascii_isdigit (text[1]);
}

/* Digits and no more of them than the box needs; FALSE past @most. */
static gboolean
read_number (const char **at, guint most, guint16 *number)
{
  guint value = 0;
  const char *start = *at;

  while (g_ascii_isdigit (**at) && *at - start < 4)
    value = value * 10 + (guint) (*(*at)++ - '0');
  *number = (guint16) value;

  return *at > start && value <= most;
}

static gboolean
read_point (const char **at, MadoSignaturePoint *point)
{
  if (**at != 'M' && **at != 'L')
    return FALSE;
  point->begins = *(*at)++ == 'M';
  if (!read_number (at, MADO_SIGNATURE_WIDTH, &point->x) || *(*at)++ != ' ')
    return FALSE;

  return read_number (at, MADO_SIGNATURE_HEIGHT, &point->y);
}

GArray *
mado_signature_parse (const char *text)
{
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (MadoSignaturePoint));
  const char *at = text;

  if (!mado_signature_is_drawn (text))
    return NULL;
  while (*at != '\0') {
    MadoSignaturePoint point;

    if (points->len == MADO_SIGNATURE_MAX_POINTS || !read_point (&at, &point))
      return NULL;
    g_array_append_val (points, point);
  }

  return g_steal_pointer (&points);
}

char *
mado_signature_write (const GArray *points)
{
  GString *text = g_string_sized_new (points->len * 9 + 1);

  for (guint i = 0; i < points->len; i++) {
    const MadoSignaturePoint *point = &g_array_index (points, MadoSignaturePoint, i);

    g_string_append_printf (text, "%c%u %u", point->begins ? 'M' : 'L', point->x, point->y);
  }

  return g_string_free (text, FALSE);
}

/* --- the kind ------------------------------------------------------------------------------------------------- */

MADO_KIND_CHECK (signature)
{
  const char *text = mado_reader_get_string (value);
  g_autoptr(GArray) points = NULL;

  if (text == NULL || !mado_signature_is_drawn (text))
    return mado_kind_check_name (field, value, context, refusal);
  points = mado_signature_parse (text);
  if (points == NULL)
    return mado_refuse (refusal, "pattern", g_strdup (_("Please sign once more")));
  if (points->len < MADO_SIGNATURE_MIN_POINTS)
    return mado_refuse (refusal, "too-short", g_strdup (_("Please write your whole name")));

  return json_node_ref (value);
}

MADO_KIND_DISPLAY (signature)
{
  const char *text = mado_reader_get_string (value);

  if (!mado_signature_is_drawn (text))
    return g_strdup_printf (mado_language_is_japanese (language) ? "%s（入力による署名）" : "%s (typed as a signature)",
                            text);
  if (!mado_language_is_japanese (language))
    return g_strdup ("Signed by hand");

  return g_strdup (g_str_equal (language, "ja@easy") ? "名前を 手で 書きました" : "手書きの署名");
}
