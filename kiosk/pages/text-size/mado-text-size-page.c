/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/text-size/mado-text-size-page.h"

#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-choice.h"

static const guint sizes[] = { 100, 125, 150, 200 };

struct _MadoTextSizePage {
  MadoPage         parent;
  GtkToggleButton *size_100, *size_125, *size_150, *size_200;
  GtkToggleButton *palette_light, *palette_dark, *palette_hc_light, *palette_hc_dark;
};

G_DEFINE_TYPE (MadoTextSizePage, mado_text_size_page, MADO_TYPE_PAGE)

static GtkToggleButton *
size_choice (MadoTextSizePage *self, guint i)
{
  GtkToggleButton *choices[] = { self->size_100, self->size_125, self->size_150, self->size_200 };

  return choices[i];
}

static GtkToggleButton *
palette_choice (MadoTextSizePage *self, guint i)
{
  GtkToggleButton *choices[] = { self->palette_light, self->palette_dark, self->palette_hc_light,
                                 self->palette_hc_dark };

  return choices[i];
}

static void
on_size (GtkToggleButton *choice, MadoTextSizePage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    if (size_choice (self, i) == choice && gtk_toggle_button_get_active (choice))
      mado_theme_set_text_size (mado_theme_get (), sizes[i]);
  }
}

static void
on_palette (GtkToggleButton *choice, MadoTextSizePage *self)
{
  for (guint i = 0; i < MADO_N_PALETTES; i++) {
    if (palette_choice (self, i) == choice && gtk_toggle_button_get_active (choice))
      mado_theme_set_palette (mado_theme_get (), i);
  }
}

static void
mado_text_size_page_shown (MadoPage *page)
{
  MadoTextSizePage *self = MADO_TEXT_SIZE_PAGE (page);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    if (sizes[i] == mado_theme_get_text_size (mado_theme_get ()))
      gtk_toggle_button_set_active (size_choice (self, i), TRUE);
  }
  gtk_toggle_button_set_active (palette_choice (self, mado_theme_get_palette (mado_theme_get ())), TRUE);
}

static void
mado_text_size_page_apply (MadoPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.back", NULL);
}

static void
mado_text_size_page_class_init (MadoTextSizePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  MADO_PAGE_CLASS (klass)->shown = mado_text_size_page_shown;
  MADO_PAGE_CLASS (klass)->apply = mado_text_size_page_apply;
  g_type_ensure (MADO_TYPE_CHOICE);
  mado_words_set_template (widget_class, "/io/madoguchi/Kiosk/pages/text-size/mado-text-size-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadoTextSizePage, size_100);
  gtk_widget_class_bind_template_child (widget_class, MadoTextSizePage, size_125);
  gtk_widget_class_bind_template_child (widget_class, MadoTextSizePage, size_150);
  gtk_widget_class_bind_template_child (widget_class, MadoTextSizePage, size_200);
  gtk_widget_class_bind_template_child (widget_class, MadoTextSizePage, palette_light);
  gtk_widget_class_bind_template_child (widget_class, MadoTextSizePage, palette_dark);
  gtk_widget_class_bind_template_child (widget_class, MadoTextSizePage, palette_hc_light);
  gtk_widget_class_bind_template_child (widget_class, MadoTextSizePage, palette_hc_dark);
  gtk_widget_class_bind_template_callback (widget_class, on_size);
  gtk_widget_class_bind_template_callback (widget_class, on_palette);
}

static void
mado_text_size_page_init (MadoTextSizePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
