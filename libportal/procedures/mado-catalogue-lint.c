/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "core/mado-date.h"
#include "core/mado-json.h"

typedef struct {
  MadoCatalogueFiles files;
  GHashTable        *asked;      /* facts some form asks */
} Lint;

/* --- members: words complete in every language, days that have been ------------------------------------------ */

/* A language map has a Japanese text, and nothing but texts. */
static gboolean
is_words (JsonObject *object)
{
  JsonObjectIter iter;
  JsonNode *node;
  const char *name;

  if (!json_object_has_member (object, "ja"))
    return FALSE;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return FALSE;

  return TRUE;
}

static void
lint_languages (Lint *self, const char *file, const char *pointer, JsonObject *words)
{
  JsonArray *languages = json_object_get_array_member (json_node_get_object (self->files.words), "languages");

  for (guint i = 0; i < json_array_get_length (languages); i++) {
    const char *language = json_array_get_string_element (languages, i);
    g_autofree char *here = mado_json_pointer (pointer, language);

    if (!json_object_has_member (words, language))
      mado_catalogue_files_find (&self->files, file, here, "language", _("There is no text in “%s”"), language);
  }
}

/* Somebody looked on that day, or will never have. */
static void
lint_day (Lint *self, const char *file, const char *pointer, const char *text)
{
  int day = mado_date_parse (text);

  if (g_strcmp0 (text, MADO_UNVERIFIED) == 0)
    return;
  if (day == MADO_DATE_NONE)
    mado_catalogue_files_find (&self->files, file, pointer, "no-day", _("There is no day “%s”"), text);
  else if (day > mado_date_today ())
    mado_catalogue_files_find (&self->files, file, pointer, "future",
                               _("“%s” is still to come; write the day on which somebody looked"), text);
}

/* What a file says anywhere in it: words, and the days on which sources were read. */
static void
lint_members (Lint *self, const char *file, const char *pointer, JsonNode *node)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    g_autofree char *below = mado_json_pointer_index (pointer, i);

    lint_members (self, file, below, json_array_get_element (list, i));
  }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  if (is_words (json_node_get_object (node))) {
    lint_languages (self, file, pointer, json_node_get_object (node));
    return;
  }
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    g_autofree char *below = mado_json_pointer (pointer, name);

    lint_members (self, file, below, value);
    if ((g_str_equal (name, "verified") || g_str_equal (name, "date")) && JSON_NODE_HOLDS_VALUE (value))
      lint_day (self, file, below, json_node_get_string (value));
  }
}

/* --- sources: no silence about law or money ------------------------------------------------------------------ */

static void
lint_source (Lint *self, const char *file, const char *pointer, JsonNode *node)
{
  JsonNode *verified = mado_json_get (node, "/verified");

  if (verified == NULL)
    mado_catalogue_files_find (&self->files, file, pointer, "verified",
                               _("Say in “verified” on which day this was compared with its source, or %s"),
                               MADO_UNVERIFIED);
  else if (mado_json_get (node, "/source") == NULL && g_strcmp0 (json_node_get_string (verified), MADO_UNVERIFIED) != 0)
    mado_catalogue_files_find (&self->files, file, pointer, "source",
                               _("Name the source this was compared with, or write %s in “verified”"), MADO_UNVERIFIED);
}

/* The office's own days are its decision's; any others are law, for the resident to keep. */
static void
lint_next_steps (Lint *self, const MadoCatalogueProcedure *entry)
{
  JsonArray *steps = entry->procedure->next_steps != NULL ? json_node_get_array (entry->procedure->next_steps) : NULL;
  gint64 own = mado_procedure_get_decision_days (entry->procedure);

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++) {
    JsonNode *step = json_array_get_element (steps, i);
    gint64 days = json_object_get_int_member_with_default (json_node_get_object (step), "days", 0);
    g_autofree char *pointer = mado_json_pointer_index ("/nextSteps", i);

    if (days > 0 && days != own)
      lint_source (self, entry->file, pointer, step);
  }
}

static void
lint_sources (Lint *self, const MadoCatalogueProcedure *entry)
{
  const MadoProcedure *procedure = entry->procedure;
  JsonArray *legal = json_node_get_array (procedure->legal);

  lint_source (self, entry->file, "/who", procedure->who);
  lint_source (self, entry->file, "/fee", procedure->fee);
  if (procedure->deadline != NULL)
    lint_source (self, entry->file, "/deadline", procedure->deadline);
  lint_next_steps (self, entry);
  for (guint i = 0; i < json_array_get_length (legal); i++) {
    g_autofree char *pointer = mado_json_pointer_index ("/legal", i);

    lint_source (self, entry->file, pointer, json_array_get_element (legal, i));
  }
}

/* --- rules --------------------------------------------------------------------------------------------------- */

static void
lint_rule (Lint *self, const char *file, const char *pointer, MadoRule *rule)
{
  g_autoptr(GError) error = NULL;

  if (rule != NULL && !mado_rule_check (rule, &error))
    mado_catalogue_files_take (&self->files, file, pointer, error);
}

static void
lint_fee (Lint *self, const MadoCatalogueProcedure *entry)
{
  MadoRuleBounds bounds;

  if (entry->fee == NULL)
    return;
  bounds = mado_rule_get_bounds (mado_json_get (entry->procedure->fee, "/rule"), self->files.words);
  if (bounds.min < 0)
    mado_catalogue_files_find (&self->files, entry->file, "/fee/rule", "negative",
                               _("This fee can be less than nothing; guard it with “max”: [0, …]"));
}

static void
lint_decision (Lint *self, const MadoCatalogueProcedure *entry)
{
  if (mado_procedure_is_decided_by_rule (entry->procedure) && entry->decision == NULL)
    mado_catalogue_files_find (&self->files, entry->file, "/decision", "required",
                               _("A rule decides, but there is none"));
  lint_rule (self, entry->file, "/decision/rule", entry->decision);
}

static gboolean
form_asks (const MadoForm *form, const char *fact)
{
  for (guint g = 0; g < form->n_groups; g++)
    if (g_str_equal (form->groups[g].fact, fact))
      return TRUE;

  return mado_form_find_field (form, NULL, fact) != NULL;
}

/* What a rule reads, its form asks, or the service knows. */
static void
lint_facts (Lint *self, const char *file, const char *form_id, const char *pointer, MadoRule *rule)
{
  MadoForm *form = form_id != NULL ? mado_catalogue_files_get_form (&self->files, form_id) : NULL;
  const char *const *names = rule != NULL && form != NULL ? mado_rule_get_facts (rule) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!g_str_has_prefix (names[i], "visit.") && !form_asks (form, names[i]))
      mado_catalogue_files_find (&self->files, file, pointer, "unasked", _("The form “%s” never asks for “%s”"),
                                 form->id, names[i]);
}

static void
lint_procedure (Lint *self, const MadoCatalogueProcedure *entry)
{
  g_autoptr(JsonNode) json = mado_record_to_json (MADO_RECORD (entry->procedure), MADO_JSON_PRIVATE);

  lint_members (self, entry->file, "", json);
  lint_sources (self, entry);
  lint_decision (self, entry);
  lint_fee (self, entry);
  lint_facts (self, entry->file, entry->procedure->form, "/decision/rule", entry->decision);
  lint_facts (self, entry->file, entry->procedure->form, "/fee/rule", entry->fee);
}

/* --- life events and questions ------------------------------------------------------------------------------- */

static void
lint_event (Lint *self, const MadoCatalogueEvent *entry)
{
  g_autoptr(JsonNode) json = mado_record_to_json (MADO_RECORD (entry->event), MADO_JSON_PRIVATE);

  lint_members (self, entry->file, "", json);
  for (guint i = 0; i < entry->rules->len; i++) {
    g_autofree char *pointer = g_strdup_printf ("/procedures/%u/when", i);
    MadoRule *rule = g_ptr_array_index (entry->rules, i);

    lint_rule (self, entry->file, pointer, rule);
    lint_facts (self, entry->file, entry->event->form, pointer, rule);
  }
}

/* An answer rests on a procedure, whose own facts have sources, or on a source of its own. */
static void
lint_question (Lint *self, const MadoCatalogueQuestion *entry)
{
  g_autoptr(JsonNode) json = mado_record_to_json (MADO_RECORD (entry->faq), MADO_JSON_PRIVATE);

  lint_members (self, entry->file, entry->pointer, json);
  if (entry->faq->procedures == NULL || entry->faq->verified != NULL || entry->faq->source != NULL)
    lint_source (self, entry->file, entry->pointer, json);
}

/* --- forms: reach, circles ----------------------------------------------------------------------------------- */

/* Where a question or field stands in the file. */
typedef struct {
  guint section;
  guint question;
} Place;

static Place
find_place (const MadoForm *form, const MadoFormQuestion *question)
{
  Place place = { (guint) (question->section - form->sections), 0 };
  const MadoFormQuestion *first = form->questions;

  while (first->section != question->section)
    first++;
  place.question = (guint) (question - first);

  return place;
}

static char *
make_pointer (const MadoForm *form, const MadoFormQuestion *question, int field, const char *member)
{
  Place place = find_place (form, question);
  g_autoptr(GString) pointer = g_string_new (NULL);

  g_string_append_printf (pointer, "/sections/%u/questions/%u", place.section, place.question);
  if (field >= 0)
    g_string_append_printf (pointer, "/fields/%d", field);
  if (member != NULL)
    g_string_append_printf (pointer, "/%s", member);

  return g_strdup (pointer->str);
}

/* A fact a rule reads is asked somewhere in the form, or is one nobody is asked. */
static void
lint_asked (Lint *self, const char *file, const char *pointer, const MadoForm *form, const MadoFormGroup *group,
            MadoRule *rule)
{
  const char *const *names = mado_rule_get_facts (rule);

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_str_has_prefix (names[i], "visit.") && !g_hash_table_contains (self->asked, names[i])
        && (group == NULL || mado_form_find_field (form, group->fact, names[i]) == NULL))
      mado_catalogue_files_find (&self->files, file, pointer, "unreachable",
                                 _("No form ever asks for “%s”, so this is never settled"), names[i]);
}

static void
lint_condition (Lint *self, const MadoCatalogueForm *entry, const MadoFormQuestion *question, int field,
                const char *member, MadoRule *rule)
{
  g_autofree char *pointer = NULL;

  if (rule == NULL)
    return;
  pointer = make_pointer (entry->form, question, field, member);
  if (!g_str_equal (member, "value"))
    lint_rule (self, entry->file, pointer, rule);
  lint_asked (self, entry->file, pointer, entry->form, question->group, rule);
}

static void
lint_field (Lint *self, const MadoCatalogueForm *entry, const MadoFormQuestion *question, guint index)
{
  const MadoFormField *field = &question->fields[index];
  g_autofree char *pointer = make_pointer (entry->form, question, (int) index, NULL);

  lint_condition (self, entry, question, (int) index, "when", field->when);
  lint_condition (self, entry, question, (int) index, "value", field->value);
  if ((field->has_min || field->has_max) && !(field->kind->bounds & MADO_KIND_HAS_MIN_MAX))
    mado_catalogue_files_find (&self->files, entry->file, pointer, "bounds",
                               _("A field of kind “%s” has no “min” and “max”"), field->kind->name);
  if ((field->not_past || field->not_future || field->earliest != G_MININT || field->latest != G_MININT)
      && !(field->kind->bounds & MADO_KIND_HAS_DATES))
    mado_catalogue_files_find (&self->files, entry->file, pointer, "bounds",
                               _("A field of kind “%s” has no “earliest” and “latest”"), field->kind->name);
}

/* --- circles: whether a question is asked must not depend on its own answer ---------------------------------- */

typedef struct {
  const MadoForm *form;
  const char     *wanted;     /* fact that was begun with */
  GHashTable     *seen;
} Circle;

static gboolean depends (Circle *self, const char *fact);

static gboolean
rule_leads_back (Circle *self, MadoRule *rule)
{
  const char *const *names = rule != NULL ? mado_rule_get_facts (rule) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], self->wanted) || depends (self, names[i]))
      return TRUE;

  return FALSE;
}

static gboolean
depends (Circle *self, const char *fact)
{
  if (!g_hash_table_add (self->seen, (gpointer) fact))
    return FALSE;
  for (guint q = 0; q < self->form->n_questions; q++) {
    const MadoFormQuestion *question = &self->form->questions[q];

    for (guint f = 0; f < question->n_fields; f++)
      if (g_str_equal (question->fields[f].fact, fact)
          && (rule_leads_back (self, question->when) || rule_leads_back (self, question->fields[f].when)
              || rule_leads_back (self, question->fields[f].value)))
        return TRUE;
    if (question->group != NULL && g_str_equal (question->group->fact, fact)
        && rule_leads_back (self, question->group->when))
      return TRUE;
  }

  return FALSE;
}

static void
lint_circle (Lint *self, const MadoCatalogueForm *entry, const MadoFormQuestion *question, guint index)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *fact = question->fields[index].fact;
  Circle circle = { entry->form, fact, seen };
  g_autofree char *pointer = NULL;

  if (!depends (&circle, fact))
    return;
  pointer = make_pointer (entry->form, question, (int) index, NULL);
  mado_catalogue_files_find (&self->files, entry->file, pointer, "circle",
                             _("Whether “%s” is asked depends on its own answer"), fact);
}

static void
lint_group (Lint *self, const MadoCatalogueForm *entry, const MadoFormGroup *group)
{
  g_autofree char *pointer = g_strdup_printf ("/sections/%u/group", (guint) (group->section - entry->form->sections));
  g_autofree char *when = g_strconcat (pointer, "/when", NULL);
  g_autofree char *first = g_strconcat (pointer, "/first/when", NULL);

  lint_rule (self, entry->file, when, group->when);
  if (group->when != NULL)
    lint_asked (self, entry->file, when, entry->form, NULL, group->when);
  lint_rule (self, entry->file, first, group->first_when);
  for (guint i = 0; i < group->n_checks; i++) {
    g_autofree char *check = g_strdup_printf ("%s/checks/%u/rule", pointer, i);

    lint_rule (self, entry->file, check, group->checks[i].rule);
  }
}

static void
lint_checks (Lint *self, const MadoCatalogueForm *entry)
{
  const MadoForm *form = entry->form;

  for (guint i = 0; i < form->n_checks; i++) {
    g_autofree char *rule = g_strdup_printf ("/checks/%u/rule", i);
    g_autofree char *fact = g_strdup_printf ("/checks/%u/fact", i);

    lint_rule (self, entry->file, rule, form->checks[i].rule);
    lint_asked (self, entry->file, rule, form, NULL, form->checks[i].rule);
    if (!g_hash_table_contains (self->asked, form->checks[i].fact))
      mado_catalogue_files_find (&self->files, entry->file, fact, "unasked", _("The form never asks for “%s”"),
                                 form->checks[i].fact);
  }
}

static void
lint_form (Lint *self, const MadoCatalogueForm *entry)
{
  const MadoForm *form = entry->form;

  lint_members (self, entry->file, "", form->json);
  for (guint q = 0; q < form->n_questions; q++) {
    const MadoFormQuestion *question = &form->questions[q];

    lint_condition (self, entry, question, -1, "when", question->when);
    for (guint f = 0; f < question->n_fields; f++) {
      lint_field (self, entry, question, f);
      lint_circle (self, entry, question, f);
    }
  }
  for (guint i = 0; i < form->n_groups; i++)
    lint_group (self, entry, &form->groups[i]);
  lint_checks (self, entry);
}

/* --- official forms ------------------------------------------------------------------------------------------- */

static void
lint_overlay (Lint *self, const MadoCatalogueOverlay *entry)
{
  const MadoForm *form = mado_catalogue_files_get_form (&self->files, entry->form);
  g_autoptr(GError) error = NULL;

  lint_members (self, entry->file, "", entry->json);
  lint_source (self, entry->file, "", entry->json);
  if (!mado_overlay_lint (entry->overlay, form, &error))
    mado_catalogue_files_take (&self->files, entry->file, "", error);
}

/* --- all ----------------------------------------------------------------------------------------------------- */

static void
note_asked (Lint *self)
{
  for (guint i = 0; i < self->files.forms->len; i++) {
    const MadoForm *form = ((const MadoCatalogueForm *) g_ptr_array_index (self->files.forms, i))->form;

    for (guint g = 0; g < form->n_groups; g++)
      g_hash_table_add (self->asked, (gpointer) form->groups[g].fact);
    for (guint q = 0; q < form->n_questions; q++)
      for (guint f = 0; form->questions[q].group == NULL && f < form->questions[q].n_fields; f++)
        g_hash_table_add (self->asked, (gpointer) form->questions[q].fields[f].fact);
  }
}

GPtrArray *
mado_catalogue_lint (const char *folder, const MadoCity *city)
{
  return mado_catalogue_lint_with (folder, city, NULL);
}

GPtrArray *
mado_catalogue_lint_with (const char *folder, const MadoCity *city, GHashTable *instead)
{
  Lint self = { .asked = g_hash_table_new (g_str_hash, g_str_equal) };
  GPtrArray *findings;

  mado_catalogue_files_read (&self.files, folder, instead);
  note_asked (&self);
  if (self.files.words != NULL)
    lint_members (&self, "vocabulary.json", "", self.files.words);
  for (guint i = 0; i < self.files.forms->len; i++)
    lint_form (&self, g_ptr_array_index (self.files.forms, i));
  for (guint i = 0; i < self.files.overlays->len; i++)
    lint_overlay (&self, g_ptr_array_index (self.files.overlays, i));
  for (guint i = 0; i < self.files.procedures->len; i++)
    lint_procedure (&self, g_ptr_array_index (self.files.procedures, i));
  if (city != NULL)
    mado_catalogue_files_check_offices (&self.files, city);
  for (guint i = 0; i < self.files.events->len; i++)
    lint_event (&self, g_ptr_array_index (self.files.events, i));
  for (guint i = 0; i < self.files.questions->len; i++)
    lint_question (&self, g_ptr_array_index (self.files.questions, i));
  findings = g_ptr_array_ref (self.files.findings);
  mado_catalogue_files_clear (&self.files);
  g_hash_table_unref (self.asked);

  return findings;
}
