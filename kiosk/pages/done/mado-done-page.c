/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/done/mado-done-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "core/mado-yen.h"
#include "mado-place.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "pages/mado-print-tile.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-hero.h"
#include "widgets/mado-icon.h"
#include "widgets/mado-qr.h"

#define QR_SIZE 210

#define LINE 11   /* of a number in its largest size, on the narrowest card: K7M4 - R29 */

struct _MadoDonePage {
  MadoFlowPage parent;
  gboolean     asked;   /* for the link */
  gboolean     counted; /* what it costs was asked for */
  JsonNode    *charge;  /* (nullable): what is owed for it */
};

G_DEFINE_FINAL_TYPE (MadoDonePage, mado_done_page, MADO_TYPE_FLOW_PAGE)

/* The case this visit has just filed or corrected; NULL where it was kept. */
static JsonNode *
get_filed (MadoKioskVisit *visit)
{
  JsonNode *receipt = mado_kiosk_visit_get_receipt (visit);

  if (mado_kiosk_visit_get_stage (visit) == MADO_KIOSK_KEPT)
    return NULL;
  if (mado_kiosk_visit_is_correcting (visit))
    return mado_kiosk_visit_get_case (visit);
  return receipt != NULL ? mado_json_get (receipt, "/cases/0") : NULL;
}

/* Those of a visit that filed several; else NULL. */
static JsonArray *
get_all_filed (MadoKioskVisit *visit)
{
  JsonNode *cases = get_filed (visit) != NULL && !mado_kiosk_visit_is_correcting (visit)
                    ? mado_json_get (mado_kiosk_visit_get_receipt (visit), "/cases") : NULL;
  JsonArray *list = cases != NULL ? json_node_get_array (cases) : NULL;

  return list != NULL && json_array_get_length (list) > 1 ? list : NULL;
}

static gboolean
is_state (JsonNode *filed, const char *state)
{
  return g_strcmp0 (mado_phrase_text (filed, "/state", "en"), state) == 0;
}

static const char *
headline (JsonNode *filed)
{
  if (filed == NULL)
    return _("We keep it safe");
  return is_state (filed, "prefiled") ? _("It is prepared") : _("It is filed");
}

static GtkWidget *
new_hero (MadoKioskVisit *visit, JsonNode *filed)
{
  GtkWidget *hero = g_object_new (MADO_TYPE_HERO, "height", 300, NULL);
  GtkWidget *box = mado_piece_row (32, "farewell");
  GtkWidget *words = mado_piece_column (4, NULL);
  GtkWidget *tick = mado_icon_new ("ckc", 112);

  gtk_widget_add_css_class (tick, "tick");
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), mado_piece_label (headline (filed), "greeting"));
  gtk_box_append (GTK_BOX (words), mado_piece_label (mado_kiosk_visit_get_title (visit), "lead"));
  gtk_box_append (GTK_BOX (box), tick);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_parent (box, hero);
  return hero;
}

static char *
moment_of (MadoKioskVisit *visit)
{
  const char *text = mado_phrase_text (mado_kiosk_visit_get_receipt (visit), "/submittedAt", "en");
  gint64 time = text != NULL ? mado_clock_parse_time (text) : -1;

  return mado_phrase_moment (time > 0 ? time : mado_clock_now (), mado_words_get_language ());
}

/* (nullable): the case's; of several, or of a filing that was kept, the visit's, if it has one */
static const char *
number_of (MadoKioskVisit *visit)
{
  JsonNode *found = mado_kiosk_visit_get_case (visit);
  JsonNode *filed = mado_kiosk_visit_is_correcting (visit) ? found : get_filed (visit);

  if (get_all_filed (visit) != NULL)
    return mado_phrase_text (mado_kiosk_visit_get_receipt (visit), "/number", "en");
  return filed != NULL ? mado_phrase_text (filed, "/number", "en") : mado_kiosk_visit_get_number (visit);
}

/* As it is written and said: what there is before a number, too. */
static char *
dup_number (MadoKioskVisit *visit)
{
  g_autofree char *ticket = mado_kiosk_visit_dup_ticket (visit);
  const char *number = number_of (visit);

  return mado_phrase_number (number != NULL ? number : ticket);
}

static GtkWidget *
new_number_card (MadoKioskVisit *visit, JsonNode *filed)
{
  GtkWidget *card = mado_piece_column (8, "number-card");
  GtkWidget *top = mado_piece_row (16, NULL);
  g_autofree char *moment = moment_of (visit);
  g_autofree char *spaced = dup_number (visit);
  GtkWidget *name = mado_piece_label (number_of (visit) != NULL ? _("Receipt number")
                                                                : _("Ticket, until it is sent"), "strong");
  GtkWidget *digits = mado_piece_label (spaced, "number");

  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_xalign (GTK_LABEL (digits), 0.5);
  gtk_label_set_wrap_mode (GTK_LABEL (digits), PANGO_WRAP_WORD);
  if (g_utf8_strlen (spaced, -1) > LINE)
    gtk_widget_add_css_class (digits, "long");
  gtk_box_append (GTK_BOX (top), name);
  gtk_box_append (GTK_BOX (top), mado_piece_label (moment, "faint"));
  gtk_box_append (GTK_BOX (card), top);
  gtk_box_append (GTK_BOX (card), digits);
  return card;
}

static GtkWidget *
new_station (const MadoNext *next, gboolean last)
{
  GtkWidget *box = mado_piece_row (24, "station");
  GtkWidget *words = mado_piece_column (0, NULL);
  GtkWidget *line = mado_piece_column (0, NULL);
  GtkWidget *dot = mado_piece_row (0, "dot");
  GtkWidget *thread = mado_piece_row (0, "thread");

  gtk_widget_set_halign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (thread, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (thread, TRUE);
  gtk_box_append (GTK_BOX (line), dot);
  if (!last)
    gtk_box_append (GTK_BOX (line), thread);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), mado_piece_label (next->when, "when"));
  gtk_box_append (GTK_BOX (words), mado_piece_label (next->what, "reading"));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static void
add_next (MadoFlowPage *self, JsonNode *filed)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  g_autoptr(GPtrArray) list = mado_phrase_next (filed, mado_kiosk_visit_get_procedure (visit),
                                                mado_words_get_language ());

  if (list->len == 0)
    return;
  mado_flow_page_add (self, mado_piece_label (_("What happens next"), "h3"), "gap", 24, "keep", TRUE, NULL);
  for (guint i = 0; i < list->len; i++)
    mado_flow_page_add (self, new_station (g_ptr_array_index (list, i), i + 1 == list->len), "gap", i == 0 ? 8 : 0,
                        NULL);
}

static GtkWidget *
new_filed (JsonNode *filed)
{
  const char *language = mado_words_get_language ();
  g_autofree char *number = mado_phrase_number (mado_phrase_text (filed, "/number", language));
  GtkWidget *line = mado_piece_fact ("ckc", NULL, mado_phrase_text (filed, "/title", language));
  GtkWidget *words = gtk_widget_get_last_child (line);

  gtk_box_append (GTK_BOX (words), mado_piece_label (number, "fact-name"));
  gtk_box_append (GTK_BOX (words), mado_piece_label (mado_phrase_text (filed, "/nextStep", language), "body"));
  return line;
}

/* Each case with its number and what comes next. */
static void
add_all (MadoFlowPage *self, JsonArray *cases)
{
  mado_flow_page_add (self, mado_piece_label (_("What you filed"), "h3"), "gap", 24, "keep", TRUE, NULL);
  for (guint i = 0; i < json_array_get_length (cases); i++) {
    JsonNode *filed = json_array_get_element (cases, i);

    mado_flow_page_add (self, new_filed (filed), "gap", 8, "joined", i > 0, NULL);
  }
}

/* Kept while the line was down: nothing is filed yet, and nothing has to be done again. */
static void
add_kept (MadoFlowPage *self)
{
  g_autofree char *number = dup_number (mado_flow_page_get_visit (self));
  g_autofree char *note = g_strdup_printf (_("It is sent by itself when the line is back. You need not come again; "
                                             "please note this number: %s"), number);

  mado_flow_page_add (self, mado_piece_notice ("lock", _("The line is down, so we keep your filing sealed here."),
                                               note, "warn"), "gap", 24, NULL);
}

/* In one line, but for large words. */
static void
add_contact (MadoFlowPage *self)
{
  const char *phone = mado_place_get_phone () != NULL ? mado_place_get_phone () : "";
  g_autofree char *who = g_strdup_printf ("%s %s", mado_place_get_office (), phone);
  GtkWidget *line, *office;

  if (mado_theme_is_large (mado_theme_get ())) {
    mado_flow_page_add (self, mado_piece_notice ("tel", _("If you have questions"), who, "mist"), "gap", 24, NULL);
    return;
  }
  line = mado_piece_row (20, "notice");
  gtk_widget_add_css_class (line, "mist");
  office = mado_piece_label (mado_place_get_office (), "strong");
  gtk_widget_set_hexpand (office, TRUE);
  gtk_box_append (GTK_BOX (line), mado_icon_new ("tel", 44));
  gtk_box_append (GTK_BOX (line), mado_piece_label (_("If you have questions"), "body"));
  gtk_box_append (GTK_BOX (line), office);
  gtk_box_append (GTK_BOX (line), mado_piece_label (phone, "strong"));
  mado_flow_page_add (self, line, "gap", 24, NULL);
}

static void
on_linked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFlowPage) self = data;

  if (mado_kiosk_visit_link_finish (MADO_KIOSK_VISIT (source), result, NULL))
    mado_flow_page_rebuild (self);
}

static GtkWidget *
new_qr_card (JsonNode *link)
{
  GtkWidget *card = mado_piece_column (8, "card");
  gint64 until = mado_clock_parse_time (mado_phrase_text (link, "/expiresAt", "en"));
  g_autofree char *iso = mado_clock_format_date (until);
  g_autofree char *day = mado_phrase_day (mado_date_parse (iso), mado_words_get_language ());
  g_autofree char *how_long = g_strdup_printf (_("How it stands, until %s"), day);
  GtkWidget *words = mado_piece_label (_("See it on a phone"), "h3");
  GtkWidget *note = mado_piece_label (how_long, "faint");

  gtk_label_set_xalign (GTK_LABEL (words), 0.5);
  gtk_label_set_xalign (GTK_LABEL (note), 0.5);
  gtk_box_append (GTK_BOX (card), mado_qr_new (mado_phrase_text (link, "/url", "en"), QR_SIZE,
                                               _("A code that leads a phone to your application")));
  gtk_box_append (GTK_BOX (card), words);
  gtk_box_append (GTK_BOX (card), note);
  return card;
}

/* The code comes a moment later than the page, or not at all where the city has no page for phones. */
static void
add_link (MadoFlowPage *page, const char *number)
{
  MadoDonePage *self = MADO_DONE_PAGE (page);
  MadoKioskVisit *visit = mado_flow_page_get_visit (page);

  if (mado_kiosk_visit_get_link (visit) != NULL)
    mado_flow_page_add (page, new_qr_card (mado_kiosk_visit_get_link (visit)), "gap", 8, "per-row", 2, NULL);
  else if (!self->asked)
    mado_kiosk_visit_link_async (visit, number, on_linked, g_object_ref (self));
  self->asked = TRUE;
}

static gboolean
is_true (JsonNode *filed, const char *pointer)
{
  JsonNode *value = mado_json_get (filed, pointer);

  return value != NULL && json_node_get_boolean (value);
}

/* @only: (nullable): those of which this is true */
static char **
dup_numbers (JsonNode *filed, JsonArray *all, const char *only)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < (all != NULL ? json_array_get_length (all) : 1); i++) {
    JsonNode *one = all != NULL ? json_array_get_element (all, i) : filed;

    if (only == NULL || is_true (one, only))
      g_strv_builder_add (builder, mado_phrase_text (one, "/number", "en"));
  }
  return g_strv_builder_end (builder);
}

static void
add_records (MadoFlowPage *self, JsonNode *filed)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  JsonArray *all = get_all_filed (visit);
  g_auto(GStrv) numbers = dup_numbers (filed, all, NULL), forms = dup_numbers (filed, all, "/hasForm");

  mado_flow_page_add (self, mado_print_tile_new_for_all (visit, numbers, "record"), "gap", 8, "per-row", 2, NULL);
  if (*forms != NULL)
    mado_flow_page_add (self, mado_print_tile_new_for_all (visit, forms, "form"), "gap", 8, "per-row", 2, NULL);
  if (mado_kiosk_visit_has_guide (visit))
    mado_flow_page_add (self, mado_print_tile_new_for_guide (visit), "gap", 8, "per-row", 2, NULL);
}

static void
add_papers (MadoFlowPage *self, JsonNode *filed)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  MadoPrinter *printer = mado_station_get_printer (mado_kiosk_visit_get_station (visit));
  const char *number = mado_phrase_text (filed, "/number", "en");

  mado_flow_page_add (self, mado_piece_label (_("To take home"), "h3"), "gap", 24, "keep", TRUE, NULL);
  if (mado_printer_get_state (printer) == MADO_PRINTER_READY) {
    if (is_true (filed, "/hasResult"))
      mado_flow_page_add (self, mado_print_tile_new (visit, number, "result"), "gap", 8, "per-row", 2, NULL);
    add_records (self, filed);
  }
  add_link (self, number);
}

/* --- its fee ---------------------------------------------------------------------------------------------------- */

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoDonePage) self = data;
  g_autoptr(JsonNode) list = mado_till_list_finish (MADO_TILL (source), result, NULL);
  JsonNode *filed = get_filed (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)));
  JsonNode *found = list != NULL && filed != NULL ? mado_till_find_for (list, mado_phrase_text (filed, "/id", "en"))
                                                  : NULL;

  if (found == NULL)
    return;
  self->charge = json_node_ref (found);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
count (MadoDonePage *self, JsonNode *filed)
{
  JsonNode *fee = filed != NULL ? mado_json_get (filed, "/fee") : NULL;

  if (self->counted || fee == NULL || json_node_get_int (fee) == 0)
    return;
  self->counted = TRUE;
  mado_till_list_async (mado_kiosk_visit_get_till (mado_flow_page_get_visit (MADO_FLOW_PAGE (self))), on_counted,
                        g_object_ref (self));
}

static gint64
yen_at (JsonNode *filed)
{
  JsonNode *fee = mado_json_get (filed, "/paidAt") == NULL ? mado_json_get (filed, "/fee") : NULL;

  return fee != NULL ? json_node_get_int (fee) : 0;
}

/* What is still to be paid of what was filed. */
static gint64
count_fees (MadoKioskVisit *visit, JsonNode *filed)
{
  JsonArray *all = get_all_filed (visit);
  gint64 yen = 0;

  if (all == NULL)
    return yen_at (filed);
  for (guint i = 0; i < json_array_get_length (all); i++)
    yen += yen_at (json_array_get_element (all, i));
  return yen;
}

static void
add_fee (MadoFlowPage *self, JsonNode *filed)
{
  gint64 yen = count_fees (mado_flow_page_get_visit (self), filed);
  g_autofree char *number = dup_number (mado_flow_page_get_visit (self));
  g_autofree char *how = NULL;

  if (MADO_DONE_PAGE (self)->charge != NULL)
    how = g_strdup_printf (_("Here with a phone, or in cash at the counter: please tell the staff the number %s."),
                           number);
  else
    how = g_strdup_printf (_("In cash at the counter: please tell the staff the number %s."), number);

  if (yen > 0)
    mado_flow_page_add (self, mado_piece_amount (_("To be paid"), yen, NULL, how), "gap", 24, NULL);
}

static void
offer_acts (MadoDonePage *self)
{
  g_autofree char *yen = NULL;
  g_autofree char *pay = NULL;

  if (self->charge == NULL) {
    mado_page_set_primary (MADO_PAGE (self), _("Finish (and erase)"), NULL);
    mado_page_set_second (MADO_PAGE (self), NULL, NULL);
    return;
  }
  yen = mado_yen_format (json_node_get_int (mado_json_get (self->charge, "/amount")));
  pay = g_strdup_printf (_("Pay %s"), yen);
  mado_page_set_primary (MADO_PAGE (self), pay, "r");
  mado_page_set_second (MADO_PAGE (self), _("Finish (and erase)"), NULL);
}

static void
build (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  JsonNode *filed = get_filed (visit);

  count (MADO_DONE_PAGE (self), filed);
  offer_acts (MADO_DONE_PAGE (self));
  mado_flow_page_add (self, new_hero (visit, filed), "hero", TRUE, NULL);
  mado_flow_page_add (self, new_number_card (visit, filed), "gap", 32, NULL);
  if (filed == NULL)
    add_kept (self);
  else if (get_all_filed (visit) != NULL)
    add_all (self, get_all_filed (visit));
  else
    add_next (self, filed);
  if (filed != NULL)
    add_fee (self, filed);
  add_contact (self);
  if (filed != NULL)
    add_papers (self, filed);
}

static void
end (MadoPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "app.end", NULL);
}

static void
apply (MadoPage *page)
{
  MadoDonePage *self = MADO_DONE_PAGE (page);
  MadoFlowPage *flow = MADO_FLOW_PAGE (page);

  if (self->charge == NULL) {
    end (page);
    return;
  }
  mado_till_choose (mado_kiosk_visit_get_till (mado_flow_page_get_visit (flow)), self->charge);
  mado_flow_page_go (flow, "pay", FALSE);
}

static void
reset (MadoPage *page)
{
  MadoDonePage *self = MADO_DONE_PAGE (page);

  g_clear_pointer (&self->charge, json_node_unref);
  self->counted = FALSE;
  MADO_PAGE_CLASS (mado_done_page_parent_class)->reset (page);
}

static void
mado_done_page_dispose (GObject *object)
{
  g_clear_pointer (&MADO_DONE_PAGE (object)->charge, json_node_unref);
  G_OBJECT_CLASS (mado_done_page_parent_class)->dispose (object);
}

static void
mado_done_page_class_init (MadoDonePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_done_page_dispose;
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_PAGE_CLASS (klass)->second = end;
  MADO_PAGE_CLASS (klass)->reset = reset;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_done_page_init (MadoDonePage *self)
{
  mado_page_set_may_go_back (MADO_PAGE (self), FALSE);
}
