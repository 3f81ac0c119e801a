/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-load.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-json.h"

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
mado_catalogue_load_init (MadoCatalogueLoad *self, const char *folder)
{
  memset (self, 0, sizeof *self);
  self->folder = folder;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_finding_free);
  self->forms = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_form_unref);
  self->procedures = g_ptr_array_new_with_free_func (g_object_unref);
}

void
mado_catalogue_load_clear (MadoCatalogueLoad *self)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_clear_pointer (&self->procedures, g_ptr_array_unref);
  g_clear_pointer (&self->words, json_node_unref);
  g_clear_pointer (&self->vocabulary, mado_vocabulary_unref);
}

static void
add_finding (MadoCatalogueLoad *self, char *pointer, const char *code, const char *message)
{
  MadoFinding *finding = g_new0 (MadoFinding, 1);

  finding->file = g_strdup (self->file);
  finding->pointer = pointer;
  finding->code = g_strdup (code);
  finding->message = g_strdup (message);
  g_ptr_array_add (self->findings, finding);
}

void
mado_catalogue_find (MadoCatalogueLoad *self, const char *pointer, const char *code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add_finding (self, g_strdup (pointer), code, message);
}

void
mado_catalogue_find_error (MadoCatalogueLoad *self, const char *base, GError *error)
{
  guint n = error->domain == MADO_ERROR ? mado_error_get_n_violations (error) : 0;

  for (guint i = 0; i < n; i++)
    {
      const MadoViolation *violation = mado_error_get_violation (error, i);
      add_finding (self, g_strconcat (base, violation->pointer, NULL), violation->code, violation->message);
    }
  if (n == 0)
    add_finding (self, g_strdup (base), "file", error->message);
  g_error_free (error);
}

/* (transfer full) (nullable): an object. */
static JsonNode *
read_file (MadoCatalogueLoad *self)
{
  const MadoJsonLimits limits = MADO_JSON_LIMITS_FILE;
  g_autofree char *path = g_build_filename (self->folder, self->file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  GError *error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error)
      || (node = mado_json_parse (text, length, &limits, &error)) == NULL)
    {
      mado_catalogue_find_error (self, "", error);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      mado_catalogue_find (self, "", "type", _("The file holds one object"));
      return NULL;
    }
  json_object_remove_member (json_node_get_object (node), "$schema");
  mado_catalogue_check_languages (self, node, "");
  return g_steal_pointer (&node);
}

static void
read_vocabulary (MadoCatalogueLoad *self)
{
  GError *error = NULL;

  self->file = "vocabulary.json";
  self->words = read_file (self);
  if (self->words == NULL)
    return;
  self->vocabulary = mado_vocabulary_new_from_json (self->words, &error);
  if (self->vocabulary == NULL)
    mado_catalogue_find_error (self, "", error);
}

static void
read_form (MadoCatalogueLoad *self)
{
  g_autoptr (JsonNode) node = read_file (self);
  GError *error = NULL;
  MadoForm *form;

  if (node == NULL)
    return;
  mado_catalogue_resolve (self, json_node_get_object (node));
  form = mado_form_new (node, self->vocabulary, &error);
  if (form != NULL)
    g_ptr_array_add (self->forms, form);
  else
    mado_catalogue_find_error (self, "", error);
}

static void
read_procedure (MadoCatalogueLoad *self)
{
  g_autoptr (JsonNode) node = read_file (self);
  GError *error = NULL;
  MadoProcedure *procedure;

  if (node == NULL)
    return;
  procedure = mado_record_from_json (MADO_TYPE_PROCEDURE, node, MADO_JSON_PRIVATE, &error);
  if (procedure == NULL)
    {
      mado_catalogue_find_error (self, "", error);
      return;
    }
  mado_catalogue_check_procedure (self, procedure);
  g_ptr_array_add (self->procedures, procedure);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Every JSON file of @name, in the order of their names. */
static void
read_folder (MadoCatalogueLoad *self, const char *name, void (*read) (MadoCatalogueLoad *self))
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  const char *entry;

  while (folder != NULL && (entry = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (entry, ".json"))
      g_ptr_array_add (files, g_build_filename (name, entry, NULL));
  g_ptr_array_sort (files, compare_names);
  for (guint i = 0; i < files->len; i++)
    {
      self->file = g_ptr_array_index (files, i);
      read (self);
    }
  if (files->len > 0)
    return;
  self->file = name;
  mado_catalogue_find (self, "", "empty", _("There is no file here"));
}

void
mado_catalogue_load_run (MadoCatalogueLoad *self)
{
  read_vocabulary (self);
  if (self->vocabulary == NULL)
    return;
  read_folder (self, "forms", read_form);
  read_folder (self, "procedures", read_procedure);
}
