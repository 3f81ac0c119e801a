/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-card-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Kept in one place each, never copied, and wiped. What is on screen of the PIN are dots. */
struct _MadoCardReader {
  GtkBox     parent;
  char       number[MADO_CARD_DIGITS + 1];
  char       pin[MADO_PIN_DIGITS + 1];
  GtkWidget *number_field;
  GtkWidget *pin_field;
  gboolean   at_pin;
};

G_DEFINE_FINAL_TYPE (MadoCardReader, mado_card_reader, GTK_TYPE_BOX)

static void
mado_card_reader_dispose (GObject *object)
{
  MadoCardReader *self = MADO_CARD_READER (object);

  explicit_bzero (self->number, sizeof self->number);
  explicit_bzero (self->pin, sizeof self->pin);
  G_OBJECT_CLASS (mado_card_reader_parent_class)->dispose (object);
}

static void
mado_card_reader_class_init (MadoCardReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_card_reader_dispose;
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_CARD_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
set_current (GtkWidget *field, gboolean current)
{
  if (current)
    gtk_widget_add_css_class (field, "current");
  else
    gtk_widget_remove_css_class (field, "current");
}

/* "1234 5678 9012" */
static void
show (MadoCardReader *self)
{
  char spaced[MADO_CARD_DIGITS + 3] = "", dots[MADO_PIN_DIGITS * 4] = "";
  gsize n = 0;

  for (gsize i = 0; self->number[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        spaced[n++] = ' ';
      spaced[n++] = self->number[i];
    }
  for (gsize i = 0; i < strlen (self->pin); i++)
    strcat (dots, "●");
  gtk_button_set_label (GTK_BUTTON (self->number_field), spaced);
  gtk_button_set_label (GTK_BUTTON (self->pin_field), dots);
  set_current (self->number_field, !self->at_pin);
  set_current (self->pin_field, self->at_pin);
  explicit_bzero (spaced, sizeof spaced);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_field (GtkWidget *button, MadoCardReader *self)
{
  self->at_pin = button == self->pin_field;
  show (self);
}

static GtkWidget *
add_field (MadoCardReader *self, const char *name, const char *hint)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *note = gtk_label_new (hint);
  GtkWidget *field = gtk_button_new_with_label ("");

  gtk_widget_add_css_class (label, "field-name");
  gtk_widget_add_css_class (note, "faint");
  gtk_widget_add_css_class (field, "part");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (field, "clicked", G_CALLBACK (on_field), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), field);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (self), box);
  return field;
}

static void
mado_card_reader_init (MadoCardReader *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
  self->number_field = add_field (self, _("Card number"), _("12 digits. A scanner can read it from the card."));
  self->pin_field = add_field (self, _("PIN"), _("4 digits. Nobody can see them here."));
  show (self);
}

GtkWidget *
mado_card_reader_new (void)
{
  return g_object_new (MADO_TYPE_CARD_READER, NULL);
}

const char *
mado_card_reader_get_number (MadoCardReader *self)
{
  return self->number;
}

const char *
mado_card_reader_get_pin (MadoCardReader *self)
{
  return self->pin;
}

const char *
mado_card_reader_get_lack (MadoCardReader *self)
{
  if (strlen (self->number) < MADO_CARD_DIGITS)
    return _("The card number has 12 digits");
  if (strlen (self->pin) < MADO_PIN_DIGITS)
    return _("The PIN has 4 digits");
  return NULL;
}

static void
type_digit (MadoCardReader *self, char digit)
{
  char *where = self->at_pin ? self->pin : self->number;
  gsize most = self->at_pin ? MADO_PIN_DIGITS : MADO_CARD_DIGITS, length = strlen (where);

  if (length >= most)
    return;
  where[length] = digit;
  if (!self->at_pin && length + 1 == most)
    self->at_pin = TRUE;
}

static void
erase_digit (MadoCardReader *self)
{
  char *where = self->at_pin ? self->pin : self->number;
  gsize length = strlen (where);

  if (length > 0)
    where[length - 1] = '\0';
  else
    self->at_pin = FALSE;
}

void
mado_card_reader_press (MadoCardReader *self, const char *key)
{
  if (g_ascii_isdigit (*key))
    type_digit (self, *key);
  else if (g_str_equal (key, "erase"))
    erase_digit (self);
  else if (g_str_equal (key, "clear"))
    mado_card_reader_clear (self);
  show (self);
}

void
mado_card_reader_clear (MadoCardReader *self)
{
  explicit_bzero (self->number, sizeof self->number);
  explicit_bzero (self->pin, sizeof self->pin);
  self->at_pin = FALSE;
  show (self);
}

void
mado_card_reader_clear_pin (MadoCardReader *self)
{
  explicit_bzero (self->pin, sizeof self->pin);
  self->at_pin = TRUE;
  show (self);
}
