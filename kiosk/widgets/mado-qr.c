/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-qr.h"

#include <qrencode.h>

#define QUIET 4   /* modules around it, ISO/IEC 18004 */

struct _MadoQr {
  GtkWidget parent;
  QRcode   *code;
  int       module;
};

G_DEFINE_FINAL_TYPE (MadoQr, mado_qr, GTK_TYPE_WIDGET)

static void
mado_qr_finalize (GObject *object)
{
  g_clear_pointer (&MADO_QR (object)->code, QRcode_free);
  G_OBJECT_CLASS (mado_qr_parent_class)->finalize (object);
}

static int
edge (MadoQr *self)
{
  return (self->code->width + 2 * QUIET) * self->module;
}

static void
mado_qr_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                 int *least_baseline, int *natural_baseline)
{
  *least = *natural = edge (MADO_QR (widget));
}

static void
mado_qr_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadoQr *self = MADO_QR (widget);
  const GdkRGBA black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  int side = self->code->width, module = self->module;
  int left = (gtk_widget_get_width (widget) - edge (self)) / 2;
  int top = (gtk_widget_get_height (widget) - edge (self)) / 2;

  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (left, top, edge (self), edge (self)));
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      if (self->code->data[y * side + x] & 1)
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT (left + (x + QUIET) * module, top + (y + QUIET) * module,
                                                        module, module));
}

static void
mado_qr_class_init (MadoQrClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mado_qr_finalize;
  widget_class->measure = mado_qr_measure;
  widget_class->snapshot = mado_qr_snapshot;
  gtk_widget_class_set_css_name (widget_class, "qr");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mado_qr_init (MadoQr *self)
{
}

GtkWidget *
mado_qr_new (const char *text, int size, const char *description)
{
  MadoQr *self = g_object_new (MADO_TYPE_QR, NULL);

  self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  self->module = MAX (size / (self->code->width + 2 * QUIET), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  return GTK_WIDGET (self);
}
