/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-card-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "mado-theme.h"
#include "pages/mado-flow-page.h"
#include "widgets/mado-entry.h"

#define CARD_DIGITS 12
#define PIN_DIGITS  4

struct _MadoCardReader {
  GtkBox     parent;
  GtkBox    *entries;
  MadoEntry *number;
  MadoEntry *pin;
  GtkWidget *number_hint;
  GtkWidget *pin_hint;
};

G_DEFINE_FINAL_TYPE (MadoCardReader, mado_card_reader, GTK_TYPE_BOX)

static void
mado_card_reader_class_init (MadoCardReaderClass *klass)
{
}

/* A scanner ends with Return; and when the number is whole, the PIN is next. */
static void
on_number_changed (MadoCardReader *self)
{
  char *number = mado_card_reader_dup_number (self);

  if (strlen (number) == CARD_DIGITS)
    gtk_widget_grab_focus (GTK_WIDGET (self->pin));
  mado_card_reader_wipe (number);
}

/* The hint stands below, so that boxes side by side are level however long it is. */
static MadoEntry *
add_entry (MadoCardReader *self, const char *label, guint limit, GtkWidget *hint)
{
  GtkWidget *entry = mado_entry_new (label, MADO_ENTRY_DIGITS);
  GtkWidget *column = mado_piece_column (12, NULL);

  g_object_set (entry, "limit", limit, NULL);
  gtk_box_append (GTK_BOX (column), entry);
  gtk_box_append (GTK_BOX (column), hint);
  gtk_box_append (self->entries, column);
  return MADO_ENTRY (entry);
}

/* Large words leave no room for the hints, nor does a wide screen, which is low. */
static void
fit (MadoCardReader *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean wide = gtk_widget_get_width (window) > gtk_widget_get_height (window);
  gboolean large = mado_theme_is_large (mado_theme_get ());

  gtk_widget_set_visible (self->number_hint, !large && !wide);
  gtk_widget_set_visible (self->pin_hint, !large && !wide);
}

static void
mado_card_reader_init (MadoCardReader *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "cardreader");
  self->entries = GTK_BOX (mado_piece_row (24, NULL));
  gtk_box_set_homogeneous (self->entries, TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->entries));
  self->number_hint = mado_piece_label (_("12 digits. A scanner can read it from the card."), "faint");
  self->pin_hint = mado_piece_label (_("4 digits. Nobody can see them here."), "faint");
  self->number = add_entry (self, _("Card number"), CARD_DIGITS, self->number_hint);
  self->pin = add_entry (self, _("PIN"), PIN_DIGITS, self->pin_hint);
  g_signal_connect (self, "map", G_CALLBACK (fit), NULL);
  g_object_set (self->number, "group", 4, NULL);
  g_object_set (self->pin, "masked", TRUE, NULL);
  g_signal_connect_swapped (self->number, "changed", G_CALLBACK (on_number_changed), self);
}

GtkWidget *
mado_card_reader_new (void)
{
  return g_object_new (MADO_TYPE_CARD_READER, NULL);
}

char *
mado_card_reader_dup_number (MadoCardReader *self)
{
  return mado_entry_dup_value (self->number);
}

char *
mado_card_reader_dup_pin (MadoCardReader *self)
{
  return mado_entry_dup_value (self->pin);
}

void
mado_card_reader_wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static gboolean
is_whole (MadoEntry *entry, gsize digits, const char *lack, const char *where, MadoPage *page)
{
  char *value = mado_entry_dup_value (entry);
  gboolean whole = strlen (value) == digits;

  mado_entry_set_mistake (entry, whole ? NULL : lack);
  if (!whole)
    mado_page_add_mistake (page, lack, where, GTK_WIDGET (entry));
  mado_card_reader_wipe (value);
  return whole;
}

gboolean
mado_card_reader_check (MadoCardReader *self, MadoPage *page)
{
  gboolean number, pin;

  mado_page_clear_mistakes (page);
  number = is_whole (self->number, CARD_DIGITS, _("The card number has 12 digits"), _("Card number"), page);
  pin = is_whole (self->pin, PIN_DIGITS, _("The PIN has 4 digits"), _("PIN"), page);
  if (!number || !pin)
    mado_page_show_mistakes (page);
  return number && pin;
}

void
mado_card_reader_clear (MadoCardReader *self)
{
  mado_entry_set_value (self->number, "");
  mado_entry_set_value (self->pin, "");
}

void
mado_card_reader_clear_pin (MadoCardReader *self)
{
  mado_entry_set_value (self->pin, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}
