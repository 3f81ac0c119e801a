/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "core/mado-json.h"

void
mado_catalogue_procedure_free (gpointer data)
{
  MadoCatalogueProcedure *self = data;

  g_free (self->file);
  g_clear_object (&self->procedure);
  mado_vocabulary_unref (self->vocabulary);
  g_clear_pointer (&self->decision, mado_rule_unref);
  g_clear_pointer (&self->fee, mado_rule_unref);
  g_free (self);
}

MadoRule *
mado_catalogue_files_compile (MadoCatalogueFiles *self, const char *file, const char *pointer, JsonNode *rule)
{
  g_autoptr(GError) error = NULL;
  MadoRule *compiled = rule != NULL ? mado_rule_new (rule, self->vocabulary, &error) : NULL;

  if (error != NULL)
    mado_catalogue_files_take (self, file, pointer, error);

  return compiled;
}

MadoCatalogueProcedure *
mado_catalogue_procedure_new (const char *file, MadoProcedure *procedure, MadoVocabulary *vocabulary)
{
  MadoCatalogueProcedure *self = g_new0 (MadoCatalogueProcedure, 1);

  self->file = g_strdup (file);
  self->procedure = procedure;
  self->vocabulary = mado_vocabulary_ref (vocabulary);

  return self;
}

JsonNode *
mado_catalogue_get_rule (JsonNode *part)
{
  return part != NULL ? mado_json_get (part, "/rule") : NULL;
}

/* The form in force. */
static void
settle_form (MadoCatalogueFiles *self, const char *file, MadoProcedure *procedure)
{
  const char *id = procedure->form;
  MadoForm *form = id != NULL ? mado_catalogue_files_get_form (self, id) : NULL;

  if (form != NULL)
    procedure->form_revision = form->revision;
  else if (id != NULL)
    mado_catalogue_files_find (self, file, "/form", "unknown-form", _("There is no sound form “%s”"), id);
}

/* "procedures/moving/tennyu.json" is of the category "moving". */
static void
check_folder (MadoCatalogueFiles *self, const char *file, const char *category)
{
  g_autofree char *path = g_path_get_dirname (file);
  g_autofree char *folder = g_path_get_basename (path);

  if (!g_str_equal (folder, category))
    mado_catalogue_files_find (self, file, "/category", "folder", _("This belongs into a folder called %s"), category);
}

/* What can be filed says how; what cannot, promises nothing. */
static void
check_filing (MadoCatalogueFiles *self, const char *file, JsonNode *json)
{
  static const char *const parts[] = { "/minutes", "/decision", "/result", "/nextSteps", "/fee/rule" };
  gboolean has_form = mado_json_get (json, "/form") != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    gboolean has_part = mado_json_get (json, parts[i]) != NULL;

    if (has_form && !has_part)
      mado_catalogue_files_find (self, file, parts[i], "required", _("“%s” is missing"), strrchr (parts[i], '/') + 1);
    else if (has_part && !has_form)
      mado_catalogue_files_find (self, file, parts[i], "no-form",
                                 _("Without a form nothing is filed, so this is idle"));
  }
  if (!has_form && json_object_get_boolean_member (json_node_get_object (json), "kiosk"))
    mado_catalogue_files_find (self, file, "/how", "no-form", _("Without a form it cannot be filed at a kiosk"));
}

/* What follows from "how" has names of its own, for who reads the list of procedures. */
static void
settle_how (JsonObject *object)
{
  JsonArray *how = json_object_get_array_member (object, "how");
  gboolean kiosk = FALSE, online = FALSE;

  for (guint i = 0; i < json_array_get_length (how); i++) {
    kiosk |= g_str_equal (json_array_get_string_element (how, i), "kiosk");
    online |= g_str_equal (json_array_get_string_element (how, i), "online");
  }
  json_object_set_boolean_member (object, "kiosk", kiosk);
  json_object_set_boolean_member (object, "online", online);
  if (!json_object_has_member (object, "prefile"))
    json_object_set_boolean_member (object, "prefile", FALSE);
}

static void
add_procedure (MadoCatalogueFiles *self, const char *file, JsonNode *json)
{
  JsonObject *object = json_node_get_object (json);
  g_autoptr(GError) error = NULL;
  MadoCatalogueProcedure *entry;
  MadoProcedure *procedure;

  if (json_object_has_member (object, "$schema"))
    json_object_remove_member (object, "$schema");
  settle_how (object);
  check_filing (self, file, json);
  procedure = mado_record_from_json (MADO_TYPE_PROCEDURE, json, MADO_JSON_PRIVATE, &error);
  if (procedure == NULL) {
    mado_catalogue_files_take (self, file, "", error);
    return;
  }
  mado_catalogue_files_check_name (self, file, procedure->id);
  check_folder (self, file, procedure->category);
  settle_form (self, file, procedure);
  entry = mado_catalogue_procedure_new (file, procedure, self->vocabulary);
  entry->decision = mado_catalogue_files_compile (self, file, "/decision/rule",
                                                  mado_catalogue_get_rule (procedure->decision));
  entry->fee = mado_catalogue_files_compile (self, file, "/fee/rule", mado_catalogue_get_rule (procedure->fee));
  g_ptr_array_add (self->procedures, entry);
}

/* Files come by folder; people look for them by id, which no two may share. */
static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const MadoCatalogueProcedure *x = *(MadoCatalogueProcedure *const *) a, *y = *(MadoCatalogueProcedure *const *) b;

  return g_strcmp0 (x->procedure->id, y->procedure->id);
}

static void
check_twice (MadoCatalogueFiles *self)
{
  for (guint i = 1; i < self->procedures->len; i++) {
    const MadoCatalogueProcedure *entry = g_ptr_array_index (self->procedures, i);
    const MadoCatalogueProcedure *before = g_ptr_array_index (self->procedures, i - 1);

    if (compare_ids (&entry, &before) == 0)
      mado_catalogue_files_find (self, entry->file, "/id", "twice", _("%s is called “%s” as well"), before->file,
                                 entry->procedure->id);
  }
}

void
mado_catalogue_files_read_procedures (MadoCatalogueFiles *self)
{
  g_autoptr(GPtrArray) files = mado_catalogue_files_list (self, "procedures");

  for (guint i = 0; i < files->len; i++) {
    const char *file = g_ptr_array_index (files, i);
    g_autoptr(JsonNode) json = mado_catalogue_files_check (self, file, "procedure.json");

    if (json != NULL)
      add_procedure (self, file, json);
  }
  g_ptr_array_sort (self->procedures, compare_ids);
  check_twice (self);
}

/* --- the city's offices --------------------------------------------------------------------------------------- */

static void
check_office (MadoCatalogueFiles *self, const char *file, const char *pointer, const char *id, const MadoCity *city)
{
  g_autoptr(GError) error = NULL;

  if (!mado_city_check_office (city, id, pointer, &error))
    mado_catalogue_files_find (self, file, pointer, "unknown-office", "%s", error->message);
}

void
mado_catalogue_files_check_offices (MadoCatalogueFiles *self, const MadoCity *city)
{
  for (guint i = 0; i < self->procedures->len; i++) {
    const MadoCatalogueProcedure *entry = g_ptr_array_index (self->procedures, i);
    GStrv offices = entry->procedure->offices;

    check_office (self, entry->file, "/office", entry->procedure->office, city);
    for (guint o = 0; offices != NULL && offices[o] != NULL; o++) {
      g_autofree char *pointer = mado_json_pointer_index ("/offices", o);

      check_office (self, entry->file, pointer, offices[o], city);
    }
  }
}
