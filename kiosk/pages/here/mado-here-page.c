/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/here/mado-here-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "mado-words.h"
#include "visit/mado-phrase.h"

struct _MadoHerePage {
  MadoFlowPage parent;
  gboolean     first;    /* the next line opens the card */
  gboolean     printing;
};

G_DEFINE_FINAL_TYPE (MadoHerePage, mado_here_page, MADO_TYPE_FLOW_PAGE)

/* A line of the card; nothing where nothing is known. */
static void
add_fact (MadoHerePage *self, const char *icon, const char *name, const char *text)
{
  if (text == NULL)
    return;
  mado_flow_page_add (MADO_FLOW_PAGE (self), mado_piece_fact (icon, name, text), "joined", !self->first, NULL);
  self->first = FALSE;
}

/* A language map, or a fact with a source: {text{}, source{}}. */
static char *
words_at (JsonNode *procedure, const char *pointer)
{
  const char *language = mado_words_get_language ();
  char *fact = mado_phrase_fact (procedure, pointer, language);

  return fact != NULL ? fact : g_strdup (mado_phrase_text (procedure, pointer, language));
}

static void
add_words (MadoHerePage *self, JsonNode *procedure, const char *pointer, const char *icon, const char *name)
{
  g_autofree char *words = words_at (procedure, pointer);

  add_fact (self, icon, name, words);
}

/* Each thing is a line of its own, so that a long list may part over leaves. */
static void
add_bring (MadoHerePage *self, JsonNode *procedure)
{
  const char *language = mado_words_get_language ();
  JsonNode *list = mado_json_get (procedure, "/bring");
  guint n = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_array_get_length (json_node_get_array (list)) : 0;

  for (guint i = 0; i < n; i++) {
    JsonNode *item = json_array_get_element (json_node_get_array (list), i);
    const char *title = mado_phrase_text (item, "/title", language);
    const char *note = mado_phrase_text (item, "/note", language);
    g_autofree char *brackets = note == NULL ? g_strdup ("")
                              : g_strdup_printf (g_str_has_prefix (language, "ja") ? "（%s）" : " (%s)", note);
    g_autofree char *words = g_strconcat (title != NULL ? title : "", brackets, NULL);

    add_fact (self, "card", i == 0 ? _("What you need") : NULL, words);
  }
}

static char *
minutes_of (JsonNode *procedure)
{
  JsonNode *minutes = mado_json_get (procedure, "/minutes");

  if (minutes == NULL || json_node_get_value_type (minutes) != G_TYPE_INT64)
    return NULL;
  return g_strdup_printf (ngettext ("About %d minute", "About %d minutes", (gulong) json_node_get_int (minutes)),
                          (int) json_node_get_int (minutes));
}

/* Each way there is, as people say it. */
static char *
list_how (JsonNode *procedure)
{
  static const struct { const char *id, *words; } ways[] = {
    { "counter", N_("At the counter") }, { "post", N_("By post") }, { "online", N_("From home, online") },
    { "phone", N_("By telephone") }, { "store", N_("At a convenience store’s machine") },
  };
  JsonNode *how = mado_json_get (procedure, "/how");
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; how != NULL && i < G_N_ELEMENTS (ways); i++)
    for (guint k = 0; k < json_array_get_length (json_node_get_array (how)); k++)
      if (g_str_equal (json_array_get_string_element (json_node_get_array (how), k), ways[i].id))
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", _(ways[i].words));
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static const char *
get_office (MadoFlowPage *page, const char *id)
{
  MadoOffer *offer = mado_flow_page_get_offer (page);
  JsonNode *office = offer != NULL ? mado_offer_get_office (offer, id) : NULL;

  return mado_phrase_text (office, "/name", mado_words_get_language ());
}

/* The office that decides, and how many others take it. */
static char *
list_where (MadoFlowPage *page, JsonNode *procedure)
{
  const char *name = get_office (page, mado_phrase_text (procedure, "/office", mado_words_get_language ()));
  JsonNode *others = mado_json_get (procedure, "/offices");
  guint n = others != NULL && JSON_NODE_HOLDS_ARRAY (others) ? json_array_get_length (json_node_get_array (others)) : 0;
  g_autofree char *more = NULL;

  if (name == NULL || n == 0)
    return g_strdup (name);
  if (n == 1)
    more = g_strdup (get_office (page, json_array_get_string_element (json_node_get_array (others), 0)));
  else
    more = g_strdup_printf (ngettext ("and %u other office", "and %u other offices", n), n);
  return more != NULL ? g_strconcat (name, "\n", more, NULL) : g_strdup (name);
}

/* A phone finds its way only to a city that says where. */
static gboolean
reaches_phones (MadoStation *station)
{
  MadoOffer *offer = mado_station_get_offer (station);

  return offer != NULL && mado_station_is_online (station)
         && mado_phrase_text (mado_offer_get_city (offer), "/publicUrl", "en") != NULL;
}

/* Known before the first question, not at the last (ux 33). */
static void
add_state (MadoFlowPage *self, MadoStation *station)
{
  MadoPrinterState printer = mado_printer_get_state (mado_station_get_printer (station));

  if (!mado_station_is_online (station))
    mado_flow_page_add (self, mado_piece_notice ("alert", _("The line is down just now."),
                                                 _("You can answer all the same: we keep it safe and send it later."),
                                                 "warn"), NULL);
  if (printer == MADO_PRINTER_READY)
    mado_flow_page_add (self, mado_piece_notice ("ckc", _("You can do this here."), _("The printer is working."),
                                                 "ok"), NULL);
  else
    mado_flow_page_add (self, mado_piece_notice ("print", _("We cannot print just now."),
                                                 reaches_phones (station)
                                                 ? _("You can copy the receipt with your phone.")
                                                 : _("At the end, please write the number down."), "warn"), NULL);
}

static void
add_where (MadoFlowPage *page, JsonNode *procedure)
{
  g_autofree char *how = list_how (procedure), *where = list_where (page, procedure);

  add_fact (MADO_HERE_PAGE (page), "hands", _("How"), how);
  add_fact (MADO_HERE_PAGE (page), "pin", _("Where"), where);
  mado_flow_page_add (page, mado_piece_notice ("info", _("This cannot be filed at this machine."),
                                               _("Staff will show you the way: press “Call staff”."), "mist"), NULL);
}

/* --- a checklist to take home, where it is done elsewhere ------------------------------------------------------- */

static gboolean
can_print_guide (MadoFlowPage *page)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (page);
  MadoPrinter *printer = mado_station_get_printer (mado_kiosk_visit_get_station (visit));

  return mado_kiosk_visit_has_guide (visit) && mado_printer_get_state (printer) == MADO_PRINTER_READY;
}

static void
on_guide_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFlowPage) page = data;

  MADO_HERE_PAGE (page)->printing = FALSE;
  if (mado_kiosk_visit_print_guide_finish (MADO_KIOSK_VISIT (source), result, NULL)) {
    mado_page_set_primary (MADO_PAGE (page), _("Printed"), "ckc");
    return;
  }
  mado_page_set_primary (MADO_PAGE (page), _("Print the guide"), "print");
  mado_flow_page_complain (page, _("It could not be printed"), _("Press to try again, or call staff."));
}

static void
print_guide (MadoFlowPage *page)
{
  MadoHerePage *self = MADO_HERE_PAGE (page);

  if (self->printing)
    return;
  self->printing = TRUE;
  mado_page_set_primary (MADO_PAGE (page), _("Printing…"), "print");
  mado_kiosk_visit_print_guide_async (mado_flow_page_get_visit (page), on_guide_printed, g_object_ref (page));
}

static void
build (MadoFlowPage *page)
{
  MadoHerePage *self = MADO_HERE_PAGE (page);
  JsonNode *procedure = mado_kiosk_visit_get_procedure (mado_flow_page_get_visit (page));
  const char *title = mado_phrase_text (procedure, "/title", mado_words_get_language ());
  gboolean done_here = mado_offer_is_done_here (procedure);
  g_autofree char *minutes = minutes_of (procedure);

  mado_page_set_title (MADO_PAGE (self), title);
  mado_page_set_heading (MADO_PAGE (self), title);
  mado_page_set_lead (MADO_PAGE (self), mado_phrase_text (procedure, "/summary", mado_words_get_language ()));
  if (done_here)
    mado_page_set_primary (MADO_PAGE (self), _("Begin"), "r");
  else
    mado_page_set_primary (MADO_PAGE (self), can_print_guide (page) ? _("Print the guide") : NULL, "print");
  self->first = TRUE;
  add_words (self, procedure, "/who", "user", _("Who may do this"));
  add_bring (self, procedure);
  add_fact (self, "clock", _("How long it takes"), minutes);
  add_words (self, procedure, "/fee", "yen", _("What it costs"));
  add_words (self, procedure, "/deadline", "cal", _("By when"));
  if (done_here)
    add_state (page, mado_kiosk_visit_get_station (mado_flow_page_get_visit (page)));
  else
    add_where (page, procedure);
}

static void
apply (MadoPage *page)
{
  MadoFlowPage *self = MADO_FLOW_PAGE (page);

  if (!mado_offer_is_done_here (mado_kiosk_visit_get_procedure (mado_flow_page_get_visit (self))))
    print_guide (self);
  else if (mado_kiosk_visit_has_card (mado_flow_page_get_visit (self)))
    mado_flow_page_go_to_place (self, FALSE);
  else
    mado_flow_page_go (self, "identify", FALSE);
}

static void
mado_here_page_class_init (MadoHerePageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_here_page_init (MadoHerePage *self)
{
}
