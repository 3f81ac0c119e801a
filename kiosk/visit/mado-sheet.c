/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-sheet.h"

#include <glib/gi18n-lib.h>
#include "core/mado-date.h"
#include "core/mado-json.h"

struct _MadoSheet {
  GObject         parent;
  MadoVocabulary *vocabulary;
  GPtrArray      *forms;       /* of MadoForm */
  JsonObject     *answers;
  JsonObject     *sources;     /* fact to source, of what was filled in and not touched since */
  JsonNode       *known;       /* (nullable): what the city told, {fact: {value, source}} */
  JsonNode       *people;      /* (nullable) */
  gboolean        identified;

  GArray         *plan;        /* of MadoStep: every question that applies */
  GArray         *asked;       /* of MadoStep: those to be asked */
  guint           n_avoided;
  char           *place;       /* (nullable): id of the question; NULL is the check page */
  gboolean        changing;    /* left the check page, and goes back there */
};

G_DEFINE_FINAL_TYPE (MadoSheet, mado_sheet, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
mado_sheet_finalize (GObject *object)
{
  MadoSheet *self = MADO_SHEET (object);

  g_clear_pointer (&self->plan, g_array_unref);
  g_clear_pointer (&self->asked, g_array_unref);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_clear_pointer (&self->vocabulary, mado_vocabulary_unref);
  json_object_unref (self->answers);
  json_object_unref (self->sources);
  g_clear_pointer (&self->known, json_node_unref);
  g_clear_pointer (&self->people, json_node_unref);
  g_free (self->place);
  G_OBJECT_CLASS (mado_sheet_parent_class)->finalize (object);
}

static void
mado_sheet_class_init (MadoSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_sheet_finalize;
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mado_sheet_init (MadoSheet *self)
{
  self->answers = json_object_new ();
  self->sources = json_object_new ();
  self->forms = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_form_unref);
  self->vocabulary = mado_vocabulary_new (TRUE);
}

static MadoForm *const *
get_forms (MadoSheet *self)
{
  return (MadoForm *const *) self->forms->pdata;
}

static JsonNode *copy_whole (JsonNode *node);

static void
copy_member (JsonObject *from, const char *name, JsonNode *value, gpointer to)
{
  json_object_set_member (to, name, copy_whole (value));
}

static void
copy_element (JsonArray *from, guint i, JsonNode *value, gpointer to)
{
  json_array_add_element (to, copy_whole (value));
}

/* json_node_copy() shares what an object or list holds; answers are changed in place and read in other threads. */
static JsonNode *
copy_whole (JsonNode *node)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonArray) array = json_array_new ();

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_foreach_member (json_node_get_object (node), copy_member, object);
      return json_node_init_object (json_node_alloc (), object);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      json_array_foreach_element (json_node_get_array (node), copy_element, array);
      return json_node_init_array (json_node_alloc (), array);
    }
  return json_node_copy (node);
}

static JsonNode *
wrap (JsonObject *object)
{
  return json_node_init_object (json_node_alloc (), object);
}

/* Facts nobody is asked. */
static JsonNode *
new_context (MadoSheet *self)
{
  g_autoptr(JsonObject) context = json_object_new ();

  json_object_set_boolean_member (context, "visit.identified", self->identified);
  return wrap (context);
}

static guint
find (GArray *steps, const char *question)
{
  for (guint i = 0; question != NULL && i < steps->len; i++)
    if (g_str_equal (g_array_index (steps, MadoStep, i).question->id, question))
      return i;
  return steps->len;
}

/* The plan follows from the answers, each time anew. */
static void
make_plan (MadoSheet *self)
{
  g_autoptr(JsonNode) answers = wrap (self->answers);
  g_autoptr(JsonNode) context = new_context (self);

  g_clear_pointer (&self->plan, g_array_unref);
  g_clear_pointer (&self->asked, g_array_unref);
  self->plan = mado_plan_new (get_forms (self), self->forms->len, answers, context, self->known, &self->n_avoided);
  self->asked = g_array_new (FALSE, TRUE, sizeof (MadoStep));
  for (guint i = 0; i < self->plan->len; i++)
    if (!g_array_index (self->plan, MadoStep, i).known)
      g_array_append_val (self->asked, g_array_index (self->plan, MadoStep, i));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_place (MadoSheet *self, const char *question)
{
  g_autofree char *place = g_strdup (question);

  g_free (self->place);
  self->place = g_steal_pointer (&place);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
go_to_asked (MadoSheet *self, guint i)
{
  set_place (self, i < self->asked->len ? g_array_index (self->asked, MadoStep, i).question->id : NULL);
}

MadoSheet *
mado_sheet_new (GPtrArray *forms, GError **error)
{
  g_autoptr(MadoSheet) self = g_object_new (MADO_TYPE_SHEET, NULL);

  for (guint i = 0; i < forms->len; i++)
    {
      MadoForm *form = mado_form_new (g_ptr_array_index (forms, i), self->vocabulary, error);

      if (form == NULL)
        return NULL;
      g_ptr_array_add (self->forms, form);
    }
  make_plan (self);
  go_to_asked (self, 0);
  return g_steal_pointer (&self);
}

static gboolean
is_asked (MadoSheet *self, const char *fact)
{
  for (guint f = 0; f < self->forms->len; f++)
    {
      const MadoForm *form = get_forms (self)[f];

      if (mado_form_find_field (form, NULL, fact) != NULL)
        return TRUE;
      for (guint q = 0; q < form->n_questions; q++)
        if (g_strcmp0 (form->questions[q].group, fact) == 0)
          return TRUE;
    }
  return FALSE;
}

static void
fill_one (MadoSheet *self, const char *fact, JsonNode *known)
{
  JsonNode *value = JSON_NODE_HOLDS_OBJECT (known) ? mado_json_get (known, "/value") : NULL;
  JsonNode *source = value != NULL ? mado_json_get (known, "/source") : NULL;

  if (value == NULL || JSON_NODE_HOLDS_NULL (value) || json_object_has_member (self->answers, fact)
      || !is_asked (self, fact))
    return;
  json_object_set_member (self->answers, fact, copy_whole (value));
  if (source != NULL && json_node_get_value_type (source) == G_TYPE_STRING)
    json_object_set_string_member (self->sources, fact, json_node_get_string (source));
}

void
mado_sheet_fill (MadoSheet *self, JsonNode *facts)
{
  JsonObjectIter iter;
  const char *fact;
  JsonNode *known;

  if (facts == NULL || !JSON_NODE_HOLDS_OBJECT (facts))
    return;
  json_object_iter_init (&iter, json_node_get_object (facts));
  while (json_object_iter_next (&iter, &fact, &known))
    fill_one (self, fact, known);
  g_clear_pointer (&self->known, json_node_unref);
  self->known = json_node_copy (facts);
  make_plan (self);
  go_to_asked (self, 0);
}

static JsonObject *
copy_object (JsonNode *node)
{
  g_autoptr(JsonNode) copy = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? copy_whole (node) : NULL;

  return copy != NULL ? json_node_dup_object (copy) : json_object_new ();
}

void
mado_sheet_load (MadoSheet *self, JsonNode *answers, JsonNode *sources)
{
  json_object_unref (self->answers);
  json_object_unref (self->sources);
  self->answers = copy_object (answers);
  self->sources = copy_object (sources);
  make_plan (self);
  set_place (self, NULL);
}

void
mado_sheet_set_identified (MadoSheet *self, gboolean identified, JsonNode *people)
{
  self->identified = identified;
  g_clear_pointer (&self->people, json_node_unref);
  self->people = people != NULL ? json_node_copy (people) : NULL;
  make_plan (self);
  if (find (self->plan, self->place) == self->plan->len)
    go_to_asked (self, 0);
}

JsonNode *
mado_sheet_get_people (MadoSheet *self)
{
  return self->people;
}

guint
mado_sheet_get_n (MadoSheet *self)
{
  return self->asked->len;
}

guint
mado_sheet_get_n_avoided (MadoSheet *self)
{
  return self->n_avoided;
}

guint
mado_sheet_get_position (MadoSheet *self)
{
  return find (self->asked, self->place);
}

const MadoStep *
mado_sheet_get_step (MadoSheet *self)
{
  guint i = find (self->plan, self->place);

  return i < self->plan->len ? &g_array_index (self->plan, MadoStep, i) : NULL;
}

const MadoStep *
mado_sheet_peek (MadoSheet *self, guint position)
{
  return position < self->asked->len ? &g_array_index (self->asked, MadoStep, position) : NULL;
}

void
mado_sheet_go_on (MadoSheet *self)
{
  gboolean back = self->changing;

  self->changing = FALSE;
  if (back)
    set_place (self, NULL);
  else
    go_to_asked (self, mado_sheet_get_position (self) + 1);
}

gboolean
mado_sheet_go_back (MadoSheet *self)
{
  guint position = mado_sheet_get_position (self);

  if (self->changing)
    {
      self->changing = FALSE;
      set_place (self, NULL);
      return TRUE;
    }
  if (position == 0)
    return FALSE;
  go_to_asked (self, position - 1);
  return TRUE;
}

gboolean
mado_sheet_go_to (MadoSheet *self, const char *question)
{
  if (find (self->plan, question) == self->plan->len)
    return FALSE;
  self->changing = TRUE;
  set_place (self, question);
  return TRUE;
}

gboolean
mado_sheet_is_changing (MadoSheet *self)
{
  return self->changing;
}

/* (nullable): the rows of a group; with @make, a list that is there afterwards. */
static JsonArray *
get_rows (MadoSheet *self, const MadoStep *step, gboolean make)
{
  const char *group = step->question->group;
  JsonNode *node = json_object_get_member (self->answers, group);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (!make)
    return NULL;
  json_object_set_array_member (self->answers, group, json_array_new ());
  return json_object_get_array_member (self->answers, group);
}

guint
mado_sheet_get_n_rows (MadoSheet *self, const MadoStep *step)
{
  JsonArray *rows = get_rows (self, step, FALSE);

  return rows != NULL ? json_array_get_length (rows) : 0;
}

void
mado_sheet_add_row (MadoSheet *self, const MadoStep *step)
{
  if (mado_sheet_get_n_rows (self, step) >= step->question->max_rows)
    return;
  json_array_add_object_element (get_rows (self, step, TRUE), json_object_new ());
  json_object_remove_member (self->sources, step->question->group);
  make_plan (self);
}

void
mado_sheet_remove_row (MadoSheet *self, const MadoStep *step, guint row)
{
  if (row >= mado_sheet_get_n_rows (self, step))
    return;
  json_array_remove_element (get_rows (self, step, TRUE), row);
  json_object_remove_member (self->sources, step->question->group);
  make_plan (self);
}

/* (nullable): where the answer of a field is kept. */
static JsonObject *
get_holder (MadoSheet *self, const MadoStep *step, guint row)
{
  JsonArray *rows;

  if (step->question->group == NULL)
    return self->answers;
  rows = get_rows (self, step, FALSE);
  return rows != NULL && row < json_array_get_length (rows) ? json_array_get_object_element (rows, row) : NULL;
}

JsonNode *
mado_sheet_get_answer (MadoSheet *self, const MadoStep *step, guint row, const char *fact)
{
  JsonObject *holder = get_holder (self, step, row);

  return holder != NULL ? json_object_get_member (holder, fact) : NULL;
}

static gboolean
is_same (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static void
put (JsonObject *holder, const char *fact, JsonNode *value)
{
  if (value != NULL)
    json_object_set_member (holder, fact, value);
  else if (json_object_has_member (holder, fact))
    json_object_remove_member (holder, fact);
}

void
mado_sheet_take_answer (MadoSheet *self, const MadoStep *step, guint row, const char *fact, JsonNode *value)
{
  JsonObject *holder = get_holder (self, step, row);
  const char *touched = step->question->group != NULL ? step->question->group : fact;

  if (holder == NULL || is_same (json_object_get_member (holder, fact), value))
    {
      g_clear_pointer (&value, json_node_unref);
      return;
    }
  put (holder, fact, value);
  if (json_object_has_member (self->sources, touched))
    json_object_remove_member (self->sources, touched);
  make_plan (self);
}

const char *
mado_sheet_get_source (MadoSheet *self, const char *fact)
{
  return json_object_get_string_member_with_default (self->sources, fact, NULL);
}

gboolean
mado_sheet_has_field (MadoSheet *self, const MadoStep *step, guint row, const MadoFormField *field)
{
  g_autoptr(JsonNode) answers = wrap (self->answers);
  g_autoptr(JsonNode) context = new_context (self);
  g_autoptr(MadoFacts) facts = mado_answers_get_facts (get_forms (self), self->forms->len, answers, context,
                                                       mado_date_today ());
  JsonObject *holder = get_holder (self, step, row);
  g_autoptr(JsonNode) row_node = step->question->group != NULL && holder != NULL ? wrap (holder) : NULL;

  return mado_step_has_field (step, field, facts, row_node);
}

guint
mado_sheet_count_answers (MadoSheet *self)
{
  return json_object_get_size (self->answers) - json_object_get_size (self->sources);
}

typedef struct {
  MadoSheet  *sheet;
  JsonObject *holder;
  GError     *error;
  char       *prefix;     /* of the row: "", "/2" */
} Checking;

static void
check_field (Checking *self, const MadoFormField *field)
{
  g_autofree char *pointer = mado_json_pointer (self->prefix, field->fact);
  g_autoptr(GError) mistake = NULL;
  JsonNode *value = json_object_get_member (self->holder, field->fact);
  JsonNode *kept = mado_form_field_check (field, value, mado_date_today (), pointer, &mistake);
  const MadoViolation *violation;

  if (kept != NULL)
    {
      json_object_set_member (self->holder, field->fact, kept);
      return;
    }
  if (mistake == NULL)
    return;
  if (self->error == NULL)
    self->error = g_error_new_literal (MADO_ERROR, MADO_ERROR_INVALID, _("Some answers need another look"));
  violation = mado_error_get_violation (mistake, 0);
  mado_error_add_violation (self->error, pointer, violation->code, "%s", violation->message);
}

static void
check_row (Checking *self, const MadoStep *step, guint row)
{
  self->holder = get_holder (self->sheet, step, row);
  for (guint i = 0; i < step->question->n_fields; i++)
    if (step->question->fields[i].kind->check != NULL
        && mado_sheet_has_field (self->sheet, step, row, &step->question->fields[i]))
      check_field (self, &step->question->fields[i]);
}

static void
check_rows (Checking *self, const MadoStep *step)
{
  guint n = mado_sheet_get_n_rows (self->sheet, step);

  if (n < step->question->min_rows)
    mado_set_error_at (&self->error, MADO_ERROR_INVALID, "", "range", _("Please add at least %u"),
                       step->question->min_rows);
  for (guint row = 0; row < n; row++)
    {
      g_autofree char *prefix = mado_json_pointer_index ("", row);

      self->prefix = prefix;
      check_row (self, step, row);
    }
}

gboolean
mado_sheet_check_step (MadoSheet *self, const MadoStep *step, GError **error)
{
  const MadoStep kept = *step;
  Checking checking = { self, NULL, NULL, (char *) "" };

  if (kept.question->group != NULL)
    check_rows (&checking, &kept);
  else
    check_row (&checking, &kept, 0);
  make_plan (self);
  if (checking.error == NULL)
    return TRUE;
  g_propagate_error (error, checking.error);
  return FALSE;
}

/* Question by question first, so that a mistake is shown where it was made. */
gboolean
mado_sheet_check (MadoSheet *self, GError **error)
{
  g_autoptr(JsonNode) answers = NULL;
  g_autoptr(JsonNode) context = new_context (self);
  g_autoptr(JsonNode) clean = NULL;

  for (guint i = 0; i < self->plan->len; i++)
    {
      const char *question = g_array_index (self->plan, MadoStep, i).question->id;

      if (mado_sheet_check_step (self, &g_array_index (self->plan, MadoStep, i), error))
        continue;
      mado_sheet_go_to (self, question);
      return FALSE;
    }
  answers = wrap (self->answers);
  if (!mado_answers_check (get_forms (self), self->forms->len, answers, context, mado_date_today (), &clean, error))
    {
      if (error != NULL)
        mado_sheet_go_to_mistake (self, *error);
      return FALSE;
    }
  json_object_unref (self->answers);
  self->answers = json_node_dup_object (clean);
  return TRUE;
}

/* "/answers/newAddress.postalCode" and "/newAddress.postalCode": the first name in @pointer that a question asks. */
static const char *
find_question (MadoSheet *self, const char *pointer)
{
  g_auto(GStrv) parts = g_strsplit (pointer, "/", -1);

  for (guint p = 0; parts[p] != NULL; p++)
    for (guint i = 0; *parts[p] != '\0' && i < self->plan->len; i++)
      {
        const MadoFormQuestion *question = g_array_index (self->plan, MadoStep, i).question;

        if (g_strcmp0 (question->group, parts[p]) == 0)
          return question->id;
        for (guint f = 0; question->group == NULL && f < question->n_fields; f++)
          if (g_str_equal (question->fields[f].fact, parts[p]))
            return question->id;
      }
  return NULL;
}

gboolean
mado_sheet_go_to_mistake (MadoSheet *self, const GError *violations)
{
  guint n = violations->domain == MADO_ERROR ? mado_error_get_n_violations (violations) : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *question = find_question (self, mado_error_get_violation (violations, i)->pointer);

      if (question != NULL && mado_sheet_go_to (self, question))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
mado_sheet_describe (MadoSheet *self, const char *language)
{
  g_autoptr(JsonNode) answers = wrap (self->answers);
  g_autoptr(JsonNode) sources = wrap (self->sources);
  g_autoptr(JsonNode) context = new_context (self);

  return mado_answers_describe (get_forms (self), self->forms->len, answers, context, sources, self->people, language);
}

JsonNode *
mado_sheet_dup_answers (MadoSheet *self)
{
  g_autoptr(JsonNode) node = wrap (self->answers);

  return copy_whole (node);
}

JsonNode *
mado_sheet_dup_sources (MadoSheet *self)
{
  g_autoptr(JsonNode) node = wrap (self->sources);

  return copy_whole (node);
}
