/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-find CATALOGUE QUERIES: loading and checking a catalogue, making its search, finding, and the plan of a visit,
 * on one core. Prints JSON: milliseconds of the processor, and megabytes that came with it.
 */
#include <malloc.h>
#include <stdlib.h>
#include <time.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "procedures/mado-catalogue.h"
#include "questions/mado-plan.h"

#define ROUNDS  5
#define N_PLANS 200
#define N_FORMS 12

/* Of the processor: all of it runs on one core, and others may use the machine. */
static gint64
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static double
get_memory (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd) / (1024 * 1024);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
get_percentile (GArray *times, double share)
{
  g_array_sort (times, compare);
  return g_array_index (times, double, (guint) ((times->len - 1) * share));
}

static MadoCatalogue *
load (const char *folder)
{
  g_autoptr(GError) error = NULL;
  MadoCatalogue *catalogue = mado_catalogue_load (folder, &error);

  if (catalogue == NULL)
    g_error ("%s", error->message);
  return catalogue;
}

static double
time_load (const char *folder)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < ROUNDS; i++) {
    gint64 start = now_us ();
    g_autoptr(MadoCatalogue) catalogue = load (folder);
    double took = (double) (now_us () - start) / 1000;

    g_array_append_val (times, took);
  }
  return get_percentile (times, 0.5);
}

static JsonArray *
read_queries (const char *file)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  if (!json_parser_load_from_file (parser, file, &error))
    g_error ("%s", error->message);
  return json_node_dup_array (json_parser_get_root (parser));
}

static const char *const prefixes[] = { "", "event:", "faq:" };

/* Where the first right one stands; G_MAXUINT: nowhere. */
static guint
find_place (const MadoHits *hits, JsonArray *right)
{
  for (guint i = 0; i < hits->items->len; i++) {
    const MadoHit *hit = g_ptr_array_index (hits->items, i);
    g_autofree char *name = g_strconcat (prefixes[hit->kind], hit->id, NULL);

    for (guint k = 0; k < json_array_get_length (right); k++)
      if (g_str_equal (json_array_get_string_element (right, k), name))
        return i;
  }
  return G_MAXUINT;
}

static void
judge (MadoSearch *search, const char *file, double *first, double *three)
{
  g_autoptr(JsonArray) queries = read_queries (file);
  guint n = 0, n_first = 0, n_three = 0;

  for (guint i = 0; i < json_array_get_length (queries); i++) {
    JsonObject *entry = json_array_get_object_element (queries, i);
    JsonArray *right = json_object_get_array_member (entry, "right");
    g_autoptr(MadoHits) hits = mado_search_find (search, json_object_get_string_member (entry, "query"), NULL, 10);

    n += json_array_get_length (right) > 0;
    n_first += find_place (hits, right) == 0;
    n_three += find_place (hits, right) < 3;
  }
  *first = 100.0 * n_first / n;
  *three = 100.0 * n_three / n;
}

static GArray *
time_search (MadoSearch *search, const char *file)
{
  g_autoptr(JsonArray) queries = read_queries (file);
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < json_array_get_length (queries); i++) {
      JsonObject *entry = json_array_get_object_element (queries, i);
      gint64 start = now_us ();
      g_autoptr(MadoHits) hits = mado_search_find (search, json_object_get_string_member (entry, "query"), NULL, 10);
      double took = (double) (now_us () - start) / 1000;

      g_array_append_val (times, took);
    }
  return times;
}

/* The first forms there are, with nothing answered yet. */
static GArray *
time_plan (MadoCatalogue *catalogue)
{
  GPtrArray *procedures = mado_catalogue_get_procedures (catalogue);
  const MadoAnswerContext context = { .today = mado_date_today () };
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));
  MadoForm *forms[N_FORMS];
  guint n = 0;

  for (guint i = 0; i < procedures->len && n < N_FORMS; i++) {
    const MadoProcedure *procedure = g_ptr_array_index (procedures, i);

    if (procedure->form != NULL)
      forms[n++] = mado_catalogue_get_form (catalogue, procedure->form, procedure->form_revision);
  }
  for (guint i = 0; i < N_PLANS; i++) {
    gint64 start = now_us ();
    g_autoptr(GArray) plan = mado_plan_new (forms, n, NULL, &context, NULL);
    double took = (double) (now_us () - start) / 1000;

    g_array_append_val (times, took);
  }
  return times;
}

int
main (int argc, char **argv)
{
  g_autoptr(MadoCatalogue) catalogue = NULL;
  g_autoptr(GArray) searches = NULL, plans = NULL;
  double before, loaded, load_ms, index_ms, first, three;
  gint64 start;

  if (argc != 3)
    g_error ("bench-find CATALOGUE QUERIES");
  load_ms = time_load (argv[1]);
  malloc_trim (0);
  before = get_memory ();
  catalogue = load (argv[1]);
  loaded = get_memory ();
  start = now_us ();
  mado_catalogue_get_search (catalogue);
  index_ms = (double) (now_us () - start) / 1000;
  searches = time_search (mado_catalogue_get_search (catalogue), argv[2]);
  judge (mado_catalogue_get_search (catalogue), argv[2], &first, &three);
  plans = time_plan (catalogue);
  g_print ("{\"procedures\": %u, \"questions\": %u, \"load\": %.1f, \"index\": %.1f, \"p50\": %.3f, \"p95\": %.3f, "
           "\"worst\": %.3f, \"first\": %.1f, \"three\": %.1f, \"plan\": %.3f, "
           "\"catalogueMB\": %.1f, \"searchMB\": %.1f}\n",
           mado_catalogue_get_procedures (catalogue)->len, mado_catalogue_get_questions (catalogue)->len, load_ms,
           index_ms, get_percentile (searches, 0.5), get_percentile (searches, 0.95), get_percentile (searches, 1),
           first, three, get_percentile (plans, 0.95), loaded - before, get_memory () - loaded);
  return 0;
}
