/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-form-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "core/mado-reader.h"
#include "rules/mado-rule-private.h"

#define MAX_SECTIONS  100
#define MAX_QUESTIONS 500
#define MAX_OPTIONS   300
#define MAX_ROWS      50
#define MAX_CHECKS    100

/* Every mistake is noted, so that an author sees them all at once. */
typedef struct {
  MadoReader      reader;
  MadoForm       *form;
  GArray         *questions;
  GArray         *groups;
  MadoFormGroup  *group;        /* (nullable): that is being read */
  GHashTable     *ids;          /* of questions */
  GHashTable     *facts;        /* asked in this form */
} FormReader;

/* --- members -------------------------------------------------------------------------------------------------- */

static gboolean
has_japanese (JsonObject *words)
{
  JsonNode *text = json_object_get_member (words, "ja");

  return text != NULL && mado_reader_get_string (text) != NULL;
}

/* A language map. */
static JsonNode *
read_words (FormReader *self, JsonObject *object, const char *name, gboolean required)
{
  JsonNode *node = mado_reader_member (&self->reader, object, name, JSON_NODE_OBJECT, required);

  if (node != NULL && !has_japanese (json_node_get_object (node))) {
    mado_reader_violate (&self->reader, name, "language", _("“%s” has no Japanese text"), name);
    return NULL;
  }

  return node;
}

static gboolean
read_int (FormReader *self, JsonObject *object, const char *name, gint64 *value)
{
  JsonNode *node = mado_reader_member (&self->reader, object, name, JSON_NODE_VALUE, FALSE);

  if (node == NULL)
    return FALSE;
  if (json_node_get_value_type (node) != G_TYPE_INT64) {
    mado_reader_violate (&self->reader, name, "type", _("“%s” is a whole number"), name);
    return FALSE;
  }
  *value = json_node_get_int (node);

  return TRUE;
}

static gboolean
read_flag (FormReader *self, JsonObject *object, const char *name, gboolean otherwise)
{
  JsonNode *node = mado_reader_member (&self->reader, object, name, JSON_NODE_VALUE, FALSE);

  if (node == NULL)
    return otherwise;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN) {
    mado_reader_violate (&self->reader, name, "type", _("“%s” is true or false"), name);
    return otherwise;
  }

  return json_node_get_boolean (node);
}

typedef void (*ReadElement) (FormReader *self, JsonObject *object, gpointer element);

/* A list of objects, each into its element of @size bytes. (transfer full) */
static gpointer
read_list (FormReader *self, JsonObject *object, const char *name, guint min, guint max, gsize size,
           ReadElement read, guint *n)
{
  JsonNode *node = mado_reader_member (&self->reader, object, name, JSON_NODE_ARRAY, min > 0);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;
  guint length = list != NULL ? json_array_get_length (list) : 0;
  char *elements;
  gsize level;

  *n = 0;
  if (node == NULL || length == 0)
    min = node != NULL && min > 0 ? min : 0;
  if (length < min || length > max) {
    mado_reader_violate (&self->reader, name, "range", _("“%s” has %u to %u elements"), name, min, max);
    return NULL;
  }
  if (length == 0)
    return NULL;
  elements = g_malloc0_n (length, size);
  level = mado_reader_enter (&self->reader, name);
  for (guint i = 0; i < length; i++) {
    JsonNode *element = json_array_get_element (list, i);
    gsize here = mado_reader_enter_index (&self->reader, i);

    if (JSON_NODE_HOLDS_OBJECT (element))
      read (self, json_node_get_object (element), elements + i * size);
    else
      mado_reader_violate (&self->reader, NULL, "type", _("This is an object"));
    mado_reader_leave (&self->reader, here);
  }
  mado_reader_leave (&self->reader, level);
  *n = length;

  return elements;
}

/* --- rules ---------------------------------------------------------------------------------------------------- */

static MadoVocabulary *
get_words (const FormReader *self)
{
  return self->group != NULL ? self->group->words : self->form->vocabulary;
}

static MadoRule *
read_rule (FormReader *self, JsonObject *object, const char *name, MadoVocabulary *words)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autoptr(GError) error = NULL;
  MadoRule *rule = node != NULL ? mado_rule_new (node, words, &error) : NULL;

  if (error != NULL) {
    gsize level = mado_reader_enter (&self->reader, name);

    mado_reader_take (&self->reader, error);
    mado_reader_leave (&self->reader, level);
  }

  return rule;
}

static void
read_check (FormReader *self, JsonObject *object, gpointer element)
{
  MadoFormCheck *check = element;

  check->rule = read_rule (self, object, "rule", get_words (self));
  check->fact = mado_reader_text (&self->reader, object, "fact", TRUE);
  check->message = read_words (self, object, "message", TRUE);
  if (!json_object_has_member (object, "rule"))
    mado_reader_violate (&self->reader, "rule", "required", _("“%s” is missing"), "rule");
}

/* --- fields --------------------------------------------------------------------------------------------------- */

/* "today", or a date. */
static gboolean
read_date (FormReader *self, JsonObject *object, const char *name, int *day)
{
  const char *text = mado_reader_text (&self->reader, object, name, FALSE);

  *day = MADO_DATE_NONE;
  if (text == NULL)
    return FALSE;
  if (g_str_equal (text, "today"))
    return TRUE;
  *day = mado_date_parse (text);
  if (*day == MADO_DATE_NONE)
    mado_reader_violate (&self->reader, name, "date", _("Write a date as 2026-11-20, or today"));

  return FALSE;
}

static void
read_option (FormReader *self, JsonObject *object, gpointer element)
{
  MadoFormOption *option = element;

  option->id = mado_reader_text (&self->reader, object, "id", TRUE);
  option->label = read_words (self, object, "label", TRUE);
  option->note = read_words (self, object, "note", FALSE);
}

static void
check_options (FormReader *self, const MadoFormField *field)
{
  for (guint i = 0; i < field->n_options; i++)
    if (mado_form_field_find_option (field, field->options[i].id) != &field->options[i])
      mado_reader_violate (&self->reader, "options", "twice", _("Two options share one id"));
}

/* Puts the fact into the words of the rules here; a closed vocabulary has it, or it is a mistake. */
static void
bind_fact (FormReader *self, const char *name, MadoFactType type, JsonNode *label, guint *slot)
{
  MadoVocabulary *words = get_words (self);

  if (self->group != NULL || mado_vocabulary_is_open (words))
    *slot = mado_vocabulary_add (words, NULL, name, type, label);
  else if (!mado_vocabulary_find (words, name, slot))
    mado_reader_violate (&self->reader, "fact", "unknown-fact", _("The vocabulary has no fact “%s”"), name);
}

static void
read_field_bounds (FormReader *self, JsonObject *object, MadoFormField *field)
{
  field->required = read_flag (self, object, "required", TRUE);
  field->may_not_know = read_flag (self, object, "mayNotKnow", FALSE);
  field->fixed = read_flag (self, object, "fixed", FALSE);
  field->secondary = read_flag (self, object, "secondary", FALSE);
  field->has_min = read_int (self, object, "min", &field->min);
  field->has_max = read_int (self, object, "max", &field->max);
  field->not_past = read_date (self, object, "earliest", &field->earliest);
  field->not_future = read_date (self, object, "latest", &field->latest);
  if (field->has_min && field->has_max && field->min > field->max)
    mado_reader_violate (&self->reader, "min", "range", _("“min” is more than “max”"));
}

/* So that a rule can be told in the words people chose from. */
static void
bind_options (FormReader *self, const MadoFormField *field)
{
  MadoVocabulary *words = get_words (self);

  if (self->group == NULL && !mado_vocabulary_is_open (words))
    return;
  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i].id != NULL && field->options[i].label != NULL)
      mado_vocabulary_add_option (words, NULL, field->fact, field->options[i].id, field->options[i].label);
}

/* A group that forgot to say its fact has been told so. */
static void
ask_once (FormReader *self, const char *fact)
{
  const char *group = self->group != NULL ? self->group->fact : "";

  if (group != NULL && !g_hash_table_add (self->facts, g_strconcat (group, "/", fact, NULL)))
    mado_reader_violate (&self->reader, "fact", "twice", _("The form asks “%s” twice"), fact);
}

static void
read_field (FormReader *self, JsonObject *object, gpointer element)
{
  MadoFormField *field = element;
  const char *kind = mado_reader_text (&self->reader, object, "kind", TRUE);
  guint min_options;

  field->fact = mado_reader_text (&self->reader, object, "fact", TRUE);
  field->kind = mado_kind_find (kind);
  if (kind != NULL && field->kind == NULL)
    mado_reader_violate (&self->reader, "kind", "kind", _("There is no kind of field “%s”"), kind);
  if (field->kind == NULL || field->fact == NULL)
    return;
  ask_once (self, field->fact);
  field->label = read_words (self, object, "label", TRUE);
  field->help = read_words (self, object, "help", FALSE);
  field->example = read_words (self, object, "example", FALSE);
  read_field_bounds (self, object, field);
  min_options = field->kind->bounds & MADO_KIND_HAS_OPTIONS ? 1 : 0;
  field->options = read_list (self, object, "options", min_options, min_options * MAX_OPTIONS,
                              sizeof (MadoFormOption), read_option, &field->n_options);
  check_options (self, field);
  bind_fact (self, field->fact, field->kind->type, field->label, &field->slot);
  bind_options (self, field);
}

/* Rules come after all facts of the form are known, with their types. */
static void
read_field_rules (FormReader *self, JsonObject *object, gpointer element)
{
  MadoFormField *field = element;

  field->when = read_rule (self, object, "when", get_words (self));
  field->value = read_rule (self, object, "value", get_words (self));
}

/* --- questions, groups, sections ------------------------------------------------------------------------------ */

static void
read_question (FormReader *self, JsonObject *object, const MadoFormSection *section)
{
  MadoFormQuestion question = { .section = section };

  question.id = mado_reader_text (&self->reader, object, "id", TRUE);
  if (question.id != NULL && !g_hash_table_add (self->ids, g_strdup (question.id)))
    mado_reader_violate (&self->reader, "id", "twice", _("Another question has this id"));
  question.title = read_words (self, object, "title", TRUE);
  question.label = read_words (self, object, "label", FALSE);
  if (question.label == NULL)
    question.label = question.title;
  question.why = read_words (self, object, "why", FALSE);
  question.help = read_words (self, object, "help", FALSE);
  question.join = mado_reader_text (&self->reader, object, "join", FALSE);
  question.fields = read_list (self, object, "fields", 1, MADO_FORM_MAX_FIELDS, sizeof (MadoFormField), read_field,
                               &question.n_fields);
  g_array_append_val (self->questions, question);
}

static void
read_questions (FormReader *self, JsonObject *object, const MadoFormSection *section)
{
  JsonNode *node = mado_reader_member (&self->reader, object, "questions", JSON_NODE_ARRAY, TRUE);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;
  gsize level = mado_reader_enter (&self->reader, "questions");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode *element = json_array_get_element (list, i);
    gsize here = mado_reader_enter_index (&self->reader, i);

    if (!JSON_NODE_HOLDS_OBJECT (element) || self->questions->len >= MAX_QUESTIONS)
      mado_reader_violate (&self->reader, NULL, "type", _("A form has up to %d questions, each an object"),
                           MAX_QUESTIONS);
    else
      read_question (self, json_node_get_object (element), section);
    mado_reader_leave (&self->reader, here);
  }
  mado_reader_leave (&self->reader, level);
}

/* The words of a row: all facts around it, and then its own members. */
static MadoVocabulary *
make_row_words (MadoVocabulary *outer)
{
  MadoVocabulary *words = mado_vocabulary_new (mado_vocabulary_is_open (outer));

  for (guint slot = 0; !mado_vocabulary_is_open (outer) && slot < mado_vocabulary_get_n_slots (outer); slot++) {
    const MadoRuleFact *fact = mado_vocabulary_get_fact (outer, slot);

    mado_vocabulary_add (words, NULL, fact->name, fact->type, fact->label);
    for (guint i = 0; fact->options != NULL && i < fact->options->len; i++) {
      const MadoRuleOption *option = g_ptr_array_index (fact->options, i);

      mado_vocabulary_add_option (words, NULL, fact->name, option->id, option->label);
    }
  }

  return words;
}

static void
read_group (FormReader *self, JsonObject *object, MadoFormGroup *group)
{
  gint64 min = 0, max = MAX_ROWS;

  group->fact = mado_reader_text (&self->reader, object, "fact", TRUE);
  group->title = read_words (self, object, "title", TRUE);
  group->why = read_words (self, object, "why", FALSE);
  group->help = read_words (self, object, "help", FALSE);
  group->row_title = read_words (self, object, "rowTitle", TRUE);
  group->add = read_words (self, object, "add", TRUE);
  read_int (self, object, "minRows", &min);
  read_int (self, object, "maxRows", &max);
  if (min < 0 || max < 1 || max > MAX_ROWS || min > max)
    mado_reader_violate (&self->reader, "maxRows", "range", _("A group has up to %d rows"), MAX_ROWS);
  group->min_rows = (guint) CLAMP (min, 0, MAX_ROWS);
  group->max_rows = (guint) CLAMP (max, 1, MAX_ROWS);
  if (group->fact == NULL)
    return;
  bind_fact (self, group->fact, MADO_FACT_GROUP, group->title, &group->slot);
  if (!g_hash_table_add (self->facts, g_strconcat ("/", group->fact, NULL)))
    mado_reader_violate (&self->reader, "fact", "twice", _("The form asks “%s” twice"), group->fact);
}

static void
read_section (FormReader *self, JsonObject *object, gpointer element)
{
  MadoFormSection *section = element;
  JsonNode *node = mado_reader_member (&self->reader, object, "group", JSON_NODE_OBJECT, FALSE);
  MadoFormGroup group = { .section = section };
  guint first = self->questions->len;

  section->id = mado_reader_text (&self->reader, object, "id", TRUE);
  section->title = read_words (self, object, "title", TRUE);
  if (node != NULL) {
    gsize level = mado_reader_enter (&self->reader, "group");

    read_group (self, json_node_get_object (node), &group);
    mado_reader_leave (&self->reader, level);
    group.words = make_row_words (self->form->vocabulary);
    self->group = &group;
  }
  read_questions (self, object, section);
  self->group = NULL;
  if (node == NULL)
    return;
  group.n_questions = self->questions->len - first;
  group.questions = GUINT_TO_POINTER (first);   /* the list may still move */
  g_array_append_val (self->groups, group);
}

static void
settle_questions (FormReader *self)
{
  MadoForm *form = self->form;

  form->n_questions = self->questions->len;
  form->n_groups = self->groups->len;
  form->questions = (MadoFormQuestion *) g_array_free (g_steal_pointer (&self->questions), form->n_questions == 0);
  form->groups = (MadoFormGroup *) g_array_free (g_steal_pointer (&self->groups), form->n_groups == 0);
  for (guint i = 0; i < form->n_groups; i++) {
    MadoFormGroup *group = (MadoFormGroup *) &form->groups[i];

    group->questions = group->n_questions > 0 ? form->questions + GPOINTER_TO_UINT (group->questions) : NULL;
    for (guint q = 0; q < group->n_questions; q++)
      ((MadoFormQuestion *) &group->questions[q])->group = group;
  }
}

/* --- second reading: rules ------------------------------------------------------------------------------------ */

/* Walks the objects of a list again; what was no object has been told. */
static void
reread_list (FormReader *self, JsonObject *object, const char *name, gpointer elements, guint n, gsize size,
             ReadElement read)
{
  JsonArray *list = n > 0 ? json_object_get_array_member (object, name) : NULL;
  gsize level = mado_reader_enter (&self->reader, name);

  for (guint i = 0; i < n; i++) {
    JsonNode *element = json_array_get_element (list, i);
    gsize here = mado_reader_enter_index (&self->reader, i);

    if (JSON_NODE_HOLDS_OBJECT (element))
      read (self, json_node_get_object (element), (char *) elements + i * size);
    mado_reader_leave (&self->reader, here);
  }
  mado_reader_leave (&self->reader, level);
}

static void
read_question_rules (FormReader *self, JsonObject *object, gpointer element)
{
  MadoFormQuestion *question = element;

  question->when = read_rule (self, object, "when", get_words (self));
  reread_list (self, object, "fields", (gpointer) question->fields, question->n_fields, sizeof (MadoFormField),
               read_field_rules);
}

/* An open vocabulary takes it, with whatever type. */
static gboolean
get_slot (MadoVocabulary *words, const char *fact, guint *slot)
{
  if (mado_vocabulary_find (words, fact, slot))
    return TRUE;
  if (!mado_vocabulary_is_open (words))
    return FALSE;
  *slot = mado_vocabulary_add (words, NULL, fact, MADO_FACT_ANY, NULL);

  return TRUE;
}

static gboolean
read_first_member (FormReader *self, MadoFormGroup *group, const char *member, JsonNode *value, MadoFormFirst *first)
{
  first->member = member;
  first->fact = mado_reader_get_string (value);
  if (first->fact != NULL && mado_form_find_field (self->form, group->fact, member) != NULL
      && get_slot (self->form->vocabulary, first->fact, &first->slot))
    return TRUE;
  mado_reader_violate (&self->reader, member, "unknown-fact", _("The form asks for no such member, or no such fact"));

  return FALSE;
}

/* "first": {"when": rule, "members": {"fullName": "applicant.fullName"}} */
static void
read_first (FormReader *self, JsonObject *object, MadoFormGroup *group)
{
  JsonNode *node = mado_reader_member (&self->reader, object, "members", JSON_NODE_OBJECT, TRUE);
  GArray *first = g_array_new (FALSE, FALSE, sizeof (MadoFormFirst));
  gsize level = mado_reader_enter (&self->reader, "members");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node != NULL) {
    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &value)) {
      MadoFormFirst entry;

      if (read_first_member (self, group, name, value, &entry))
        g_array_append_val (first, entry);
    }
  }
  mado_reader_leave (&self->reader, level);
  group->first_when = read_rule (self, object, "when", self->form->vocabulary);
  group->n_first = first->len;
  group->first = (MadoFormFirst *) g_array_free (first, FALSE);
}

static void
read_group_rules (FormReader *self, JsonObject *object, MadoFormGroup *group)
{
  gsize level = mado_reader_enter (&self->reader, "group");
  JsonNode *first = mado_reader_member (&self->reader, object, "first", JSON_NODE_OBJECT, FALSE);

  group->when = read_rule (self, object, "when", self->form->vocabulary);
  if (first != NULL) {
    gsize here = mado_reader_enter (&self->reader, "first");

    read_first (self, json_node_get_object (first), group);
    mado_reader_leave (&self->reader, here);
  }
  self->group = group;
  group->checks = read_list (self, object, "checks", 0, MAX_CHECKS, sizeof (MadoFormCheck), read_check,
                             &group->n_checks);
  mado_reader_leave (&self->reader, level);
}

/* Questions were appended one for each object of the lists, in order. */
typedef struct {
  FormReader *reader;
  guint       next_question;
  guint       next_group;
} RuleReading;

static void
read_section_rules (RuleReading *self, JsonObject *object)
{
  FormReader *reader = self->reader;
  MadoForm *form = reader->form;
  JsonArray *questions = json_object_get_array_member (object, "questions");
  guint n = json_array_get_length (questions);

  if (json_object_has_member (object, "group"))
    read_group_rules (reader, json_object_get_object_member (object, "group"),
                      (MadoFormGroup *) &form->groups[self->next_group++]);
  reread_list (reader, object, "questions", (gpointer) (form->questions + self->next_question), n,
               sizeof (MadoFormQuestion), read_question_rules);
  reader->group = NULL;
  self->next_question += n;
}

static void
read_rules (FormReader *self, JsonObject *object)
{
  RuleReading reading = { self, 0, 0 };
  JsonArray *sections = json_object_get_array_member (object, "sections");
  gsize level = mado_reader_enter (&self->reader, "sections");

  for (guint i = 0; i < json_array_get_length (sections); i++) {
    gsize here = mado_reader_enter_index (&self->reader, i);

    read_section_rules (&reading, json_array_get_object_element (sections, i));
    mado_reader_leave (&self->reader, here);
  }
  mado_reader_leave (&self->reader, level);
  self->form->checks = read_list (self, object, "checks", 0, MAX_CHECKS, sizeof (MadoFormCheck), read_check,
                                  &self->form->n_checks);
}

/* --- what rules read ------------------------------------------------------------------------------------------ */

typedef void (*EachRule) (MadoForm *form, MadoFormGroup *group, MadoRule *rule, GArray *out);

static void
each_rule_of (MadoForm *form, MadoFormGroup *group, const MadoFormQuestion *questions, guint n, EachRule each,
              GArray *out)
{
  for (guint q = 0; q < n; q++) {
    if (questions[q].group != group)
      continue;
    each (form, group, questions[q].when, out);
    for (guint f = 0; f < questions[q].n_fields; f++) {
      each (form, group, questions[q].fields[f].when, out);
      each (form, group, questions[q].fields[f].value, out);
    }
  }
}

static const char *const *
get_rule_facts (MadoRule *rule)
{
  static const char *const none[] = { NULL };

  return rule != NULL ? mado_rule_get_facts (rule) : none;
}

static void
note_slot (GArray *slots, guint slot)
{
  if (slot >= slots->len)
    g_array_set_size (slots, slot + 1);
  g_array_index (slots, guint8, slot) = TRUE;
}

/* Notes each slot a rule reads. */
static void
read_slots (MadoForm *form, MadoFormGroup *group, MadoRule *rule, GArray *out)
{
  const char *const *names = get_rule_facts (rule);
  guint slot;

  for (guint i = 0; names[i] != NULL; i++) {
    if (!mado_vocabulary_find (group != NULL ? group->words : form->vocabulary, names[i], &slot))
      continue;
    note_slot (out, slot);
  }
}

/* Notes each fact around the group that a rule of a row reads; to the rules around it they are read as well. */
static void
read_links (MadoForm *form, MadoFormGroup *group, MadoRule *rule, GArray *out)
{
  const char *const *names = get_rule_facts (rule);

  for (guint i = 0; names[i] != NULL; i++) {
    MadoFormLink link;
    gboolean is_linked = mado_form_find_field (form, group->fact, names[i]) != NULL;

    if (is_linked || !mado_vocabulary_find (group->words, names[i], &link.row))
      continue;
    get_slot (form->vocabulary, names[i], &link.outer);
    for (guint k = 0; k < out->len && !is_linked; k++)
      is_linked = g_array_index (out, MadoFormLink, k).row == link.row;
    if (!is_linked)
      g_array_append_val (out, link);
  }
}

static void
note_group_reads (MadoForm *form, MadoFormGroup *group)
{
  GArray *links = g_array_new (FALSE, TRUE, sizeof (MadoFormLink));
  GArray *reads = g_array_new (FALSE, TRUE, sizeof (guint8));

  each_rule_of (form, group, group->questions, group->n_questions, read_links, links);
  each_rule_of (form, group, group->questions, group->n_questions, read_slots, reads);
  for (guint i = 0; i < group->n_checks; i++) {
    read_links (form, group, group->checks[i].rule, links);
    read_slots (form, group, group->checks[i].rule, reads);
  }
  group->n_links = links->len;
  group->links = (MadoFormLink *) g_array_free (links, FALSE);
  group->n_reads = reads->len;
  group->reads = (guint8 *) g_array_free (reads, FALSE);
}

static void
note_reads (MadoForm *form)
{
  GArray *reads = g_array_new (FALSE, TRUE, sizeof (guint8));

  each_rule_of (form, NULL, form->questions, form->n_questions, read_slots, reads);
  for (guint i = 0; i < form->n_checks; i++)
    read_slots (form, NULL, form->checks[i].rule, reads);
  for (guint i = 0; i < form->n_groups; i++) {
    const MadoFormGroup *group = &form->groups[i];

    note_group_reads (form, (MadoFormGroup *) group);
    read_slots (form, NULL, group->when, reads);
    read_slots (form, NULL, group->first_when, reads);
    for (guint k = 0; k < group->n_links; k++)
      note_slot (reads, group->links[k].outer);
    for (guint k = 0; k < group->n_first; k++)
      note_slot (reads, group->first[k].slot);
  }
  form->n_reads = reads->len;
  form->reads = (guint8 *) g_array_free (reads, FALSE);
}

static void
read_form (FormReader *self, JsonObject *object)
{
  MadoForm *form = self->form;

  form->id = mado_reader_text (&self->reader, object, "id", TRUE);
  form->title = read_words (self, object, "title", TRUE);
  if (!read_int (self, object, "revision", &form->revision) || form->revision < 1)
    mado_reader_violate (&self->reader, "revision", "range", _("The revision is a number from 1"));
  form->sections = read_list (self, object, "sections", 1, MAX_SECTIONS, sizeof (MadoFormSection), read_section,
                              &form->n_sections);
  settle_questions (self);
  if (self->reader.error != NULL)
    return;
  read_rules (self, object);
  note_reads (form);
}

gboolean
mado_form_read (MadoForm *form, GError **error)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  FormReader self = {
    MADO_READER_INIT, form,
    g_array_new (FALSE, TRUE, sizeof (MadoFormQuestion)), g_array_new (FALSE, TRUE, sizeof (MadoFormGroup)),
    NULL, ids, facts,
  };

  if (JSON_NODE_HOLDS_OBJECT (form->json))
    read_form (&self, json_node_get_object (form->json));
  else
    mado_reader_violate (&self.reader, NULL, "type", _("A form is an object"));
  g_clear_pointer (&self.questions, g_array_unref);
  g_clear_pointer (&self.groups, g_array_unref);

  return mado_reader_finish (&self.reader, error);
}
