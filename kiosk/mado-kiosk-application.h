/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "visit/mado-kiosk-visit.h"

/* How this kiosk is set up, from its command line. All strings (nullable). */
typedef struct {
  MadoStationSettings station;
  char               *city;         /* folder of the city */
  int                 width, height;/* of a window, instead of the whole screen; 0 */
  guint               idle_s;       /* without a touch until the warning */
  guint               warning_s;    /* from the warning until the visit ends, at least 20 */
  gboolean            ended;        /* the visit before this process was ended by its resident */
} MadoKioskSettings;

/*
 * One visit from its start to its end. The end wipes: the program then becomes a new process, of which nothing
 * remembers this one. Actions: `app.call-staff`, `app.end`.
 */
#define MADO_TYPE_KIOSK_APPLICATION (mado_kiosk_application_get_type ())
G_DECLARE_FINAL_TYPE (MadoKioskApplication, mado_kiosk_application, MADO, KIOSK_APPLICATION, GtkApplication)

/* NULL where the city's folder or the station's settings are not as they should be; @settings outlive it. */
MadoKioskApplication *mado_kiosk_application_new       (const MadoKioskSettings *settings, GError **error);
/* (nullable): in a test of single pages. */
MadoKioskApplication *mado_kiosk_application_get       (void);
MadoStation          *mado_kiosk_application_get_station (MadoKioskApplication *self);
MadoKioskVisit       *mado_kiosk_application_get_visit (MadoKioskApplication *self);
const MadoKioskSettings *mado_kiosk_application_get_settings (MadoKioskApplication *self);
/* TRUE once the visit is over and a new process is wanted. */
gboolean              mado_kiosk_application_is_over   (MadoKioskApplication *self);
/* It was the resident who ended it, not time: the next process then says that all is erased. */
gboolean              mado_kiosk_application_says_goodbye (MadoKioskApplication *self);
/* Wipes and starts afresh, without a word. */
void                  mado_kiosk_application_expire    (MadoKioskApplication *self);
