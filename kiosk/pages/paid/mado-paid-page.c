/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/paid/mado-paid-page.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "pages/mado-print-tile.h"
#include "pages/pay/mado-bill.h"
#include "visit/mado-phrase.h"

struct _MadoPaidPage {
  MadoFlowPage parent;
  gboolean     followed;
  gboolean     printed;    /* what it released came out once, by itself */
};

G_DEFINE_FINAL_TYPE (MadoPaidPage, mado_paid_page, MADO_TYPE_FLOW_PAGE)

/* What is said of each ending. */
typedef struct {
  const char *heading;
  const char *icon, *ground;
  const char *what, *next;
  gboolean    again;       /* one may begin anew */
} Ending;

static const Ending endings[] = {
  [MADO_TILL_UNKNOWN] = { N_("It is not known yet whether it was paid"), "alert", "warn",
                          N_("Please do not pay again."),
                          N_("We are asking, and this screen changes by itself. If you cannot wait, please call staff: "
                             "if it was paid, it counts."), FALSE },
  [MADO_TILL_PAID] = { N_("Paid"), "ckc", "ok", N_("We have received your payment."), N_("Thank you."), FALSE },
  [MADO_TILL_FAILED] = { N_("It was not paid"), "alert", "danger", N_("Nothing was taken from you here."),
                         N_("You can try again, or pay at the counter."), TRUE },
  [MADO_TILL_CANCELLED] = { N_("You did not pay"), "info", "mist", N_("The code cannot be paid any more."),
                            N_("You can begin again, or pay at the counter."), TRUE },
  [MADO_TILL_EXPIRED] = { N_("The time for paying is over"), "clock", "mist", N_("Nothing was paid."),
                          N_("You can begin again, or pay at the counter."), TRUE },
};

/* Of a card, where the terminal says more. */
static const struct {
  const char *reason, *what;
} reasons[] = {
  { "no-funds", N_("There was not enough money on the card. Nothing was taken.") },
  { "timeout", N_("No card was held to the terminal. Nothing was taken.") },
  { "unreachable", N_("The terminal does not answer just now. Nothing was taken.") },
  { "busy", N_("The terminal is still busy with somebody else. Nothing was taken.") },
};

static MadoTill *
till_of (MadoFlowPage *self)
{
  return mado_kiosk_visit_get_till (mado_flow_page_get_visit (self));
}

static const Ending *
ending_of (MadoFlowPage *self)
{
  MadoTillState state = mado_till_get_state (till_of (self));

  return state >= MADO_TILL_UNKNOWN ? &endings[state] : &endings[MADO_TILL_UNKNOWN];
}

/* What happened, in the words of how it was paid. */
static const char *
what_of (MadoFlowPage *self, const Ending *ending)
{
  MadoTill *till = till_of (self);

  if (!ending->again)
    return _(ending->what);
  if (mado_till_get_trouble (till) != NULL)
    return mado_till_get_trouble (till);
  if (!mado_till_is_at_terminal (till))
    return _(ending->what);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (mado_till_get_reason (till), reasons[i].reason) == 0)
      return _(reasons[i].what);
  return _("Nothing was taken from your card.");
}

static gboolean
prints_here (MadoKioskVisit *visit)
{
  MadoPrinter *printer = mado_station_get_printer (mado_kiosk_visit_get_station (visit));

  return mado_printer_get_state (printer) == MADO_PRINTER_READY;
}

/* What waited for the money: it comes out by itself, once, and may be printed again. */
static void
add_released (MadoFlowPage *page)
{
  MadoPaidPage *self = MADO_PAID_PAGE (page);
  MadoKioskVisit *visit = mado_flow_page_get_visit (page);
  JsonNode *released = mado_till_get_case (till_of (page));
  JsonNode *has_result = released != NULL ? mado_json_get (released, "/hasResult") : NULL;
  GtkWidget *tile;

  if (has_result == NULL || !json_node_get_boolean (has_result) || !prints_here (visit))
    return;
  tile = mado_print_tile_new (visit, mado_phrase_text (released, "/number", "en"), "result");
  mado_flow_page_add (page, tile, "gap", 32, "per-row", 2, NULL);
  if (!self->printed)
    mado_print_tile_print (tile);
  self->printed = TRUE;
}

static void
add_receipt (MadoFlowPage *page)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (page);
  const char *number = mado_phrase_text (mado_till_get_charge (till_of (page)), "/number", "en");

  if (prints_here (visit) && !mado_till_is_for_another (till_of (page)))
    mado_flow_page_add (page, mado_print_tile_new (visit, number, "receipt"), "gap", 32, "per-row", 2, NULL);
}

static void
build (MadoFlowPage *self)
{
  const Ending *ending = ending_of (self);

  mado_page_set_title (MADO_PAGE (self), _("Payments"));
  mado_page_set_heading (MADO_PAGE (self), _(ending->heading));
  mado_page_set_primary (MADO_PAGE (self), ending->again ? _("Begin again") : _("Finish (and erase)"), NULL);
  mado_page_set_second (MADO_PAGE (self), ending->again ? _("Finish (and erase)") : NULL, NULL);
  mado_flow_page_add (self, mado_bill_new (till_of (self)), "gap", 32, NULL);
  mado_flow_page_add (self, mado_piece_notice (ending->icon, what_of (self, ending), _(ending->next),
                                               ending->ground), "gap", 32, NULL);
  if (mado_till_get_state (till_of (self)) == MADO_TILL_PAID) {
    add_released (self);
    add_receipt (self);
  }
}

static void
on_state (MadoPaidPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
shown (MadoPage *page)
{
  MadoPaidPage *self = MADO_PAID_PAGE (page);

  if (!self->followed)
    g_signal_connect_object (till_of (MADO_FLOW_PAGE (page)), "notify::state", G_CALLBACK (on_state), self,
                             G_CONNECT_SWAPPED);
  self->followed = TRUE;
  MADO_PAGE_CLASS (mado_paid_page_parent_class)->shown (page);
}

static void
end (MadoPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "app.end", NULL);
}

static void
apply (MadoPage *page)
{
  if (ending_of (MADO_FLOW_PAGE (page))->again)
    mado_flow_page_go (MADO_FLOW_PAGE (page), "pay", TRUE);
  else
    end (page);
}

static void
reset (MadoPage *page)
{
  MADO_PAID_PAGE (page)->printed = FALSE;
  MADO_PAGE_CLASS (mado_paid_page_parent_class)->reset (page);
}

static void
mado_paid_page_class_init (MadoPaidPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->shown = shown;
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_PAGE_CLASS (klass)->second = end;
  MADO_PAGE_CLASS (klass)->reset = reset;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_paid_page_init (MadoPaidPage *self)
{
  mado_page_set_may_go_back (MADO_PAGE (self), FALSE);
}
