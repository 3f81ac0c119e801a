/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What differs between two files of the catalogue, in words. */
#include "procedures/mado-revisions-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "core/mado-language.h"

#define LONGEST 60     /* characters of a value that are quoted */

static void compare (GStrvBuilder *lines, const char *path, const char *name, JsonNode *before, JsonNode *now);

/* --- names ---------------------------------------------------------------------------------------------------- */

/* (nullable): what an element of a list is known by. */
static const char *
get_key (JsonNode *element)
{
  static const char *const names[] = { "fact", "id" };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (object, names[i]))
      return json_object_get_string_member (object, names[i]);

  return NULL;
}

/* 「氏名」 (applicant.fullName) */
static char *
name_element (JsonNode *element)
{
  JsonObject *object = json_node_get_object (element);
  JsonNode *label = json_object_get_member (object, json_object_has_member (object, "label") ? "label" : "title");
  const char *words = label != NULL ? mado_json_text (label, mado_language_get_own ()->code) : NULL;

  return words != NULL ? g_strdup_printf (_("“%s” (%s)"), words, get_key (element)) : g_strdup (get_key (element));
}

static char *
join (const char *path, const char *name)
{
  return *path != '\0' ? g_strconcat (path, " › ", name, NULL) : g_strdup (name);
}

static char *
quote (JsonNode *value)
{
  g_autofree char *text = NULL;
  g_autofree char *head = NULL;

  if (value == NULL)
    return g_strdup (_("nothing"));
  text = JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
           ? g_strdup (json_node_get_string (value)) : mado_json_canonical (value);
  if (g_utf8_strlen (text, -1) <= LONGEST)
    return g_strdup_printf (_("“%s”"), text);
  head = g_utf8_substring (text, 0, LONGEST);

  return g_strdup_printf (_("“%s…”"), head);
}

static void
add_line (GStrvBuilder *lines, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_line (GStrvBuilder *lines, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_strv_builder_add (lines, line);
}

/* --- lists whose elements have names -------------------------------------------------------------------------- */

static gboolean
is_named_list (JsonNode *node)
{
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (get_key (json_array_get_element (list, i)) == NULL)
      return FALSE;

  return list != NULL && json_array_get_length (list) > 0;
}

static JsonNode *
find_element (JsonNode *list, const char *key)
{
  JsonArray *array = json_node_get_array (list);

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_str_equal (get_key (json_array_get_element (array, i)), key))
      return json_array_get_element (array, i);

  return NULL;
}

static void
compare_lists (GStrvBuilder *lines, const char *path, JsonNode *before, JsonNode *now)
{
  JsonArray *old = json_node_get_array (before), *new = json_node_get_array (now);

  for (guint i = 0; i < json_array_get_length (old); i++) {
    JsonNode *element = json_array_get_element (old, i);
    g_autofree char *name = name_element (element);

    if (find_element (now, get_key (element)) == NULL)
      add_line (lines, _("%s: %s goes"), path, name);
  }
  for (guint i = 0; i < json_array_get_length (new); i++) {
    JsonNode *element = json_array_get_element (new, i);
    JsonNode *former = find_element (before, get_key (element));
    g_autofree char *name = name_element (element);

    if (former == NULL)
      add_line (lines, _("%s: %s is new"), path, name);
    else
      compare (lines, path, name, former, element);
  }
}

/* --- anything ------------------------------------------------------------------------------------------------- */

/* A rule is told of whole: its parts say little on their own. */
static gboolean
is_rule (const char *name)
{
  return g_str_equal (name, "rule") || g_str_equal (name, "when") || g_str_equal (name, "value");
}

static void
compare_members (GStrvBuilder *lines, const char *path, JsonObject *before, JsonObject *now)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, before);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    compare (lines, path, name, value, json_object_get_member (now, name));
  json_object_iter_init_ordered (&iter, now);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!json_object_has_member (before, name))
      compare (lines, path, name, NULL, value);
}

static void
compare (GStrvBuilder *lines, const char *path, const char *name, JsonNode *before, JsonNode *now)
{
  g_autofree char *here = join (path, name);
  g_autofree char *was = NULL, *is = NULL;

  if (g_str_equal (here, "revision") || (before != NULL && now != NULL && json_node_equal (before, now)))
    return;     /* who tells the changes has told the revisions */
  if (is_named_list (before) && is_named_list (now)) {
    compare_lists (lines, here, before, now);
    return;
  }
  if (before != NULL && now != NULL && JSON_NODE_HOLDS_OBJECT (before) && JSON_NODE_HOLDS_OBJECT (now)
      && !is_rule (name)) {
    compare_members (lines, here, json_node_get_object (before), json_node_get_object (now));
    return;
  }
  was = quote (before);
  is = quote (now);
  add_line (lines, _("%s: %s becomes %s"), here, was, is);
}

char **
mado_json_tell_changes (JsonNode *before, JsonNode *now)
{
  g_autoptr(GStrvBuilder) lines = g_strv_builder_new ();

  compare_members (lines, "", json_node_get_object (before), json_node_get_object (now));

  return g_strv_builder_end (lines);
}

/* --- two catalogues ------------------------------------------------------------------------------------------- */

static void
add_change (GPtrArray *changes, MadoChange *change, JsonNode *before, gint64 revision_before, JsonNode *now,
            gint64 revision_now)
{
  change->before = revision_before;
  change->revision = revision_now;
  if (before != NULL && now != NULL) {
    g_strfreev (change->lines);
    change->lines = mado_json_tell_changes (before, now);
  }
  g_ptr_array_add (changes, change);
}

static JsonNode *
describe_procedure (MadoProcedure *procedure)
{
  return procedure != NULL ? mado_record_to_json (MADO_RECORD (procedure), MADO_JSON_PRIVATE) : NULL;
}

static void
diff_procedure (GPtrArray *changes, const MadoCatalogueProcedure *entry, MadoProcedure *before, MadoProcedure *now)
{
  g_autoptr(JsonNode) old = describe_procedure (before);
  g_autoptr(JsonNode) new = describe_procedure (now);

  if (old == NULL || new == NULL || !json_node_equal (old, new))
    add_change (changes, mado_change_new (MADO_REVISION_PROCEDURE, entry->procedure->id, entry->file), old,
                before != NULL ? before->revision : 0, new, now != NULL ? now->revision : 0);
}

static void
diff_form (GPtrArray *changes, const MadoCatalogueForm *entry, MadoForm *before, MadoForm *now)
{
  if (before == NULL || now == NULL || !g_str_equal (before->digest, now->digest))
    add_change (changes, mado_change_new (MADO_REVISION_FORM, entry->form->id, entry->file),
                before != NULL ? before->json : NULL, before != NULL ? before->revision : 0,
                now != NULL ? now->json : NULL, now != NULL ? now->revision : 0);
}

static void
diff_procedures (GPtrArray *changes, MadoCatalogue *before, MadoCatalogue *now)
{
  const GPtrArray *old = mado_catalogue_get_files (before)->procedures;
  const GPtrArray *new = mado_catalogue_get_files (now)->procedures;

  for (guint i = 0; i < old->len; i++) {
    const MadoCatalogueProcedure *entry = g_ptr_array_index (old, i);

    if (mado_catalogue_get_procedure (now, entry->procedure->id, 0) == NULL)
      diff_procedure (changes, entry, entry->procedure, NULL);
  }
  for (guint i = 0; i < new->len; i++) {
    const MadoCatalogueProcedure *entry = g_ptr_array_index (new, i);

    diff_procedure (changes, entry, mado_catalogue_get_procedure (before, entry->procedure->id, 0), entry->procedure);
  }
}

static void
diff_forms (GPtrArray *changes, MadoCatalogue *before, MadoCatalogue *now)
{
  const GPtrArray *old = mado_catalogue_get_files (before)->forms, *new = mado_catalogue_get_files (now)->forms;

  for (guint i = 0; i < old->len; i++) {
    const MadoCatalogueForm *entry = g_ptr_array_index (old, i);

    if (mado_catalogue_get_form (now, entry->form->id, 0) == NULL)
      diff_form (changes, entry, entry->form, NULL);
  }
  for (guint i = 0; i < new->len; i++) {
    const MadoCatalogueForm *entry = g_ptr_array_index (new, i);

    diff_form (changes, entry, mado_catalogue_get_form (before, entry->form->id, 0), entry->form);
  }
}

GPtrArray *
mado_catalogue_diff (MadoCatalogue *before, MadoCatalogue *now)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_change_free);

  diff_procedures (changes, before, now);
  diff_forms (changes, before, now);

  return changes;
}
