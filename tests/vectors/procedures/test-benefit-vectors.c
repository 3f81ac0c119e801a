/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The benefits our forms work out, held against the households of OpenFisca Japan (openfisca/): a list of
 * {name, input: {世帯: {子一覧, …}, 世帯員: {name: {誕生年月日, …}}}, output: {世帯: {benefit: {day: yen}}}}, or with
 * several households 世帯一覧: {name: {…}}. Each is answered on the form, which is settled as the service does it.
 */
#include <locale.h>
#include <string.h>
#include <yaml.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "procedures/mado-catalogue.h"
#include "questions/mado-settle.h"
#include "tests/testlib/mado-test-vectors.h"

/* What is worked out, and since when so: an earlier day is one of another law. */
static const struct { const char *benefit, *form, *fact, *since; } covered[] = {
  { "児童手当", "jido-teate", "childAllowance.monthly", "2024-10-01" },
};

/* What is not, and why: a rule of ours would have to invent the amount, or to disagree with the law of the day. */
static const struct { const char *benefit, *why; } left_out[] = {
  { "児童扶養手当", "set anew each April by prices; these are a range, in amounts of a later year than their day" },
  { "特別児童扶養手当", "set anew each April by prices; these are amounts of an earlier year than their day" },
  { "障害児福祉手当", "set anew each April by prices" },
  { "児童育成手当", "by ordinance, in Tokyo" },
  { "障害児童育成手当", "by ordinance, in Tokyo" },
};

typedef struct {
  MadoCatalogue *catalogue;
  GHashTable    *others;      /* benefit → how many households, which no form of ours works out */
  guint          n_agreed[G_N_ELEMENTS (covered)];
  guint          n_earlier;
} Comparison;

/* --- YAML as JSON --------------------------------------------------------------------------------------------- */

static JsonNode *
convert (yaml_document_t *document, yaml_node_t *node)
{
  if (node->type == YAML_SCALAR_NODE)
    return json_node_init_string (json_node_alloc (), (const char *) node->data.scalar.value);
  if (node->type == YAML_SEQUENCE_NODE) {
    g_autoptr(JsonArray) list = json_array_new ();

    for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
      json_array_add_element (list, convert (document, yaml_document_get_node (document, *item)));
    return json_node_init_array (json_node_alloc (), list);
  }
  g_autoptr(JsonObject) object = json_object_new ();

  for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
    json_object_set_member (object, (const char *) yaml_document_get_node (document, pair->key)->data.scalar.value,
                            convert (document, yaml_document_get_node (document, pair->value)));
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_yaml (const char *file)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  yaml_document_t document;
  yaml_parser_t parser;
  JsonNode *node;
  gsize length;

  g_file_get_contents (file, &text, &length, &error);
  g_assert_no_error (error);
  g_assert_true (yaml_parser_initialize (&parser));
  yaml_parser_set_input_string (&parser, (const unsigned char *) text, length);
  if (!yaml_parser_load (&parser, &document) || yaml_document_get_root_node (&document) == NULL)
    g_error ("%s:%zu: %s", file, parser.problem_mark.line + 1, parser.problem);
  node = convert (&document, yaml_document_get_root_node (&document));
  yaml_document_delete (&document);
  yaml_parser_delete (&parser);

  return node;
}

/* --- one household -------------------------------------------------------------------------------------------- */

/* Its children as the form asks for them: one without a day of birth would be another's file. */
static JsonNode *
new_answers (JsonObject *household, JsonObject *members)
{
  g_autoptr(JsonObject) answers = json_object_new ();
  JsonArray *names = json_object_get_array_member (household, "子一覧");
  JsonArray *children = json_array_new ();

  for (guint i = 0; i < json_array_get_length (names); i++) {
    JsonObject *member = json_object_get_object_member (members, json_array_get_string_element (names, i));
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "dateOfBirth", json_object_get_string_member (member, "誕生年月日"));
    json_array_add_object_element (children, child);
  }
  json_object_set_array_member (answers, "family.children", children);

  return json_node_init_object (json_node_alloc (), answers);
}

static gint64
work_out (MadoCatalogue *catalogue, guint index, JsonNode *answers, const char *day)
{
  const MadoAnswerContext context = { .today = mado_date_parse (day), .language = "ja" };
  MadoForm *form = mado_catalogue_get_form (catalogue, covered[index].form, 0);
  g_autoptr(JsonNode) clean = NULL;
  MadoSettled settled;

  g_assert_nonnull (form);
  g_assert_cmpint (context.today, !=, MADO_DATE_NONE);
  mado_settled_init (&settled, &form, 1, json_node_get_object (answers), &context, FALSE);
  clean = mado_settled_get_clean (&settled, answers);
  mado_settled_clear (&settled);

  return json_object_get_int_member_with_default (json_node_get_object (clean), covered[index].fact, -1);
}

static void
compare_benefit (Comparison *self, const char *name, const char *benefit, JsonObject *wanted, JsonNode *answers)
{
  g_autoptr(GList) days = json_object_get_members (wanted);
  guint index = 0;

  while (index < G_N_ELEMENTS (covered) && !g_str_equal (covered[index].benefit, benefit))
    index++;
  if (index == G_N_ELEMENTS (covered)) {
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->others, benefit));

    g_hash_table_insert (self->others, g_strdup (benefit), GUINT_TO_POINTER (n + 1));
    return;
  }
  for (GList *day = days; day != NULL; day = day->next) {
    gint64 yen = g_ascii_strtoll (json_object_get_string_member (wanted, day->data), NULL, 10), ours;

    if (strcmp (day->data, covered[index].since) < 0) {
      self->n_earlier++;
      continue;
    }
    ours = work_out (self->catalogue, index, answers, day->data);
    if (ours != yen)
      g_error ("%s, %s on %s: %" G_GINT64_FORMAT " yen, we say %" G_GINT64_FORMAT, name, benefit,
               (const char *) day->data, yen, ours);
    self->n_agreed[index]++;
  }
}

static void
compare_household (Comparison *self, const char *name, JsonObject *household, JsonObject *members, JsonObject *output)
{
  g_autoptr(JsonNode) answers = new_answers (household, members);
  g_autoptr(GList) benefits = json_object_get_members (output);

  for (GList *benefit = benefits; benefit != NULL; benefit = benefit->next)
    compare_benefit (self, name, benefit->data, json_object_get_object_member (output, benefit->data), answers);
}

static void
compare_case (Comparison *self, JsonObject *scene)
{
  const char *name = json_object_get_string_member (scene, "name");
  JsonObject *input = json_object_get_object_member (scene, "input");
  JsonObject *output = json_object_get_object_member (scene, "output");
  JsonObject *members = json_object_get_object_member (input, "世帯員");

  if (json_object_has_member (input, "世帯"))
    compare_household (self, name, json_object_get_object_member (input, "世帯"), members,
                       json_object_get_object_member (output, "世帯"));
  if (!json_object_has_member (input, "世帯一覧"))
    return;

  JsonObject *several = json_object_get_object_member (input, "世帯一覧");
  g_autoptr(GList) households = json_object_get_members (several);

  for (GList *one = households; one != NULL; one = one->next)
    compare_household (self, one->data, json_object_get_object_member (several, one->data), members,
                       json_object_get_object_member (json_object_get_object_member (output, "世帯一覧"), one->data));
}

/* --- all of them ---------------------------------------------------------------------------------------------- */

static guint
compare_folder (Comparison *self, const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_cases = 0;

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    g_autoptr(JsonNode) scenes = NULL;

    if (!g_str_has_suffix (name, ".yml") && !g_str_has_suffix (name, ".yaml"))
      continue;
    scenes = read_yaml (file);
    for (guint i = 0; i < json_array_get_length (json_node_get_array (scenes)); i++)
      compare_case (self, json_array_get_object_element (json_node_get_array (scenes), i));
    n_cases += json_array_get_length (json_node_get_array (scenes));
  }

  return n_cases;
}

static const char *
tell_why (const char *benefit)
{
  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    if (g_str_has_prefix (benefit, left_out[i].benefit))
      return left_out[i].why;

  return "no form of ours asks for it";
}

static void
tell (const Comparison *self, guint n_cases)
{
  GHashTableIter iter;
  gpointer benefit, n;

  g_test_message ("%u cases of OpenFisca Japan", n_cases);
  for (guint i = 0; i < G_N_ELEMENTS (covered); i++)
    g_test_message ("%s: %u households agree", covered[i].benefit, self->n_agreed[i]);
  if (self->n_earlier > 0)
    g_test_message ("%u amounts are of an earlier law", self->n_earlier);
  g_hash_table_iter_init (&iter, self->others);
  while (g_hash_table_iter_next (&iter, &benefit, &n))
    g_test_message ("%s: %u households, not worked out: %s", (const char *) benefit, GPOINTER_TO_UINT (n),
                    tell_why (benefit));
}

static void
test_households (void)
{
  g_autofree char *folder = mado_test_vectors_path ("openfisca");
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCatalogue) catalogue = mado_catalogue_load ("forms", &error);
  Comparison comparison = { .catalogue = catalogue };
  guint n_cases;

  g_assert_no_error (error);
  comparison.others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  n_cases = compare_folder (&comparison, folder);
  tell (&comparison, n_cases);
  g_hash_table_unref (comparison.others);
  if (n_cases == 0)
    g_test_skip ("no households in openfisca/");
  else
    for (guint i = 0; i < G_N_ELEMENTS (covered); i++)
      g_assert_cmpuint (comparison.n_agreed[i], >, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");   /* the benefits' names are told */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/procedures/vectors/benefits", test_households);

  return g_test_run ();
}
