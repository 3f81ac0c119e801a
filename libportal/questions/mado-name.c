/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-name.h"

#include <string.h>
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
  g_autoptr (GString) rare = NULL;

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
