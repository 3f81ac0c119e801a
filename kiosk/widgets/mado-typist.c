/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-typist.h"

#include "pages/mado-page.h"

G_DEFINE_INTERFACE (MadoTypist, mado_typist, GTK_TYPE_WIDGET)

static void
mado_typist_default_init (MadoTypistInterface *iface)
{
}

MadoKeys
mado_typist_get_keys (MadoTypist *self)
{
  return MADO_TYPIST_GET_IFACE (self)->get_keys (self);
}

MadoComposer *
mado_typist_get_composer (MadoTypist *self)
{
  MadoTypistInterface *iface = MADO_TYPIST_GET_IFACE (self);

  return iface->get_composer != NULL ? iface->get_composer (self) : NULL;
}

void
mado_typist_type (MadoTypist *self, const char *text)
{
  MADO_TYPIST_GET_IFACE (self)->type (self, text);
}

void
mado_typist_erase (MadoTypist *self)
{
  MADO_TYPIST_GET_IFACE (self)->erase (self);
}

void
mado_typist_clear (MadoTypist *self)
{
  MADO_TYPIST_GET_IFACE (self)->clear (self);
}

void
mado_typist_first_year (MadoTypist *self)
{
  if (MADO_TYPIST_GET_IFACE (self)->first_year != NULL)
    MADO_TYPIST_GET_IFACE (self)->first_year (self);
}

void
mado_typist_unknown (MadoTypist *self)
{
  if (MADO_TYPIST_GET_IFACE (self)->unknown != NULL)
    MADO_TYPIST_GET_IFACE (self)->unknown (self);
}

static void
gather (GtkWidget *widget, GPtrArray *found)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (MADO_IS_TYPIST (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gather (child, found);
}

MadoTypist *
mado_typist_find (GtkWidget *widget)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  gather (widget, found);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

MadoTypist *
mado_typist_neighbour (MadoTypist *self, int direction)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), MADO_TYPE_PAGE);
  guint at;

  if (page == NULL)
    return NULL;
  gather (page, found);
  if (!g_ptr_array_find (found, self, &at))
    return NULL;

  return (int) at + direction >= 0 && (int) at + direction < (int) found->len
       ? g_ptr_array_index (found, (int) at + direction) : NULL;
}
