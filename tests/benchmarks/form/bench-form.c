/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-form FORM KEYS: a large form recomputed and checked after each key. Prints how long a key takes, and what is
 * wrong in the end, which has to be what settling all of it anew says.
 */
#include <time.h>

#include "core/mado-date.h"
#include "questions/mado-answers.h"
#include "questions/mado-typing.h"

static gint64
now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static JsonNode *
load (const char *file)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) error = NULL;

  if (!json_parser_load_from_file (parser, file, &error))
    g_error ("%s: %s", file, error->message);
  return json_parser_steal_root (parser);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Every key once; nanoseconds of each. */
static guint
type_all (MadoTyping *typing, JsonArray *keys, gint64 *times)
{
  guint n = json_array_get_length (keys), mistakes = 0;

  for (guint i = 0; i < n; i++) {
    JsonArray *key = json_array_get_array_element (keys, i);
    const char *fact = json_array_get_string_element (key, 0);
    JsonNode *value = json_array_get_element (key, 1);
    gint64 start = now_ns ();

    mado_typing_set (typing, fact, value);
    mistakes += mado_typing_count_mistakes (typing);
    times[i] = now_ns () - start;
  }

  return mistakes;
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    g_error ("bench-form FORM KEYS");
  g_autoptr(JsonNode) json = load (argv[1]), script = load (argv[2]);
  JsonObject *object = json_node_get_object (script);
  JsonArray *keys = json_object_get_array_member (object, "keys");
  g_autoptr(MadoVocabulary) words = mado_vocabulary_new (TRUE);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoForm) form = mado_form_new (json, words, &error);
  const MadoAnswerContext context = { .today = mado_date_today () };

  if (form == NULL)
    g_error ("%s", error->message);
  g_autoptr(MadoTyping) typing = mado_typing_new (&form, 1, json_object_get_member (object, "answers"), &context,
                                                   FALSE);
  guint n = json_array_get_length (keys);
  g_autofree gint64 *times = g_new (gint64, n);

  type_all (typing, keys, times);
  guint mistakes = type_all (typing, keys, times);

  qsort (times, n, sizeof *times, compare);
  g_print ("{\"p50\": %.2f, \"p99\": %.2f, \"p999\": %.2f, \"worst\": %.1f, \"mistakes\": %u}\n", times[n / 2] / 1e3,
           times[n * 99 / 100] / 1e3, times[n * 999 / 1000] / 1e3, times[n - 1] / 1e3, mistakes);
  return 0;
}
