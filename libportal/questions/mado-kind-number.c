/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-kind-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-era.h"
#include "core/mado-fold.h"
#include "core/mado-yen.h"

/* --- numbers and yen ------------------------------------------------------------------------------------------ */

static gboolean
read_number (JsonNode *value, gint64 *number)
{
  const char *typed = mado_reader_get_string (value);

  if (typed != NULL)
    return mado_yen_parse (typed, number, NULL);
  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (value);

  return TRUE;
}

static char *
describe_range (const MadoFormField *field)
{
  if (field->has_min && field->has_max)
    return g_strdup_printf (_("Please choose from %" PRId64 " to %" PRId64), field->min, field->max);
  if (field->has_min)
    return g_strdup_printf (_("Please choose %" PRId64 " or more"), field->min);

  return g_strdup_printf (_("Please choose %" PRId64 " or less"), field->max);
}

MADO_KIND_CHECK (number)
{
  gint64 number;

  if (!read_number (value, &number))
    return mado_refuse (refusal, "type", g_strdup (_("Please answer with a number")));
  if ((field->has_min && number < field->min) || (field->has_max && number > field->max))
    return mado_refuse (refusal, "range", describe_range (field));
  if (mado_reader_get_string (value) == NULL)
    return json_node_ref (value);

  return json_node_init_int (json_node_alloc (), number);
}

MADO_KIND_DISPLAY (number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
}

MADO_KIND_DISPLAY (yen)
{
  return mado_yen_format_word (json_node_get_int (value), language);
}

/* --- dates ---------------------------------------------------------------------------------------------------- */

static int
read_date (const char *typed, MadoRefusal *refusal)
{
  static const char *codes[] = { "date", "no-such-day", "era", "before-1873" };
  int day = mado_date_parse (typed);
  g_autoptr(GError) error = NULL;
  const char *code = "date";

  if (day != MADO_DATE_NONE && day >= mado_date_from_ymd (1873, 1, 1))
    return day;
  day = mado_era_parse (typed, &error);
  if (day != MADO_DATE_NONE)
    return day;
  for (guint i = 0; mado_error_get_n_violations (error) > 0 && i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i], mado_error_get_violation (error, 0)->code))
      code = codes[i];
  mado_refuse (refusal, code, g_strdup (error->message));

  return MADO_DATE_NONE;
}

static JsonNode *
refuse_day (const MadoFormField *field, int day, int today, MadoRefusal *refusal)
{
  if (field->not_future && day > today)
    return mado_refuse (refusal, "future", g_strdup (_("This day is still to come; please check the year")));
  if (field->not_past && day < today)
    return mado_refuse (refusal, "past", g_strdup (_("This day is over; please check the date")));
  if (field->earliest != MADO_DATE_NONE && day < field->earliest)
    return mado_refuse (refusal, "range", g_strdup (_("This day is too long ago; please check the year")));
  if (field->latest != MADO_DATE_NONE && day > field->latest)
    return mado_refuse (refusal, "range", g_strdup (_("This day is too far ahead; please check the year")));

  return NULL;
}

MADO_KIND_CHECK (date)
{
  const char *typed = mado_reader_get_string (value);
  char iso[11];
  int day;

  if (typed == NULL)
    return mado_refuse (refusal, "type", g_strdup (_("Please answer with a date")));
  day = read_date (typed, refusal);
  if (day == MADO_DATE_NONE)
    return NULL;
  refuse_day (field, day, context->today, refusal);
  if (refusal->code != NULL)
    return NULL;
  mado_date_fill (day, iso);

  return mado_kind_keep (value, iso);
}

MADO_KIND_DISPLAY (date)
{
  const char *iso = mado_reader_get_string (value);
  int day = iso != NULL ? mado_date_parse (iso) : MADO_DATE_NONE;

  if (day == MADO_DATE_NONE)
    return NULL;
  return mado_era_format (day, mado_language_is_japanese (language) ? MADO_ERA_KANJI : MADO_ERA_ENGLISH);
}

/* 1987年, beside 昭和62年4月9日; in other languages the date already bears both. */
char *
mado_kind_note_date (JsonNode *value, const char *language)
{
  const char *iso = mado_reader_get_string (value);

  if (iso == NULL || !mado_language_is_japanese (language) || mado_date_parse (iso) == MADO_DATE_NONE)
    return NULL;
  return g_strdup_printf ("%d年", (int) g_ascii_strtoll (iso, NULL, 10));
}

/* Digits alone, as a board of digits gives them: @mark comes before the last two. */
static void
part_digits (char **text, gsize least, gsize most, char mark)
{
  gsize length = strlen (*text);
  char *parted;

  if (length < least || length > most || strspn (*text, "0123456789") != length)
    return;
  parted = g_strdup_printf ("%.*s%c%s", (int) length - 2, *text, mark, *text + length - 2);
  g_free (*text);
  *text = parted;
}

/* "2026-11"; whatever a date may be typed like, without its day. */
MADO_KIND_CHECK (month)
{
  g_autofree char *folded = NULL;
  g_autofree char *first = NULL;
  const char *typed = mado_reader_get_string (value);
  char iso[11];
  int day;

  if (typed == NULL)
    return mado_refuse (refusal, "type", g_strdup (_("Please answer with a year and a month")));
  folded = mado_fold_width (typed);
  g_strstrip (folded);
  part_digits (&folded, 6, 6, '-');
  first = g_strconcat (folded, g_str_has_suffix (folded, "月") ? "1日" : "-1", NULL);
  day = mado_era_parse (first, NULL);
  if (day == MADO_DATE_NONE)
    return mado_refuse (refusal, "date", g_strdup (_("Please write a year and a month, for example 2026-11")));
  mado_date_fill (day, iso);
  iso[7] = '\0';

  return mado_kind_keep (value, iso);
}

MADO_KIND_DISPLAY (month)
{
  g_autofree char *first = g_strconcat (mado_reader_get_string (value), "-01", NULL);
  int day = mado_date_parse (first), year_of_era = 0;
  const MadoEra *era = day != MADO_DATE_NONE ? mado_era_of (day, &year_of_era) : NULL;
  int year, month, day_of_month;

  if (era == NULL)
    return NULL;
  mado_date_to_ymd (day, &year, &month, &day_of_month);
  if (!mado_language_is_japanese (language))
    return g_strdup_printf ("%d-%02d", year, month);

  return year_of_era == 1 ? g_strdup_printf ("%s元年%d月", era->name, month)
                          : g_strdup_printf ("%s%d年%d月", era->name, year_of_era, month);
}

/* --- times ---------------------------------------------------------------------------------------------------- */

/* 午後3時半 and the like are left to the keyboard's own picker: here digits count. */
MADO_KIND_CHECK (time)
{
  g_autofree char *folded = NULL;
  const char *typed = mado_reader_get_string (value);
  guint hour, minute = 0;
  char iso[6], rest;

  if (typed == NULL)
    return mado_refuse (refusal, "type", g_strdup (_("Please answer with a time")));
  folded = mado_fold_width (typed);
  part_digits (&folded, 3, 4, ':');
  g_strdelimit (folded, " \t", ':');
  if ((sscanf (folded, "%2u:%2u%c", &hour, &minute, &rest) != 2 && sscanf (folded, "%2u時%2u分", &hour, &minute) != 2
       && sscanf (folded, "%2u時%c", &hour, &rest) != 1) || hour > 23 || minute > 59)
    return mado_refuse (refusal, "time", g_strdup (_("Please write the time as 15:30")));
  g_snprintf (iso, sizeof iso, "%02u:%02u", hour, minute);

  return mado_kind_keep (value, iso);
}
