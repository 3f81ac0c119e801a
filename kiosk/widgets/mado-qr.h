/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A QR code of @text in whole pixels a module, black on white in every palette, with its quiet zone. */
#define MADO_TYPE_QR (mado_qr_get_type ())
G_DECLARE_FINAL_TYPE (MadoQr, mado_qr, MADO, QR, GtkWidget)

/* @size: of the edge at most, in pixels; @description: what it is, for those who do not see it. */
GtkWidget *mado_qr_new (const char *text, int size, const char *description);
