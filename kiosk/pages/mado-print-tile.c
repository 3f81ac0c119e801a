/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-print-tile.h"

#include <glib/gi18n-lib.h>
#include "widgets/mado-tile.h"

struct _MadoPrintTile {
  GtkBox          parent;
  GtkWidget      *tile;
  MadoKioskVisit *visit;
  char           *case_number;
  char           *kind;
  gboolean        printing;
};

G_DEFINE_FINAL_TYPE (MadoPrintTile, mado_print_tile, GTK_TYPE_BOX)

static void
mado_print_tile_finalize (GObject *object)
{
  MadoPrintTile *self = MADO_PRINT_TILE (object);

  g_clear_object (&self->visit);
  g_free (self->case_number);
  g_free (self->kind);
  G_OBJECT_CLASS (mado_print_tile_parent_class)->finalize (object);
}

static void
mado_print_tile_class_init (MadoPrintTileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_print_tile_finalize;
}

static void
mado_print_tile_init (MadoPrintTile *self)
{
}

static void
say (MadoPrintTile *self, const char *icon, const char *title, const char *detail)
{
  g_object_set (self->tile, "icon", icon, "title", title, "detail", detail, NULL);
}

static gboolean
is_result (MadoPrintTile *self)
{
  return g_str_equal (self->kind, "result");
}

static void
say_ready (MadoPrintTile *self)
{
  say (self, "print", is_result (self) ? _("Print the certificate") : _("Print the receipt"),
       is_result (self) ? _("Please take it with you") : _("One page A4, free of charge"));
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoPrintTile) self = data;
  g_autoptr(GError) error = NULL;

  self->printing = FALSE;
  if (mado_kiosk_visit_print_finish (MADO_KIOSK_VISIT (source), result, &error))
    say (self, "ckc", _("Printed"), _("Please take the paper. Press to print again."));
  else
    say (self, "alert", _("It could not be printed"), _("Press to try again, or call staff."));
}

static void
on_pressed (MadoPrintTile *self)
{
  if (self->printing)
    return;
  self->printing = TRUE;
  say (self, "print", _("Printing…"), _("Please wait here"));
  mado_kiosk_visit_print_async (self->visit, self->case_number, self->kind, on_printed, g_object_ref (self));
}

GtkWidget *
mado_print_tile_new (MadoKioskVisit *visit, const char *case_number, const char *kind)
{
  MadoPrintTile *self = g_object_new (MADO_TYPE_PRINT_TILE, NULL);

  self->visit = g_object_ref (visit);
  self->case_number = g_strdup (case_number);
  self->kind = g_strdup (kind);
  self->tile = mado_tile_new ("print", "", NULL);
  gtk_widget_set_hexpand (self->tile, TRUE);
  g_object_set (self->tile, "upright", TRUE, "centred", TRUE, NULL);
  gtk_widget_add_css_class (self->tile, "paper");
  g_signal_connect_swapped (self->tile, "clicked", G_CALLBACK (on_pressed), self);
  gtk_box_append (GTK_BOX (self), self->tile);
  say_ready (self);
  return GTK_WIDGET (self);
}
