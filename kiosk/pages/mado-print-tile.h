/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-kiosk-visit.h"
#include <gtk/gtk.h>

/* Prints when pressed, and says how that went in its own words. */
#define MADO_TYPE_PRINT_TILE (mado_print_tile_get_type ())
G_DECLARE_FINAL_TYPE (MadoPrintTile, mado_print_tile, MADO, PRINT_TILE, GtkBox)

/* One paper of a case or of a charge. @number, @kind: as for mado_kiosk_visit_print_async() */
GtkWidget *mado_print_tile_new           (MadoKioskVisit *visit, const char *case_number, const char *kind);
/* The same of all these cases, one after the other. */
GtkWidget *mado_print_tile_new_for_all   (MadoKioskVisit *visit, GStrv numbers, const char *kind);
/* The guide to what is done elsewhere. */
GtkWidget *mado_print_tile_new_for_guide (MadoKioskVisit *visit);
/* As if it was pressed. */
void       mado_print_tile_print         (GtkWidget *tile);
