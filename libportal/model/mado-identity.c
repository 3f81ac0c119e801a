/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-identity.h"

#include <glib/gi18n-lib.h>

/* What a Japanese counter takes: one paper of an authority with a photograph, or two without. */
static const struct {
  const char *kind, *words;
  gboolean    is_paper;
} kinds[] = {
  { MADO_IDENTITY_CARD, N_("card and PIN"), FALSE },
  { MADO_IDENTITY_CARD_SEEN, N_("card, seen by staff"), FALSE },
  { "staff", N_("staff"), FALSE },                            /* until it was said by what */
  { "my-number-card", N_("My Number card"), TRUE },
  { "driving-licence", N_("driving licence"), TRUE },
  { "passport", N_("passport"), TRUE },
  { "residence-card", N_("residence card or special permanent resident certificate"), TRUE },
  { "disability-book", N_("disability certificate"), TRUE },
  { "two-papers", N_("two papers without a photograph"), TRUE },
};

gboolean
mado_identity_is_paper (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].is_paper && g_strcmp0 (kinds[i].kind, kind) == 0)
      return TRUE;
  return FALSE;
}

char *
mado_identity_list_papers (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].is_paper)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", kinds[i].kind);
  return g_string_free (list, FALSE);
}

const char *
mado_identity_get_words (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return _(kinds[i].words);
  return kind;
}
