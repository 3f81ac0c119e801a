/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "procedures/mado-catalogue-load.h"
#include "questions/mado-answers.h"

struct _MadoCatalogue {
  GObject         parent;
  MadoVocabulary *vocabulary;
  GPtrArray      *in_force;      /* of MadoProcedure */
  GHashTable     *procedures;    /* "id@revision", and "id@0" for the one in force → MadoProcedure */
  GHashTable     *forms;         /* the same → MadoForm */
  GHashTable     *rules;         /* MadoProcedure → MadoRule, where a rule decides */
};

G_DEFINE_FINAL_TYPE (MadoCatalogue, mado_catalogue, G_TYPE_OBJECT)

static void
mado_catalogue_finalize (GObject *object)
{
  MadoCatalogue *self = MADO_CATALOGUE (object);

  g_hash_table_unref (self->rules);
  g_hash_table_unref (self->forms);
  g_hash_table_unref (self->procedures);
  g_ptr_array_unref (self->in_force);
  g_clear_pointer (&self->vocabulary, mado_vocabulary_unref);
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
  self->procedures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mado_form_unref);
  self->rules = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) mado_rule_unref);
}

static char *
key_of (const char *id, gint64 revision)
{
  return g_strdup_printf ("%s@%" G_GINT64_FORMAT, id, revision);
}

static void
take_form (MadoCatalogue *self, MadoForm *form)
{
  g_autofree char *current = key_of (form->id, 0);
  MadoForm *before = g_hash_table_lookup (self->forms, current);

  g_hash_table_replace (self->forms, key_of (form->id, form->revision), mado_form_ref (form));
  if (before == NULL || before->revision < form->revision)
    g_hash_table_replace (self->forms, g_steal_pointer (&current), mado_form_ref (form));
}

static void
take_procedure (MadoCatalogue *self, MadoProcedure *procedure)
{
  g_autofree char *current = key_of (procedure->id, 0);
  MadoProcedure *before = g_hash_table_lookup (self->procedures, current);
  JsonNode *rule = mado_json_get (procedure->decision, "/rule");

  if (mado_procedure_is_decided_by_rule (procedure))
    g_hash_table_insert (self->rules, procedure, mado_rule_new (rule, self->vocabulary, NULL));
  g_hash_table_replace (self->procedures, key_of (procedure->id, procedure->revision), g_object_ref (procedure));
  if (before != NULL && before->revision > procedure->revision)
    return;
  if (before != NULL)
    g_ptr_array_remove (self->in_force, before);
  g_ptr_array_add (self->in_force, procedure);
  g_hash_table_replace (self->procedures, g_steal_pointer (&current), g_object_ref (procedure));
}

/* Every finding is a violation; the message names the first with its file. */
static GError *
error_of (GPtrArray *findings)
{
  const MadoFinding *first = g_ptr_array_index (findings, 0);
  GError *error = g_error_new (MADO_ERROR, MADO_ERROR_INVALID, "%s %s: %s", first->file, first->pointer,
                               first->message);

  for (guint i = 0; i < findings->len; i++)
    {
      const MadoFinding *finding = g_ptr_array_index (findings, i);
      mado_error_add_violation (error, finding->pointer, finding->code, "%s: %s", finding->file, finding->message);
    }
  return error;
}

MadoCatalogue *
mado_catalogue_load (const char *folder, GError **error)
{
  MadoCatalogueLoad load;
  MadoCatalogue *self = NULL;

  mado_catalogue_load_init (&load, folder);
  mado_catalogue_load_run (&load);
  if (load.findings->len > 0)
    g_propagate_error (error, error_of (load.findings));
  else
    {
      self = g_object_new (MADO_TYPE_CATALOGUE, NULL);
      self->vocabulary = mado_vocabulary_ref (load.vocabulary);
      for (guint i = 0; i < load.forms->len; i++)
        take_form (self, g_ptr_array_index (load.forms, i));
      for (guint i = 0; i < load.procedures->len; i++)
        take_procedure (self, g_ptr_array_index (load.procedures, i));
    }
  mado_catalogue_load_clear (&load);
  return self;
}

GPtrArray *
mado_catalogue_lint (const char *folder)
{
  MadoCatalogueLoad load;
  GPtrArray *findings;

  mado_catalogue_load_init (&load, folder);
  mado_catalogue_load_run (&load);
  findings = g_ptr_array_ref (load.findings);
  mado_catalogue_load_clear (&load);
  return findings;
}

GPtrArray *
mado_catalogue_get_procedures (MadoCatalogue *self)
{
  return self->in_force;
}

MadoProcedure *
mado_catalogue_get_procedure (MadoCatalogue *self, const char *id, gint64 revision)
{
  g_autofree char *key = key_of (id, revision);

  return g_hash_table_lookup (self->procedures, key);
}

MadoForm *
mado_catalogue_get_form (MadoCatalogue *self, const char *id, gint64 revision)
{
  g_autofree char *key = key_of (id, revision);

  return g_hash_table_lookup (self->forms, key);
}

MadoVocabulary *
mado_catalogue_get_vocabulary (MadoCatalogue *self)
{
  return self->vocabulary;
}

gboolean
mado_catalogue_decide (MadoCatalogue *self, MadoProcedure *procedure, JsonNode *answers, JsonNode *context)
{
  MadoRule *rule = g_hash_table_lookup (self->rules, procedure);
  const MadoAnswerContext known = { .facts = context, .today = mado_date_today () };
  g_autoptr (MadoFacts) facts = NULL;

  if (rule == NULL)
    return FALSE;
  facts = mado_answers_get_facts (rule, self->vocabulary, answers, &known);
  return mado_rule_test (rule, facts);
}

gint64
mado_catalogue_get_fee (MadoCatalogue *self, MadoProcedure *procedure, JsonNode *answers)
{
  JsonNode *yen = mado_json_get (procedure->fee, "/yen");
  JsonNode *per = mado_json_get (procedure->fee, "/per");
  JsonNode *count = per != NULL ? json_object_get_member (json_node_get_object (answers), json_node_get_string (per))
                                : NULL;
  gint64 fee = json_node_get_int (yen);

  if (count != NULL && JSON_NODE_HOLDS_VALUE (count) && json_node_get_value_type (count) == G_TYPE_INT64)
    fee *= CLAMP (json_node_get_int (count), 0, 1000);
  return fee;
}
