/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/files/mado-files-page.h"

#include <glib/gi18n-lib.h>
#include "visit/mado-document.h"
#include "widgets/mado-tile.h"

struct _MadoFilesPage {
  MadoFlowPage parent;
  GPtrArray   *files;     /* (nullable): while it looks for them */
  gboolean     sending;
};

G_DEFINE_FINAL_TYPE (MadoFilesPage, mado_files_page, MADO_TYPE_FLOW_PAGE)

static void
on_attached (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFilesPage) self = data;
  g_autoptr(GError) error = NULL;

  self->sending = FALSE;
  if (mado_kiosk_visit_attach_finish (MADO_KIOSK_VISIT (source), result, &error)) {
    mado_flow_page_go (MADO_FLOW_PAGE (self), "question", FALSE);
    return;
  }
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
  mado_flow_page_complain (MADO_FLOW_PAGE (self), _("This file could not be attached."), error->message);
}

static void
on_chosen (GtkWidget *tile, MadoFilesPage *self)
{
  const char *path = g_object_get_data (G_OBJECT (tile), "path");

  self->sending = TRUE;
  mado_kiosk_visit_attach_async (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)), path, on_attached,
                                 g_object_ref (self));
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
add_file (MadoFilesPage *self, const MadoDocumentFile *file)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (file->modified / G_USEC_PER_SEC);
  g_autofree char *when = g_date_time_format (time, "%Y-%m-%d %H:%M");
  g_autofree char *size = g_format_size ((guint64) file->size);
  g_autofree char *detail = g_strdup_printf ("%s　%s", when, size);
  GtkWidget *tile = mado_tile_new ("doc", file->name, detail);

  g_object_set_data_full (G_OBJECT (tile), "path", g_strdup (file->path), g_free);
  g_signal_connect (tile, "clicked", G_CALLBACK (on_chosen), self);
  mado_flow_page_add (MADO_FLOW_PAGE (self), tile, "gap", 16, NULL);
}

static void
add_notice (MadoFlowPage *page, const char *icon, const char *strong, const char *text)
{
  mado_flow_page_add (page, mado_piece_notice (icon, strong, text, "mist"), NULL);
}

static void
build (MadoFlowPage *page)
{
  MadoFilesPage *self = MADO_FILES_PAGE (page);
  gboolean waits = self->sending || self->files == NULL;

  mado_page_set_title (MADO_PAGE (page), mado_kiosk_visit_get_title (mado_flow_page_get_visit (page)));
  mado_page_set_heading (MADO_PAGE (page), _("Which file is it?"));
  mado_page_set_may_go_back (MADO_PAGE (page), !self->sending);
  mado_page_set_second (MADO_PAGE (page), waits ? NULL : _("Look again"), "search");
  if (waits)
    add_notice (page, "clock", self->sending ? _("Sending the file…") : _("Looking for files…"),
                _("This may take a moment."));
  else if (self->files->len == 0)
    add_notice (page, "info", _("No picture and no PDF was found."),
                _("Plug in your USB memory, or lay the paper on the scanner. Then press “Look again”."));
  for (guint i = 0; !waits && i < self->files->len; i++)
    add_file (self, self->files->pdata[i]);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFilesPage) self = data;

  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = mado_kiosk_visit_find_files_finish (MADO_KIOSK_VISIT (source), result);
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
look (MadoFilesPage *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  mado_kiosk_visit_find_files_async (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)), on_found, g_object_ref (self));
}

static void
shown (MadoPage *page)
{
  look (MADO_FILES_PAGE (page));
  MADO_PAGE_CLASS (mado_files_page_parent_class)->shown (page);
}

static void
second (MadoPage *page)
{
  look (MADO_FILES_PAGE (page));
  mado_flow_page_rebuild (MADO_FLOW_PAGE (page));
}

static void
reset (MadoPage *page)
{
  g_clear_pointer (&MADO_FILES_PAGE (page)->files, g_ptr_array_unref);
  MADO_PAGE_CLASS (mado_files_page_parent_class)->reset (page);
}

static void
mado_files_page_dispose (GObject *object)
{
  g_clear_pointer (&MADO_FILES_PAGE (object)->files, g_ptr_array_unref);
  G_OBJECT_CLASS (mado_files_page_parent_class)->dispose (object);
}

static void
mado_files_page_class_init (MadoFilesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_files_page_dispose;
  MADO_PAGE_CLASS (klass)->shown = shown;
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_PAGE_CLASS (klass)->reset = reset;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_files_page_init (MadoFilesPage *self)
{
}
