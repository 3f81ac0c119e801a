/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"

/* Whether a procedure is in force; a finding where it is not. */
static void
check_procedure (MadoCatalogueFiles *self, const char *file, const char *pointer, const char *id)
{
  if (!g_hash_table_contains (self->in_force, id))
    mado_catalogue_files_find (self, file, pointer, "unknown-procedure", _("There is no sound procedure “%s”"), id);
}

/* --- life events ---------------------------------------------------------------------------------------------- */

void
mado_catalogue_event_free (gpointer data)
{
  MadoCatalogueEvent *self = data;

  g_free (self->file);
  g_clear_object (&self->event);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static void
rule_free (gpointer rule)
{
  if (rule != NULL)
    mado_rule_unref (rule);
}

static void
check_listed (MadoCatalogueFiles *self, MadoCatalogueEvent *entry, JsonArray *list, guint i)
{
  g_autofree char *pointer = g_strdup_printf ("/procedures/%u", i);
  g_autofree char *id_pointer = g_strconcat (pointer, "/id", NULL);
  g_autofree char *when_pointer = g_strconcat (pointer, "/when", NULL);
  JsonObject *listed = json_array_get_object_element (list, i);
  const char *id = json_object_get_string_member (listed, "id");

  check_procedure (self, entry->file, id_pointer, id);
  for (guint k = 0; k < i; k++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (list, k), "id"), id))
      mado_catalogue_files_find (self, entry->file, id_pointer, "twice", _("“%s” is listed twice"), id);
  g_ptr_array_add (entry->rules, mado_catalogue_files_compile (self, entry->file, when_pointer,
                                                               json_object_get_member (listed, "when")));
}

static void
add_event (MadoCatalogueFiles *self, const char *file, JsonNode *json)
{
  g_autoptr(GError) error = NULL;
  MadoCatalogueEvent *entry;
  MadoLifeEvent *event;
  JsonArray *list;

  if (json_object_has_member (json_node_get_object (json), "$schema"))
    json_object_remove_member (json_node_get_object (json), "$schema");
  event = mado_record_from_json (MADO_TYPE_LIFE_EVENT, json, MADO_JSON_PRIVATE, &error);
  if (event == NULL) {
    mado_catalogue_files_take (self, file, "", error);
    return;
  }
  mado_catalogue_files_check_name (self, file, event->id);
  if (mado_catalogue_files_get_form (self, event->form) == NULL)
    mado_catalogue_files_find (self, file, "/form", "unknown-form", _("There is no sound form “%s”"), event->form);
  entry = g_new0 (MadoCatalogueEvent, 1);
  entry->file = g_strdup (file);
  entry->event = event;
  entry->rules = g_ptr_array_new_with_free_func (rule_free);
  list = json_node_get_array (event->procedures);
  for (guint i = 0; i < json_array_get_length (list); i++)
    check_listed (self, entry, list, i);
  g_ptr_array_add (self->events, entry);
}

static gint
compare_ranks (gconstpointer a, gconstpointer b)
{
  const MadoCatalogueEvent *one = *(MadoCatalogueEvent *const *) a, *other = *(MadoCatalogueEvent *const *) b;

  return (one->event->rank > other->event->rank) - (one->event->rank < other->event->rank);
}

void
mado_catalogue_files_read_events (MadoCatalogueFiles *self)
{
  g_autoptr(GPtrArray) files = mado_catalogue_files_list (self, "life-events");

  for (guint i = 0; i < files->len; i++) {
    const char *file = g_ptr_array_index (files, i);
    g_autoptr(JsonNode) json = mado_catalogue_files_check (self, file, "life-event.json");

    if (json != NULL)
      add_event (self, file, json);
  }
  g_ptr_array_sort (self->events, compare_ranks);
}

/* --- questions people ask ------------------------------------------------------------------------------------- */

void
mado_catalogue_question_free (gpointer data)
{
  MadoCatalogueQuestion *self = data;

  g_free (self->file);
  g_free (self->pointer);
  g_clear_object (&self->faq);
  g_free (self);
}

static void
check_question (MadoCatalogueFiles *self, const MadoCatalogueQuestion *entry)
{
  g_autofree char *id_pointer = g_strconcat (entry->pointer, "/id", NULL);
  const MadoCatalogueQuestion *other = g_hash_table_lookup (self->asked, entry->faq->id);

  if (other != NULL)
    mado_catalogue_files_find (self, entry->file, id_pointer, "twice", _("%s is called “%s” as well"), other->file,
                               entry->faq->id);
  for (guint i = 0; entry->faq->procedures != NULL && entry->faq->procedures[i] != NULL; i++) {
    g_autofree char *pointer = g_strdup_printf ("%s/procedures/%u", entry->pointer, i);

    check_procedure (self, entry->file, pointer, entry->faq->procedures[i]);
  }
}

static void
add_question (MadoCatalogueFiles *self, const char *file, const char *category, guint i, JsonNode *json)
{
  g_autofree char *pointer = g_strdup_printf ("/entries/%u", i);
  g_autoptr(GError) error = NULL;
  MadoCatalogueQuestion *entry;
  MadoFaq *faq;

  json_object_set_string_member (json_node_get_object (json), "category", category);
  faq = mado_record_from_json (MADO_TYPE_FAQ, json, MADO_JSON_PRIVATE, &error);
  if (faq == NULL) {
    mado_catalogue_files_take (self, file, pointer, error);
    return;
  }
  entry = g_new0 (MadoCatalogueQuestion, 1);
  entry->file = g_strdup (file);
  entry->pointer = g_steal_pointer (&pointer);
  entry->faq = faq;
  check_question (self, entry);
  g_ptr_array_add (self->questions, entry);
  g_hash_table_insert (self->asked, entry->faq->id, entry);
}

/* "faq/moving.json" holds those of "moving". */
static void
add_questions (MadoCatalogueFiles *self, const char *file, JsonObject *object)
{
  const char *category = json_object_get_string_member (object, "category");
  JsonArray *list = json_object_get_array_member (object, "entries");
  g_autofree char *name = g_path_get_basename (file);
  g_autofree char *wanted = g_strconcat (category, ".json", NULL);

  if (!g_str_equal (name, wanted))
    mado_catalogue_files_find (self, file, "/category", "name", _("This belongs into a file called %s"), wanted);
  for (guint i = 0; i < json_array_get_length (list); i++)
    add_question (self, file, category, i, json_array_get_element (list, i));
}

void
mado_catalogue_files_read_questions (MadoCatalogueFiles *self)
{
  g_autoptr(GPtrArray) files = mado_catalogue_files_list (self, "faq");

  for (guint i = 0; i < files->len; i++) {
    const char *file = g_ptr_array_index (files, i);
    g_autoptr(JsonNode) json = mado_catalogue_files_check (self, file, "faq.json");

    if (json != NULL)
      add_questions (self, file, json_node_get_object (json));
  }
}
