/* SPDX-License-Identifier: GPL-3.0-or-later */
/* My Numbers and corporate numbers, taken or refused as the field of a form takes them (mynumber/). */
#include <string.h>

#include "questions/mado-form.h"
#include "tests/testlib/mado-test-vectors.h"

/* Members of the files: lists of numbers, by how their name begins. */
static const struct { const char *prefix, *kind; gboolean valid; } lists[] = {
  { "individual_valid", "my-number", TRUE },
  { "individual_invalid", "my-number", FALSE },
  { "corporate_valid", "corporate-number", TRUE },
  { "corporate_invalid", "corporate-number", FALSE },
};

static gboolean
is_taken (const char *kind, JsonNode *number)
{
  const MadoFormField field = { .fact = "a.number", .kind = mado_kind_find (kind), .required = TRUE };
  const MadoAnswerContext context = { .today = 20777, .language = "ja" };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) kept = mado_form_field_check (&field, number, &context, "", &error);

  g_assert_true ((kept == NULL) == (error != NULL));
  return kept != NULL;
}

static void
check_list (const char *name, JsonArray *numbers, guint *n)
{
  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; g_str_has_prefix (name, lists[k].prefix) && i < json_array_get_length (numbers); i++) {
      if (is_taken (lists[k].kind, json_array_get_element (numbers, i)) != lists[k].valid)
        g_error ("%s: %s", name, json_array_get_string_element (numbers, i));
      (*n)++;
    }
}

static void
check_file (const char *path, guint *n)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  json_object_iter_init (&iter, json_node_get_object (json_parser_get_root (parser)));
  while (json_object_iter_next (&iter, &name, &node))
    if (JSON_NODE_HOLDS_ARRAY (node))
      check_list (name, json_node_get_array (node), n);
}

static void
test_numbers (void)
{
  g_autofree char *folder = mado_test_vectors_path ("mynumber");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_suffix (name, ".json"))
      check_file (path, &n);
  }
  g_test_message ("%u numbers", n);
  if (n == 0)
    g_test_skip ("no numbers in mynumber/");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/questions/vectors/numbers", test_numbers);

  return g_test_run ();
}
