/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-idle-warning.h"

#include "mado-words.h"
#include "widgets/mado-button.h"
#include "widgets/mado-countdown.h"

#define MARGIN 24

struct _MadoIdleWarning {
  GtkWidget      parent;
  MadoIdle      *idle;
  MadoCountdown *countdown;
  GtkBox        *card;
  GtkWidget     *hidden, *loss_box, *go_on;
  GtkLabel      *loss;
};

enum { END, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (MadoIdleWarning, mado_idle_warning, GTK_TYPE_WIDGET)

static void
on_go_on (MadoIdleWarning *self)
{
  mado_idle_touch (self->idle);
}

static void
on_end (MadoIdleWarning *self)
{
  g_signal_emit (self, signals[END], 0);
}

static void
on_tick (MadoIdleWarning *self)
{
  mado_countdown_set (self->countdown, mado_idle_get_left (self->idle), mado_idle_get_warning (self->idle));
}

static void
mado_idle_warning_dispose (GObject *object)
{
  MadoIdleWarning *self = MADO_IDLE_WARNING (object);
  GtkWidget *child;

  g_clear_object (&self->idle);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_idle_warning_parent_class)->dispose (object);
}

static void
mado_idle_warning_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                           int *least_baseline, int *natural_baseline)
{
  *least = *natural = 1;   /* it lies over all that the stage gives it */
}

/* On a wide screen what is told and what can be done stand side by side. */
static void
mado_idle_warning_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadoIdleWarning *self = MADO_IDLE_WARNING (widget);
  gboolean wide = width > height;
  int card_width, card_height, hidden;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->card),
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (self->card, wide);
  gtk_widget_measure (self->hidden, GTK_ORIENTATION_VERTICAL, width, NULL, &hidden, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->card), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &card_width, NULL, NULL);
  card_width = MIN (card_width, width - 2 * MARGIN);
  gtk_widget_measure (GTK_WIDGET (self->card), GTK_ORIENTATION_VERTICAL, card_width, NULL, &card_height, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self->card), &(GtkAllocation) { (width - card_width) / 2,
                            (height - hidden - card_height) / 2, card_width, card_height }, -1);
  gtk_widget_size_allocate (self->hidden, &(GtkAllocation) { 0, height - hidden, width, hidden }, -1);
}

static gboolean
mado_idle_warning_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MADO_IDLE_WARNING (widget)->go_on);
}

static void
mado_idle_warning_class_init (MadoIdleWarningClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_idle_warning_dispose;
  widget_class->measure = mado_idle_warning_measure;
  widget_class->size_allocate = mado_idle_warning_size_allocate;
  widget_class->grab_focus = mado_idle_warning_grab_focus;
  signals[END] = g_signal_new ("end", MADO_TYPE_IDLE_WARNING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);

  g_type_ensure (MADO_TYPE_BUTTON);
  g_type_ensure (MADO_TYPE_COUNTDOWN);
  mado_words_set_template (widget_class, "/io/madoguchi/Kiosk/widgets/mado-idle-warning.ui");
  gtk_widget_class_set_css_name (widget_class, "idlewarning");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
  gtk_widget_class_bind_template_child (widget_class, MadoIdleWarning, card);
  gtk_widget_class_bind_template_child (widget_class, MadoIdleWarning, hidden);
  gtk_widget_class_bind_template_child (widget_class, MadoIdleWarning, countdown);
  gtk_widget_class_bind_template_child (widget_class, MadoIdleWarning, loss_box);
  gtk_widget_class_bind_template_child (widget_class, MadoIdleWarning, loss);
  gtk_widget_class_bind_template_child (widget_class, MadoIdleWarning, go_on);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on);
  gtk_widget_class_bind_template_callback (widget_class, on_end);
}

static void
mado_idle_warning_init (MadoIdleWarning *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mado_words_keep_phrases (self->loss, MADO_BREAKS_LONG);
}

GtkWidget *
mado_idle_warning_new (MadoIdle *idle)
{
  MadoIdleWarning *self = g_object_new (MADO_TYPE_IDLE_WARNING, NULL);

  self->idle = g_object_ref (idle);
  g_signal_connect_object (idle, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  mado_words_watch (self, G_CALLBACK (on_tick));
  on_tick (self);

  return GTK_WIDGET (self);
}

void
mado_idle_warning_set_loss (MadoIdleWarning *self, const char *loss)
{
  gtk_label_set_label (self->loss, loss != NULL ? loss : "");
  gtk_widget_set_visible (self->loss_box, loss != NULL);
}
