/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * The one place where a visit's papers lie on their way to the printer: a folder of its own that only this user can
 * enter, in memory where the system offers that ($XDG_RUNTIME_DIR), gone with the visit.
 */
typedef struct _MadoVisitFolder MadoVisitFolder;

MadoVisitFolder *mado_visit_folder_new      (GError **error);
const char      *mado_visit_folder_get_path (MadoVisitFolder *self);
/* (transfer full): the new file's path. */
char            *mado_visit_folder_write    (MadoVisitFolder *self, const char *suffix, GBytes *bytes, GError **error);
/* With all that is in it. */
void             mado_visit_folder_free     (MadoVisitFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoVisitFolder, mado_visit_folder_free)

/* At the start of a program: what visits left whose program was killed, or became this one. */
void             mado_visit_folder_sweep    (void);
