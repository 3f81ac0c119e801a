/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/home/mado-home-page.h"

#include "core/mado-era.h"
#include "core/mado-language.h"
#include "mado-place.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-hero.h"
#include "widgets/mado-icon.h"
#include "widgets/mado-tile.h"

struct _MadoHomePage {
  MadoPage  parent;
  GtkLabel *city, *today;
};

G_DEFINE_TYPE (MadoHomePage, mado_home_page, MADO_TYPE_PAGE)

static char *
write_today (void)
{
  int today = mado_date_today ();
  const char *language = mado_words_get_language ();
  g_autofree char *weekday = mado_language_format_weekday (today, language);
  g_autofree char *day = NULL;

  if (g_str_has_prefix (language, "ja")) {
    day = mado_era_format (today, MADO_ERA_KANJI);
    /* 金曜日 → 金 */
    *g_utf8_offset_to_pointer (weekday, 1) = '\0';
    return g_strdup_printf ("%s（%s）", day, weekday);
  }
  day = mado_language_format_date (today, language);

  return g_strdup_printf ("%s, %s", weekday, day);
}

static void
say (MadoHomePage *self)
{
  g_autofree char *today = write_today ();

  gtk_label_set_label (self->city, mado_place_get_name ());
  gtk_label_set_label (self->today, today);
}

static void
mado_home_page_locale_changed (MadoPage *page)
{
  say (MADO_HOME_PAGE (page));
}

static void
mado_home_page_class_init (MadoHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadoPageClass *page_class = MADO_PAGE_CLASS (klass);

  page_class->locale_changed = mado_home_page_locale_changed;
  g_type_ensure (MADO_TYPE_HERO);
  g_type_ensure (MADO_TYPE_ICON);
  g_type_ensure (MADO_TYPE_TILE);
  mado_words_set_template (widget_class, "/io/madoguchi/Kiosk/pages/home/mado-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, city);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, today);
}

static void
mado_home_page_init (MadoHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  say (self);
}
