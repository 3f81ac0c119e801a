/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-private.h"

#include "core/mado-json.h"

/* What is counted of one group of procedures. */
typedef struct {
  gint64 all, filed, online;
} Count;

static void
count_procedure (Count *self, const MadoProcedure *procedure)
{
  self->all++;
  self->filed += procedure->form != NULL;
  self->online += procedure->online;
}

static Count *
get_count (GHashTable *counts, const char *name)
{
  Count *count = g_hash_table_lookup (counts, name);

  if (count == NULL) {
    count = g_new0 (Count, 1);
    g_hash_table_insert (counts, g_strdup (name), count);
  }

  return count;
}

static JsonObject *
describe_count (const Count *count)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "procedures", count->all);
  json_object_set_int_member (object, "filed", count->filed);
  json_object_set_int_member (object, "online", count->online);

  return object;
}

static JsonObject *
describe_counts (GHashTable *counts)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) g_strcmp0);
  JsonObject *object = json_object_new ();

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_object_member (object, l->data, describe_count (g_hash_table_lookup (counts, l->data)));

  return object;
}

static GHashTable *
new_counts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* --- what is verified ------------------------------------------------------------------------------------------ */

typedef struct {
  gint64 all, open;    /* facts of law and money; of them 確認中 */
} Facts;

static void
count_fact (Facts *self, JsonNode *fact)
{
  JsonNode *verified = fact != NULL ? mado_json_get (fact, "/verified") : NULL;

  self->all += verified != NULL;
  self->open += verified != NULL && g_strcmp0 (json_node_get_string (verified), MADO_UNVERIFIED) == 0;
}

static Facts
count_facts (const MadoProcedure *procedure)
{
  JsonArray *legal = json_node_get_array (procedure->legal);
  Facts facts = { 0, 0 };

  count_fact (&facts, procedure->who);
  count_fact (&facts, procedure->fee);
  count_fact (&facts, procedure->deadline);
  for (guint i = 0; i < json_array_get_length (legal); i++)
    count_fact (&facts, json_array_get_element (legal, i));

  return facts;
}

static JsonObject *
describe_facts (const Facts *facts)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "all", facts->all);
  json_object_set_int_member (object, "unverified", facts->open);

  return object;
}

/* --- the whole ------------------------------------------------------------------------------------------------- */

typedef struct {
  Count       all;
  Facts       facts;
  JsonArray  *unsound;    /* ids of those of which nothing is verified */
  GHashTable *by_office, *by_category, *by_how;
} Sum;

static void
add_procedure (Sum *self, const MadoProcedure *procedure)
{
  Facts facts = count_facts (procedure);

  count_procedure (&self->all, procedure);
  count_procedure (get_count (self->by_office, procedure->office), procedure);
  count_procedure (get_count (self->by_category, procedure->category), procedure);
  for (guint i = 0; procedure->how[i] != NULL; i++)
    count_procedure (get_count (self->by_how, procedure->how[i]), procedure);
  self->facts.all += facts.all;
  self->facts.open += facts.open;
  if (facts.open == facts.all)
    json_array_add_string_element (self->unsound, procedure->id);
}

static JsonObject *
describe_events (MadoCatalogue *catalogue, GPtrArray *events)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < events->len; i++) {
    const MadoCatalogueEvent *entry = g_ptr_array_index (events, i);
    JsonArray *list = json_node_get_array (entry->event->procedures);
    Count count = { 0 };

    for (guint k = 0; k < json_array_get_length (list); k++) {
      const char *id = json_object_get_string_member (json_array_get_object_element (list, k), "id");

      count_procedure (&count, mado_catalogue_get_procedure (catalogue, id, 0));
    }
    json_object_set_object_member (object, entry->event->id, describe_count (&count));
  }

  return object;
}

static Facts
count_questions (GPtrArray *questions)
{
  Facts facts = { questions->len, 0 };

  for (guint i = 0; i < questions->len; i++) {
    const MadoCatalogueQuestion *entry = g_ptr_array_index (questions, i);

    facts.open += g_strcmp0 (entry->faq->verified, MADO_UNVERIFIED) == 0;
  }

  return facts;
}

JsonNode *
mado_catalogue_files_count (const MadoCatalogueFiles *self, MadoCatalogue *catalogue)
{
  g_autoptr(GHashTable) by_office = new_counts (), by_category = new_counts (), by_how = new_counts ();
  Sum sum = { .unsound = json_array_new (), .by_office = by_office, .by_category = by_category, .by_how = by_how };
  Facts questions = count_questions (self->questions);
  JsonObject *object;
  JsonNode *node;

  for (guint i = 0; i < self->procedures->len; i++)
    add_procedure (&sum, ((const MadoCatalogueProcedure *) g_ptr_array_index (self->procedures, i))->procedure);
  object = describe_count (&sum.all);
  json_object_set_object_member (object, "facts", describe_facts (&sum.facts));
  json_object_set_array_member (object, "unsound", sum.unsound);
  json_object_set_object_member (object, "byHow", describe_counts (by_how));
  json_object_set_object_member (object, "byOffice", describe_counts (by_office));
  json_object_set_object_member (object, "byCategory", describe_counts (by_category));
  json_object_set_object_member (object, "byLifeEvent", describe_events (catalogue, self->events));
  json_object_set_object_member (object, "faq", describe_facts (&questions));

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}
