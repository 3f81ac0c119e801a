/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "core/mado-json.h"
#include "procedures/mado-catalogue.h"

/* Percent of the queries for which the right one has to be first, and among the first three. */
#define FIRST 85
#define THREE 95

/* How many queries of one kind were answered how. */
typedef struct {
  const char *name;
  guint       all, first, three;
} Count;

static MadoCatalogue *catalogue;

/* "faq:move-when", "event:moving", and "tennyu" for a procedure */
static gboolean
is_right (JsonArray *right, const MadoHit *hit)
{
  static const char *const prefixes[] = { "", "event:", "faq:" };
  g_autofree char *name = g_strconcat (prefixes[hit->kind], hit->id, NULL);

  for (guint i = 0; i < json_array_get_length (right); i++)
    if (g_str_equal (json_array_get_string_element (right, i), name))
      return TRUE;
  return FALSE;
}

/* Where the first right one stands, from 0; what is none of the city's business is right with no hit. */
static guint
find_place (const MadoHits *hits, JsonArray *right)
{
  if (json_array_get_length (right) == 0)
    return hits->confidence == MADO_CONFIDENCE_NONE ? 0 : G_MAXUINT;
  for (guint i = 0; i < hits->items->len; i++)
    if (is_right (right, g_ptr_array_index (hits->items, i)))
      return i;
  return G_MAXUINT;
}

static void
tell (const char *query, const MadoHits *hits)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i < MIN (hits->items->len, 4); i++) {
    const MadoHit *hit = g_ptr_array_index (hits->items, i);

    g_string_append_printf (line, "  %s (%d, %s)", hit->id, (int) hit->score, hit->why);
  }
  g_test_message ("“%s” finds%s", query, line->str);
}

static Count *
get_count (Count *counts, const char *name)
{
  while (counts->name != NULL && !g_str_equal (counts->name, name))
    counts++;
  counts->name = name;
  return counts;
}

static void
count (Count *self, guint place)
{
  self->all++;
  self->first += place < 1;
  self->three += place < 3;
}

static void
print (const Count *self)
{
  g_test_message ("%-9s %3u queries: right first %5.1f %%, in the first three %5.1f %%", self->name, self->all,
                  100.0 * self->first / self->all, 100.0 * self->three / self->all);
}

static void
try (JsonObject *entry, Count *all, Count *counts)
{
  const char *query = json_object_get_string_member (entry, "query");
  JsonArray *right = json_object_get_array_member (entry, "right");
  g_autoptr(MadoHits) hits = mado_search_find (mado_catalogue_get_search (catalogue), query, NULL, 10);
  guint place = find_place (hits, right);

  count (all, place);
  count (get_count (counts, json_object_get_string_member (entry, "language")), place);
  count (get_count (counts, json_object_get_string_member (entry, "kind")), place);
  if (place > 0)
    tell (query, hits);
}

static JsonArray *
read_queries (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;
  gsize n;

  g_file_get_contents (path, &text, &n, &error);
  g_assert_no_error (error);
  node = mado_json_parse (text, n, &MADO_JSON_LIMITS_FILE, &error);
  g_assert_no_error (error);
  return json_node_dup_array (node);
}

static void
test_quality (gconstpointer path)
{
  g_autoptr(JsonArray) queries = read_queries (path);
  Count all = { "all" }, counts[16] = { 0 };

  for (guint i = 0; i < json_array_get_length (queries); i++)
    try (json_array_get_object_element (queries, i), &all, counts);
  for (Count *one = counts; one->name != NULL; one++)
    print (one);
  print (&all);
  g_assert_cmpuint (all.first * 100, >=, all.all * FIRST);
  g_assert_cmpuint (all.three * 100, >=, all.all * THREE);
}

/* Every title and every question finds itself. */
static void
test_titles (void)
{
  GPtrArray *procedures = mado_catalogue_get_procedures (catalogue);

  for (guint i = 0; i < procedures->len; i++) {
    const MadoProcedure *procedure = g_ptr_array_index (procedures, i);
    g_autoptr(MadoHits) hits = mado_search_find (mado_catalogue_get_search (catalogue),
                                                 mado_json_text (procedure->title, "ja"), NULL, 1);

    g_assert_cmpuint (hits->items->len, ==, 1);
    g_assert_cmpstr (((MadoHit *) g_ptr_array_index (hits->items, 0))->id, ==, procedure->id);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  int result;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  catalogue = mado_catalogue_load (MADO_TEST_FORMS, &error);
  g_assert_no_error (error);
  if (g_getenv ("MADO_QUERIES") != NULL)
    g_test_add_data_func ("/search/quality/others", g_getenv ("MADO_QUERIES"), test_quality);
  g_test_add_data_func ("/search/quality/first", MADO_TEST_QUERIES "/queries.json", test_quality);
  g_test_add_data_func ("/search/quality/later", MADO_TEST_QUERIES "/queries-later.json", test_quality);
  g_test_add_func ("/search/titles", test_titles);
  result = g_test_run ();
  g_object_unref (catalogue);
  return result;
}
