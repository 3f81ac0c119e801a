/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"
#include "widgets/mado-bar.h"
#include "widgets/mado-header.h"

/*
 * The whole screen, drawn for 1080 × 1920 or 1920 × 1080 and brought to the size there is: header, banners, page,
 * something to type on, action row and bar, each in its region. Where they lie is decided here and nowhere else.
 */
#define MADO_TYPE_STAGE (mado_stage_get_type ())
G_DECLARE_FINAL_TYPE (MadoStage, mado_stage, MADO, STAGE, GtkWidget)

MadoBar  *mado_stage_get_bar     (MadoStage *self);
/* Below the header, the most pressing first. (transfer none) */
GtkBox   *mado_stage_get_banners (MadoStage *self);
MadoPage *mado_stage_get_page    (MadoStage *self);
/* Shows @page, which becomes a child of the stage for good when it comes first. */
void      mado_stage_set_page    (MadoStage *self, MadoPage *page);
/* Lays @page out unseen, so that it is there at once when it is shown. */
void      mado_stage_prepare     (MadoStage *self, MadoPage *page);
/* The field that is, or last was, typed into on this page. (nullable) */
MadoTypist *mado_stage_get_typist (MadoStage *self);
/* What stands over everything but the bar (or over that too). (nullable): nothing */
void      mado_stage_set_veil    (MadoStage *self, GtkWidget *veil, gboolean over_bar);
