/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-keypad.h"

#include <glib/gi18n-lib.h>
#include "widgets/mado-button.h"

#define GAP 12

enum { KEY, N_SIGNALS };
static guint signals[N_SIGNALS];

struct _MadoKeypad {
  GtkBox     parent;
  GtkWidget *side;
  GtkGrid   *grid;
};

G_DEFINE_FINAL_TYPE (MadoKeypad, mado_keypad, GTK_TYPE_BOX)

static void
press (MadoKeypad *self, const char *name)
{
  g_signal_emit (self, signals[KEY], 0, name);
}

static void
on_clicked (GtkWidget *button, MadoKeypad *self)
{
  press (self, g_object_get_data (G_OBJECT (button), "name"));
}

static GtkWidget *
new_key (MadoKeypad *self, const char *name, const char *words, const char *icon, const char *css_class)
{
  GtkWidget *key = mado_button_new (words, icon, "pad");

  if (css_class != NULL)
    gtk_widget_add_css_class (key, css_class);
  /* The keys act on the field that is being filled in: touching them does not take its place. */
  gtk_widget_set_focus_on_click (key, FALSE);
  gtk_widget_set_hexpand (key, TRUE);
  gtk_widget_set_vexpand (key, TRUE);
  g_object_set_data_full (G_OBJECT (key), "name", g_strdup (name), g_free);
  g_signal_connect (key, "clicked", G_CALLBACK (on_clicked), self);
  return key;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                MadoKeypad *self)
{
  gunichar c = gdk_keyval_to_unicode (keyval);
  char name[2] = { (char) c, '\0' };

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_BackSpace)
    press (self, "erase");
  else if (c < 0x80 && g_ascii_isdigit (name[0]))
    press (self, name);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* A scanner or a keyboard types into the window, wherever the focus is. */
static void
on_root (MadoKeypad *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkEventController *controller;

  if (root == NULL)
    return;
  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (root), controller);
  g_object_set_data (G_OBJECT (self), "controller", controller);
}

static void
on_unroot (GtkWidget *widget)
{
  GtkEventController *controller = g_object_get_data (G_OBJECT (widget), "controller");

  if (controller != NULL)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (controller), controller);
  g_object_set_data (G_OBJECT (widget), "controller", NULL);
  GTK_WIDGET_CLASS (mado_keypad_parent_class)->unroot (widget);
}

static void
mado_keypad_class_init (MadoKeypadClass *klass)
{
  GTK_WIDGET_CLASS (klass)->unroot = on_unroot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "keypad");
  signals[KEY] = g_signal_new ("key", MADO_TYPE_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_STRING);
}

static void
mado_keypad_init (MadoKeypad *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 24);
  self->side = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  gtk_box_set_homogeneous (GTK_BOX (self->side), FALSE);
  gtk_widget_set_visible (self->side, FALSE);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, GAP);
  gtk_grid_set_column_spacing (self->grid, GAP);
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_grid_set_row_homogeneous (self->grid, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->grid), TRUE);
  gtk_box_append (GTK_BOX (self), self->side);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->grid));
  for (int digit = 1; digit <= 9; digit++)
    {
      char name[2] = { (char) ('0' + digit), '\0' };

      gtk_grid_attach (self->grid, new_key (self, name, name, NULL, NULL), (digit - 1) % 3, (digit - 1) / 3, 1, 1);
    }
  gtk_grid_attach (self->grid, new_key (self, "0", "0", NULL, NULL), 1, 3, 1, 1);
  gtk_grid_attach (self->grid, new_key (self, "erase", _("Erase"), "bs", "function"), 2, 3, 1, 1);
  g_signal_connect (self, "notify::root", G_CALLBACK (on_root), NULL);
}

GtkWidget *
mado_keypad_new (void)
{
  return g_object_new (MADO_TYPE_KEYPAD, NULL);
}

void
mado_keypad_set_corner (MadoKeypad *self, const char *name, const char *words)
{
  gtk_grid_attach (self->grid, new_key (self, name, words, NULL, "function"), 0, 3, 1, 1);
}

void
mado_keypad_add_side (MadoKeypad *self, const char *name, const char *words, const char *icon)
{
  GtkWidget *key = new_key (self, name, words, icon, "side");

  gtk_widget_set_vexpand (key, FALSE);
  gtk_box_append (GTK_BOX (self->side), key);
  gtk_widget_set_visible (self->side, TRUE);
}
