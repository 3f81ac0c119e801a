/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-place.h"

#include <string.h>

#include "core/mado-fold.h"
#include "lists/mado-place-parts.h"

#define CODE_LENGTH 7

/* "251-0024" → "2510024"; FALSE if it is none. */
static gboolean
read_code (const char *text, char code[CODE_LENGTH + 1])
{
  g_autofree char *folded = mado_fold_postal_code (text);

  if (strlen (folded) != CODE_LENGTH + 1 || folded[3] != '-')
    return FALSE;
  memcpy (code, folded, 3);
  memcpy (code + 3, folded + 4, 5);

  return TRUE;
}

static MadoPlace *
new_place (const char *code, const MadoListedCity *city, MadoSlice town)
{
  MadoPlace *place = g_object_new (MADO_TYPE_PLACE, NULL);

  place->postal_code = g_strdup_printf ("%.3s-%s", code, code + 3);
  place->local_government_code = mado_slice_dup (city->code);
  place->prefecture = mado_slice_dup (city->prefecture);
  place->city_and_county = mado_slice_dup (city->name);
  place->match = town.length > 0 ? MADO_PLACE_MATCH_TOWN : MADO_PLACE_MATCH_CITY;
  if (town.length > 0)
    place->street_address = mado_slice_dup (town);

  return place;
}

/* Of a town's codes: "2510024", or "2510024:1-3" for some of its 丁目. */
static gboolean
has_code (MadoSlice postcodes, const char *code)
{
  MadoSlice piece;

  while (mado_slice_next (&postcodes, ' ', &piece))
    if (piece.length >= CODE_LENGTH && memcmp (piece.text, code, CODE_LENGTH) == 0)
      return TRUE;

  return FALSE;
}

static void
add_towns (GPtrArray *places, const MadoListedCity *city, const char *code)
{
  MadoSlice rest = city->towns;
  MadoListedTown town;

  while (mado_towns_next (&rest, &town))
    if (has_code (town.postcodes, code))
      g_ptr_array_add (places, new_place (code, city, town.name));
}

static gboolean
has_head (const MadoListedCity *city, const char *code)
{
  MadoSlice heads = city->heads, head;

  while (mado_slice_next (&heads, ' ', &head))
    if (memcmp (head.text, code, 3) == 0)
      return TRUE;

  return FALSE;
}

static void
add_offices (GPtrArray *places, const char *code)
{
  MadoSlice rest = mado_list_from (mado_list_get (MADO_LIST_OFFICES), code), line;

  while (mado_slice_line (&rest, &line) && mado_slice_equals (mado_slice_column (line, 0), code)) {
    const MadoListedCity *city = mado_towns_find_city (mado_slice_column (line, 1));
    g_autofree char *street = mado_slice_dup (mado_slice_column (line, 3));
    MadoPlace *place;

    if (city == NULL)
      continue;
    place = new_place (code, city, mado_slice_column (line, 2));
    place->street_address_and_city_block = g_strconcat (place->street_address != NULL ? place->street_address : "",
                                                        street, NULL);
    place->building_name_etc = mado_slice_dup (mado_slice_column (line, 4));
    g_ptr_array_add (places, place);
  }
}

GPtrArray *
mado_postcode_look_up (const char *code)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_object_unref);
  char digits[CODE_LENGTH + 1];
  guint n;
  const MadoListedCity *cities = mado_towns_get_cities (&n);

  if (!read_code (code, digits))
    return places;
  for (guint i = 0; i < n; i++)
    if (has_head (&cities[i], digits))
      add_towns (places, &cities[i], digits);
  add_offices (places, digits);

  return places;
}

/* Of the codes of one town the one of this 丁目; NULL where it takes more than the 丁目 to tell. */
static char *
choose_code (MadoSlice postcodes, guint chome)
{
  MadoSlice piece, only = { "", 0 };
  guint n = 0;

  while (mado_slice_next (&postcodes, ' ', &piece)) {
    MadoSlice code = piece, ranges;

    if (*piece.text == '~')
      code = (MadoSlice) { piece.text + 1, piece.length - 1 };
    ranges = (MadoSlice) { code.text + CODE_LENGTH, code.length - CODE_LENGTH };
    code.length = CODE_LENGTH;
    if (ranges.length > 0) {
      ranges.text++;   /* : */
      ranges.length--;
    }
    if (ranges.length > 0 && chome > 0 && !mado_slice_equals (ranges, "*") && mado_ranges_have (ranges, chome))
      return mado_slice_dup (code);
    only = ranges.length == 0 ? code : only;
    n += ranges.length == 0 ? 1 : 0;
  }

  return n == 1 ? mado_slice_dup (only) : NULL;
}

char *
mado_place_dup_postal_code (MadoPlace *self)
{
  g_autofree char *line = NULL, *code = NULL;
  g_auto(MadoTyped) typed = { 0 };
  g_auto(MadoPlaceParts) parts = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  if (self->prefecture == NULL || self->city_and_county == NULL || self->street_address == NULL)
    return NULL;
  line = g_strconcat (self->prefecture, self->city_and_county, self->street_address, NULL);
  mado_typed_init (&typed, line);
  mado_place_parts_init (&parts, &typed);
  code = choose_code (parts.listed_town.postcodes, parts.chome);

  return code != NULL ? mado_fold_postal_code (code) : NULL;
}
