/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/category/mado-categories.h"

#include <glib.h>
#include <glib/gi18n-lib.h>

static const struct { const char *id, *icon, *words; } categories[] = {
  { "certificate", "cert", N_("Certificates") },
  { "moving", "move", N_("Moving house") },
  { "foreign", "globe", N_("From abroad") },
  { "child", "baby", N_("Children") },
  { "school", "school", N_("Nursery and school") },
  { "marriage", "ring", N_("Marriage and divorce") },
  { "health", "health", N_("Illness and injury") },
  { "pension", "yen", N_("Pensions") },
  { "care", "care", N_("Care and old age") },
  { "disability", "hands", N_("Disability") },
  { "death", "flower", N_("When somebody has died") },
  { "tax", "tax", N_("Taxes") },
  { "work", "job", N_("Work and business") },
  { "living", "bin", N_("Daily life") },
};

const char *
mado_category_nth (guint n)
{
  return n < G_N_ELEMENTS (categories) ? categories[n].id : NULL;
}

const char *
mado_category_icon (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (g_str_equal (categories[i].id, category))
      return categories[i].icon;
  return "doc";
}

const char *
mado_category_words (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (g_str_equal (categories[i].id, category))
      return _(categories[i].words);
  return _("Other procedures");
}
