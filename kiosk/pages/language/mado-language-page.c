/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/language/mado-language-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-language.h"
#include "mado-kiosk-window.h"
#include "mado-place.h"
#include "mado-words.h"
#include "widgets/mado-choice.h"

struct _MadoLanguagePage {
  MadoPage   parent;
  GPtrArray *choices;   /* of GtkToggleButton, in the order of the place's languages */
  gboolean   showing;   /* what is chosen now, not choosing */
};

G_DEFINE_TYPE (MadoLanguagePage, mado_language_page, MADO_TYPE_PAGE)

static void
on_chosen (GtkButton *choice, gpointer data)
{
  MadoLanguagePage *self = data;
  const char *code = g_object_get_data (G_OBJECT (choice), "language");

  if (self->showing)
    return;
  if (g_strcmp0 (code, mado_words_get_language ()) != 0)
    mado_kiosk_window_set_language (mado_kiosk_window_of (self), code);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
say (MadoLanguagePage *self)
{
  /* Both words, whatever the language of the moment: whoever looks for this cannot read the rest. */
  mado_page_set_heading (MADO_PAGE (self), "ことば  Language");
  mado_page_set_lead (MADO_PAGE (self), _("What you entered stays as it is."));
}

static void
mark (MadoPage *page)
{
  MadoLanguagePage *self = MADO_LANGUAGE_PAGE (page);

  self->showing = TRUE;
  for (guint i = 0; i < self->choices->len; i++) {
    GtkToggleButton *choice = g_ptr_array_index (self->choices, i);
    const char *code = g_object_get_data (G_OBJECT (choice), "language");

    gtk_toggle_button_set_active (choice, g_str_equal (code, mado_words_get_language ()));
  }
  self->showing = FALSE;
}

static void
mado_language_page_locale_changed (MadoPage *page)
{
  say (MADO_LANGUAGE_PAGE (page));
  mark (page);
}

static void
mado_language_page_finalize (GObject *object)
{
  g_ptr_array_unref (MADO_LANGUAGE_PAGE (object)->choices);
  G_OBJECT_CLASS (mado_language_page_parent_class)->finalize (object);
}

static void
mado_language_page_class_init (MadoLanguagePageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_language_page_finalize;
  MADO_PAGE_CLASS (klass)->shown = mark;
  MADO_PAGE_CLASS (klass)->locale_changed = mado_language_page_locale_changed;
}

static void
mado_language_page_init (MadoLanguagePage *self)
{
  const char *const *codes = mado_place_get_languages ();

  self->choices = g_ptr_array_new ();
  for (guint i = 0; codes[i] != NULL; i++) {
    const MadoLanguage *language = mado_language_find (codes[i]);
    GtkWidget *choice = mado_choice_new (language->name, NULL);

    if (i > 0)
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (choice), g_ptr_array_index (self->choices, 0));
    g_object_set_data (G_OBJECT (choice), "language", (gpointer) language->code);
    g_signal_connect (choice, "clicked", G_CALLBACK (on_chosen), self);
    g_ptr_array_add (self->choices, choice);
    mado_page_append (MADO_PAGE (self), choice, "per-row", 2, "per-row-large", 2, NULL);
  }
  say (self);
}
