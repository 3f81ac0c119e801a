/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-curtain.h"

#include <glib/gi18n-lib.h>
#include "widgets/mado-button.h"

struct _MadoCurtain {
  GtkWidget   parent;
  MadoButton *lift;
};

enum { LIFTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (MadoCurtain, mado_curtain, GTK_TYPE_WIDGET)

static void
show_button (MadoCurtain *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->lift), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->lift));
}

static gboolean
on_key (MadoCurtain *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->lift)))
    return GDK_EVENT_PROPAGATE;
  show_button (self);

  return GDK_EVENT_STOP;
}

static void
on_lift (MadoCurtain *self)
{
  g_signal_emit (self, signals[LIFTED], 0);
}

static void
mado_curtain_dispose (GObject *object)
{
  g_clear_pointer ((GtkWidget **) &MADO_CURTAIN (object)->lift, gtk_widget_unparent);
  G_OBJECT_CLASS (mado_curtain_parent_class)->dispose (object);
}

static void
mado_curtain_class_init (MadoCurtainClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_curtain_dispose;
  gtk_widget_class_set_css_name (widget_class, "curtain");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  signals[LIFTED] = g_signal_new ("lifted", MADO_TYPE_CURTAIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
mado_curtain_init (MadoCurtain *self)
{
  GtkGesture *touch = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->lift = MADO_BUTTON (mado_button_new (_("Show again"), "eye", NULL));
  g_object_set (self->lift, "visible", FALSE, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->lift), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (touch));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (touch, "released", G_CALLBACK (show_button), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect_swapped (self->lift, "clicked", G_CALLBACK (on_lift), self);
}
