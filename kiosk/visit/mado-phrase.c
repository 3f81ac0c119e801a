/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-phrase.h"

#include <glib/gi18n-lib.h>
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-json.h"

static gboolean
is_japanese (const char *language)
{
  return g_str_has_prefix (language, "ja");
}

char *
mado_phrase_day (int day, const char *language)
{
  const char *const kanji[] = { "月", "火", "水", "木", "金", "土", "日" };
  const char *const english[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August",
                                 "September", "October", "November", "December" };
  guint weekday = mado_date_weekday (day) - 1;
  int year, month, date;

  mado_date_to_ymd (day, &year, &month, &date);
  if (is_japanese (language))
    return g_strdup_printf ("%d月%d日（%s）", month, date, kanji[weekday]);
  return g_strdup_printf ("%s, %s %d", english[weekday], months[month - 1], date);
}

char *
mado_phrase_by (int day, const char *language)
{
  g_autofree char *words = mado_phrase_day (day, language);

  return g_strdup_printf (_("By %s"), words);
}

char *
mado_phrase_moment (gint64 time_us, const char *language)
{
  g_autofree char *iso = mado_clock_format_date (time_us);
  g_autofree char *day = mado_phrase_day (mado_date_parse (iso), language);
  /* Japan has one zone and no summer time. */
  gint64 minutes = (time_us / G_USEC_PER_SEC / 60 + 9 * 60) % (24 * 60);

  if (is_japanese (language))
    return g_strdup_printf ("%s%d時%02d分", day, (int) (minutes / 60), (int) (minutes % 60));
  return g_strdup_printf ("%s, %d:%02d", day, (int) (minutes / 60), (int) (minutes % 60));
}

char *
mado_phrase_number (const char *number)
{
  g_auto(GStrv) parts = g_strsplit (number, "-", -1);

  return g_strjoinv (" - ", parts);
}

const char *
mado_phrase_text (JsonNode *node, const char *pointer, const char *language)
{
  JsonNode *found = node != NULL ? mado_json_get (node, pointer) : NULL;

  if (found == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (found) && json_node_get_value_type (found) == G_TYPE_STRING)
    return json_node_get_string (found);
  return JSON_NODE_HOLDS_OBJECT (found) ? mado_json_text (found, language) : NULL;
}

char *
mado_phrase_fact (JsonNode *node, const char *pointer, const char *language)
{
  g_autofree char *verified = g_strconcat (pointer, "/verified", NULL);
  g_autofree char *text = g_strconcat (pointer, "/text", NULL);
  const char *words = mado_phrase_text (node, text, language);

  if (words == NULL || g_strcmp0 (mado_phrase_text (node, verified, language), "確認中") != 0)
    return g_strdup (words);
  return g_strdup_printf (_("%s (being confirmed; please ask the staff)"), words);
}

static void
next_free (gpointer data)
{
  MadoNext *next = data;

  g_free (next->when);
  g_free (next->what);
  g_free (next);
}

/* Takes @when. */
static void
add_next (GPtrArray *list, int day, char *when, const char *what)
{
  MadoNext *next;

  if (what == NULL) {
    g_free (when);
    return;
  }
  next = g_new0 (MadoNext, 1);
  next->day = day;
  next->when = when;
  next->what = g_strdup (what);
  g_ptr_array_add (list, next);
}

/* What has no day comes last. */
static int
day_of (JsonNode *step)
{
  JsonNode *days = mado_json_get (step, "/days");

  return days != NULL && json_node_get_value_type (days) == G_TYPE_INT64
         ? mado_date_today () + (int) json_node_get_int (days) : G_MAXINT;
}

static char *
when_of (JsonNode *step, const char *language)
{
  const char *words = mado_phrase_text (step, "/when", language);
  int day = day_of (step);

  if (words != NULL)
    return g_strdup (words);
  return day != G_MAXINT ? mado_phrase_by (day, language) : g_strdup (_("After that"));
}

static void
add_steps (GPtrArray *list, JsonNode *procedure, const char *language)
{
  JsonNode *steps = procedure != NULL ? mado_json_get (procedure, "/nextSteps") : NULL;
  guint n = steps != NULL && JSON_NODE_HOLDS_ARRAY (steps) ? json_array_get_length (json_node_get_array (steps)) : 0;

  for (guint i = 0; i < n; i++) {
    JsonNode *step = json_array_get_element (json_node_get_array (steps), i);
    g_autofree char *what = mado_phrase_fact (step, "", language);

    add_next (list, day_of (step), when_of (step, language), what);
  }
}

/* The order of the day; of one day, as the procedure tells them. */
static int
compare_days (gconstpointer a, gconstpointer b)
{
  const MadoNext *one = *(const MadoNext *const *) a, *other = *(const MadoNext *const *) b;

  return (one->day > other->day) - (one->day < other->day);
}

GPtrArray *
mado_phrase_next (JsonNode *filed, JsonNode *procedure, const char *language)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (next_free);
  const char *state = mado_phrase_text (filed, "/state", language);
  const char *due = mado_phrase_text (filed, "/dueDate", language);
  int day = due != NULL ? mado_date_parse (due) : MADO_DATE_NONE;

  if (day == MADO_DATE_NONE)
    add_next (list, mado_date_today (), g_strdup (_("Today")), mado_phrase_text (filed, "/nextStep", language));
  if (g_strcmp0 (state, "submitted") == 0)
    add_steps (list, procedure, language);
  if (day != MADO_DATE_NONE)
    add_next (list, day, mado_phrase_by (day, language), mado_phrase_text (filed, "/nextStep", language));
  g_ptr_array_sort (list, compare_days);
  return list;
}

char *
mado_phrase_last_message (JsonNode *found)
{
  JsonNode *messages = found != NULL ? mado_json_get (found, "/messages") : NULL;
  guint n = messages != NULL && JSON_NODE_HOLDS_ARRAY (messages)
            ? json_array_get_length (json_node_get_array (messages)) : 0;

  if (n == 0)
    return NULL;
  return g_strdup (mado_phrase_text (json_array_get_element (json_node_get_array (messages), n - 1), "/text", "ja"));
}
