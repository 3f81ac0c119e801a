/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "core/mado-reader.h"
#include "lists/mado-holiday.h"
#include "procedures/mado-catalogue-past.h"
#include "procedures/mado-revisions-private.h"

struct _MadoCatalogue {
  GObject             parent;
  MadoCatalogueFiles  files;
  char              **languages;
  GPtrArray          *in_force;      /* of MadoProcedure */
  GPtrArray          *briefs;        /* (nullable): of MadoProcedureBrief, beside those in force */
  GPtrArray          *events;        /* of MadoLifeEvent */
  GPtrArray          *questions;     /* of MadoFaq */
  GHashTable         *procedures;    /* in force: "id" and "id.revision" to MadoCatalogueProcedure */
  GHashTable         *forms;         /* to MadoCatalogueForm */
  GHashTable         *by_event;      /* id to MadoCatalogueEvent */
  GHashTable         *by_question;   /* id to MadoFaq */
  MadoPast           *past;          /* (nullable): what was published before */
  int                 closed_from, closed_to;   /* each year, month × 100 + day; 0: none */
  GMutex              lock;          /* while search or briefs are made */
  MadoSearch         *search;        /* (nullable) */
};

G_DEFINE_FINAL_TYPE (MadoCatalogue, mado_catalogue, G_TYPE_OBJECT)

static void
mado_catalogue_finalize (GObject *object)
{
  MadoCatalogue *self = MADO_CATALOGUE (object);

  g_hash_table_unref (self->procedures);
  g_hash_table_unref (self->forms);
  g_hash_table_unref (self->by_event);
  g_hash_table_unref (self->by_question);
  g_clear_object (&self->search);
  g_clear_pointer (&self->briefs, g_ptr_array_unref);
  g_clear_pointer (&self->past, mado_past_free);
  g_mutex_clear (&self->lock);
  g_ptr_array_unref (self->in_force);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->questions);
  g_strfreev (self->languages);
  mado_catalogue_files_clear (&self->files);
  G_OBJECT_CLASS (mado_catalogue_parent_class)->finalize (object);
}

static void
mado_catalogue_class_init (MadoCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_catalogue_finalize;
}

static void
mado_catalogue_init (MadoCatalogue *self)
{
  self->in_force = g_ptr_array_new ();
  self->events = g_ptr_array_new ();
  self->questions = g_ptr_array_new ();
  self->procedures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->lock);
  self->by_event = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_question = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
index_one (GHashTable *table, const char *id, gint64 revision, gpointer entry)
{
  g_hash_table_replace (table, g_strdup (id), entry);
  g_hash_table_replace (table, mado_revision_make_key (id, revision), entry);
}

static void
index_events (MadoCatalogue *self)
{
  for (guint i = 0; i < self->files.events->len; i++) {
    MadoCatalogueEvent *entry = g_ptr_array_index (self->files.events, i);

    g_ptr_array_add (self->events, entry->event);
    g_hash_table_replace (self->by_event, entry->event->id, entry);
  }
}

static void
index_questions (MadoCatalogue *self)
{
  for (guint i = 0; i < self->files.questions->len; i++) {
    MadoFaq *faq = ((MadoCatalogueQuestion *) g_ptr_array_index (self->files.questions, i))->faq;

    g_ptr_array_add (self->questions, faq);
    g_hash_table_replace (self->by_question, faq->id, faq);
  }
}

static void
index_all (MadoCatalogue *self)
{
  for (guint i = 0; i < self->files.procedures->len; i++) {
    MadoCatalogueProcedure *entry = g_ptr_array_index (self->files.procedures, i);

    g_ptr_array_add (self->in_force, entry->procedure);
    index_one (self->procedures, entry->procedure->id, entry->procedure->revision, entry);
  }
  for (guint i = 0; i < self->files.forms->len; i++) {
    MadoCatalogueForm *entry = g_ptr_array_index (self->files.forms, i);

    index_one (self->forms, entry->form->id, entry->form->revision, entry);
  }
  index_events (self);
  index_questions (self);
}

static void
read_languages (MadoCatalogue *self)
{
  JsonArray *list = json_object_get_array_member (json_node_get_object (self->files.words), "languages");
  guint n = json_array_get_length (list);

  self->languages = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->languages[i] = g_strdup (json_array_get_string_element (list, i));
}

/* What is wrong, with every place: "forms/juminhyo.json#/revision". */
static GError *
tell_findings (GPtrArray *findings)
{
  const MadoFinding *first = g_ptr_array_index (findings, 0);
  GError *error = g_error_new_literal (MADO_ERROR, MADO_ERROR_INVALID, first->message);

  for (guint i = 0; i < findings->len; i++) {
    const MadoFinding *finding = g_ptr_array_index (findings, i);
    g_autofree char *place = g_strconcat (finding->file, *finding->pointer ? "#" : "", finding->pointer, NULL);

    mado_error_add_violation (error, place, finding->code, "%s", finding->message);
  }

  return error;
}

gboolean
mado_catalogue_tell_findings (MadoCatalogue *self, GError **error)
{
  if (self->files.findings->len == 0)
    return TRUE;
  g_propagate_error (error, tell_findings (self->files.findings));
  g_ptr_array_set_size (self->files.findings, 0);

  return FALSE;
}

MadoCatalogue *
mado_catalogue_load (const char *folder, GError **error)
{
  g_autoptr(MadoCatalogue) self = g_object_new (MADO_TYPE_CATALOGUE, NULL);

  mado_catalogue_files_read (&self->files, folder, NULL);
  self->files.folder = NULL;
  if (!mado_catalogue_tell_findings (self, error))
    return NULL;
  read_languages (self);
  index_all (self);

  return g_steal_pointer (&self);
}

/* "12-29" → 1229; 0 where there is none */
static int
read_month_day (JsonNode *closed, const char *pointer)
{
  const char *text = closed != NULL ? mado_reader_get_string (mado_json_get (closed, pointer)) : NULL;
  int month = 0, day = 0;

  return text != NULL && sscanf (text, "%2d-%2d", &month, &day) == 2 ? month * 100 + day : 0;
}

gboolean
mado_catalogue_settle (MadoCatalogue *self, const MadoCity *city, GError **error)
{
  mado_catalogue_files_check_offices (&self->files, city);
  self->closed_from = read_month_day (city->closed, "/from");
  self->closed_to = read_month_day (city->closed, "/to");

  return mado_catalogue_tell_findings (self, error);
}

/* Around New Year: from December on into January. */
static gboolean
is_own_holiday (const MadoCatalogue *self, int day)
{
  int year, month, date;

  mado_date_to_ymd (day, &year, &month, &date);

  return self != NULL && self->closed_from > 0
         && (month * 100 + date >= self->closed_from || month * 100 + date <= self->closed_to);
}

int
mado_catalogue_get_open_day (MadoCatalogue *self, int day)
{
  while (mado_date_weekday (day) >= 6 || mado_day_is_holiday (day) || is_own_holiday (self, day))
    day++;

  return day;
}

MadoCatalogueFiles *
mado_catalogue_get_files (MadoCatalogue *self)
{
  return &self->files;
}

void
mado_catalogue_take_past (MadoCatalogue *self, gpointer past)
{
  g_clear_pointer (&self->past, mado_past_free);
  self->past = past;
}

GPtrArray *
mado_catalogue_get_procedures (MadoCatalogue *self)
{
  return self->in_force;
}

GPtrArray *
mado_catalogue_get_briefs (MadoCatalogue *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->briefs != NULL)
    return self->briefs;
  self->briefs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->in_force->len; i++)
    g_ptr_array_add (self->briefs, mado_procedure_new_brief (g_ptr_array_index (self->in_force, i)));

  return self->briefs;
}

static gpointer
look_up (GHashTable *table, const char *id, gint64 revision)
{
  g_autofree char *key = id != NULL && revision > 0 ? mado_revision_make_key (id, revision) : NULL;

  return id != NULL ? g_hash_table_lookup (table, key != NULL ? key : id) : NULL;
}

static const MadoCatalogueProcedure *
find_procedure (MadoCatalogue *self, const char *id, gint64 revision)
{
  const MadoCatalogueProcedure *entry = look_up (self->procedures, id, revision);

  if (entry != NULL || id == NULL || revision == 0 || self->past == NULL)
    return entry;

  return mado_past_get_procedure (self->past, id, revision);
}

MadoProcedure *
mado_catalogue_get_procedure (MadoCatalogue *self, const char *id, gint64 revision)
{
  const MadoCatalogueProcedure *entry = find_procedure (self, id, revision);

  return entry != NULL ? entry->procedure : NULL;
}

gboolean
mado_catalogue_find_end (MadoCatalogue *self, const MadoProcedure *procedure, gint64 *end, GError **error)
{
  if (self->past != NULL && look_up (self->procedures, procedure->id, procedure->revision) == NULL)
    return mado_past_find_end (self->past, procedure->id, procedure->revision, end, error);
  *end = G_MAXINT64;

  return TRUE;
}

MadoForm *
mado_catalogue_get_form (MadoCatalogue *self, const char *id, gint64 revision)
{
  const MadoCatalogueForm *entry = look_up (self->forms, id, revision);

  if (entry == NULL && id != NULL && revision > 0 && self->past != NULL)
    entry = mado_past_get_form (self->past, id, revision);

  return entry != NULL ? entry->form : NULL;
}

static MadoOverlay *
find_overlay (MadoCatalogue *self, const char *form)
{
  for (guint i = 0; form != NULL && i < self->files.overlays->len; i++) {
    const MadoCatalogueOverlay *entry = g_ptr_array_index (self->files.overlays, i);

    if (g_str_equal (entry->form, form))
      return entry->overlay;
  }

  return NULL;
}

gboolean
mado_catalogue_has_overlay (MadoCatalogue *self, const char *form)
{
  return find_overlay (self, form) != NULL;
}

MadoOverlay *
mado_catalogue_get_overlay (MadoCatalogue *self, const MadoForm *form)
{
  MadoOverlay *published = self->past != NULL ? mado_past_get_overlay (self->past, form) : NULL;

  return published != NULL ? published : find_overlay (self, form->id);
}

GPtrArray *
mado_catalogue_get_life_events (MadoCatalogue *self)
{
  return self->events;
}

GPtrArray *
mado_catalogue_get_questions (MadoCatalogue *self)
{
  return self->questions;
}

MadoLifeEvent *
mado_catalogue_get_life_event (MadoCatalogue *self, const char *id)
{
  const MadoCatalogueEvent *entry = g_hash_table_lookup (self->by_event, id);

  return entry != NULL ? entry->event : NULL;
}

MadoFaq *
mado_catalogue_get_question (MadoCatalogue *self, const char *id)
{
  return g_hash_table_lookup (self->by_question, id);
}

MadoSearch *
mado_catalogue_get_search (MadoCatalogue *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->search == NULL)
    self->search = mado_search_new (self->files.said, self->in_force, self->events, self->questions);

  return self->search;
}

JsonNode *
mado_catalogue_count (MadoCatalogue *self)
{
  return mado_catalogue_files_count (&self->files, self);
}

MadoVocabulary *
mado_catalogue_get_vocabulary (MadoCatalogue *self)
{
  return self->files.vocabulary;
}

const char *const *
mado_catalogue_get_languages (MadoCatalogue *self)
{
  return (const char *const *) self->languages;
}

/* --- rules ---------------------------------------------------------------------------------------------------- */

static MadoFacts *
get_facts (MadoVocabulary *vocabulary, MadoRule *rule, JsonNode *answers, JsonNode *facts)
{
  const MadoAnswerContext context = { .facts = facts, .today = mado_date_today () };

  return mado_answers_get_facts (rule, vocabulary, answers, &context);
}

gboolean
mado_catalogue_decide (MadoCatalogue *self, MadoProcedure *procedure, JsonNode *answers, JsonNode *facts)
{
  const MadoCatalogueProcedure *entry = find_procedure (self, procedure->id, procedure->revision);
  g_autoptr(MadoFacts) known = NULL;

  if (entry == NULL || entry->decision == NULL || !mado_procedure_is_decided_by_rule (procedure))
    return FALSE;
  known = get_facts (entry->vocabulary, entry->decision, answers, facts);

  return mado_rule_test (entry->decision, known);
}

GPtrArray *
mado_catalogue_list_for_event (MadoCatalogue *self, const char *event, JsonNode *answers, JsonNode *facts)
{
  const MadoCatalogueEvent *entry = g_hash_table_lookup (self->by_event, event);
  JsonArray *list = entry != NULL ? json_node_get_array (entry->event->procedures) : NULL;
  GPtrArray *procedures = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    const char *id = json_object_get_string_member (json_array_get_object_element (list, i), "id");
    MadoRule *rule = g_ptr_array_index (entry->rules, i);
    g_autoptr(MadoFacts) known = rule != NULL ? get_facts (self->files.vocabulary, rule, answers, facts) : NULL;

    if (rule == NULL || mado_rule_test (rule, known))
      g_ptr_array_add (procedures, mado_catalogue_get_procedure (self, id, 0));
  }

  return procedures;
}

gint64
mado_catalogue_get_fee (MadoCatalogue *self, MadoProcedure *procedure, JsonNode *answers)
{
  const MadoCatalogueProcedure *entry = find_procedure (self, procedure->id, procedure->revision);
  g_autoptr(MadoFacts) known = NULL;
  MadoRuleValue value;

  if (entry == NULL || entry->fee == NULL)
    return 0;
  known = get_facts (entry->vocabulary, entry->fee, answers, NULL);
  if (!mado_rule_evaluate (entry->fee, known, &value, NULL) || value.type != MADO_RULE_NUMBER)
    return 0;

  return (gint64) MAX (0, value.number);
}
