/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-json.h"
#include "core/mado-schema.h"
#include "procedures/mado-catalogue-resources.h"
#include "questions/mado-form-resolve.h"

#define RESOURCES "/io/madoguchi/schema"

void
mado_finding_free (MadoFinding *finding)
{
  g_free (finding->file);
  g_free (finding->pointer);
  g_free (finding->code);
  g_free (finding->message);
  g_free (finding);
}

void
mado_catalogue_files_find (MadoCatalogueFiles *self, const char *file, const char *pointer, const char *code,
                           const char *format, ...)
{
  MadoFinding *finding = g_new0 (MadoFinding, 1);
  va_list args;

  va_start (args, format);
  finding->message = g_strdup_vprintf (format, args);
  va_end (args);
  finding->file = g_strdup (file);
  finding->pointer = g_strdup (pointer != NULL ? pointer : "");
  finding->code = g_strdup (code);
  g_ptr_array_add (self->findings, finding);
}

void
mado_catalogue_files_take (MadoCatalogueFiles *self, const char *file, const char *pointer, const GError *error)
{
  guint n = mado_error_get_n_violations (error);

  for (guint i = 0; i < n; i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);
    g_autofree char *whole = g_strconcat (pointer != NULL ? pointer : "", violation->pointer, NULL);

    mado_catalogue_files_find (self, file, whole, violation->code, "%s", violation->message);
  }
  if (n == 0)
    mado_catalogue_files_find (self, file, pointer, "file", "%s", error->message);
}

/* --- schemas -------------------------------------------------------------------------------------------------- */

static gpointer
load_schemas (gpointer data)
{
  static const char *const names[] = {
    "common.json", "faq.json", "form.json", "life-event.json", "official.json", "procedure.json",
    "vocabulary.json", "words.json",
  };
  MadoSchemas *schemas = mado_schemas_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (RESOURCES, names[i], NULL);
    g_autoptr(GBytes) bytes = g_resource_lookup_data (mado_catalogue_get_resource (), path, 0, &error);
    g_autoptr(JsonNode) json = NULL;
    gsize n;
    const char *text = bytes != NULL ? g_bytes_get_data (bytes, &n) : NULL;

    json = text != NULL ? mado_json_parse (text, n, &MADO_JSON_LIMITS_FILE, &error) : NULL;
    if (json != NULL)
      mado_schemas_add (schemas, names[i], json);
  }
  if (error != NULL || !mado_schemas_ready (schemas, &error))
    g_error ("The catalogue's own schemas are broken: %s", error->message);

  return schemas;
}

static MadoSchemas *
get_schemas (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load_schemas, NULL);
}

/* --- files ---------------------------------------------------------------------------------------------------- */

static gboolean
read_text (const MadoCatalogueFiles *self, const char *file, char **text, gsize *n, GError **error)
{
  const char *other = self->instead != NULL ? g_hash_table_lookup (self->instead, file) : NULL;
  g_autofree char *path = g_build_filename (self->folder, file, NULL);

  if (other == NULL)
    return g_file_get_contents (path, text, n, error);
  *text = g_strdup (other);
  *n = strlen (other);

  return TRUE;
}

JsonNode *
mado_catalogue_files_read_json (MadoCatalogueFiles *self, const char *file)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *json = NULL;
  gsize n;

  if (read_text (self, file, &text, &n, &error))
    json = mado_json_parse (text, n, &MADO_JSON_LIMITS_FILE, &error);
  if (json == NULL)
    mado_catalogue_files_find (self, file, "", "file", "%s", error->message);

  return json;
}

JsonNode *
mado_catalogue_files_check (MadoCatalogueFiles *self, const char *file, const char *schema)
{
  g_autoptr(JsonNode) json = mado_catalogue_files_read_json (self, file);
  g_autoptr(GError) error = NULL;

  if (json == NULL)
    return NULL;
  if (mado_schemas_check (get_schemas (), schema, json, &error))
    return g_steal_pointer (&json);
  mado_catalogue_files_take (self, file, "", error);

  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
add_files (MadoCatalogueFiles *self, const char *below, guint depth, GPtrArray *files)
{
  g_autofree char *path = g_build_filename (self->folder, below, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (below, name, NULL);

    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (files, g_steal_pointer (&file));
    else if (depth > 0)
      add_files (self, file, depth - 1, files);
  }
}

GPtrArray *
mado_catalogue_files_list (MadoCatalogueFiles *self, const char *below)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  add_files (self, below, 1, files);
  g_ptr_array_sort (files, compare_names);

  return files;
}

/* "forms/tennyu.json" holds "tennyu". */
void
mado_catalogue_files_check_name (MadoCatalogueFiles *self, const char *file, const char *id)
{
  g_autofree char *name = g_path_get_basename (file);
  g_autofree char *wanted = g_strdup_printf ("%s.json", id);

  if (!g_str_equal (name, wanted))
    mado_catalogue_files_find (self, file, "/id", "name", _("This belongs into a file called %s"), wanted);
}

/* --- vocabulary ----------------------------------------------------------------------------------------------- */

static void
check_kind (MadoCatalogueFiles *self, const char *pointer, JsonObject *fact)
{
  const char *name = json_object_get_string_member_with_default (fact, "kind", NULL);
  const char *type = json_object_get_string_member (fact, "type");
  const MadoKind *kind = name != NULL ? mado_kind_find (name) : NULL;

  if (name != NULL && kind == NULL)
    mado_catalogue_files_find (self, "vocabulary.json", pointer, "kind", _("There is no kind of field “%s”"), name);
  else if (kind != NULL && !g_str_equal (mado_fact_type_get_name (kind->type), type))
    mado_catalogue_files_find (self, "vocabulary.json", pointer, "type", _("A fact of kind “%s” has the type “%s”"),
                               name, mado_fact_type_get_name (kind->type));
  else if (kind != NULL && (kind->bounds & MADO_KIND_HAS_OPTIONS) && !json_object_has_member (fact, "options"))
    mado_catalogue_files_find (self, "vocabulary.json", pointer, "required", _("“%s” is missing"), "options");
}

static void
check_kinds (MadoCatalogueFiles *self, const char *pointer, JsonObject *facts)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, facts);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_autofree char *here = mado_json_pointer (pointer, name);
    JsonObject *fact = json_node_get_object (node);

    check_kind (self, here, fact);
    if (json_object_has_member (fact, "members")) {
      g_autofree char *members = mado_json_pointer (here, "members");

      check_kinds (self, members, json_object_get_object_member (fact, "members"));
    }
  }
}

static void
read_vocabulary (MadoCatalogueFiles *self)
{
  g_autoptr(GError) error = NULL;

  self->words = mado_catalogue_files_check (self, "vocabulary.json", "vocabulary.json");
  if (self->words == NULL)
    return;
  check_kinds (self, "/facts", json_object_get_object_member (json_node_get_object (self->words), "facts"));
  self->vocabulary = mado_vocabulary_new_from_json (self->words, &error);
  if (self->vocabulary == NULL)
    mado_catalogue_files_take (self, "vocabulary.json", "", error);
}

/* --- words of the search -------------------------------------------------------------------------------------- */

static void
read_said (MadoCatalogueFiles *self)
{
  g_autofree char *path = g_build_filename (self->folder, "words.json", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    self->said = mado_catalogue_files_check (self, "words.json", "words.json");
}

/* --- forms ---------------------------------------------------------------------------------------------------- */

MadoCatalogueForm *
mado_catalogue_form_new (const char *file, MadoForm *form)
{
  MadoCatalogueForm *self = g_new0 (MadoCatalogueForm, 1);

  self->file = g_strdup (file);
  self->form = form;

  return self;
}

void
mado_catalogue_form_free (gpointer data)
{
  MadoCatalogueForm *self = data;

  g_free (self->file);
  mado_form_unref (self->form);
  g_free (self);
}

static void
add_form (MadoCatalogueFiles *self, const char *file, JsonNode *json)
{
  g_autoptr(GError) error = NULL;
  MadoForm *form = mado_form_new (json, self->vocabulary, &error);

  if (form == NULL) {
    mado_catalogue_files_take (self, file, "", error);
    return;
  }
  mado_catalogue_files_check_name (self, file, form->id);
  g_ptr_array_add (self->forms, mado_catalogue_form_new (file, form));
}

static void
read_forms (MadoCatalogueFiles *self)
{
  g_autoptr(GPtrArray) files = mado_catalogue_files_list (self, "forms");

  for (guint i = 0; i < files->len; i++) {
    const char *file = g_ptr_array_index (files, i);
    g_autoptr(JsonNode) json = mado_catalogue_files_check (self, file, "form.json");
    g_autoptr(GError) error = NULL;

    if (json == NULL)
      continue;
    if (mado_form_resolve (json, self->words, &error))
      add_form (self, file, json);
    else
      mado_catalogue_files_take (self, file, "", error);
  }
}

MadoForm *
mado_catalogue_files_get_form (const MadoCatalogueFiles *self, const char *id)
{
  for (guint i = 0; i < self->forms->len; i++) {
    const MadoCatalogueForm *entry = g_ptr_array_index (self->forms, i);

    if (g_str_equal (entry->form->id, id))
      return entry->form;
  }

  return NULL;
}

void
mado_catalogue_files_read (MadoCatalogueFiles *self, const char *folder, GHashTable *instead)
{
  *self = (MadoCatalogueFiles) {
    .folder = folder,
    .instead = instead,
    .findings = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_finding_free),
    .procedures = g_ptr_array_new_with_free_func (mado_catalogue_procedure_free),
    .forms = g_ptr_array_new_with_free_func (mado_catalogue_form_free),
    .overlays = g_ptr_array_new_with_free_func (mado_catalogue_overlay_free),
    .events = g_ptr_array_new_with_free_func (mado_catalogue_event_free),
    .questions = g_ptr_array_new_with_free_func (mado_catalogue_question_free),
    .in_force = g_hash_table_new (g_str_hash, g_str_equal),
    .asked = g_hash_table_new (g_str_hash, g_str_equal),
  };
  read_vocabulary (self);
  if (self->vocabulary == NULL)
    return;
  read_said (self);
  read_forms (self);
  mado_catalogue_files_read_overlays (self);
  mado_catalogue_files_read_procedures (self);
  for (guint i = 0; i < self->procedures->len; i++)
    g_hash_table_add (self->in_force,
                      ((MadoCatalogueProcedure *) g_ptr_array_index (self->procedures, i))->procedure->id);
  mado_catalogue_files_read_events (self);
  mado_catalogue_files_read_questions (self);
}

void
mado_catalogue_files_clear (MadoCatalogueFiles *self)
{
  g_clear_pointer (&self->words, json_node_unref);
  g_clear_pointer (&self->said, json_node_unref);
  g_clear_pointer (&self->vocabulary, mado_vocabulary_unref);
  g_hash_table_unref (self->in_force);
  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->procedures);
  g_ptr_array_unref (self->forms);
  g_ptr_array_unref (self->overlays);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->questions);
}
