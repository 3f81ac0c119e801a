/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/home/mado-home-page.h"

#include "core/mado-era.h"
#include "core/mado-language.h"
#include "mado-kiosk-window.h"
#include "mado-place.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-choice.h"
#include "widgets/mado-hero.h"
#include "widgets/mado-icon.h"
#include "widgets/mado-tile.h"

struct _MadoHomePage {
  MadoPage   parent;
  GtkLabel  *city, *counter, *today, *greeting, *hours;
  GtkWidget *procedures, *printing, *printing_icon, *line, *line_icon;
  GPtrArray *languages;   /* of MadoChoice */
  gboolean   showing;     /* the language of the moment, not choosing one */
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

/* Where there is no room for the landscape the greeting stands below the horizon, as on any other page. */
static void
follow_theme (MadoHomePage *self)
{
  gboolean scenery = mado_theme_has_scenery (mado_theme_get ());

  gtk_widget_set_visible (GTK_WIDGET (self->greeting), scenery);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), scenery);
  gtk_widget_set_visible (GTK_WIDGET (self->hours), !mado_theme_is_large (mado_theme_get ()));
  mado_page_set_heading (MADO_PAGE (self), scenery ? NULL : gtk_label_get_label (self->greeting));
}

static void
say (MadoHomePage *self)
{
  g_autofree char *today = write_today ();
  const char *hours = mado_place_get_hours ();

  gtk_label_set_label (self->city, mado_place_get_name ());
  gtk_label_set_label (self->today, today);
  gtk_label_set_label (self->hours, hours != NULL ? hours : "");
  follow_theme (self);
}

static void
follow_station (MadoHomePage *self)
{
  MadoKioskApplication *application = mado_kiosk_application_get ();
  MadoStation *station = application != NULL ? mado_kiosk_application_get_station (application) : NULL;
  MadoPrinter *printer = station != NULL ? mado_station_get_printer (station) : NULL;
  gboolean prints = printer != NULL && mado_printer_get_state (printer) == MADO_PRINTER_READY;
  gboolean online = station != NULL && mado_station_is_online (station);

  gtk_widget_set_visible (self->printing, prints);
  gtk_widget_set_visible (self->printing_icon, prints);
  gtk_widget_set_visible (self->line, online);
  gtk_widget_set_visible (self->line_icon, online);
}

static void
on_language (GtkButton *choice, gpointer data)
{
  MadoHomePage *self = data;
  const char *code = g_object_get_data (G_OBJECT (choice), "language");

  if (!self->showing && !g_str_equal (code, mado_words_get_language ()))
    mado_kiosk_window_set_language (mado_kiosk_window_of (self), code);
}

static void
show_language (MadoHomePage *self)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->languages->len; i++) {
    GtkToggleButton *choice = g_ptr_array_index (self->languages, i);
    const char *code = g_object_get_data (G_OBJECT (choice), "language");

    gtk_toggle_button_set_active (choice, g_str_equal (code, mado_words_get_language ()));
  }
  self->showing = FALSE;
}

static void
add_languages (MadoHomePage *self)
{
  const char *const *codes = mado_place_get_languages ();

  for (guint i = 0; codes[i] != NULL; i++) {
    GtkWidget *choice = mado_choice_new (mado_language_find (codes[i])->name, NULL);

    if (i > 0)
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (choice), g_ptr_array_index (self->languages, 0));
    gtk_widget_add_css_class (choice, "language");
    g_object_set_data (G_OBJECT (choice), "language", (gpointer) codes[i]);
    g_signal_connect (choice, "clicked", G_CALLBACK (on_language), self);
    g_ptr_array_add (self->languages, choice);
    mado_page_append (MADO_PAGE (self), choice, "per-row", CLAMP (g_strv_length ((GStrv) codes), 1, 4),
                      "per-row-large", 2, "gap", 28, NULL);
    gtk_widget_insert_before (choice, GTK_WIDGET (self), self->procedures);
  }
}

static void
mado_home_page_shown (MadoPage *page)
{
  MadoHomePage *self = MADO_HOME_PAGE (page);

  show_language (self);
  follow_station (self);
  say (self);
}

static void
mado_home_page_locale_changed (MadoPage *page)
{
  say (MADO_HOME_PAGE (page));
  show_language (MADO_HOME_PAGE (page));
}

static void
mado_home_page_finalize (GObject *object)
{
  g_ptr_array_unref (MADO_HOME_PAGE (object)->languages);
  G_OBJECT_CLASS (mado_home_page_parent_class)->finalize (object);
}

static void
mado_home_page_class_init (MadoHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadoPageClass *page_class = MADO_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mado_home_page_finalize;
  page_class->shown = mado_home_page_shown;
  page_class->locale_changed = mado_home_page_locale_changed;
  g_type_ensure (MADO_TYPE_HERO);
  g_type_ensure (MADO_TYPE_ICON);
  g_type_ensure (MADO_TYPE_TILE);
  mado_words_set_template (widget_class, "/io/madoguchi/Kiosk/pages/home/mado-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, city);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, counter);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, today);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, greeting);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, procedures);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, printing);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, printing_icon);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, line);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, line_icon);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, hours);
}

/* The line and the printer are known before the first question. */
static void
watch_station (MadoHomePage *self)
{
  MadoKioskApplication *application = mado_kiosk_application_get ();

  if (application != NULL)
    g_signal_connect_object (mado_kiosk_application_get_station (application), "notify",
                             G_CALLBACK (follow_station), self, G_CONNECT_SWAPPED);
}

static void
mado_home_page_init (MadoHomePage *self)
{
  self->languages = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  mado_words_keep_phrases (self->greeting, MADO_BREAKS_LONG);
  mado_words_keep_phrases (self->hours, MADO_BREAKS_LONG);
  add_languages (self);
  g_signal_connect_object (mado_theme_get (), "changed", G_CALLBACK (follow_theme), self, G_CONNECT_SWAPPED);
  watch_station (self);
  say (self);
}
