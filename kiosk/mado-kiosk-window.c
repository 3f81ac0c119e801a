/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-kiosk-window.h"

#include "mado-stage.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "pages/mado-page-table.h"

struct _MadoKioskWindow {
  GtkApplicationWindow parent;
  MadoStage  *stage;
  GHashTable *pages;     /* id → MadoPage, those made so far */
  GPtrArray  *way;       /* ids, the page on screen last */
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

static void
show_current (MadoKioskWindow *self)
{
  MadoPage *page = mado_kiosk_window_get_page (self, current (self));

  mado_stage_set_page (self->stage, page);
  gtk_widget_grab_focus (GTK_WIDGET (self->stage));
  mado_page_shown (page);
  if (mado_typist_find (GTK_WIDGET (page)) != NULL && mado_page_get_leaf (page) == 0)
    gtk_widget_grab_focus (GTK_WIDGET (mado_typist_find (GTK_WIDGET (page))));
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
on_theme_changed (MadoKioskWindow *self)
{
  mado_theme_dress (mado_theme_get (), GTK_WIDGET (self));
  gtk_widget_queue_resize (GTK_WIDGET (self->stage));
}

static void
mado_kiosk_window_dispose (GObject *object)
{
  MadoKioskWindow *self = MADO_KIOSK_WINDOW (object);

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
}

MadoKioskWindow *
mado_kiosk_window_new (MadoKioskApplication *application)
{
  return g_object_new (MADO_TYPE_KIOSK_WINDOW, "application", application, NULL);
}

MadoKioskWindow *
mado_kiosk_window_of (gpointer widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return MADO_IS_KIOSK_WINDOW (root) ? MADO_KIOSK_WINDOW (root) : NULL;
}
