/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The question of a page with its tag, a sentence under it, and why it is asked. */
#define MADO_TYPE_HEADING (mado_heading_get_type ())
G_DECLARE_FINAL_TYPE (MadoHeading, mado_heading, MADO, HEADING, GtkWidget)

const char *mado_heading_get_text (MadoHeading *self);
void        mado_heading_set_text (MadoHeading *self, const char *text);
void        mado_heading_set_lead (MadoHeading *self, const char *lead);
void        mado_heading_set_why  (MadoHeading *self, const char *why);
/* @need: a MadoNeed */
void        mado_heading_set_need (MadoHeading *self, guint need);
