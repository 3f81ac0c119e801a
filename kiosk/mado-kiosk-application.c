/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-kiosk-application.h"

#include "mado-kiosk-window.h"
#include "mado-place.h"
#include "mado-words.h"

struct _MadoKioskApplication {
  GtkApplication           parent;
  const MadoKioskSettings *settings;
  MadoStation             *station;
  MadoKioskWindow         *window;    /* (nullable), unowned */
  gboolean                 over, says_goodbye;
};

G_DEFINE_TYPE (MadoKioskApplication, mado_kiosk_application, GTK_TYPE_APPLICATION)

static void
on_ended (GObject *visit, GAsyncResult *result, gpointer data)
{
  g_application_quit (G_APPLICATION (data));
}

static void
end (MadoKioskApplication *self, gboolean says_goodbye)
{
  if (self->over)
    return;
  self->over = TRUE;
  self->says_goodbye = says_goodbye;
  mado_kiosk_visit_end_async (mado_kiosk_application_get_visit (self), on_ended, self);
}

static void
on_end (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  end (data, TRUE);
}

void
mado_kiosk_application_expire (MadoKioskApplication *self)
{
  end (self, FALSE);
}

static void
on_staff_called (GObject *visit, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoKioskApplication) self = data;
  gboolean called = mado_kiosk_visit_call_staff_finish (MADO_KIOSK_VISIT (visit), result, NULL);

  mado_kiosk_window_set_staff_call (self->window, called ? MADO_STAFF_CALLED : MADO_STAFF_FAILED);
}

static void
on_call_staff (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MadoKioskApplication *self = data;

  mado_kiosk_window_set_staff_call (self->window, MADO_STAFF_CALLING);
  mado_kiosk_visit_call_staff_async (mado_kiosk_application_get_visit (self),
                                     mado_kiosk_window_get_page_id (self->window), on_staff_called,
                                     g_object_ref (self));
}

static void
fit (MadoKioskApplication *self, GtkWindow *window)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  g_autoptr(GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  GdkRectangle screen = { 0, 0, 1080, 1920 };

  if (self->settings->width > 0) {
    gtk_window_set_default_size (window, self->settings->width, self->settings->height);
    return;
  }
  /* Where nothing manages windows, asking for the whole screen alone gives a small one. */
  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &screen);
  gtk_window_set_default_size (window, screen.width, screen.height);
  gtk_window_maximize (window);   /* in a browser, what follows its size */
  gtk_window_fullscreen (window);
}

static void
mado_kiosk_application_activate (GApplication *application)
{
  MadoKioskApplication *self = MADO_KIOSK_APPLICATION (application);

  mado_station_start (self->station);
  self->window = mado_kiosk_window_new (self);
  fit (self, GTK_WINDOW (self->window));
  mado_kiosk_window_go (self->window, "home");
  if (self->settings->ended)
    mado_kiosk_window_go (self->window, "end");
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
mado_kiosk_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { "end", on_end }, { "call-staff", on_call_staff } };

  G_APPLICATION_CLASS (mado_kiosk_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
}

static void
mado_kiosk_application_dispose (GObject *object)
{
  MadoKioskApplication *self = MADO_KIOSK_APPLICATION (object);

  g_clear_object (&self->station);
  G_OBJECT_CLASS (mado_kiosk_application_parent_class)->dispose (object);
}

static void
mado_kiosk_application_class_init (MadoKioskApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_kiosk_application_dispose;
  G_APPLICATION_CLASS (klass)->startup = mado_kiosk_application_startup;
  G_APPLICATION_CLASS (klass)->activate = mado_kiosk_application_activate;
}

static void
mado_kiosk_application_init (MadoKioskApplication *self)
{
}

MadoKioskApplication *
mado_kiosk_application_new (const MadoKioskSettings *settings, GError **error)
{
  g_autoptr(MadoStation) station = NULL;
  MadoKioskApplication *self;

  if (!mado_place_open (settings->city, error))
    return NULL;
  station = mado_station_new (&settings->station, error);
  if (station == NULL)
    return NULL;

  /* Not unique: the process of the next visit starts while the bus may still know the one before. */
  self = g_object_new (MADO_TYPE_KIOSK_APPLICATION, "application-id", "io.madoguchi.Kiosk",
                       "flags", G_APPLICATION_NON_UNIQUE, NULL);
  self->settings = settings;
  self->station = g_steal_pointer (&station);

  return self;
}

MadoKioskApplication *
mado_kiosk_application_get (void)
{
  GApplication *application = g_application_get_default ();

  return MADO_IS_KIOSK_APPLICATION (application) ? MADO_KIOSK_APPLICATION (application) : NULL;
}

MadoStation *
mado_kiosk_application_get_station (MadoKioskApplication *self)
{
  return self->station;
}

MadoKioskVisit *
mado_kiosk_application_get_visit (MadoKioskApplication *self)
{
  return mado_kiosk_visit_get_for (self->station, mado_words_get_language ());
}

const MadoKioskSettings *
mado_kiosk_application_get_settings (MadoKioskApplication *self)
{
  return self->settings;
}

gboolean
mado_kiosk_application_says_goodbye (MadoKioskApplication *self)
{
  return self->says_goodbye;
}

gboolean
mado_kiosk_application_is_over (MadoKioskApplication *self)
{
  return self->over;
}
