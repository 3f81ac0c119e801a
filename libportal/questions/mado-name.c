/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-name.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uset.h>

static USet *
load_repertoire (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open ("ibm-943_P15A-2003", &status);
  USet *repertoire = uset_openEmpty ();

  ucnv_getUnicodeSet (converter, repertoire, UCNV_ROUNDTRIP_SET, &status);
  ucnv_close (converter);
  if (U_FAILURE (status))
    g_error ("ICU has no code page 943: %s", u_errorName (status));

  return repertoire;
}

static gboolean
is_selector (gunichar c)
{
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* Persian and the scripts of India write names with them. */
static gboolean
is_joiner_after (gunichar c, gunichar before)
{
  GUnicodeScript script = before ? g_unichar_get_script (before) : G_UNICODE_SCRIPT_COMMON;

  return (c == 0x200C || c == 0x200D) && script != G_UNICODE_SCRIPT_COMMON && script != G_UNICODE_SCRIPT_LATIN
         && script != G_UNICODE_SCRIPT_HAN && script != G_UNICODE_SCRIPT_HIRAGANA
         && script != G_UNICODE_SCRIPT_KATAKANA && script != G_UNICODE_SCRIPT_HANGUL;
}

gboolean
mado_name_has_invisible (const char *text)
{
  gunichar before = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean is_usual = c < 0xAD || (c >= 0x3041 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFF);

    if (!is_usual && u_hasBinaryProperty ((UChar32) c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)
        && !(before && u_hasBinaryProperty ((UChar32) c, UCHAR_VARIATION_SELECTOR)) && !is_joiner_after (c, before))
      return TRUE;
    before = c;
  }

  return FALSE;
}

/* Code page 932 has no accents; Latin names are nothing to look at. */
static gboolean
is_rare (const USet *repertoire, gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN && !uset_contains (repertoire, (UChar32) c);
}

char *
mado_name_find_rare (const char *name)
{
  static gsize once;
  g_autoptr(GString) rare = NULL;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) load_repertoire ());
  for (const char *p = name; *p != '\0'; ) {
    const char *next = g_utf8_next_char (p);
    gunichar follows = g_utf8_get_char (next);
    gboolean is_variant = is_selector (follows);
    g_autofree char *text = NULL;

    if (is_variant)
      next = g_utf8_next_char (next);
    if (is_variant || is_rare ((const USet *) once, g_utf8_get_char (p))) {
      text = g_strndup (p, (gsize) (next - p));
      if (rare == NULL)
        rare = g_string_new (NULL);
      if (strstr (rare->str, text) == NULL)
        g_string_append (rare, text);
    }
    p = next;
  }

  return rare != NULL ? g_string_free (g_steal_pointer (&rare), FALSE) : NULL;
}
