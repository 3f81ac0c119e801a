/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/slip/mado-slip-page.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-entry.h"

struct _MadoSlipPage {
  MadoFlowPage parent;
  MadoEntry   *entry;
};

G_DEFINE_FINAL_TYPE (MadoSlipPage, mado_slip_page, MADO_TYPE_FLOW_PAGE)

static void
build (MadoFlowPage *page)
{
  MadoSlipPage *self = MADO_SLIP_PAGE (page);

  mado_page_set_title (MADO_PAGE (self), _("Payments"));
  mado_page_set_heading (MADO_PAGE (self), _("Please hold the bar code of your slip under the reader"));
  mado_page_set_lead (MADO_PAGE (self), _("Its digits can also be typed here: there are 44 of them."));
  mado_page_set_primary (MADO_PAGE (self), _("Next"), "r");
  self->entry = MADO_ENTRY (mado_entry_new (_("Bar code"), MADO_ENTRY_DIGITS));
  mado_flow_page_add (page, GTK_WIDGET (self->entry), NULL);
}

/* One that was paid already is not asked for again. */
static void
go_on (MadoFlowPage *self)
{
  JsonNode *charge = mado_till_get_charge (mado_kiosk_visit_get_till (mado_flow_page_get_visit (self)));

  if (g_strcmp0 (mado_phrase_text (charge, "/state", "en"), "open") == 0)
    mado_flow_page_go (self, "pay", FALSE);
  else
    mado_flow_page_complain (self, _("This slip does not have to be paid any more."), _("If you are not sure, please "
                                                                                      "call staff."));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFlowPage) self = data;
  g_autoptr(GError) error = NULL;

  mado_page_set_busy (MADO_PAGE (self), NULL);
  if (mado_till_find_slip_finish (MADO_TILL (source), result, &error))
    go_on (self);
  else
    mado_flow_page_complain (self, error->message, _("Please try again, or call staff."));
}

static gboolean
check (MadoSlipPage *self, const char *typed)
{
  MadoPage *page = MADO_PAGE (self);
  const char *lack = *typed == '\0' ? _("Please hold the slip under the reader, or type its 44 digits") : NULL;

  mado_page_clear_mistakes (page);
  mado_entry_set_mistake (self->entry, lack);
  if (lack != NULL)
    mado_page_add_mistake (page, lack, NULL, GTK_WIDGET (self->entry));
  mado_page_show_mistakes (page);
  return lack == NULL;
}

static void
apply (MadoPage *page)
{
  MadoSlipPage *self = MADO_SLIP_PAGE (page);
  g_autofree char *typed = mado_entry_dup_value (self->entry);

  if (!check (self, typed))
    return;
  mado_page_set_busy (page, _("Checking…"));
  mado_till_find_slip_async (mado_kiosk_visit_get_till (mado_flow_page_get_visit (MADO_FLOW_PAGE (self))), typed,
                             on_found, g_object_ref (self));
}

static void
mado_slip_page_class_init (MadoSlipPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_slip_page_init (MadoSlipPage *self)
{
}
