/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/number/mado-number-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-id.h"
#include "widgets/mado-entry.h"

struct _MadoNumberPage {
  MadoFlowPage parent;
  MadoEntry   *entry;
};

G_DEFINE_FINAL_TYPE (MadoNumberPage, mado_number_page, MADO_TYPE_FLOW_PAGE)

static void
build (MadoFlowPage *page)
{
  MadoNumberPage *self = MADO_NUMBER_PAGE (page);

  mado_page_set_title (MADO_PAGE (self), _("Your applications"));
  mado_page_set_heading (MADO_PAGE (self), _("The number of your application"));
  mado_page_set_lead (MADO_PAGE (self), _("It stands on the record you took home, and on its page on your phone."));
  mado_page_set_primary (MADO_PAGE (self), _("Find it"), "r");
  self->entry = MADO_ENTRY (mado_entry_new (_("Receipt number"), MADO_ENTRY_LATIN));
  g_object_set (self->entry, "hint", _("As in K7M4-R29-1. Hyphens may be left out."), NULL);
  mado_flow_page_add (page, GTK_WIDGET (self->entry), NULL);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFlowPage) self = data;
  g_autoptr(GError) error = NULL;

  mado_page_set_busy (MADO_PAGE (self), NULL);
  if (mado_kiosk_visit_find_case_finish (MADO_KIOSK_VISIT (source), result, &error))
    mado_flow_page_go (self, "case", FALSE);
  else
    mado_flow_page_complain (self, error->message, _("Please compare the number, or call staff."));
}

/* A slip is told beside the field, before anybody is asked. */
static gboolean
check (MadoNumberPage *self, const char *typed)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = mado_number_parse (typed, &error);

  mado_page_clear_mistakes (MADO_PAGE (self));
  mado_entry_set_mistake (self->entry, error != NULL ? error->message : NULL);
  if (number != NULL)
    return TRUE;
  mado_page_add_mistake (MADO_PAGE (self), error->message, _("Receipt number"), GTK_WIDGET (self->entry));
  mado_page_show_mistakes (MADO_PAGE (self));
  return FALSE;
}

static void
apply (MadoPage *page)
{
  MadoNumberPage *self = MADO_NUMBER_PAGE (page);
  g_autofree char *typed = mado_entry_dup_value (self->entry);

  if (!check (self, typed))
    return;
  mado_page_set_busy (page, _("Checking…"));
  mado_kiosk_visit_find_case_async (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)), typed, on_found,
                                    g_object_ref (self));
}

static void
mado_number_page_class_init (MadoNumberPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_number_page_init (MadoNumberPage *self)
{
}
