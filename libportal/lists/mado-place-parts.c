/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-place-parts.h"

#include <string.h>

enum { COST_PART_OF_CITY = 16, COST_NO_CHOME = 16, COST_UNLISTED_CHOME = 32 };
#define LONGEST_WAY 60

/* A town written at some point of the line. */
typedef struct {
  MadoListedTown listed;
  guint          chome, end, cost;
  gboolean       is_unlisted;   /* no such 丁目 */
} FoundTown;

/* A city written there, and the town after it. */
typedef struct {
  const MadoListedCity *city;
  guint                 end, cost, way;
  FoundTown             town;
} FoundCity;

static gboolean
has_any (const MadoTyped *typed, guint at, const char *const *words)
{
  for (; *words != NULL; words++)
    if (mado_typed_has (typed, at, *words))
      return TRUE;

  return FALSE;
}

static gboolean
is_dash (const MadoTyped *typed, guint at)
{
  return at < typed->length && typed->classes[at] == '-';
}

/* の between two numbers. */
static gboolean
is_joint (const MadoTyped *typed, guint at)
{
  return mado_typed_has (typed, at, "の") && mado_typed_is_digit (typed, at + 1);
}

/* What follows says whether a number is a 丁目; its end, or 0. */
static guint
end_of_chome (const MadoTyped *typed, guint at, gboolean is_kanji, gboolean *is_certain)
{
  static const char *const others[] = { "番", "号", "地", "条", "線", "区", "階", "F", "棟", "室", NULL };

  *is_certain = mado_typed_has (typed, at, "丁目");
  if (*is_certain)
    return at + 2;
  if (is_dash (typed, at) || is_joint (typed, at))
    return at + 1;
  if (is_kanji || has_any (typed, at, others))
    return 0;

  return at;
}

static gboolean
ends_in (MadoSlice name, const char *end)
{
  gsize length = strlen (end);

  return name.length >= length && memcmp (name.text + name.length - length, end, length) == 0;
}

/* The 丁目 after the town's name. */
static void
read_chome (const MadoTyped *typed, FoundTown *found)
{
  guint at = mado_typed_skip_spaces (typed, found->end), number, end, chome_end;
  gboolean is_certain = FALSE;

  if (ends_in (found->listed.name, "条") && is_dash (typed, at))   /* 拓北6-2 */
    at++;
  end = mado_typed_number (typed, at, &number);
  chome_end = end > at ? end_of_chome (typed, end, !mado_typed_is_digit (typed, at), &is_certain) : 0;
  if (chome_end > 0 && number > 0 && mado_ranges_have (found->listed.chome, number)
      && (is_certain || !mado_slice_equals (found->listed.chome, "*"))) {
    found->chome = number;
    found->end = chome_end;
    return;
  }
  found->is_unlisted = is_certain;
  if (is_certain)
    found->cost += COST_UNLISTED_CHOME;
  else if (found->listed.chome.length > 0 && !mado_ranges_have (found->listed.chome, 0))
    found->cost += COST_NO_CHOME;
}

/* The town of the city that accounts for most of the line, in the least changed writing. */
static gboolean
find_town (const MadoListedCity *city, const MadoTyped *typed, guint at, FoundTown *best)
{
  MadoSlice rest = city->towns;
  MadoListedTown listed;

  best->end = 0;
  while (mado_towns_next (&rest, &listed)) {
    FoundTown found = { .listed = listed };

    found.end = mado_place_name_match (listed.name, typed, at, &found.cost);
    if (found.end <= at)
      continue;
    read_chome (typed, &found);
    if (found.end > best->end || (found.end == best->end && found.cost < best->cost))
      *best = found;
  }

  return best->end > 0;
}

/* In Kyoto the way to the house may stand before its town: the first town with numbers after it is meant. */
static gboolean
find_town_after_way (FoundCity *found, const MadoTyped *typed)
{
  guint end = MIN (typed->length, found->end + LONGEST_WAY);

  for (guint at = found->end; at < end; at++) {
    if (find_town (found->city, typed, at, &found->town) && found->town.end >= at + 2
        && found->town.cost < MADO_PLACE_COST_TOWN && mado_typed_is_border (typed, found->town.end)) {
      found->way = at;
      return TRUE;
    }
  }

  return FALSE;
}

static void
find_town_of (FoundCity *found, const MadoTyped *typed)
{
  found->way = found->end;
  if (g_str_has_prefix (found->city->name.text, "京都市") && find_town_after_way (found, typed))
    return;
  find_town (found->city, typed, found->end, &found->town);
}

/* The longer name first, then the longer town, then less forgiven. */
static int
compare_cities (const FoundCity *a, const FoundCity *b)
{
  if (a->end != b->end)
    return a->end > b->end ? 1 : -1;
  if (a->town.end != b->town.end)
    return a->town.end > b->town.end ? 1 : -1;

  return (int) (b->cost + b->town.cost) - (int) (a->cost + a->town.cost);
}

/* What of a name may be left out: the county, or the municipality before a ward. */
static MadoSlice
without_county (MadoSlice name)
{
  static const char *const borders[] = { "郡", "市" };

  for (guint i = 0; i < G_N_ELEMENTS (borders); i++) {
    const char *border = g_strstr_len (name.text, (gssize) name.length, borders[i]);
    gsize skipped = border != NULL ? (gsize) (border - name.text) + strlen (borders[i]) : 0;

    if (border > name.text && skipped + 3 < name.length)
      return (MadoSlice) { name.text + skipped, name.length - skipped };
  }

  return (MadoSlice) { "", 0 };
}

/* 横浜市, of 横浜市鶴見区 */
static MadoSlice
without_ward (MadoSlice name)
{
  const char *border = g_strstr_len (name.text, (gssize) name.length, "市");

  if (border == NULL || !ends_in (name, "区"))
    return (MadoSlice) { "", 0 };

  return (MadoSlice) { name.text, (gsize) (border - name.text) + 3 };
}

static guint
match_city (const MadoListedCity *city, const MadoTyped *typed, guint at, guint *cost)
{
  const MadoSlice parts[] = { without_county (city->name), without_ward (city->name) };
  guint end = mado_place_name_match (city->name, typed, at, cost);

  for (guint i = 0; end <= at && i < G_N_ELEMENTS (parts); i++) {
    if (parts[i].length == 0)
      continue;
    end = mado_place_name_match (parts[i], typed, at, cost);
    *cost += COST_PART_OF_CITY;
  }

  return end > at ? end : 0;
}

/* The city written at @at; FALSE if there is none, or if it could be one of several. */
static gboolean
find_city (const MadoTyped *typed, guint at, MadoSlice prefecture, FoundCity *best)
{
  guint n, n_best = 0;
  const MadoListedCity *cities = mado_towns_get_cities (&n);

  for (guint i = 0; i < n; i++) {
    FoundCity found = { .city = &cities[i] };
    int order = 1;

    if (prefecture.length > 0 && strncmp (cities[i].prefecture.text, prefecture.text, prefecture.length) != 0)
      continue;
    found.end = match_city (&cities[i], typed, at, &found.cost);
    if (found.end == 0)
      continue;
    find_town_of (&found, typed);
    order = n_best > 0 ? compare_cities (&found, best) : 1;
    n_best = order > 0 ? 1 : order == 0 ? n_best + 1 : n_best;
    if (order > 0)
      *best = found;
  }

  return n_best == 1;
}

/* 〒251-0024 before the address. */
static guint
read_postcode (const MadoTyped *typed)
{
  guint at = mado_typed_has (typed, 0, "〒") ? 1 : 0, digits = 0;

  at = mado_typed_skip_spaces (typed, at);
  while (mado_typed_is_digit (typed, at) || (digits == 3 && is_dash (typed, at)))
    digits += mado_typed_is_digit (typed, at++) ? 1 : 0;

  return digits == 7 ? at : 0;
}

/* The prefecture written at @at, or without its last character, which a city has to follow. */
static guint
find_prefecture (const MadoTyped *typed, guint at, gboolean is_short, MadoSlice *prefecture)
{
  guint n, cost;
  const MadoListedCity *cities = mado_towns_get_cities (&n);

  for (guint i = 0; i < n; i++) {
    MadoSlice name = cities[i].prefecture;
    guint end;

    if (i > 0 && memcmp (name.text, cities[i - 1].prefecture.text, name.length) == 0)
      continue;
    name.length -= is_short ? 3 : 0;
    end = mado_place_name_match (name, typed, at, &cost);
    if (end > at) {
      *prefecture = cities[i].prefecture;
      return end;
    }
  }
  *prefecture = (MadoSlice) { "", 0 };

  return at;
}

static gboolean
find_place (MadoPlaceParts *parts, const MadoTyped *typed, FoundCity *found)
{
  parts->prefecture = find_prefecture (typed, parts->postcode, FALSE, &parts->listed_prefecture);
  if (parts->prefecture > parts->postcode)
    return find_city (typed, parts->prefecture, parts->listed_prefecture, found);
  parts->prefecture = find_prefecture (typed, parts->postcode, TRUE, &parts->listed_prefecture);
  if (parts->prefecture > parts->postcode && find_city (typed, parts->prefecture, parts->listed_prefecture, found))
    return TRUE;
  parts->prefecture = parts->postcode;
  parts->listed_prefecture = (MadoSlice) { "", 0 };

  return find_city (typed, parts->postcode, parts->listed_prefecture, found);
}

/* What is not written between the numbers of a block: its end, which is @at where nothing of the kind follows. */
static guint
skip_counters (const MadoTyped *typed, guint at)
{
  static const char *const counters[] = { "丁目", "番地", "番", "号", "地割", NULL };

  for (guint i = 0; counters[i] != NULL; i++) {
    if (mado_typed_has (typed, at, counters[i])) {
      at += (guint) g_utf8_strlen (counters[i], -1);
      break;
    }
  }
  if (is_joint (typed, at) || is_dash (typed, at))
    at++;

  return at;
}

static gboolean
is_room (const MadoTyped *typed, guint at)
{
  static const char *const rooms[] = { "F", "階", "棟", "室", "号室", "号棟", NULL };

  return has_any (typed, at, rooms);
}

/* A number in kanji counts only where no word follows it (二番地, not 三宅ビル). */
static guint
read_block_number (const MadoTyped *typed, guint at, guint *number)
{
  static const char *const follow[] = { "丁目", "番", "号", "地割", "の", "-", " ", NULL };
  guint end = mado_typed_number (typed, at, number);

  if (end == at || is_room (typed, end))
    return at;
  if (!mado_typed_is_digit (typed, at) && end < typed->length && !has_any (typed, end, follow))
    return at;

  return end;
}

static void
append_number (GString *out, const MadoTyped *typed, guint start, guint end, guint number)
{
  if (!mado_typed_is_digit (typed, start)) {
    g_string_append_printf (out, "%u", number);
    return;
  }
  for (guint i = start; i < end; i++)
    g_string_append_c (out, (char) typed->text[i]);
}

/* The numbers from @at on, with "-" between them; its end. */
static guint
read_numbers (GString *out, const MadoTyped *typed, guint at)
{
  gsize before = out->len;

  for (;;) {
    guint number, end = read_block_number (typed, at, &number), next;

    if (end == at)
      return at;
    if (out->len > before)
      g_string_append_c (out, '-');
    append_number (out, typed, at, end, number);
    next = skip_counters (typed, end);
    if (next == end)
      return end;
    at = next;
  }
}

/* All of it up to a space, as typed. */
static void
take_words (MadoPlaceParts *parts, const MadoTyped *typed, guint start)
{
  guint at = start;

  for (; at < typed->length && typed->text[at] != ' '; at++)
    g_string_append_unichar (parts->block_text, typed->text[at]);
  parts->block = at;
}

/*
 * The numbers, with what may stand before them (字石坂5-4). Words without numbers are a building's after a town, but
 * belong to the block where no town was found.
 */
static void
read_block (MadoPlaceParts *parts, const MadoTyped *typed)
{
  guint start = mado_typed_skip_spaces (typed, parts->town);
  gboolean has_town = parts->listed_town.name.length > 0, is_section = mado_typed_has (typed, start, "字");

  parts->block = parts->town;
  for (guint at = start; at < typed->length && typed->text[at] != ' '; at++) {
    g_autoptr(GString) numbers = g_string_new (NULL);
    guint end = read_numbers (numbers, typed, at);

    if (end == at)
      continue;
    if (at > start && start > parts->town && has_town && !is_section)
      return;
    for (guint i = start; i < at; i++)
      g_string_append_unichar (parts->block_text, typed->text[i]);
    g_string_append (parts->block_text, numbers->str);
    parts->block = end;
    return;
  }
  if (!has_town || is_section)
    take_words (parts, typed, start);
}

void
mado_place_parts_init (MadoPlaceParts *parts, const MadoTyped *typed)
{
  FoundCity found = { 0 };
  gboolean has_city;

  *parts = (MadoPlaceParts) { .block_text = g_string_new (NULL) };
  parts->postcode = read_postcode (typed);
  has_city = find_place (parts, typed, &found);
  parts->city = parts->way = parts->town = parts->prefecture;
  if (has_city) {
    parts->listed_city = found.city;
    parts->listed_prefecture = found.city->prefecture;
    parts->city = parts->way = parts->town = found.end;
  }
  if (has_city && found.town.end > 0) {
    parts->way = found.way;
    parts->listed_town = found.town.listed;
    parts->chome = found.town.chome;
    parts->is_unlisted = found.town.is_unlisted;
    parts->town = found.town.end;
  }
  read_block (parts, typed);
}

void
mado_place_parts_clear (MadoPlaceParts *parts)
{
  if (parts->block_text != NULL)
    g_string_free (parts->block_text, TRUE);
  parts->block_text = NULL;
}

char *
mado_listed_town_dup (const MadoListedTown *town, guint chome)
{
  GString *out = g_string_new_len (town->name.text, (gssize) town->name.length);

  if (chome > 0) {
    mado_kanji_number (chome, out);
    g_string_append (out, "丁目");
  }

  return g_string_free (out, FALSE);
}
