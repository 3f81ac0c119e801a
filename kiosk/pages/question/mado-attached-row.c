/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/question/mado-attached-row.h"

#include <glib/gi18n-lib.h>
#include "pages/mado-flow-page.h"
#include "widgets/mado-button.h"
#include "widgets/mado-icon.h"

#define SMALL 200   /* pixels, the longer side */

/* (nullable): a PDF has no picture. */
static GtkWidget *
new_picture (GBytes *content)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (content);
  g_autoptr(GdkPixbuf) small = gdk_pixbuf_new_from_stream_at_scale (stream, SMALL, SMALL, TRUE, NULL, NULL);
  g_autoptr(GdkTexture) texture = small != NULL ? gdk_texture_new_for_pixbuf (small) : NULL;
  GtkWidget *picture;

  if (texture == NULL)
    return NULL;
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);   /* words tell it */
  return picture;
}

static char *
describe (GBytes *content, gboolean is_picture, guint n)
{
  g_autofree char *size = content != NULL ? g_format_size (g_bytes_get_size (content)) : NULL;

  if (content == NULL)
    return g_strdup_printf (_("Attachment %u"), n);
  return is_picture ? g_strdup_printf (_("Attachment %u: a picture, %s"), n, size)
                    : g_strdup_printf (_("Attachment %u: a PDF, %s"), n, size);
}

static GtkWidget *
new_remove (const char *what)
{
  GtkWidget *remove = mado_button_new (_("Remove"), "x", "link");
  g_autofree char *name = g_strdup_printf ("%s: %s", _("Remove"), what);

  mado_button_set_wrap (MADO_BUTTON (remove), FALSE);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return remove;
}

GtkWidget *
mado_attached_row_new (GBytes *content, guint n)
{
  GtkWidget *picture = content != NULL ? new_picture (content) : NULL;
  GtkWidget *row = mado_piece_row (24, "answer");
  g_autofree char *what = describe (content, picture != NULL, n);
  GtkWidget *words = mado_piece_label (what, "answer-value");
  GtkWidget *remove = new_remove (what);

  gtk_box_append (GTK_BOX (row), picture != NULL ? picture : mado_icon_new ("doc", 64));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), remove);
  return row;
}

GtkWidget *
mado_attached_row_get_remove (GtkWidget *row)
{
  return gtk_widget_get_last_child (row);
}
