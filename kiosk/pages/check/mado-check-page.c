/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/check/mado-check-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-button.h"

struct _MadoCheckPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoCheckPage, mado_check_page, MADO_TYPE_FLOW_PAGE)

static void
on_change (GtkWidget *button, MadoFlowPage *self)
{
  if (mado_sheet_go_to (mado_flow_page_get_sheet (self), g_object_get_data (G_OBJECT (button), "step")))
    mado_flow_page_go (self, "question", FALSE);
}

static GtkWidget *
new_change_button (MadoFlowPage *self, const MadoAnswerRow *row)
{
  gboolean large = mado_theme_is_large (mado_theme_get ());   /* then the answer needs the room */
  GtkWidget *button = mado_button_new (_("Change"), large ? NULL : "edit", "link");
  g_autofree char *name = g_strdup_printf ("%s: %s", _("Change"), row->label);

  mado_button_set_wrap (MADO_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "step", g_memdup2 (&row->step, sizeof row->step), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_change), self);
  return button;
}

/* Under the answer, in small: how it is read, and who knew it. Large words stand one below the other. */
static void
add_quiet_words (GtkBox *value, const MadoAnswerRow *row)
{
  const char *source = mado_source_get_text (row->source, mado_words_get_language ());
  const char *between = mado_theme_is_large (mado_theme_get ()) ? "\n" : "　";
  g_autofree char *quiet = row->note != NULL ? g_strjoin (between, row->note, source, NULL) : g_strdup (source);

  if (quiet != NULL && *quiet != '\0')
    gtk_box_append (value, mado_piece_label (quiet, "answer-source"));
  if (row->doubt != NULL)
    gtk_box_append (value, mado_piece_label (row->doubt, "answer-source"));
}

static GtkWidget *
new_row (MadoFlowPage *self, const MadoAnswerRow *row)
{
  GtkWidget *box = mado_piece_row (16, "answer");
  GtkWidget *value = mado_piece_column (0, "answer-text");
  GtkWidget *label = mado_piece_label (row->label, "answer-label");

  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);   /* the theme says how wide: all values stand in one column */
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (value, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_box_append (GTK_BOX (mado_theme_is_large (mado_theme_get ()) ? value : box), label);
  gtk_box_append (GTK_BOX (value), mado_piece_answer (row, row->text, "answer-value"));
  add_quiet_words (GTK_BOX (value), row);
  gtk_box_append (GTK_BOX (box), value);
  if (!row->computed && !row->held)
    gtk_box_append (GTK_BOX (box), new_change_button (self, row));
  return box;
}

/* What stands above a card: its section, and which row of a group it is. */
static char *
card_title (const MadoAnswerRow *row)
{
  return row->row != NULL ? g_strdup_printf ("%s　%s", row->section, row->row) : g_strdup (row->section);
}

static void
add_answers (MadoFlowPage *self, GPtrArray *rows)
{
  g_autofree char *above = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const MadoAnswerRow *row = g_ptr_array_index (rows, i);
    g_autofree char *title = card_title (row);
    gboolean first = g_strcmp0 (above, title) != 0;

    if (first)
      mado_flow_page_add (self, mado_piece_label (title, "h3"), "gap", 16, "keep", TRUE, NULL);
    mado_flow_page_add (self, new_row (self, row), "gap", 8, "joined", !first, NULL);
    g_free (above);
    above = g_steal_pointer (&title);
  }
}

/* The clerk's question, in words, above what it is about. */
static void
add_question (MadoFlowPage *self)
{
  JsonNode *found = mado_kiosk_visit_get_case (mado_flow_page_get_visit (self));
  g_autofree char *words = mado_phrase_last_message (found);

  if (words != NULL)
    mado_flow_page_add (self, mado_piece_notice ("comment", _("The staff ask"), words, "warn"), NULL);
}

static JsonNode *
find_procedure (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (mado_phrase_text (g_ptr_array_index (list, i), "/id", "en"), id) == 0)
      return g_ptr_array_index (list, i);
  return NULL;
}

static gboolean
is_same (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

/* (nullable): what of @read says something else by now, or is gone. */
static char *
describe_change (GPtrArray *chosen, JsonNode *read)
{
  static const struct { const char *pointer, *name; } told[] = {
    { "/who", N_("Who may do this") }, { "/bring", N_("What you need") }, { "/fee", N_("What it costs") },
    { "/deadline", N_("By when") },
  };
  const char *title = mado_phrase_text (read, "/title", mado_words_get_language ());
  JsonNode *now = find_procedure (chosen, mado_phrase_text (read, "/id", "en"));
  g_autoptr(GString) words = g_string_new (NULL);

  if (now == NULL)
    return g_strdup_printf (_("“%s” cannot be filed here any more."), title);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (!is_same (mado_json_get (read, told[i].pointer), mado_json_get (now, told[i].pointer)))
      g_string_append_printf (words, "%s%s", words->len > 0 ? _(", ") : "", _(told[i].name));
  return words->len > 0 ? g_strdup_printf (_("Changed in “%s”: %s"), title, words->str) : NULL;
}

/* The city published it anew while it was filled in. */
static void
add_changes (MadoFlowPage *self, GPtrArray *chosen, GPtrArray *read)
{
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < read->len; i++) {
    g_autofree char *line = describe_change (chosen, g_ptr_array_index (read, i));

    if (line != NULL)
      g_string_append_printf (words, "%s\n", line);
  }
  g_string_append (words, _("Your answers are kept. Please check them once more, and file."));
  mado_flow_page_add (self, mado_piece_notice ("info", _("This procedure was changed meanwhile."), words->str, "warn"),
                      NULL);
}

/* Where pressing the key files several: which, one a line. */
static void
add_acts (MadoFlowPage *self, GPtrArray *chosen)
{
  const char *language = mado_words_get_language ();

  if (chosen->len == 1)
    return;
  mado_flow_page_add (self, mado_piece_label (_("What we file with these answers"), "h3"), "gap", 24, "keep", TRUE,
                      NULL);
  for (guint i = 0; i < chosen->len; i++)
    mado_flow_page_add (self, mado_piece_fact ("doc", NULL, mado_phrase_text (g_ptr_array_index (chosen, i), "/title",
                                                                              language)),
                        "gap", 8, "joined", i > 0, NULL);
}

/* (nullable): of what is filed, what the rule of its fee does not say. */
static char *
describe_fees (GPtrArray *chosen)
{
  return chosen->len == 1 ? mado_phrase_fact (g_ptr_array_index (chosen, 0), "/fee", mado_words_get_language ()) : NULL;
}

/* Nobody presses the key before they know what it costs. */
static void
add_fee (MadoFlowPage *self, GPtrArray *chosen)
{
  MadoSheet *sheet = mado_flow_page_get_sheet (self);
  g_autofree char *words = describe_fees (chosen);
  gint64 yen = 0;

  for (guint i = 0; i < chosen->len; i++)
    yen += MAX (0, mado_sheet_count_fee (sheet, g_ptr_array_index (chosen, i)));
  if (yen > 0)
    mado_flow_page_add (self, mado_piece_amount (_("What it costs"), yen, words, _("You pay after filing: here with a "
                                                 "phone, or in cash at the counter.")), "gap", 24, NULL);
  else
    mado_flow_page_add (self, mado_piece_fact ("yen", _("What it costs"), words != NULL ? words : _("Free of charge")),
                        "gap", 24, NULL);
}

/* What was paid already is not asked for again. */
static gboolean
is_paid (MadoKioskVisit *visit)
{
  return mado_kiosk_visit_is_correcting (visit)
         && mado_json_get (mado_kiosk_visit_get_case (visit), "/paidAt") != NULL;
}

/* (nullable): what the city spared. */
static char *
describe_avoided (MadoSheet *sheet)
{
  guint n = mado_sheet_get_n_avoided (sheet);

  return n == 0 ? NULL : g_strdup_printf (ngettext ("%u question was avoided: the city knew the answer.",
                                                    "%u questions were avoided: the city knew the answers.", n), n);
}

/* (nullable): under the heading: what pressing the key does, where that is one thing, and what was spared. */
static char *
describe_act (MadoKioskVisit *visit, GPtrArray *chosen)
{
  g_autofree char *avoided = mado_kiosk_visit_is_correcting (visit)
                             ? NULL : describe_avoided (mado_kiosk_visit_get_sheet (visit));
  g_autofree char *act = g_strdup_printf (_("We file “%s” with these answers."),
                                          mado_phrase_text (g_ptr_array_index (chosen, 0), "/title",
                                                            mado_words_get_language ()));

  return chosen->len > 1 ? g_steal_pointer (&avoided) : g_strjoin ("\n", act, avoided, NULL);
}

static void
build (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  GPtrArray *chosen = mado_kiosk_visit_get_chosen (visit), *read = mado_kiosk_visit_get_read (visit);
  g_autoptr(GPtrArray) rows = mado_sheet_describe (mado_kiosk_visit_get_sheet (visit), mado_words_get_language ());
  gboolean correcting = mado_kiosk_visit_is_correcting (visit);
  g_autofree char *act = describe_act (visit, chosen);

  mado_page_set_title (MADO_PAGE (self), mado_kiosk_visit_get_title (visit));
  mado_page_set_heading (MADO_PAGE (self), _("Please check your answers"));
  mado_page_set_lead (MADO_PAGE (self), act);
  mado_page_set_primary (MADO_PAGE (self), correcting ? _("File it again") : _("File it"), "check");
  mado_page_set_second (MADO_PAGE (self), mado_kiosk_visit_may_keep (visit) ? _("Continue later") : NULL, "clock");
  if (correcting)
    add_question (self);
  if (read != NULL)
    add_changes (self, chosen, read);
  add_answers (self, rows);
  if (!is_paid (visit))
    add_fee (self, chosen);
  add_acts (self, chosen);
  if (!mado_kiosk_visit_has_card (visit))
    mado_flow_page_add (self, mado_piece_notice ("card", _("This is prepared, not yet filed."),
                                                 _("Please show your card at a counter afterwards."), "warn"),
                        "gap", 16, NULL);
}

static void
show_changes (MadoFlowPage *self)
{
  mado_flow_page_rebuild (self);
  mado_page_turn_to (MADO_PAGE (self), 0);
}

static void
on_filed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFlowPage) self = data;
  g_autoptr(GError) error = NULL;

  mado_page_set_busy (MADO_PAGE (self), NULL);
  if (mado_kiosk_visit_file_finish (MADO_KIOSK_VISIT (source), result, &error))
    mado_flow_page_go (self, "done", TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;   /* the visit ended: there is nobody to tell */
  else if (mado_sheet_get_step (mado_flow_page_get_sheet (self)) != NULL)
    mado_flow_page_go_to_place (self, FALSE);
  else if (g_error_matches (error, MADO_ERROR, MADO_ERROR_STALE)
           && mado_kiosk_visit_get_read (MADO_KIOSK_VISIT (source)) != NULL)
    show_changes (self);
  else
    mado_flow_page_complain (self, error->message, _("Your answers are still here. Please try again, or call staff."));
}

static void
apply (MadoPage *page)
{
  MadoFlowPage *self = MADO_FLOW_PAGE (page);
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);

  if (!mado_sheet_check (mado_kiosk_visit_get_sheet (visit), NULL)) {
    mado_flow_page_go_to_place (self, FALSE);
    return;
  }
  mado_page_set_busy (page, _("Sending…"));
  mado_kiosk_visit_file_async (visit, NULL, on_filed, g_object_ref (self));
}

static void
second (MadoPage *page)
{
  mado_flow_page_go (MADO_FLOW_PAGE (page), "later", FALSE);
}

/* Back to the last question; a correction goes back to the case. */
static gboolean
back (MadoPage *page)
{
  MadoFlowPage *self = MADO_FLOW_PAGE (page);

  if (mado_kiosk_visit_is_correcting (mado_flow_page_get_visit (self))
      || !mado_sheet_go_back (mado_flow_page_get_sheet (self)))
    return FALSE;
  mado_flow_page_go (self, "question", TRUE);
  return TRUE;
}

static void
mado_check_page_class_init (MadoCheckPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_PAGE_CLASS (klass)->back = back;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_check_page_init (MadoCheckPage *self)
{
  mado_page_set_second_quiet (MADO_PAGE (self), TRUE);
}
