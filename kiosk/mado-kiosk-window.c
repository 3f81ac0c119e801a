/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-kiosk-window.h"

#include <glib/gi18n-lib.h>
#include "mado-idle.h"
#include "mado-stage.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "pages/mado-page-table.h"
#include "widgets/mado-banner.h"
#include "widgets/mado-curtain.h"
#include "widgets/mado-idle-warning.h"

#define GOODBYE_S 8          /* how long the end page stays */
#define STAFF_CALLED_S 120   /* then staff can be called again */
#define PREPARE_MS 300       /* after a page is shown; nobody has read it yet */

struct _MadoKioskWindow {
  GtkApplicationWindow parent;
  MadoStage  *stage;
  GHashTable *pages;     /* id → MadoPage, those made so far */
  GPtrArray  *way;       /* ids, the page on screen last */
  MadoIdle   *idle;      /* (nullable) */
  gboolean    hidden;    /* by 「かくす」 */
  GtkWidget  *focus_before;   /* (nullable), weak: the veil */
  GtkWidget  *offline, *no_printer;   /* banners */
  guint       staff_call_over;        /* source */
  guint       preparing;              /* source: makes the likely next page ready */
};

G_DEFINE_TYPE (MadoKioskWindow, mado_kiosk_window, GTK_TYPE_APPLICATION_WINDOW)

static const char *
current (MadoKioskWindow *self)
{
  return self->way->len > 0 ? g_ptr_array_index (self->way, self->way->len - 1) : NULL;
}

void
mado_kiosk_window_add_page (MadoKioskWindow *self, const char *id, MadoPage *page)
{
  g_hash_table_insert (self->pages, (gpointer) g_intern_string (id), g_object_ref_sink (page));
}

MadoPage *
mado_kiosk_window_get_page (MadoKioskWindow *self, const char *id)
{
  if (!g_hash_table_contains (self->pages, id))
    mado_kiosk_window_add_page (self, id, mado_page_table_make (id));

  return g_hash_table_lookup (self->pages, id);
}

static gboolean
prepare_next (gpointer data)
{
  MadoKioskWindow *self = data;
  MadoPage *next = mado_kiosk_window_get_page (self, mado_page_table_get_next (current (self)));

  self->preparing = 0;
  mado_page_shown (next);
  mado_stage_prepare (self->stage, next);

  return G_SOURCE_REMOVE;
}

/* Anew when the city offers something else, or speaks another language. */
static void
begin_preparing (MadoKioskWindow *self)
{
  g_clear_handle_id (&self->preparing, g_source_remove);
  if (self->idle != NULL && current (self) != NULL && mado_page_table_get_next (current (self)) != NULL)
    self->preparing = g_timeout_add_full (G_PRIORITY_LOW, PREPARE_MS, prepare_next, self, NULL);
}

static void
show_current (MadoKioskWindow *self)
{
  MadoPage *page = mado_kiosk_window_get_page (self, current (self));

  mado_stage_set_page (self->stage, page);
  gtk_widget_grab_focus (GTK_WIDGET (self->stage));
  mado_page_shown (page);
  if (mado_typist_find (GTK_WIDGET (page)) != NULL && mado_page_get_leaf (page) == 0)
    gtk_widget_grab_focus (GTK_WIDGET (mado_typist_find (GTK_WIDGET (page))));
  begin_preparing (self);
}

void
mado_kiosk_window_go (MadoKioskWindow *self, const char *page)
{
  guint known;

  if (g_strcmp0 (current (self), page) == 0)
    return;
  if (g_ptr_array_find_with_equal_func (self->way, page, g_str_equal, &known))
    g_ptr_array_set_size (self->way, (int) known + 1);
  else
    g_ptr_array_add (self->way, (gpointer) g_intern_string (page));
  show_current (self);
}

void
mado_kiosk_window_replace (MadoKioskWindow *self, const char *page)
{
  if (g_strcmp0 (current (self), page) == 0)
    return;
  if (self->way->len > 1)
    g_ptr_array_set_size (self->way, (int) self->way->len - 1);
  mado_kiosk_window_go (self, page);
}

void
mado_kiosk_window_back (MadoKioskWindow *self)
{
  if (mado_page_back (mado_stage_get_page (self->stage)) || self->way->len < 2)
    return;
  g_ptr_array_set_size (self->way, (int) self->way->len - 1);
  show_current (self);
}

const char *
mado_kiosk_window_get_page_id (MadoKioskWindow *self)
{
  return current (self);
}

void
mado_kiosk_window_set_language (MadoKioskWindow *self, const char *language)
{
  GHashTableIter iter;
  gpointer page;

  mado_words_set_language (language);
  mado_words_speak (GTK_WIDGET (self));
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    mado_page_locale_changed (page);
  begin_preparing (self);
}

static void
on_go (GtkWidget *widget, const char *action, GVariant *page)
{
  mado_kiosk_window_go (MADO_KIOSK_WINDOW (widget), g_variant_get_string (page, NULL));
}

static void
on_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  mado_kiosk_window_back (MADO_KIOSK_WINDOW (widget));
}

static void
lift_veil (MadoKioskWindow *self)
{
  GtkWidget *focus = self->focus_before;

  self->hidden = FALSE;
  g_clear_weak_pointer (&self->focus_before);
  mado_stage_set_veil (self->stage, NULL, FALSE);
  gtk_widget_grab_focus (focus != NULL ? focus : GTK_WIDGET (self->stage));
}

static void
lower_veil (MadoKioskWindow *self, GtkWidget *veil, gboolean over_bar)
{
  if (!self->hidden && self->focus_before == NULL)
    g_set_weak_pointer (&self->focus_before, gtk_window_get_focus (GTK_WINDOW (self)));
  mado_stage_set_veil (self->stage, veil, over_bar);
  gtk_widget_grab_focus (veil);
}

static void
on_hide (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MadoKioskWindow *self = MADO_KIOSK_WINDOW (widget);
  GtkWidget *curtain = g_object_new (MADO_TYPE_CURTAIN, NULL);

  lower_veil (self, curtain, TRUE);
  self->hidden = TRUE;
  g_signal_connect_swapped (curtain, "lifted", G_CALLBACK (lift_veil), self);
}

static MadoKioskApplication *
application_of (MadoKioskWindow *self)
{
  return MADO_KIOSK_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

static gboolean
has_untouched_look (void)
{
  MadoTheme *theme = mado_theme_get ();

  return mado_theme_get_palette (theme) == MADO_PALETTE_LIGHT && mado_theme_get_text_size (theme) == MADO_TEXT_NORMAL
         && g_str_equal (mado_words_get_language (), "ja");
}

/* (nullable): nothing was entered yet */
static char *
write_loss (MadoKioskWindow *self)
{
  MadoKioskVisit *visit = mado_kiosk_application_get_visit (application_of (self));
  MadoSheet *sheet = mado_kiosk_visit_get_sheet (visit);
  guint n = sheet != NULL ? mado_sheet_count_answers (sheet) : 0;
  MadoKioskStage stage = mado_kiosk_visit_get_stage (visit);

  if (stage == MADO_KIOSK_FILED || stage == MADO_KIOSK_KEPT)
    return g_strdup (_("What is on the screen. Your application has been filed."));

  return n > 0 ? g_strdup_printf (ngettext ("%u answer. Nothing has been filed yet.",
                                            "%u answers. Nothing has been filed yet.", n), n) : NULL;
}

static void
end_visit (MadoKioskWindow *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (application_of (self)), "end", NULL);
}

/* The code on the screen has a time of its own. */
static gboolean
is_paying (MadoKioskWindow *self)
{
  MadoTill *till = mado_kiosk_visit_get_till (mado_kiosk_application_get_visit (application_of (self)));
  MadoTillState state = mado_till_get_state (till);

  return state == MADO_TILL_OPENING || state == MADO_TILL_WAITING || state == MADO_TILL_CLOSING;
}

static void
tell_loss (MadoIdleWarning *warning)
{
  g_autofree char *loss = write_loss (MADO_KIOSK_WINDOW (gtk_widget_get_root (GTK_WIDGET (warning))));

  mado_idle_warning_set_loss (warning, loss);
}

static void
on_idle_warn (MadoKioskWindow *self)
{
  g_autofree char *loss = write_loss (self);
  GtkWidget *warning;

  if (is_paying (self) || (loss == NULL && g_strcmp0 (current (self), "home") == 0 && has_untouched_look ())) {
    mado_idle_touch (self->idle);   /* busy with a phone, or nobody is here */
    return;
  }
  warning = mado_idle_warning_new (self->idle);
  lower_veil (self, warning, FALSE);
  tell_loss (MADO_IDLE_WARNING (warning));
  mado_words_watch (warning, G_CALLBACK (tell_loss));
  g_signal_connect_swapped (warning, "end", G_CALLBACK (end_visit), self);
}

static void
on_idle_resume (MadoKioskWindow *self)
{
  lift_veil (self);
}

static void
on_idle_expire (MadoKioskWindow *self)
{
  mado_kiosk_application_expire (application_of (self));
}

/* While it warns, only an answer to the warning counts. */
static gboolean
on_event (MadoKioskWindow *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (self->idle != NULL && !mado_idle_is_warning (self->idle)
      && (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN || type == GDK_KEY_PRESS))
    mado_idle_touch (self->idle);

  return GDK_EVENT_PROPAGATE;
}

/* A scanner or a keyboard types into the page's field, wherever the focus is. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  MadoKioskWindow *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  MadoTypist *typist = mado_stage_get_typist (self->stage);
  gunichar c = gdk_keyval_to_unicode (key);

  if (typist == NULL || MADO_IS_TYPIST (focus) || !g_unichar_isgraph (c) || self->focus_before != NULL
      || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (typist));

  return gtk_event_controller_key_forward (controller, GTK_WIDGET (typist));
}

static void
watch_for_touches (MadoKioskWindow *self)
{
  GtkEventController *any = gtk_event_controller_legacy_new (), *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (any, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (any, "event", G_CALLBACK (on_event), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), any);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
say_banners (MadoKioskWindow *self)
{
  mado_banner_set_words (MADO_BANNER (self->offline), _("The line is down."), _("Your answers are kept."),
                         _("No connection"));
  mado_banner_set_words (MADO_BANNER (self->no_printer), _("Printing is not possible now."),
                         _("Staff can give you your papers."), _("No printing"));
}

static void
follow_station (MadoKioskWindow *self)
{
  MadoStation *station = mado_kiosk_application_get_station (application_of (self));
  MadoPrinter *printer = mado_station_get_printer (station);

  gtk_widget_set_visible (self->offline, !mado_station_is_online (station));
  gtk_widget_set_visible (self->no_printer,
                          printer != NULL && mado_printer_get_state (printer) == MADO_PRINTER_OUT);
}

static GtkWidget *
add_banner (MadoKioskWindow *self, const char *icon)
{
  GtkWidget *banner = mado_banner_new (icon, "warn");

  gtk_widget_set_visible (banner, FALSE);
  gtk_box_append (mado_stage_get_banners (self->stage), banner);

  return banner;
}

static gboolean
on_goodbye_over (gpointer data)
{
  MadoKioskWindow *self = data;

  if (g_strcmp0 (current (self), "end") == 0)
    mado_kiosk_window_go (self, "home");

  return G_SOURCE_REMOVE;
}

/* What only a kiosk at work has: a service, and somebody who might leave. */
static void
go_to_work (MadoKioskWindow *self)
{
  const MadoKioskSettings *settings = mado_kiosk_application_get_settings (application_of (self));
  MadoStation *station = mado_kiosk_application_get_station (application_of (self));

  self->idle = mado_idle_new (settings->idle_s, settings->warning_s);
  g_signal_connect_object (self->idle, "warn", G_CALLBACK (on_idle_warn), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "resume", G_CALLBACK (on_idle_resume), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "expire", G_CALLBACK (on_idle_expire), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify", G_CALLBACK (follow_station), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::offer", G_CALLBACK (begin_preparing), self, G_CONNECT_SWAPPED);
  follow_station (self);
  if (settings->ended)
    g_timeout_add_seconds (GOODBYE_S, on_goodbye_over, self);
}

static gboolean
on_staff_call_over (gpointer data)
{
  MadoKioskWindow *self = data;

  self->staff_call_over = 0;
  mado_bar_set_staff_call (mado_stage_get_bar (self->stage), MADO_STAFF_IDLE);

  return G_SOURCE_REMOVE;
}

void
mado_kiosk_window_set_staff_call (MadoKioskWindow *self, MadoStaffCall state)
{
  mado_bar_set_staff_call (mado_stage_get_bar (self->stage), state);
  g_clear_handle_id (&self->staff_call_over, g_source_remove);
  if (state == MADO_STAFF_CALLED || state == MADO_STAFF_FAILED)
    self->staff_call_over = g_timeout_add_seconds (STAFF_CALLED_S, on_staff_call_over, self);
}

gboolean
mado_kiosk_window_is_hidden (MadoKioskWindow *self)
{
  return self->hidden;
}

static void
on_theme_changed (MadoKioskWindow *self)
{
  mado_theme_dress (mado_theme_get (), GTK_WIDGET (self));
  gtk_widget_queue_resize (GTK_WIDGET (self->stage));
}

static void
mado_kiosk_window_dispose (GObject *object)
{
  MadoKioskWindow *self = MADO_KIOSK_WINDOW (object);

  g_clear_handle_id (&self->staff_call_over, g_source_remove);
  g_clear_handle_id (&self->preparing, g_source_remove);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_object (&self->idle);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->way, g_ptr_array_unref);
  G_OBJECT_CLASS (mado_kiosk_window_parent_class)->dispose (object);
}

static void
mado_kiosk_window_class_init (MadoKioskWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_kiosk_window_dispose;
  gtk_widget_class_install_action (widget_class, "win.go", "s", on_go);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "win.hide", NULL, on_hide);
}

static void
mado_kiosk_window_init (MadoKioskWindow *self)
{
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->way = g_ptr_array_new ();
  self->stage = g_object_new (MADO_TYPE_STAGE, NULL);
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (self->stage));
  gtk_window_set_title (GTK_WINDOW (self), "Madoguchi");
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  g_signal_connect_object (mado_theme_get (), "changed", G_CALLBACK (on_theme_changed), self, G_CONNECT_SWAPPED);
  on_theme_changed (self);
  self->offline = add_banner (self, "alert");
  self->no_printer = add_banner (self, "print");
  say_banners (self);
  mado_words_watch (self, G_CALLBACK (say_banners));
  watch_for_touches (self);
}

MadoKioskWindow *
mado_kiosk_window_new (MadoKioskApplication *application)
{
  MadoKioskWindow *self = g_object_new (MADO_TYPE_KIOSK_WINDOW, "application", application, NULL);

  if (application != NULL)
    go_to_work (self);

  return self;
}

MadoKioskWindow *
mado_kiosk_window_of (gpointer widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return MADO_IS_KIOSK_WINDOW (root) ? MADO_KIOSK_WINDOW (root) : NULL;
}
