/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/*
 * The printer beside the screen, as the device's profile names it: "cups:QUEUE", "file:FOLDER" (each print becomes a
 * file there: the sample city, and counters where staff hand out the paper) or "none".
 *
 * What is printed belongs to the visit: it is waited for, whatever has not come out when the visit ends is taken
 * back, and nothing of either stays in the spool.
 */
typedef enum {
  MADO_PRINTER_ABSENT,
  MADO_PRINTER_READY,
  MADO_PRINTER_OUT,      /* of paper or toner, switched off, jammed */
} MadoPrinterState;

#define MADO_TYPE_PRINTER (mado_printer_get_type ())
G_DECLARE_FINAL_TYPE (MadoPrinter, mado_printer, MADO, PRINTER, GObject)

MadoPrinter     *mado_printer_new            (const char *address, GError **error);
/* As it was when last looked at. */
MadoPrinterState mado_printer_get_state      (MadoPrinter *self);
void             mado_printer_look_async     (MadoPrinter *self, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
MadoPrinterState mado_printer_look_finish    (MadoPrinter *self, GAsyncResult *result);
/* @path is read before the callback; a print that is not done after two minutes is taken back. */
void             mado_printer_print_async    (MadoPrinter *self, const char *path, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
gboolean         mado_printer_print_finish   (MadoPrinter *self, GAsyncResult *result, GError **error);
