/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * A line to sign on, with a finger, a pen or a mouse. Signal: `changed`, after each stroke and when strokes are taken
 * back. What is drawn is told as mado_signature_write() does.
 */
#define MADO_TYPE_SIGNATURE_PAD (mado_signature_pad_get_type ())
G_DECLARE_FINAL_TYPE (MadoSignaturePad, mado_signature_pad, MADO, SIGNATURE_PAD, GtkWidget)

GtkWidget *mado_signature_pad_new      (void);
/* (nullable): what is not drawn clears it. */
void       mado_signature_pad_set_path (MadoSignaturePad *self, const char *path);
/* (transfer full) (nullable): NULL where nothing is drawn. */
char      *mado_signature_pad_dup_path (MadoSignaturePad *self);
/* The last stroke. */
void       mado_signature_pad_undo     (MadoSignaturePad *self);
void       mado_signature_pad_clear    (MadoSignaturePad *self);
