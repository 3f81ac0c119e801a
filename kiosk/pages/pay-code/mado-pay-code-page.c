/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pay-code/mado-pay-code-page.h"

#include <glib/gi18n-lib.h>

#include "core/mado-yen.h"
#include "mado-theme.h"
#include "pages/pay/mado-bill.h"
#include "widgets/mado-button.h"
#include "widgets/mado-icon.h"
#include "widgets/mado-qr.h"

#define QR_SIZE 498

struct _MadoPayCodePage {
  MadoFlowPage parent;
  GtkLabel    *left;       /* (nullable): in the page while the code is */
  GtkLevelBar *bar;
  guint        timer;
  gboolean     followed;
  gboolean     elsewhere;  /* given up for another way of paying */
};

G_DEFINE_FINAL_TYPE (MadoPayCodePage, mado_pay_code_page, MADO_TYPE_FLOW_PAGE)

static MadoTill *
till_of (MadoPayCodePage *self)
{
  return mado_kiosk_visit_get_till (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)));
}

/* --- the time that is left -------------------------------------------------------------------------------------- */

static void
show_time (MadoPayCodePage *self)
{
  guint left = mado_till_get_left (till_of (self));
  /* Translators: minutes and seconds that are left */
  g_autofree char *text = g_strdup_printf (_("%u min %02u s"), left / 60, left % 60);

  gtk_label_set_label (self->left, text);
  gtk_level_bar_set_value (self->bar, left);
}

static gboolean
on_second (gpointer data)
{
  MadoPayCodePage *self = data;

  if (self->left != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_time (self);
  return G_SOURCE_CONTINUE;
}

static void
on_extend (MadoPayCodePage *self)
{
  mado_till_extend (till_of (self));
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static GtkWidget *
new_more (MadoPayCodePage *self)
{
  GtkWidget *more = mado_button_new (_("5 more minutes"), "plus", NULL);

  gtk_widget_set_margin_top (more, 16);
  g_signal_connect_object (more, "clicked", G_CALLBACK (on_extend), self, G_CONNECT_SWAPPED);
  return more;
}

static GtkWidget *
new_time (MadoPayCodePage *self)
{
  GtkWidget *box = mado_piece_column (8, NULL);
  guint whole = MAX (mado_till_get_whole (till_of (self)), 1);

  self->left = GTK_LABEL (mado_piece_label (NULL, "count"));
  self->bar = GTK_LEVEL_BAR (gtk_level_bar_new_for_interval (0, whole));
  gtk_box_append (GTK_BOX (box), mado_piece_label (_("Time left"), "faint"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->left));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  if (mado_till_may_extend (till_of (self)))
    gtk_box_append (GTK_BOX (box), new_more (self));
  show_time (self);
  return box;
}

/* --- the code --------------------------------------------------------------------------------------------------- */

static GtkWidget *
new_code (MadoPayCodePage *self)
{
  GtkWidget *words = mado_piece_column (32, NULL);
  GtkWidget *card = mado_piece_row (28, "till");

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), mado_piece_label (_("Read it with your payment app"), "h3"));
  gtk_box_append (GTK_BOX (words), new_time (self));
  gtk_box_append (GTK_BOX (card), mado_qr_new (mado_till_get_url (till_of (self)), QR_SIZE, _("The code to pay by")));
  gtk_box_append (GTK_BOX (card), words);
  return card;
}

/* A picture with its number, and under it what to do. */
static GtkWidget *
new_step (const char *number, const char *icon, const char *text)
{
  GtkWidget *step = mado_piece_column (12, NULL), *card = gtk_overlay_new ();
  GtkWidget *words = mado_piece_label (text, "strong"), *badge = mado_piece_label (number, "badge");

  gtk_widget_add_css_class (card, "step");
  gtk_overlay_set_child (GTK_OVERLAY (card), mado_icon_new (icon, mado_theme_is_large (mado_theme_get ()) ? 76 : 132));
  gtk_widget_set_halign (badge, GTK_ALIGN_START);
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (badge), 0.5);
  gtk_overlay_add_overlay (GTK_OVERLAY (card), badge);
  gtk_label_set_xalign (GTK_LABEL (words), 0.5);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (step), card);
  gtk_box_append (GTK_BOX (step), words);
  return step;
}

static void
add_steps (MadoFlowPage *self, MadoTill *till)
{
  g_autofree char *yen = mado_yen_format (mado_till_get_owed (till));
  g_autofree char *pay = g_strdup_printf (_("Pay %s"), yen);

  mado_flow_page_add (self, mado_piece_label (_("How it is done"), "h3"), "gap", 32, "keep", TRUE, NULL);
  mado_flow_page_add (self, new_step ("1", "phone", _("Open the app")), "gap", 8, "per-row", 3, NULL);
  mado_flow_page_add (self, new_step ("2", "scan", _("Read the code")), "gap", 8, "per-row", 3, NULL);
  mado_flow_page_add (self, new_step ("3", "yen", pay), "gap", 8, "per-row", 3, NULL);
}

/* The terminal speaks and lights up by itself; the screen says what to do and stays. */
static GtkWidget *
new_terminal (void)
{
  GtkWidget *card = mado_piece_row (28, "till");
  GtkWidget *words = mado_piece_column (16, NULL);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), mado_piece_label (_("Please hold your card to the terminal"), "h2"));
  gtk_box_append (GTK_BOX (words), mado_piece_label (_("Hold it there until you hear the tone."), "strong"));
  gtk_box_append (GTK_BOX (card), mado_icon_new ("card", 160));
  gtk_box_append (GTK_BOX (card), words);
  return card;
}

static void
add_waiting (MadoPayCodePage *self)
{
  MadoFlowPage *page = MADO_FLOW_PAGE (self);
  gboolean terminal = mado_till_is_at_terminal (till_of (self));

  mado_page_set_second (MADO_PAGE (self), _("Stop (I do not pay)"), "x");
  mado_page_set_primary (MADO_PAGE (self), _("Pay in another way"), NULL);
  mado_flow_page_add (page, terminal ? new_terminal () : new_code (self), "gap", 24, NULL);
  if (!terminal)
    add_steps (page, till_of (self));
  mado_flow_page_add (page, mado_piece_notice ("info", _("Once it is paid, this screen changes by itself."),
                                               _("If it does not, please do not pay again: call staff."), "mist"),
                      "gap", 32, NULL);
}

static const char *
getting_ready (MadoTill *till)
{
  return mado_till_is_at_terminal (till) ? _("The terminal is getting ready…") : _("The code is coming…");
}

static void
build (MadoFlowPage *page)
{
  MadoPayCodePage *self = MADO_PAY_CODE_PAGE (page);
  MadoTillState state = mado_till_get_state (till_of (self));

  self->left = NULL;
  mado_page_set_title (MADO_PAGE (self), _("Payments"));
  mado_page_set_second (MADO_PAGE (self), NULL, NULL);
  mado_page_set_primary (MADO_PAGE (self), NULL, NULL);
  mado_flow_page_add (page, mado_bill_new (till_of (self)), NULL);
  if (state == MADO_TILL_WAITING)
    add_waiting (self);
  else if (state == MADO_TILL_CLOSING)
    mado_flow_page_add (page, mado_piece_notice ("clock", _("We make sure that nothing was paid…"),
                                                 _("Please wait a moment."), "mist"), "gap", 40, NULL);
  else
    mado_flow_page_add (page, mado_piece_notice ("clock", getting_ready (till_of (self)), _("Please wait a moment."),
                                                 "mist"), "gap", 40, NULL);
}

/* --- going on --------------------------------------------------------------------------------------------------- */

static gboolean
is_here (MadoTillState state)
{
  return state == MADO_TILL_OPENING || state == MADO_TILL_WAITING || state == MADO_TILL_CLOSING;
}

/* Only who is known to have paid nothing may choose again. */
static void
leave (MadoPayCodePage *self)
{
  gboolean again = self->elsewhere && mado_till_get_state (till_of (self)) > MADO_TILL_PAID;

  self->elsewhere = FALSE;
  mado_flow_page_go (MADO_FLOW_PAGE (self), again ? "pay" : "paid", TRUE);
}

static void
on_state (MadoPayCodePage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (is_here (mado_till_get_state (till_of (self))))
    mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
  else
    leave (self);
}

static gboolean
on_passed_by (gpointer data)
{
  on_state (data);
  return G_SOURCE_REMOVE;
}

/* What is decided already is not shown here. */
static void
shown (MadoPage *page)
{
  MadoPayCodePage *self = MADO_PAY_CODE_PAGE (page);

  MADO_PAGE_CLASS (mado_pay_code_page_parent_class)->shown (page);
  if (!self->followed)
    g_signal_connect_object (till_of (self), "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  self->followed = TRUE;
  if (!is_here (mado_till_get_state (till_of (self))))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_passed_by, g_object_ref (self), g_object_unref);
}

static void
second (MadoPage *page)
{
  mado_till_cancel (till_of (MADO_PAY_CODE_PAGE (page)));
}

static void
apply (MadoPage *page)
{
  MADO_PAY_CODE_PAGE (page)->elsewhere = TRUE;
  mado_till_cancel (till_of (MADO_PAY_CODE_PAGE (page)));
}

static void
reset (MadoPage *page)
{
  MADO_PAY_CODE_PAGE (page)->elsewhere = FALSE;
  MADO_PAGE_CLASS (mado_pay_code_page_parent_class)->reset (page);
}

static void
mado_pay_code_page_dispose (GObject *object)
{
  g_clear_handle_id (&MADO_PAY_CODE_PAGE (object)->timer, g_source_remove);
  G_OBJECT_CLASS (mado_pay_code_page_parent_class)->dispose (object);
}

static void
mado_pay_code_page_class_init (MadoPayCodePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_pay_code_page_dispose;
  MADO_PAGE_CLASS (klass)->shown = shown;
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_PAGE_CLASS (klass)->reset = reset;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_pay_code_page_init (MadoPayCodePage *self)
{
  mado_page_set_may_go_back (MADO_PAGE (self), FALSE);
  mado_page_set_primary_plain (MADO_PAGE (self), TRUE);
  self->timer = g_timeout_add_seconds (1, on_second, self);
}
