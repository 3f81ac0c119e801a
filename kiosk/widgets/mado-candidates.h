/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "input/mado-composer.h"

#include <gtk/gtk.h>

/* 「漢字をえらぶ」: what the reading could be written as, as buttons, page by page. */
#define MADO_TYPE_CANDIDATES (mado_candidates_get_type ())
G_DECLARE_FINAL_TYPE (MadoCandidates, mado_candidates, MADO, CANDIDATES, GtkWidget)

void mado_candidates_set_composer (MadoCandidates *self, MadoComposer *composer);   /* (nullable) */
int  mado_candidates_get_height   (MadoCandidates *self, gboolean wide);
