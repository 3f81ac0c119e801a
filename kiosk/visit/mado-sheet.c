/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-sheet.h"

#include <glib/gi18n-lib.h>
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "questions/mado-place-question.h"
#include "questions/mado-typing.h"

struct _MadoSheet {
  GObject         parent;
  MadoVocabulary *vocabulary;
  GPtrArray      *forms;       /* of MadoForm */
  JsonObject     *answers;
  JsonObject     *sources;     /* fact to source, of what was filled in and not touched since */
  JsonNode       *given;       /* (nullable): what the interview was answered, by fact */
  JsonNode       *known;       /* (nullable): what the city told, {fact: {value, source}} */
  JsonNode       *people;      /* (nullable) */
  gboolean        identified;
  char           *language;

  MadoTyping     *typing;      /* (nullable): the answers, settled; NULL once something else than they changed */
  JsonNode       *facts;       /* of @context */
  MadoAnswerContext context;   /* of @typing */
  GArray         *plan;        /* of MadoStep: every page that applies */
  GArray         *asked;       /* of MadoStep: those to be asked */
  guint           n_avoided;
  MadoStep        place;       /* its form is NULL at the check page */
  GHashTable     *changed;     /* fact → MadoAsked, where it is not asked as when it was answered */
  gboolean        changing;    /* left the check page, and goes back there */
  GError         *mistake;     /* (nullable): why it was left, not yet said */
};

G_DEFINE_FINAL_TYPE (MadoSheet, mado_sheet, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
forget_typing (MadoSheet *self)
{
  g_clear_pointer (&self->typing, mado_typing_unref);
  g_clear_pointer (&self->facts, json_node_unref);
}

static void
mado_sheet_finalize (GObject *object)
{
  MadoSheet *self = MADO_SHEET (object);

  g_clear_error (&self->mistake);
  forget_typing (self);
  g_clear_pointer (&self->plan, g_array_unref);
  g_clear_pointer (&self->asked, g_array_unref);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_clear_pointer (&self->vocabulary, mado_vocabulary_unref);
  g_hash_table_unref (self->changed);
  json_object_unref (self->answers);
  json_object_unref (self->sources);
  g_clear_pointer (&self->given, json_node_unref);
  g_clear_pointer (&self->known, json_node_unref);
  g_clear_pointer (&self->people, json_node_unref);
  g_free (self->language);
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
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    json_object_foreach_member (json_node_get_object (node), copy_member, object);
    return json_node_init_object (json_node_alloc (), object);
  }
  if (JSON_NODE_HOLDS_ARRAY (node)) {
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
new_facts (MadoSheet *self)
{
  g_autoptr(JsonObject) facts = json_object_new ();

  json_object_set_boolean_member (facts, "visit.identified", self->identified);
  return wrap (facts);
}

static MadoAnswerContext
get_context (MadoSheet *self, JsonNode *facts)
{
  return (MadoAnswerContext) { facts, self->known, self->people, mado_date_today (), self->language };
}

static guint
find (GArray *steps, const MadoStep *wanted)
{
  for (guint i = 0; wanted->form != NULL && i < steps->len; i++) {
    const MadoStep *step = &g_array_index (steps, MadoStep, i);

    if (step->question == wanted->question && step->group == wanted->group && step->row == wanted->row)
      return i;
  }
  return steps->len;
}

/* (nullable): the answers of a page in @answers: all of them, or those of a row. */
static JsonObject *
find_holder (JsonObject *answers, const MadoStep *step)
{
  JsonNode *rows = step->group != NULL ? json_object_get_member (answers, step->group->fact) : NULL;

  if (step->group == NULL)
    return answers;
  return rows != NULL && JSON_NODE_HOLDS_ARRAY (rows)
         && (guint) step->row < json_array_get_length (json_node_get_array (rows))
           ? json_array_get_object_element (json_node_get_array (rows), (guint) step->row) : NULL;
}

static gboolean
is_same (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static guint
count_rows (JsonObject *answers, const MadoFormGroup *group)
{
  JsonNode *rows = json_object_get_member (answers, group->fact);

  return rows != NULL && JSON_NODE_HOLDS_ARRAY (rows) ? json_array_get_length (json_node_get_array (rows)) : 0;
}

/* Every answer of the page is the one that was given in the interview. */
static gboolean
is_given (MadoSheet *self, const MadoStep *step)
{
  JsonObject *given = self->given != NULL ? json_node_get_object (self->given) : NULL;
  JsonObject *then, *now;

  if (given == NULL || !step->answered)
    return FALSE;
  if (step->question == NULL)
    return count_rows (given, step->group) > 0
           && count_rows (given, step->group) == count_rows (self->answers, step->group);
  then = find_holder (given, step);
  now = find_holder (self->answers, step);
  for (guint i = 0; then != NULL && now != NULL && i < step->question->n_fields; i++) {
    const char *fact = step->question->fields[i].fact;
    JsonNode *value = json_object_get_member (then, fact);

    if (step->fields & (1u << i) && (value == NULL || !is_same (value, json_object_get_member (now, fact))))
      return FALSE;
  }
  return then != NULL && now != NULL;
}

/* After each key only what depends on it is settled again; all of it, once the city knows more or another day comes. */
static MadoTyping *
get_typing (MadoSheet *self)
{
  if (self->typing != NULL && self->context.today == mado_date_today ())
    return self->typing;
  forget_typing (self);
  self->facts = new_facts (self);
  self->context = get_context (self, self->facts);
  self->typing = mado_typing_new (get_forms (self), self->forms->len, NULL, &self->context, TRUE);
  return self->typing;
}

/* The plan follows from the answers. */
static void
make_plan (MadoSheet *self)
{
  g_autoptr(JsonNode) answers = mado_sheet_dup_answers (self);
  MadoTyping *typing = get_typing (self);

  mado_typing_take (typing, answers);
  g_clear_pointer (&self->plan, g_array_unref);
  g_clear_pointer (&self->asked, g_array_unref);
  self->plan = mado_typing_plan (typing, &self->n_avoided);
  self->asked = g_array_new (FALSE, TRUE, sizeof (MadoStep));
  for (guint i = 0; i < self->plan->len; i++) {
    const MadoStep *step = &g_array_index (self->plan, MadoStep, i);

    if (!step->known && is_given (self, step))
      self->n_avoided++;
    else if (!step->known)
      g_array_append_val (self->asked, *step);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_place (MadoSheet *self, const MadoStep *step)
{
  self->place = step != NULL ? *step : (MadoStep) { NULL };
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
go_to_asked (MadoSheet *self, guint i)
{
  set_place (self, i < self->asked->len ? &g_array_index (self->asked, MadoStep, i) : NULL);
}

MadoSheet *
mado_sheet_new (GPtrArray *forms, GError **error)
{
  g_autoptr(MadoSheet) self = g_object_new (MADO_TYPE_SHEET, NULL);

  for (guint i = 0; i < forms->len; i++) {
    MadoForm *form = mado_form_new (g_ptr_array_index (forms, i), self->vocabulary, error);

    if (form == NULL)
      return NULL;
    g_ptr_array_add (self->forms, form);
  }
  make_plan (self);
  go_to_asked (self, 0);
  return g_steal_pointer (&self);
}

void
mado_sheet_set_language (MadoSheet *self, const char *language)
{
  g_autofree char *code = g_strdup (language);

  forget_typing (self);
  g_free (self->language);
  self->language = g_steal_pointer (&code);
}

/* (nullable): the group that asks for @fact. */
static const MadoFormGroup *
find_group (MadoSheet *self, const char *fact)
{
  for (guint f = 0; f < self->forms->len; f++)
    for (guint g = 0; g < get_forms (self)[f]->n_groups; g++)
      if (g_str_equal (get_forms (self)[f]->groups[g].fact, fact))
        return &get_forms (self)[f]->groups[g];
  return NULL;
}

static gboolean
is_asked (MadoSheet *self, const char *fact)
{
  for (guint f = 0; f < self->forms->len; f++)
    if (mado_form_find_field (get_forms (self)[f], NULL, fact) != NULL)
      return TRUE;
  return find_group (self, fact) != NULL;
}

static gboolean
has_member (const MadoFormGroup *group, const char *name)
{
  for (guint q = 0; q < group->n_questions; q++)
    for (guint f = 0; f < group->questions[q].n_fields; f++)
      if (g_str_equal (group->questions[q].fields[f].fact, name))
        return TRUE;
  return FALSE;
}

/* Of the rows the city knows, what this group asks. */
static JsonNode *
copy_rows (const MadoFormGroup *group, JsonNode *known)
{
  JsonNode *copy = copy_whole (known);
  JsonArray *rows = JSON_NODE_HOLDS_ARRAY (copy) ? json_node_get_array (copy) : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    g_autoptr(GList) names = json_object_get_members (row);

    for (GList *name = names; name != NULL; name = name->next)
      if (!has_member (group, name->data))
        json_object_remove_member (row, name->data);
  }
  return copy;
}

/* Where nobody has answered, or @over what was answered. */
static void
fill_one (MadoSheet *self, const char *fact, JsonNode *known, gboolean over)
{
  JsonNode *value = JSON_NODE_HOLDS_OBJECT (known) ? mado_json_get (known, "/value") : NULL;
  JsonNode *source = value != NULL ? mado_json_get (known, "/source") : NULL;
  const MadoFormGroup *group = find_group (self, fact);

  if (value == NULL || JSON_NODE_HOLDS_NULL (value) || !is_asked (self, fact)
      || (!over && json_object_has_member (self->answers, fact)))
    return;
  json_object_set_member (self->answers, fact, group != NULL ? copy_rows (group, value) : copy_whole (value));
  if (source != NULL && json_node_get_value_type (source) == G_TYPE_STRING)
    json_object_set_string_member (self->sources, fact, json_node_get_string (source));
}

void
mado_sheet_fill (MadoSheet *self, JsonNode *facts)
{
  g_autoptr(JsonNode) before = mado_sheet_dup_answers (self);
  JsonObjectIter iter;
  const char *fact;
  JsonNode *known;

  if (facts == NULL || !JSON_NODE_HOLDS_OBJECT (facts))
    return;
  json_object_iter_init (&iter, json_node_get_object (facts));
  while (json_object_iter_next (&iter, &fact, &known))
    if (!mado_place_is_begun (json_node_get_object (before), fact))
      fill_one (self, fact, known, FALSE);
  forget_typing (self);
  g_clear_pointer (&self->known, json_node_unref);
  self->known = json_node_copy (facts);
  make_plan (self);
  go_to_asked (self, 0);
}

static void
adopt_one (MadoSheet *self, const char *fact, JsonNode *value, const char *source)
{
  const MadoFormGroup *group = find_group (self, fact);

  if (!is_asked (self, fact) || json_object_has_member (self->answers, fact))
    return;
  json_object_set_member (self->answers, fact, group != NULL ? copy_rows (group, value) : copy_whole (value));
  if (source != NULL && group == NULL)
    json_object_set_string_member (self->sources, fact, source);
}

static void
adopt_all (MadoSheet *self, JsonNode *answers, const char *source)
{
  JsonObjectIter iter;
  const char *fact;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (answers));
  while (json_object_iter_next (&iter, &fact, &value))
    adopt_one (self, fact, value, source);
  make_plan (self);
  go_to_asked (self, 0);
}

void
mado_sheet_adopt (MadoSheet *self, JsonNode *answers)
{
  adopt_all (self, answers, NULL);
}

void
mado_sheet_give (MadoSheet *self, JsonNode *answers)
{
  g_clear_pointer (&self->given, json_node_unref);
  self->given = copy_whole (answers);
  adopt_all (self, answers, "interview");
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

static gboolean
is_fixed (MadoSheet *self, const char *fact)
{
  for (guint f = 0; f < self->forms->len; f++) {
    const MadoFormField *field = mado_form_find_field (get_forms (self)[f], NULL, fact);

    if (field != NULL && field->fixed)
      return TRUE;
  }
  return FALSE;
}

void
mado_sheet_settle (MadoSheet *self, JsonNode *facts)
{
  JsonObjectIter iter;
  const char *fact;
  JsonNode *known;

  if (facts == NULL || !JSON_NODE_HOLDS_OBJECT (facts))
    return;
  json_object_iter_init (&iter, json_node_get_object (facts));
  while (json_object_iter_next (&iter, &fact, &known)) {
    if (is_fixed (self, fact))
      fill_one (self, fact, known, TRUE);
  }
  forget_typing (self);
  g_clear_pointer (&self->known, json_node_unref);
  self->known = json_node_copy (facts);
  make_plan (self);
}

void
mado_sheet_set_identified (MadoSheet *self, gboolean identified, JsonNode *people)
{
  forget_typing (self);
  self->identified = identified;
  g_clear_pointer (&self->people, json_node_unref);
  self->people = people != NULL ? json_node_copy (people) : NULL;
  make_plan (self);
  if (find (self->plan, &self->place) == self->plan->len)
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
  return find (self->asked, &self->place);
}

const MadoStep *
mado_sheet_get_step (MadoSheet *self)
{
  guint i = find (self->plan, &self->place);

  return i < self->plan->len ? &g_array_index (self->plan, MadoStep, i) : NULL;
}

const MadoStep *
mado_sheet_peek (MadoSheet *self, guint position)
{
  return position < self->asked->len ? &g_array_index (self->asked, MadoStep, position) : NULL;
}

static void
note_change (MadoSheet *self, const char *fact, MadoAsked asked)
{
  g_hash_table_replace (self->changed, g_strdup (fact), GINT_TO_POINTER (asked));
}

static MadoAsked
get_change (MadoSheet *self, const char *fact)
{
  return (MadoAsked) GPOINTER_TO_INT (g_hash_table_lookup (self->changed, fact));
}

MadoAsked
mado_sheet_get_asked (MadoSheet *self, const MadoStep *step)
{
  MadoAsked asked = MADO_ASKED_ALIKE;

  if (step->group != NULL)
    return get_change (self, step->group->fact);
  for (guint i = 0; i < step->question->n_fields; i++)
    if (step->fields & (1u << i))
      asked = MAX (asked, get_change (self, step->question->fields[i].fact));
  return asked;
}

/* Lacks an answer or asks otherwise than before; or lists the rows, one of which was just changed. */
static gboolean
wants_a_look (MadoSheet *self, const MadoStep *step, const MadoFormGroup *changed)
{
  return !step->answered || mado_sheet_get_asked (self, step) != MADO_ASKED_ALIKE
         || (changed != NULL && step->group == changed && step->question == NULL);
}

/* What was looked at counts as asked like this; a group, once its list was. */
static void
forget_change (MadoSheet *self, const MadoStep *step)
{
  if (step->group != NULL && step->question == NULL)
    g_hash_table_remove (self->changed, step->group->fact);
  for (guint i = 0; step->group == NULL && step->question != NULL && i < step->question->n_fields; i++)
    g_hash_table_remove (self->changed, step->question->fields[i].fact);
}

void
mado_sheet_go_on (MadoSheet *self)
{
  const MadoFormGroup *group = self->place.question != NULL ? self->place.group : NULL;
  guint next = mado_sheet_get_position (self) + 1;

  forget_change (self, &self->place);
  if (!self->changing) {
    go_to_asked (self, next);
    return;
  }
  while (next < self->asked->len && !wants_a_look (self, &g_array_index (self->asked, MadoStep, next), group))
    next++;
  self->changing = next < self->asked->len;
  go_to_asked (self, next);
}

/* The first page that wants a look, or the check page. */
static void
go_to_rest (MadoSheet *self)
{
  guint next = 0;

  while (next < self->asked->len && !wants_a_look (self, &g_array_index (self->asked, MadoStep, next), NULL))
    next++;
  self->changing = TRUE;
  go_to_asked (self, next);
}

void
mado_sheet_resume (MadoSheet *self, JsonNode *answers, JsonNode *changed)
{
  JsonArray *facts = changed != NULL && JSON_NODE_HOLDS_ARRAY (changed) ? json_node_get_array (changed) : NULL;

  for (guint i = 0; facts != NULL && i < json_array_get_length (facts); i++)
    note_change (self, json_array_get_string_element (facts, i), MADO_ASKED_OTHERWISE);
  mado_sheet_adopt (self, answers);
  go_to_rest (self);
}

/* --- published anew while it was answered --------------------------------------------------------------------- */

/* (nullable): of the same name */
static const MadoForm *
find_form (MadoSheet *self, const char *id)
{
  for (guint f = 0; f < self->forms->len; f++)
    if (g_str_equal (get_forms (self)[f]->id, id))
      return get_forms (self)[f];
  return NULL;
}

static void
compare_field (MadoSheet *self, MadoSheet *before, const MadoFormGroup *group, const MadoFormField *field)
{
  const char *fact = group != NULL ? group->fact : field->fact;

  if (!is_asked (before, fact))
    note_change (self, fact, MADO_ASKED_ANEW);
  else if (group != NULL && !has_member (find_group (before, fact), field->fact))
    note_change (self, fact, MADO_ASKED_OTHERWISE);
}

static void
compare_form (MadoSheet *self, MadoSheet *before, const MadoForm *form)
{
  const MadoForm *old = find_form (before, form->id);
  g_auto(GStrv) changed = old != NULL ? mado_form_list_changed (old, form) : NULL;

  for (guint i = 0; changed != NULL && changed[i] != NULL; i++)
    note_change (self, changed[i], MADO_ASKED_OTHERWISE);
  for (guint q = 0; q < form->n_questions; q++)
    for (guint f = 0; f < form->questions[q].n_fields; f++)
      compare_field (self, before, form->questions[q].group, &form->questions[q].fields[f]);
}

static void
adopt_from (MadoSheet *self, MadoSheet *before)
{
  JsonObjectIter iter;
  const char *fact;
  JsonNode *value;

  json_object_iter_init (&iter, before->answers);
  while (json_object_iter_next (&iter, &fact, &value))
    adopt_one (self, fact, value, NULL);
  json_object_unref (self->sources);
  self->sources = json_object_ref (before->sources);
  forget_typing (self);
  self->identified = before->identified;
  self->given = before->given != NULL ? copy_whole (before->given) : NULL;
  self->known = before->known != NULL ? json_node_copy (before->known) : NULL;
  self->people = before->people != NULL ? json_node_copy (before->people) : NULL;
}

MadoSheet *
mado_sheet_new_after (MadoSheet *before, GPtrArray *forms, GError **error)
{
  MadoSheet *self = mado_sheet_new (forms, error);

  if (self == NULL)
    return NULL;
  mado_sheet_set_language (self, before->language);
  adopt_from (self, before);
  for (guint f = 0; f < self->forms->len; f++)
    compare_form (self, before, get_forms (self)[f]);
  make_plan (self);
  go_to_rest (self);
  return self;
}

gboolean
mado_sheet_go_back (MadoSheet *self)
{
  guint position = mado_sheet_get_position (self);

  if (self->changing) {
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
mado_sheet_go_to (MadoSheet *self, const MadoStep *step)
{
  if (find (self->plan, step) == self->plan->len)
    return FALSE;
  self->changing = TRUE;
  set_place (self, step);
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
  const char *group = step->group->fact;
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

static void
put (JsonObject *holder, const char *fact, JsonNode *value)
{
  if (value != NULL)
    json_object_set_member (holder, fact, value);
  else if (json_object_has_member (holder, fact))
    json_object_remove_member (holder, fact);
}

/* The page of @group's row that comes first, or else the list. */
static void
go_to_row (MadoSheet *self, const MadoFormGroup *group, guint row)
{
  for (guint i = 0; i < self->plan->len; i++) {
    const MadoStep *step = &g_array_index (self->plan, MadoStep, i);

    if (step->group == group && (step->row == (int) row || step->question == NULL)) {
      set_place (self, step);
      return;
    }
  }
}

void
mado_sheet_add_row (MadoSheet *self, const MadoStep *step)
{
  const MadoFormGroup *group = step->group;
  guint n = mado_sheet_get_n_rows (self, step);

  if (n >= group->max_rows)
    return;
  json_array_add_object_element (get_rows (self, step, TRUE), json_object_new ());
  put (self->sources, group->fact, NULL);
  make_plan (self);
  go_to_row (self, group, n);
}

void
mado_sheet_remove_row (MadoSheet *self, const MadoStep *step, guint row)
{
  if (row >= mado_sheet_get_n_rows (self, step))
    return;
  json_array_remove_element (get_rows (self, step, TRUE), row);
  put (self->sources, step->group->fact, NULL);
  make_plan (self);
}

/* (nullable): where the answers of a page are kept; with @make, a row that is there afterwards. */
static JsonObject *
get_holder (MadoSheet *self, const MadoStep *step, gboolean make)
{
  JsonArray *rows = step->group != NULL ? get_rows (self, step, make) : NULL;

  while (rows != NULL && make && json_array_get_length (rows) <= (guint) step->row)
    json_array_add_object_element (rows, json_object_new ());
  return find_holder (self->answers, step);
}

MadoVocabulary *
mado_sheet_get_vocabulary (MadoSheet *self)
{
  return self->vocabulary;
}

MadoFacts *
mado_sheet_get_facts (MadoSheet *self, MadoRule *rule)
{
  g_autoptr(JsonNode) answers = wrap (self->answers);
  g_autoptr(JsonNode) facts = new_facts (self);
  MadoAnswerContext context = get_context (self, facts);

  return mado_answers_get_facts (rule, self->vocabulary, answers, &context);
}

gint64
mado_sheet_count_fee (MadoSheet *self, JsonNode *procedure)
{
  JsonNode *says = mado_json_get (procedure, "/fee/rule");
  g_autoptr(MadoRule) rule = says != NULL ? mado_rule_new (says, mado_sheet_get_vocabulary (self), NULL) : NULL;
  g_autoptr(MadoFacts) facts = rule != NULL ? mado_sheet_get_facts (self, rule) : NULL;
  MadoRuleValue value;

  if (rule == NULL || !mado_rule_evaluate (rule, facts, &value, NULL) || value.type != MADO_RULE_NUMBER)
    return -1;
  return (gint64) MAX (0, value.number);
}

JsonNode *
mado_sheet_get_answer (MadoSheet *self, const MadoStep *step, const char *fact)
{
  JsonObject *holder = get_holder (self, step, FALSE);

  return holder != NULL ? json_object_get_member (holder, fact) : NULL;
}

void
mado_sheet_take_answer (MadoSheet *self, const MadoStep *step, const char *fact, JsonNode *value)
{
  JsonObject *holder = get_holder (self, step, TRUE);

  if (is_same (json_object_get_member (holder, fact), value)) {
    g_clear_pointer (&value, json_node_unref);
    return;
  }
  put (holder, fact, value);
  put (self->sources, step->group != NULL ? step->group->fact : fact, NULL);
  if (step->group == NULL)
    mado_question_complete_place (step->question, self->answers, self->sources, fact);
  make_plan (self);
}

const char *
mado_sheet_get_source (MadoSheet *self, const char *fact)
{
  return json_object_get_string_member_with_default (self->sources, fact, NULL);
}

guint
mado_sheet_count_answers (MadoSheet *self)
{
  return json_object_get_size (self->answers) - json_object_get_size (self->sources);
}

static gboolean
check_list (MadoSheet *self, const MadoStep *step, GError **error)
{
  if (mado_sheet_get_n_rows (self, step) >= step->group->min_rows) {
    get_rows (self, step, TRUE);   /* an empty list is an answer */
    make_plan (self);
    return TRUE;
  }
  mado_set_error_at (error, MADO_ERROR_INVALID, "", "range", _("Please add at least %u"), step->group->min_rows);
  return FALSE;
}

gboolean
mado_sheet_check_step (MadoSheet *self, const MadoStep *step, GError **error)
{
  const MadoStep page = *step;
  g_autoptr(JsonNode) facts = new_facts (self);
  MadoAnswerContext context = get_context (self, facts);
  g_autoptr(JsonNode) answers = wrap (self->answers);
  g_autoptr(JsonNode) values = NULL;
  g_autoptr(JsonNode) clean = NULL;
  JsonObjectIter iter;
  const char *fact;
  JsonNode *value;
  gboolean fine;

  if (page.question == NULL)
    return check_list (self, &page, error);
  values = wrap (get_holder (self, &page, TRUE));
  fine = mado_step_check (&page, values, answers, &context, &clean, error);
  json_object_iter_init (&iter, json_node_get_object (clean));
  while (json_object_iter_next (&iter, &fact, &value))
    json_object_set_member (json_node_get_object (values), fact, json_node_ref (value));
  make_plan (self);
  return fine;
}

/* Page by page first, so that a mistake is shown where it was made; what the city knows is checked as a whole. */
gboolean
mado_sheet_check (MadoSheet *self, GError **error)
{
  g_autoptr(JsonNode) facts = new_facts (self);
  MadoAnswerContext context = get_context (self, facts);
  g_autoptr(JsonNode) answers = NULL;
  g_autoptr(JsonNode) clean = NULL;

  for (guint i = 0; i < self->plan->len; i++) {
    const MadoStep page = g_array_index (self->plan, MadoStep, i);

    if (page.known || mado_sheet_check_step (self, &page, error))
      continue;
    mado_sheet_go_to (self, &page);
    return FALSE;
  }
  answers = wrap (self->answers);
  if (!mado_answers_check (get_forms (self), self->forms->len, answers, &context, &clean, error)) {
    if (error != NULL)
      mado_sheet_go_to_mistake (self, *error);
    return FALSE;
  }
  json_object_unref (self->answers);
  self->answers = copy_object (clean);
  return TRUE;
}

/* The page asks @fact; or, of a row, is the one of @row that asks @member. */
static gboolean
asks (const MadoStep *step, const char *fact, const char *row, const char *member)
{
  const char *name = step->group != NULL ? member : fact;

  if (step->group != NULL && !g_str_equal (step->group->fact, fact))
    return FALSE;
  if (step->question == NULL)
    return TRUE;
  if (name == NULL || (step->group != NULL && g_ascii_strtoll (row, NULL, 10) != step->row))
    return FALSE;
  for (guint f = 0; f < step->question->n_fields; f++)
    if (g_str_equal (step->question->fields[f].fact, name))
      return TRUE;
  return FALSE;
}

/* "/answers/newAddress.postalCode", "/household.members/0/fullName": the page that asks for it. */
static const MadoStep *
find_page (MadoSheet *self, const char *pointer)
{
  g_auto(GStrv) parts = g_strsplit (pointer, "/", -1);
  guint n = g_strv_length (parts);

  for (guint p = 1; p < n; p++)
    for (guint i = 0; *parts[p] != '\0' && i < self->plan->len; i++) {
      const MadoStep *step = &g_array_index (self->plan, MadoStep, i);

      if (asks (step, parts[p], p + 1 < n ? parts[p + 1] : NULL, p + 2 < n ? parts[p + 2] : NULL))
        return step;
    }
  return NULL;
}

gboolean
mado_sheet_go_to_mistake (MadoSheet *self, const GError *violations)
{
  guint n = violations->domain == MADO_ERROR ? mado_error_get_n_violations (violations) : 0;

  for (guint i = 0; i < n; i++) {
    const MadoStep *step = find_page (self, mado_error_get_violation (violations, i)->pointer);

    if (step != NULL && mado_sheet_go_to (self, step)) {
      g_clear_error (&self->mistake);
      self->mistake = g_error_copy (violations);
      return TRUE;
    }
  }
  return FALSE;
}

GError *
mado_sheet_take_mistake (MadoSheet *self)
{
  return g_steal_pointer (&self->mistake);
}

GPtrArray *
mado_sheet_describe (MadoSheet *self, const char *language)
{
  g_autoptr(JsonNode) answers = wrap (self->answers);
  g_autoptr(JsonNode) sources = wrap (self->sources);
  g_autoptr(JsonNode) facts = new_facts (self);
  MadoAnswerContext context = get_context (self, facts);

  return mado_answers_describe (get_forms (self), self->forms->len, answers, &context, sources, language);
}

JsonNode *
mado_sheet_dup_answers (MadoSheet *self)
{
  g_autoptr(JsonNode) node = wrap (self->answers);

  return copy_whole (node);
}
