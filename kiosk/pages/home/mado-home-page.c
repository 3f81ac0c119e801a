/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/home/mado-home-page.h"

#include <glib/gi18n-lib.h>
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
  MadoPage  parent;
  GtkLabel *city, *today;
  GtkBox   *languages, *state;
  gboolean  watching;
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
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static gboolean
change_language (gpointer language)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (g_application_get_default ()));

  if (MADO_IS_KIOSK_WINDOW (window))
    mado_kiosk_window_set_language (MADO_KIOSK_WINDOW (window), language);

  return G_SOURCE_REMOVE;
}

/* After the button is done with its click: it is put into words again with all the others. */
static void
on_language (GtkWidget *button, gpointer data)
{
  g_idle_add_full (G_PRIORITY_HIGH, change_language, g_strdup (g_object_get_data (G_OBJECT (button), "code")), g_free);
}

static void
show_languages (MadoHomePage *self)
{
  const char *const *codes = mado_place_get_languages ();

  clear (self->languages);
  gtk_widget_set_visible (GTK_WIDGET (self->languages), g_strv_length ((char **) codes) > 1);
  for (guint i = 0; codes[i] != NULL; i++) {
    const MadoLanguage *language = mado_language_find (codes[i]);
    GtkWidget *choice = mado_choice_new (language->name, NULL);

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choice), g_str_equal (codes[i], mado_words_get_language ()));
    g_object_set_data_full (G_OBJECT (choice), "code", g_strdup (codes[i]), g_free);
    g_signal_connect (choice, "clicked", G_CALLBACK (on_language), NULL);
    gtk_box_append (self->languages, choice);
  }
}

static void
add_state (MadoHomePage *self, gboolean well, const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (box, well ? "well" : "unwell");
  gtk_box_append (GTK_BOX (box), mado_icon_new (well ? "ckc" : "alert", 36));
  gtk_box_append (GTK_BOX (box), gtk_label_new (words));
  gtk_box_append (self->state, box);
}

/* Known before anybody begins (ux 33). */
static void
show_state (MadoHomePage *self)
{
  MadoStation *station = mado_kiosk_application_get_station (mado_kiosk_application_get ());
  MadoPrinterState printer = mado_printer_get_state (mado_station_get_printer (station));

  clear (self->state);
  if (printer == MADO_PRINTER_READY)
    add_state (self, TRUE, _("You can print"));
  else if (printer == MADO_PRINTER_OUT)
    add_state (self, FALSE, _("No printing just now"));
  if (mado_station_is_online (station))
    add_state (self, TRUE, _("The line is up"));
  else
    add_state (self, FALSE, _("The line is down; we keep what you file"));
}

static void
mado_home_page_locale_changed (MadoPage *page)
{
  MadoHomePage *self = MADO_HOME_PAGE (page);

  say (self);
  show_languages (self);
  show_state (self);
}

static void
mado_home_page_shown (MadoPage *page)
{
  MadoHomePage *self = MADO_HOME_PAGE (page);
  MadoStation *station = mado_kiosk_application_get_station (mado_kiosk_application_get ());

  if (!self->watching) {
    self->watching = TRUE;
    g_signal_connect_object (station, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  }
  show_state (self);
}

static void
mado_home_page_class_init (MadoHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadoPageClass *page_class = MADO_PAGE_CLASS (klass);

  page_class->locale_changed = mado_home_page_locale_changed;
  page_class->shown = mado_home_page_shown;
  g_type_ensure (MADO_TYPE_HERO);
  g_type_ensure (MADO_TYPE_ICON);
  g_type_ensure (MADO_TYPE_TILE);
  mado_words_set_template (widget_class, "/io/madoguchi/Kiosk/pages/home/mado-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, city);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, today);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, languages);
  gtk_widget_class_bind_template_child (widget_class, MadoHomePage, state);
}

static void
mado_home_page_init (MadoHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  say (self);
  show_languages (self);
}
