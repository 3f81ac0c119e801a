/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mado-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "core/mado-reader.h"

#define MAX_QUESTIONS 500
#define MAX_FIELDS    20
#define MAX_OPTIONS   300
#define MAX_ROWS      50

G_DEFINE_BOXED_TYPE (MadoForm, mado_form, mado_form_ref, mado_form_unref)

/* What is read into; every mistake is noted, so that an author sees them all at once. */
typedef struct {
  MadoReader      reader;
  MadoVocabulary *words;        /* of the rules at this place: the visit's, or one row's */
  GHashTable     *ids;          /* of questions */
  GHashTable     *facts;        /* asked in this form */
} FormReader;

static JsonNode *
member (FormReader *self, JsonObject *object, const char *name, JsonNodeType type, gboolean required)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    {
      if (required)
        mado_reader_violate (&self->reader, name, "required", _("“%s” is missing"), name);
      return NULL;
    }
  if (json_node_get_node_type (node) != type)
    {
      mado_reader_violate (&self->reader, name, "type", _("“%s” has the wrong type"), name);
      return NULL;
    }
  return node;
}

static const char *
text_member (FormReader *self, JsonObject *object, const char *name, gboolean required)
{
  JsonNode *node = member (self, object, name, JSON_NODE_VALUE, required);

  return node != NULL ? mado_reader_get_string (node) : NULL;
}

/* A language map of texts. */
static JsonNode *
words_member (FormReader *self, JsonObject *object, const char *name, gboolean required)
{
  JsonNode *node = member (self, object, name, JSON_NODE_OBJECT, required);

  if (node != NULL && mado_json_text (node, "ja") == NULL)
    mado_reader_violate (&self->reader, name, "language", _("“%s” has no Japanese text"), name);
  return node;
}

static gboolean
int_member (FormReader *self, JsonObject *object, const char *name, gint64 *value)
{
  JsonNode *node = member (self, object, name, JSON_NODE_VALUE, FALSE);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

static gboolean
flag_member (FormReader *self, JsonObject *object, const char *name, gboolean otherwise)
{
  JsonNode *node = member (self, object, name, JSON_NODE_VALUE, FALSE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node) : otherwise;
}

/* Takes the violations of a part below @token. */
static void
take_error (FormReader *self, const char *token, GError *error)
{
  for (guint i = 0; i < mado_error_get_n_violations (error); i++)
    {
      const MadoViolation *v = mado_error_get_violation (error, i);
      gsize length = mado_reader_enter (&self->reader, token);

      g_string_append (self->reader.path, v->pointer);
      mado_reader_violate (&self->reader, NULL, v->code, "%s", v->message);
      mado_reader_leave (&self->reader, length);
    }
  if (mado_error_get_n_violations (error) == 0)
    mado_reader_violate (&self->reader, token, "rule", "%s", error->message);
  g_error_free (error);
}

static MadoRule *
rule_member (FormReader *self, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  GError *error = NULL;
  MadoRule *rule;

  if (node == NULL)
    return NULL;
  rule = mado_rule_new (node, self->words, &error);
  if (rule == NULL)
    take_error (self, name, error);
  return rule;
}

/* "today", or a date. */
static void
read_date_bounds (FormReader *self, JsonObject *object, MadoFormField *field)
{
  const char *earliest = text_member (self, object, "earliest", FALSE);
  const char *latest = text_member (self, object, "latest", FALSE);

  field->not_past = g_strcmp0 (earliest, "today") == 0;
  field->not_future = g_strcmp0 (latest, "today") == 0;
  field->earliest = field->not_past ? MADO_DATE_NONE : mado_date_parse (earliest);
  field->latest = field->not_future ? MADO_DATE_NONE : mado_date_parse (latest);
  if (earliest != NULL && !field->not_past && field->earliest == MADO_DATE_NONE)
    mado_reader_violate (&self->reader, "earliest", "date", _("Write a date as 2026-11-20, or today"));
  if (latest != NULL && !field->not_future && field->latest == MADO_DATE_NONE)
    mado_reader_violate (&self->reader, "latest", "date", _("Write a date as 2026-11-20, or today"));
}

static void
read_options (FormReader *self, JsonObject *object, MadoFormField *field)
{
  gboolean wanted = g_str_equal (field->kind->name, "one-of") || g_str_equal (field->kind->name, "several-of");
  JsonNode *node = member (self, object, "options", JSON_NODE_ARRAY, wanted);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 0;
  MadoFormOption *options;
  gsize length;

  if (n == 0 || n > MAX_OPTIONS)
    {
      if (wanted)
        mado_reader_violate (&self->reader, "options", "range", _("Give 1 to %d options"), MAX_OPTIONS);
      return;
    }
  options = g_new0 (MadoFormOption, n);
  length = mado_reader_enter (&self->reader, "options");
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      gsize here = mado_reader_enter_index (&self->reader, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        {
          options[i].id = text_member (self, json_node_get_object (element), "id", TRUE);
          options[i].label = words_member (self, json_node_get_object (element), "label", TRUE);
        }
      else
        mado_reader_violate (&self->reader, NULL, "type", _("An option has an id and a label"));
      mado_reader_leave (&self->reader, here);
    }
  mado_reader_leave (&self->reader, length);
  field->options = options;
  field->n_options = n;
}

static void
read_field (FormReader *self, JsonObject *object, const char *group, MadoFormField *field)
{
  const char *kind = text_member (self, object, "kind", TRUE);
  g_autofree char *whole = NULL;

  field->earliest = field->latest = MADO_DATE_NONE;
  field->fact = text_member (self, object, "fact", TRUE);
  field->kind = mado_kind_find (kind);
  if (kind != NULL && field->kind == NULL)
    mado_reader_violate (&self->reader, "kind", "kind", _("There is no such kind of field"));
  if (field->kind == NULL || field->fact == NULL)
    return;
  whole = g_strconcat (group != NULL ? group : "", group != NULL ? "/" : "", field->fact, NULL);
  if (!g_hash_table_add (self->facts, g_steal_pointer (&whole)))
    mado_reader_violate (&self->reader, "fact", "twice", _("This fact is asked twice in the form"));
  field->label = words_member (self, object, "label", TRUE);
  field->help = words_member (self, object, "help", FALSE);
  field->example = words_member (self, object, "example", FALSE);
  field->required = flag_member (self, object, "required", TRUE);
  field->may_not_know = flag_member (self, object, "mayNotKnow", FALSE);
  field->has_min = int_member (self, object, "min", &field->min);
  field->has_max = int_member (self, object, "max", &field->max);
  read_date_bounds (self, object, field);
  read_options (self, object, field);
  mado_vocabulary_add (self->words, NULL, field->fact, field->kind->type, field->label);
  field->when = rule_member (self, object, "when");
}

static void
read_fields (FormReader *self, JsonObject *object, MadoFormQuestion *question)
{
  JsonNode *node = member (self, object, "fields", JSON_NODE_ARRAY, TRUE);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 0;
  MadoFormField *fields;
  gsize length;

  if (n == 0 || n > MAX_FIELDS)
    {
      if (node != NULL)
        mado_reader_violate (&self->reader, "fields", "range", _("A question has 1 to %d fields"), MAX_FIELDS);
      return;
    }
  fields = g_new0 (MadoFormField, n);
  length = mado_reader_enter (&self->reader, "fields");
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      gsize here = mado_reader_enter_index (&self->reader, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        read_field (self, json_node_get_object (element), question->group, &fields[i]);
      else
        mado_reader_violate (&self->reader, NULL, "type", _("A field is an object"));
      mado_reader_leave (&self->reader, here);
    }
  mado_reader_leave (&self->reader, length);
  question->fields = fields;
  question->n_fields = n;
}

static void
read_group (FormReader *self, JsonObject *object, MadoFormQuestion *question)
{
  gint64 min = 0, max = MAX_ROWS;

  int_member (self, object, "minRows", &min);
  int_member (self, object, "maxRows", &max);
  if (min < 0 || max < 1 || max > MAX_ROWS || min > max)
    mado_reader_violate (&self->reader, "maxRows", "range", _("A group has up to %d rows"), MAX_ROWS);
  question->min_rows = (guint) CLAMP (min, 0, MAX_ROWS);
  question->max_rows = (guint) CLAMP (max, 1, MAX_ROWS);
  question->row_title = words_member (self, object, "rowTitle", FALSE);
  question->row_words = mado_vocabulary_new (TRUE);
  mado_vocabulary_add (self->words, NULL, question->group, MADO_FACT_GROUP, question->title);
}

static void
read_question (FormReader *self, JsonObject *object, const MadoFormSection *section, MadoFormQuestion *question)
{
  MadoVocabulary *whole = self->words;

  question->section = section;
  question->id = text_member (self, object, "id", TRUE);
  if (question->id != NULL && !g_hash_table_add (self->ids, g_strdup (question->id)))
    mado_reader_violate (&self->reader, "id", "twice", _("Another question has this id"));
  question->title = words_member (self, object, "title", TRUE);
  question->why = words_member (self, object, "why", FALSE);
  question->help = words_member (self, object, "help", FALSE);
  question->group = text_member (self, object, "group", FALSE);
  question->when = rule_member (self, object, "when");
  if (question->group != NULL)
    {
      read_group (self, object, question);
      self->words = question->row_words;
    }
  read_fields (self, object, question);
  self->words = whole;
}

static void
read_section (FormReader *self, JsonObject *object, MadoFormSection *section, GArray *questions)
{
  JsonNode *node = member (self, object, "questions", JSON_NODE_ARRAY, TRUE);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;
  gsize length = mado_reader_enter (&self->reader, "questions");

  section->id = text_member (self, object, "id", TRUE);
  section->title = words_member (self, object, "title", TRUE);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      gsize here = mado_reader_enter_index (&self->reader, i);
      MadoFormQuestion question = { NULL };

      if (!JSON_NODE_HOLDS_OBJECT (element) || questions->len >= MAX_QUESTIONS)
        mado_reader_violate (&self->reader, NULL, "type", _("A form has up to %d questions, each an object"),
                             MAX_QUESTIONS);
      else
        {
          read_question (self, json_node_get_object (element), section, &question);
          g_array_append_val (questions, question);
        }
      mado_reader_leave (&self->reader, here);
    }
  mado_reader_leave (&self->reader, length);
}

static void
read_sections (FormReader *self, JsonObject *object, MadoForm *form)
{
  JsonNode *node = member (self, object, "sections", JSON_NODE_ARRAY, TRUE);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 0;
  MadoFormSection *sections = g_new0 (MadoFormSection, MAX (n, 1));
  GArray *questions = g_array_new (FALSE, TRUE, sizeof (MadoFormQuestion));
  gsize length = mado_reader_enter (&self->reader, "sections");

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      gsize here = mado_reader_enter_index (&self->reader, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        read_section (self, json_node_get_object (element), &sections[i], questions);
      else
        mado_reader_violate (&self->reader, NULL, "type", _("A section is an object"));
      mado_reader_leave (&self->reader, here);
    }
  mado_reader_leave (&self->reader, length);
  form->sections = sections;
  form->n_sections = n;
  form->n_questions = questions->len;
  form->questions = (MadoFormQuestion *) g_array_free (questions, FALSE);
  if (n == 0 && list != NULL)
    mado_reader_violate (&self->reader, "sections", "range", _("A form has at least one section"));
}

MadoForm *
mado_form_new (JsonNode *json, MadoVocabulary *vocabulary, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MadoForm) self = g_new0 (MadoForm, 1);
  FormReader reader = { MADO_READER_INIT, vocabulary, ids, facts };
  g_autofree char *canonical = NULL;

  g_atomic_ref_count_init (&self->refs);
  self->json = json_node_ref (json);
  self->vocabulary = mado_vocabulary_ref (vocabulary);
  if (JSON_NODE_HOLDS_OBJECT (json))
    {
      JsonObject *object = json_node_get_object (json);

      self->id = text_member (&reader, object, "id", TRUE);
      self->title = words_member (&reader, object, "title", TRUE);
      if (!int_member (&reader, object, "revision", &self->revision) || self->revision < 1)
        mado_reader_violate (&reader.reader, "revision", "range", _("The revision is a number from 1"));
      read_sections (&reader, object, self);
    }
  else
    mado_reader_violate (&reader.reader, NULL, "type", _("A form is an object"));
  if (!mado_reader_finish (&reader.reader, error))
    return NULL;
  canonical = mado_json_canonical (json);
  self->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  return g_steal_pointer (&self);
}

MadoForm *
mado_form_ref (MadoForm *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
question_clear (const MadoFormQuestion *question)
{
  for (guint i = 0; i < question->n_fields; i++)
    {
      g_clear_pointer ((MadoRule **) &question->fields[i].when, mado_rule_unref);
      g_free ((gpointer) question->fields[i].options);
    }
  g_free ((gpointer) question->fields);
  if (question->when != NULL)
    mado_rule_unref (question->when);
  if (question->row_words != NULL)
    mado_vocabulary_unref (question->row_words);
}

void
mado_form_unref (MadoForm *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_questions; i++)
    question_clear (&self->questions[i]);
  g_free ((gpointer) self->questions);
  g_free ((gpointer) self->sections);
  g_free (self->digest);
  mado_vocabulary_unref (self->vocabulary);
  json_node_unref (self->json);
  g_free (self);
}

const MadoFormField *
mado_form_find_field (const MadoForm *self, const char *group, const char *fact)
{
  for (guint q = 0; q < self->n_questions; q++)
    for (guint f = 0; f < self->questions[q].n_fields; f++)
      if (g_strcmp0 (self->questions[q].group, group) == 0 && g_str_equal (self->questions[q].fields[f].fact, fact))
        return &self->questions[q].fields[f];
  return NULL;
}

const MadoFormOption *
mado_form_field_find_option (const MadoFormField *field, const char *id)
{
  for (guint i = 0; i < field->n_options; i++)
    if (g_strcmp0 (field->options[i].id, id) == 0)
      return &field->options[i];
  return NULL;
}

/* Nothing was said: absent, null, "" or only spaces. */
static gboolean
is_empty (JsonNode *value)
{
  const char *text;

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return TRUE;
  text = mado_reader_get_string (value);
  return text != NULL && text[strspn (text, " \t\n")] == '\0';
}

JsonNode *
mado_form_field_check (const MadoFormField *field, JsonNode *value, int today, const char *pointer, GError **error)
{
  const MadoCheckContext context = { today };
  const char *code = NULL;
  g_autofree char *message = NULL;
  JsonNode *kept;

  if (field->kind->check == NULL)
    return NULL;
  if (is_empty (value))
    {
      if (field->may_not_know && value != NULL && JSON_NODE_HOLDS_NULL (value))
        return json_node_ref (value);
      if (field->required)
        mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "required", _("Please answer this question"));
      return NULL;
    }
  kept = field->kind->check (field, value, &context, &code, &message);
  if (kept == NULL)
    mado_set_error_at (error, MADO_ERROR_INVALID, pointer, code, "%s", message);
  return kept;
}

char *
mado_form_field_display (const MadoFormField *field, JsonNode *value, const char *language)
{
  if (value == NULL || field->kind->display == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup (g_str_has_prefix (language, "ja") ? "わからない" : "Not known");
  return field->kind->display (field, value, language);
}
