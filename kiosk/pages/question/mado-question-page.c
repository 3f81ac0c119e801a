/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/question/mado-question-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "pages/question/mado-answer-field.h"
#include "questions/mado-signature.h"
#include "widgets/mado-button.h"
#include "widgets/mado-tile.h"

struct _MadoQuestionPage {
  MadoFlowPage     parent;
  MadoStep         step;       /* on screen */
  GPtrArray       *fields;     /* of MadoAnswerField */
  gboolean         types;      /* a name, where others sign */
  gboolean         helps;      /* has something to say to who is not sure */
};

G_DEFINE_FINAL_TYPE (MadoQuestionPage, mado_question_page, MADO_TYPE_FLOW_PAGE)

static MadoSheet *
get_sheet (MadoQuestionPage *self)
{
  return mado_flow_page_get_sheet (MADO_FLOW_PAGE (self));
}

static const char *
words (JsonNode *map)
{
  return map != NULL ? mado_json_text (map, mado_words_get_language ()) : NULL;
}

/* "2人目" */
static char *
row_name (const MadoFormGroup *group, guint row)
{
  g_autoptr(GString) name = g_string_new (group->row_title != NULL ? words (group->row_title) : "{n}");
  g_autofree char *number = g_strdup_printf ("%u", row + 1);

  g_string_replace (name, "{n}", number, 0);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* A question that has no shorter name than itself is not told ahead. */
static const char *
step_name (const MadoStep *step)
{
  if (step == NULL)
    return NULL;
  if (step->question == NULL)
    return words (step->group->section->title);   /* its own may be a whole question */
  return step->question->label != step->question->title ? words (step->question->label) : _("the next question");
}

/* 「つぎは 電話番号へ」 */
static char *
primary_words (MadoQuestionPage *self)
{
  MadoSheet *sheet = get_sheet (self);
  const char *next = mado_sheet_is_changing (sheet) ? NULL
                     : step_name (mado_sheet_peek (sheet, mado_sheet_get_position (sheet) + 1));

  if (next == NULL && mado_kiosk_visit_is_interviewing (mado_flow_page_get_visit (MADO_FLOW_PAGE (self))))
    return g_strdup (_("Next: what you need to do"));
  if (next == NULL)
    return g_strdup (_("Next: check your answers"));
  return g_strdup_printf (_("Next: %s"), next);
}

static void
show_progress (MadoQuestionPage *self)
{
  MadoSheet *sheet = get_sheet (self);
  const MadoFormSection *section = self->step.question != NULL ? self->step.question->section
                                                               : self->step.group->section;
  guint n = mado_sheet_get_n (sheet), position = mado_sheet_get_position (sheet);
  g_autofree char *row = self->step.row >= 0 ? row_name (self->step.group, (guint) self->step.row) : NULL;
  gboolean brief = mado_theme_is_large (mado_theme_get ());
  g_autofree char *where = row == NULL ? g_strdup (words (section->title)) : brief ? g_strdup (row)
                         : g_strdup_printf ("%s　%s", words (section->title), row);

  mado_page_set_progress (MADO_PAGE (self), position < n ? position + 1 : 0, position < n ? n : 0, where);
}

static MadoNeed
need_of (const MadoStep *step)
{
  const MadoFormField *field = &step->question->fields[0];

  if (step->question->n_fields != 1 || field->kind->check == NULL)
    return MADO_NEED_NONE;
  return field->required ? MADO_NEED_REQUIRED : MADO_NEED_OPTIONAL;
}

/* Where nothing is typed there is no keyboard that could have the key. */
static gboolean
needs_unknown_key (const MadoStep *step)
{
  return step->question != NULL && step->question->n_fields == 1 && step->question->fields[0].may_not_know
         && step->question->fields[0].n_options > 0;
}

/* One answer may have filled in another: a postcode, the town. */
static void
refresh_others (MadoQuestionPage *self, MadoAnswerField *changed)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_ptr_array_index (self->fields, i) != changed)
      mado_answer_field_refresh (g_ptr_array_index (self->fields, i));
}

static void
on_field_changed (MadoAnswerField *changed, MadoQuestionPage *self)
{
  const MadoStep *now = mado_sheet_get_step (get_sheet (self));
  g_autofree char *primary = primary_words (self);

  mado_page_set_primary (MADO_PAGE (self), primary, "r");
  refresh_others (self, changed);
  /* Another answer may ask for another field on this very page; what is attached stands there in rows. */
  if (now != NULL && (now->fields != self->step.fields || mado_answer_field_has_rows (changed)))
    mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
on_attach (MadoAnswerField *field, MadoQuestionPage *self)
{
  mado_kiosk_visit_set_attaching (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)), &self->step,
                                  mado_answer_field_get_field (field)->fact);
  mado_flow_page_go (MADO_FLOW_PAGE (self), "files", FALSE);
}

static void
on_other_way (MadoAnswerField *field, MadoQuestionPage *self)
{
  self->types = !self->types;
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

/* 「わからない」 is an answer. */
static void
on_unknown (MadoAnswerField *field, MadoQuestionPage *self)
{
  mado_sheet_take_answer (get_sheet (self), &self->step, mado_answer_field_get_field (field)->fact,
                          json_node_new (JSON_NODE_NULL));
  mado_page_apply (MADO_PAGE (self));
}

/* A name and how it is read, family name and given name: side by side, as on paper. */
static gboolean
may_share (MadoQuestionPage *self, const MadoFormField *field)
{
  const char *const kinds[] = { "name", "kana", NULL };

  return self->step.question->n_fields % 2 == 0 && g_strv_contains (kinds, field->kind->name);
}

/* Then it is told with the help of the question. */
static gboolean
has_no_room_for_help (MadoQuestionPage *self, const MadoFormField *field)
{
  return may_share (self, field) || mado_theme_is_large (mado_theme_get ());
}

static void
add_field (MadoQuestionPage *self, const MadoFormField *field, gboolean named)
{
  MadoAnswerFieldFlags flags = (named ? MADO_ANSWER_NAMED : 0) | (self->types ? MADO_ANSWER_TYPED : 0);
  MadoKioskVisit *visit = mado_flow_page_get_visit (MADO_FLOW_PAGE (self));
  GtkWidget *block = mado_answer_field_new (visit, &self->step, field, flags);
  guint per_row;
  GPtrArray *choices = mado_answer_field_get_choices (MADO_ANSWER_FIELD (block), &per_row);
  GtkWidget *calendar = mado_answer_field_get_calendar (MADO_ANSWER_FIELD (block));
  gboolean is_typed = mado_answer_field_is_typed (MADO_ANSWER_FIELD (block));

  if (has_no_room_for_help (self, field))
    mado_answer_field_hide_help (MADO_ANSWER_FIELD (block));
  g_signal_connect (block, "changed", G_CALLBACK (on_field_changed), self);
  g_signal_connect (block, "unknown", G_CALLBACK (on_unknown), self);
  g_signal_connect (block, "attach", G_CALLBACK (on_attach), self);
  g_signal_connect (block, "other-way", G_CALLBACK (on_other_way), self);
  g_ptr_array_add (self->fields, block);
  if (calendar != NULL)
    mado_flow_page_add (MADO_FLOW_PAGE (self), calendar, "head", TRUE, NULL);
  mado_flow_page_add (MADO_FLOW_PAGE (self), block, "gap", 24, "per-row", may_share (self, field) ? 2 : 1,
                      "keep", choices->len > 0 && !is_typed, NULL);
  for (guint i = 0; i < choices->len; i++)
    mado_flow_page_add (MADO_FLOW_PAGE (self), g_ptr_array_index (choices, i), "gap", 12, "per-row", per_row,
                        "aside", is_typed, NULL);
}

/* Of the fields that have no room for it, and of the question. */
static char *
collect_help (MadoQuestionPage *self)
{
  const MadoFormQuestion *question = self->step.question;
  g_autoptr(GString) help = g_string_new (NULL);

  for (guint i = 0; i < question->n_fields; i++) {
    const MadoFormField *field = &question->fields[i];

    if (self->step.fields & (1u << i) && has_no_room_for_help (self, field) && field->help != NULL)
      g_string_append_printf (help, "%s%s%s%s", help->len > 0 ? "\n" : "", question->n_fields > 1
                              ? words (field->label) : "", question->n_fields > 1 ? "　" : "", words (field->help));
  }
  if (question->help != NULL)
    g_string_append_printf (help, "%s%s", help->len > 0 ? "\n" : "", words (question->help));
  return help->len > 0 ? g_string_free (g_steal_pointer (&help), FALSE) : NULL;
}

static void
add_help (MadoQuestionPage *self, const char *help)
{
  self->helps = help != NULL;
  if (help != NULL)
    mado_flow_page_add (MADO_FLOW_PAGE (self), mado_piece_notice ("q", _("If you are not sure"), help, "mist"),
                        "aside", !needs_unknown_key (&self->step) && !mado_theme_is_large (mado_theme_get ()), NULL);
}

static void
build_question (MadoQuestionPage *self)
{
  const MadoFormQuestion *question = self->step.question;
  g_autofree char *help = NULL;

  mado_page_set_heading (MADO_PAGE (self), words (question->title));
  mado_page_set_why (MADO_PAGE (self), words (question->why));
  mado_page_set_need (MADO_PAGE (self), need_of (&self->step));
  for (guint i = 0; i < question->n_fields; i++)
    if (self->step.fields & (1u << i))
      add_field (self, &question->fields[i], question->n_fields > 1);
  help = collect_help (self);
  add_help (self, help);
}

/* The list of a group's rows. */

static void
on_add (MadoQuestionPage *self)
{
  mado_sheet_add_row (get_sheet (self), &self->step);
  mado_page_turn_to (MADO_PAGE (self), 0);
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
on_remove (GtkWidget *button, MadoQuestionPage *self)
{
  mado_sheet_remove_row (get_sheet (self), &self->step,
                         GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "row")));
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
on_change_row (GtkWidget *button, MadoQuestionPage *self)
{
  if (mado_sheet_go_to (get_sheet (self), g_object_get_data (G_OBJECT (button), "step")))
    mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

/* What is known of that row so far, one answer a line, the first of them large; and the first page it can be changed
 * on. */
static void
describe_row (GtkWidget *column, GPtrArray *answers, const MadoFormGroup *group, guint row, MadoStep *first)
{
  guint n = 0;

  for (guint i = 0; i < answers->len; i++) {
    const MadoAnswerRow *answer = g_ptr_array_index (answers, i);
    g_autofree char *line = g_strdup_printf ("%s　%s", answer->label, answer->text);

    if (answer->step.group != group || answer->step.row != (int) row)
      continue;
    if (n++ == 0)
      *first = answer->step;
    gtk_box_append (GTK_BOX (column), n == 1 ? mado_piece_answer (answer, answer->text, "answer-value")
                                             : mado_piece_answer (answer, line, "answer-label"));
  }
}

static GtkWidget *
new_link (const char *label, const char *icon, const char *about, GCallback callback, MadoQuestionPage *self)
{
  GtkWidget *button = mado_button_new (label, icon, "link");
  g_autofree char *name = g_strdup_printf ("%s: %s", label, about);

  mado_button_set_wrap (MADO_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
new_row (MadoQuestionPage *self, GPtrArray *answers, guint row)
{
  gboolean large = mado_theme_is_large (mado_theme_get ());
  GtkWidget *box = large ? mado_piece_column (8, "answer") : mado_piece_row (16, "answer");
  GtkWidget *keys = large ? mado_piece_row (16, NULL) : box;
  GtkWidget *column = mado_piece_column (0, "listed");
  MadoStep first = self->step;
  g_autofree char *name = row_name (self->step.group, row);
  GtkWidget *change = new_link (_("Change"), "edit", name, G_CALLBACK (on_change_row), self);
  GtkWidget *remove = new_link (_("Remove"), "x", name, G_CALLBACK (on_remove), self);

  gtk_box_append (GTK_BOX (column), mado_piece_label (name, "when"));
  describe_row (column, answers, self->step.group, row, &first);
  g_object_set_data_full (G_OBJECT (change), "step", g_memdup2 (&first, sizeof first), g_free);
  g_object_set_data (G_OBJECT (remove), "row", GUINT_TO_POINTER (row));
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (box), column);
  /* Large words leave no room beside them. */
  if (large)
    gtk_box_append (GTK_BOX (box), keys);
  gtk_box_append (GTK_BOX (keys), change);
  gtk_box_append (GTK_BOX (keys), remove);
  return box;
}

static void
build_list (MadoQuestionPage *self)
{
  MadoSheet *sheet = get_sheet (self);
  const MadoFormGroup *group = self->step.group;
  guint n = mado_sheet_get_n_rows (sheet, &self->step);
  g_autoptr(GPtrArray) answers = mado_sheet_describe (sheet, mado_words_get_language ());
  GtkWidget *add;

  mado_page_set_heading (MADO_PAGE (self), words (group->title));
  mado_page_set_why (MADO_PAGE (self), words (group->why));
  mado_page_set_need (MADO_PAGE (self), MADO_NEED_NONE);
  for (guint row = 0; row < n; row++)
    mado_flow_page_add (MADO_FLOW_PAGE (self), new_row (self, answers, row), "gap", 16, NULL);
  if (n < group->max_rows) {
    add = mado_tile_new ("plus", group->add != NULL ? words (group->add) : _("Add one more"), NULL);
    g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), self);
    mado_flow_page_add (MADO_FLOW_PAGE (self), add, NULL);
  }
  add_help (self, words (group->help));
}

/* 「わからない」 comes first, and help that found no room; else one may go on another day. */
static void
set_second (MadoQuestionPage *self)
{
  /* Large words have no room for a third key here; the check page has. */
  gboolean may_keep = mado_kiosk_visit_may_keep (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)))
                      && !mado_theme_is_large (mado_theme_get ());

  if (needs_unknown_key (&self->step))
    mado_page_set_second (MADO_PAGE (self), _("I do not know"), "q");
  else
    mado_page_set_second (MADO_PAGE (self), may_keep && !self->helps ? _("Continue later") : NULL, "clock");
  mado_page_set_second_quiet (MADO_PAGE (self), !needs_unknown_key (&self->step));
}

/* (nullable) */
static MadoAnswerField *
find_field (MadoQuestionPage *self, const char *pointer)
{
  for (guint i = 0; i < self->fields->len; i++) {
    MadoAnswerField *field = g_ptr_array_index (self->fields, i);
    g_autofree char *mine = mado_json_pointer ("", mado_answer_field_get_field (field)->fact);

    if (g_str_has_suffix (pointer, mine))
      return field;
  }
  return NULL;
}

/* The same words beside the field as in the summary above; nothing that was typed is lost. */
static void
complain (MadoQuestionPage *self, const GError *error)
{
  gboolean here = FALSE;

  for (guint i = 0; i < mado_error_get_n_violations (error); i++)
    here |= find_field (self, mado_error_get_violation (error, i)->pointer) != NULL;
  mado_page_clear_mistakes (MADO_PAGE (self));
  for (guint i = 0; i < mado_error_get_n_violations (error); i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);
    MadoAnswerField *field = find_field (self, violation->pointer);

    if (field == NULL && here)   /* of another page, which comes next */
      continue;
    if (field != NULL)
      mado_answer_field_complain (field, violation->message);
    mado_page_add_mistake (MADO_PAGE (self), violation->message,
                           field != NULL ? words (mado_answer_field_get_field (field)->label) : NULL,
                           GTK_WIDGET (field));
  }
  mado_page_show_mistakes (MADO_PAGE (self));
}

/* What the city changed since is marked. */
static void
add_change (MadoFlowPage *page, MadoAsked asked)
{
  if (asked == MADO_ASKED_OTHERWISE)
    mado_flow_page_add (page, mado_piece_notice ("info", _("This question has changed since you answered it."),
                                                 _("Please look at it again."), "warn"), NULL);
  else if (asked == MADO_ASKED_ANEW)
    mado_flow_page_add (page, mado_piece_notice ("info", _("This question was added since you began."),
                                                 _("Your other answers are kept."), "warn"), NULL);
}

/* A signature that was given as a typed name is shown as one. */
static gboolean
has_typed_name (MadoQuestionPage *self, const MadoStep *step)
{
  for (guint i = 0; step->question != NULL && i < step->question->n_fields; i++) {
    const MadoFormField *field = &step->question->fields[i];
    JsonNode *answer = g_str_equal (field->kind->name, "signature")
                         ? mado_sheet_get_answer (get_sheet (self), step, field->fact) : NULL;

    if (answer != NULL && JSON_NODE_HOLDS_VALUE (answer) && !mado_signature_is_drawn (json_node_get_string (answer)))
      return TRUE;
  }
  return FALSE;
}

static void
build (MadoFlowPage *page)
{
  MadoQuestionPage *self = MADO_QUESTION_PAGE (page);
  MadoKioskVisit *visit = mado_flow_page_get_visit (page);
  const MadoStep *step = mado_sheet_get_step (get_sheet (self));
  g_autoptr(GError) mistake = NULL;
  g_autofree char *primary = NULL;

  g_ptr_array_set_size (self->fields, 0);
  if (step == NULL)   /* on its way to the check page */
    return;
  if (step->question != self->step.question)
    self->types = has_typed_name (self, step);
  self->step = *step;
  primary = primary_words (self);
  mado_page_set_title (MADO_PAGE (self), mado_kiosk_visit_get_title (visit));
  mado_page_set_primary (MADO_PAGE (self), primary, "r");
  show_progress (self);
  add_change (page, mado_sheet_get_asked (get_sheet (self), step));
  if (step->question != NULL)
    build_question (self);
  else
    build_list (self);
  set_second (self);
  mistake = mado_sheet_take_mistake (get_sheet (self));
  if (mistake != NULL)
    complain (self, mistake);
}

/* The page for where the person stands now: this one again, or the check page. */
static void
show_place (MadoQuestionPage *self)
{
  if (mado_sheet_get_step (get_sheet (self)) == NULL) {
    mado_flow_page_go_to_place (MADO_FLOW_PAGE (self), FALSE);
    return;
  }
  mado_page_turn_to (MADO_PAGE (self), 0);
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
apply (MadoPage *page)
{
  MadoQuestionPage *self = MADO_QUESTION_PAGE (page);
  g_autoptr(GError) error = NULL;

  if (!mado_sheet_check_step (get_sheet (self), &self->step, &error)) {
    mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
    complain (self, error);
    return;
  }
  mado_sheet_go_on (get_sheet (self));
  show_place (self);
}

static void
second (MadoPage *page)
{
  MadoQuestionPage *self = MADO_QUESTION_PAGE (page);

  if (!needs_unknown_key (&self->step)) {
    mado_flow_page_go (MADO_FLOW_PAGE (self), "later", FALSE);
    return;
  }
  on_unknown (g_ptr_array_index (self->fields, 0), self);
}

static gboolean
back (MadoPage *page)
{
  MadoQuestionPage *self = MADO_QUESTION_PAGE (page);

  MadoKioskVisit *visit = mado_flow_page_get_visit (MADO_FLOW_PAGE (self));

  if (mado_sheet_go_back (get_sheet (self)))
    show_place (self);
  else if (mado_kiosk_visit_get_plan (visit) == NULL)
    return FALSE;
  else
    mado_flow_page_go (MADO_FLOW_PAGE (self), mado_kiosk_visit_is_interviewing (visit) ? "events" : "plan", TRUE);
  return TRUE;
}

static void
reset (MadoPage *page)
{
  MadoQuestionPage *self = MADO_QUESTION_PAGE (page);

  g_ptr_array_set_size (self->fields, 0);
  self->types = FALSE;
  MADO_PAGE_CLASS (mado_question_page_parent_class)->reset (page);
}

static void
mado_question_page_finalize (GObject *object)
{
  g_ptr_array_unref (MADO_QUESTION_PAGE (object)->fields);
  G_OBJECT_CLASS (mado_question_page_parent_class)->finalize (object);
}

static void
mado_question_page_class_init (MadoQuestionPageClass *klass)
{
  MadoPageClass *page_class = MADO_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mado_question_page_finalize;
  page_class->apply = apply;
  page_class->second = second;
  page_class->back = back;
  page_class->reset = reset;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_question_page_init (MadoQuestionPage *self)
{
  self->fields = g_ptr_array_new ();
}
