/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-print-tile.h"

#include <glib/gi18n-lib.h>
#include "core/mado-error.h"
#include "widgets/mado-tile.h"

struct _MadoPrintTile {
  GtkBox          parent;
  GtkWidget      *tile;
  MadoKioskVisit *visit;
  GStrv           numbers;   /* of cases; (nullable): the guide */
  char           *kind;
  guint           next;      /* to be printed */
  gboolean        printing;
};

G_DEFINE_FINAL_TYPE (MadoPrintTile, mado_print_tile, GTK_TYPE_BOX)

static void
mado_print_tile_finalize (GObject *object)
{
  MadoPrintTile *self = MADO_PRINT_TILE (object);

  g_clear_object (&self->visit);
  g_strfreev (self->numbers);
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
  return g_strcmp0 (self->kind, "result") == 0;
}

static void
say_ready (MadoPrintTile *self)
{
  guint n = self->numbers != NULL ? g_strv_length (self->numbers) : 0;
  g_autofree char *sheets = g_strdup_printf (ngettext ("%u record, free of charge", "%u records, free of charge", n),
                                             n);

  if (self->numbers == NULL)
    say (self, "print", _("Print the guide"), _("The other counters: where, when, what to bring"));
  else if (is_result (self))
    say (self, "print", _("Print the certificate"), _("Please take it with you"));
  else if (g_str_equal (self->kind, "form"))
    say (self, "doc", _("Print the official form"), _("Your answers on the city's own sheet"));
  else if (g_str_equal (self->kind, "slip"))
    say (self, "print", _("Print a payment slip"), _("For a convenience store, on your way home"));
  else if (g_str_equal (self->kind, "receipt"))
    say (self, "print", _("Print the receipt for your payment"), _("One page A4, free of charge"));
  else
    say (self, "print", _("Print the receipt"), n > 1 ? sheets : _("One page A4, free of charge"));
}

static void print_next (MadoPrintTile *self);

/* A certificate comes out once: what remains is to be read, and is no button any more. */
static void
say_printed (MadoPrintTile *self)
{
  say (self, "ckc", _("Printed"), is_result (self) ? _("Please take the paper.")
                                                   : _("Please take the paper. Press to print again."));
  gtk_widget_set_can_target (self->tile, !is_result (self));
  gtk_widget_set_focusable (self->tile, !is_result (self));
}

/* Takes @error. */
static void
go_on (MadoPrintTile *self, gboolean printed, GError *error)
{
  self->next++;
  self->printing = printed && self->numbers != NULL && self->numbers[self->next] != NULL;
  if (self->printing)
    print_next (self);
  else if (printed)
    say_printed (self);
  else if (g_error_matches (error, MADO_ERROR, MADO_ERROR_CONFLICT))
    say (self, "alert", _("It could not be printed"), error->message);
  else
    say (self, "alert", _("It could not be printed"), _("Press to try again, or call staff."));
  g_clear_error (&error);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoPrintTile) self = data;
  GError *error = NULL;
  gboolean printed = mado_kiosk_visit_print_finish (MADO_KIOSK_VISIT (source), result, &error);

  go_on (self, printed, error);
}

static void
on_guide_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoPrintTile) self = data;
  GError *error = NULL;
  gboolean printed = mado_kiosk_visit_print_guide_finish (MADO_KIOSK_VISIT (source), result, &error);

  go_on (self, printed, error);
}

static void
print_next (MadoPrintTile *self)
{
  if (self->numbers == NULL)
    mado_kiosk_visit_print_guide_async (self->visit, on_guide_printed, g_object_ref (self));
  else
    mado_kiosk_visit_print_async (self->visit, self->numbers[self->next], self->kind, on_printed, g_object_ref (self));
}

static void
on_pressed (MadoPrintTile *self)
{
  if (self->printing)
    return;
  self->printing = TRUE;
  self->next = 0;
  say (self, "print", _("Printing…"), _("Please wait here"));
  print_next (self);
}

void
mado_print_tile_print (GtkWidget *tile)
{
  on_pressed (MADO_PRINT_TILE (tile));
}

/* Takes @numbers. */
static GtkWidget *
new_tile (MadoKioskVisit *visit, GStrv numbers, const char *kind)
{
  MadoPrintTile *self = g_object_new (MADO_TYPE_PRINT_TILE, NULL);

  self->visit = g_object_ref (visit);
  self->numbers = numbers;
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

GtkWidget *
mado_print_tile_new (MadoKioskVisit *visit, const char *case_number, const char *kind)
{
  return new_tile (visit, g_strdupv ((char *[]) { (char *) case_number, NULL }), kind);
}

GtkWidget *
mado_print_tile_new_for_all (MadoKioskVisit *visit, GStrv numbers, const char *kind)
{
  return new_tile (visit, g_strdupv (numbers), kind);
}

GtkWidget *
mado_print_tile_new_for_guide (MadoKioskVisit *visit)
{
  return new_tile (visit, NULL, NULL);
}
