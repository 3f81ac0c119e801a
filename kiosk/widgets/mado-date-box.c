/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-date-box.h"

enum { CHANGED, UNKNOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

struct _MadoDateBox {
  GtkWidget      parent;
  MadoDateEntry *entry;
  MadoDatePart   part;
  GtkLabel      *digits;
  gboolean       may_be_unknown;
};

static void mado_date_box_typist (MadoTypistInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MadoDateBox, mado_date_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MADO_TYPE_TYPIST, mado_date_box_typist))

static void
changed (MadoDateBox *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static MadoKeys
get_keys (MadoTypist *typist)
{
  MadoDateBox *self = MADO_DATE_BOX (typist);
  gboolean first = self->part == MADO_DATE_YEAR && self->entry->era != NULL;

  return MADO_KEYS_DIGITS | MADO_KEYS_CLEAR | (first ? MADO_KEYS_FIRST_YEAR : 0)
         | (self->may_be_unknown ? MADO_KEYS_UNKNOWN : 0);
}

static void
type (MadoTypist *typist, const char *text)
{
  MadoDateBox *self = MADO_DATE_BOX (typist);

  self->entry->part = self->part;
  if (mado_date_entry_type (self->entry, *text))
    changed (self);
}

static void
erase (MadoTypist *typist)
{
  MadoDateBox *self = MADO_DATE_BOX (typist);

  self->entry->part = self->part;
  if (mado_date_entry_erase (self->entry))
    changed (self);
}

static void
clear (MadoTypist *typist)
{
  MadoDateBox *self = MADO_DATE_BOX (typist);

  mado_date_entry_clear (self->entry);
  changed (self);
}

static void
first_year (MadoTypist *typist)
{
  MadoDateBox *self = MADO_DATE_BOX (typist);

  if (mado_date_entry_first (self->entry))
    changed (self);
}

static void
unknown (MadoTypist *typist)
{
  g_signal_emit (typist, signals[UNKNOWN], 0);
}

static void
mado_date_box_typist (MadoTypistInterface *iface)
{
  iface->get_keys = get_keys;
  iface->type = type;
  iface->erase = erase;
  iface->clear = clear;
  iface->first_year = first_year;
  iface->unknown = unknown;
}

static gboolean
on_key (MadoDateBox *self, guint keyval)
{
  gunichar c = gdk_keyval_to_unicode (keyval);
  char text[2] = { (char) c, '\0' };

  if (keyval == GDK_KEY_BackSpace)
    erase (MADO_TYPIST (self));
  else if (c < 0x80 && g_ascii_isdigit (text[0]))
    type (MADO_TYPIST (self), text);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
on_touched (MadoDateBox *self)
{
  self->entry->part = self->part;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
mado_date_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_date_box_parent_class)->dispose (object);
}

static void
mado_date_box_class_init (MadoDateBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_date_box_dispose;
  gtk_widget_class_set_css_name (widget_class, "datebox");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_DATE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[UNKNOWN] = g_signal_new ("unknown", MADO_TYPE_DATE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mado_date_box_init (MadoDateBox *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *touch = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect_swapped (touch, "released", G_CALLBACK (on_touched), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (touch));
  self->digits = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_parent (GTK_WIDGET (self->digits), GTK_WIDGET (self));
}

GtkWidget *
mado_date_box_new (MadoDateEntry *entry, MadoDatePart part, const char *name)
{
  MadoDateBox *self = g_object_new (MADO_TYPE_DATE_BOX, NULL);

  self->entry = entry;
  self->part = part;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

void
mado_date_box_show (MadoDateBox *self)
{
  gtk_label_set_label (self->digits, self->entry->digits[self->part]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  self->entry->digits[self->part], -1);
}

void
mado_date_box_set_unknown (MadoDateBox *self, gboolean may_be_unknown)
{
  self->may_be_unknown = may_be_unknown;
}
