/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lists/mado-place.h"

#include "mado-fuzz.h"

/* What was found is listed under its own name; a town has a city, a city a prefecture; the building was typed. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *line = g_strndup (data != NULL ? (const char *) data : "", size), *code = NULL;
  g_autoptr(MadoPlace) place = NULL;
  g_autoptr(GPtrArray) places = NULL;

  if (!g_utf8_validate (line, -1, NULL))
    return 0;
  place = mado_place_split (line);
  places = mado_postcode_look_up (line);
  code = mado_place_dup_postal_code (place);
  g_assert_true ((place->street_address != NULL) == (place->match >= MADO_PLACE_MATCH_TOWN_NAME));
  g_assert_true ((place->city_and_county != NULL) == (place->match >= MADO_PLACE_MATCH_CITY));
  g_assert_true ((place->prefecture != NULL) == (place->match >= MADO_PLACE_MATCH_PREFECTURE));
  g_assert_true (place->building_name_etc == NULL || strstr (place->full_address, place->building_name_etc) != NULL);
  g_assert_true (code == NULL || strlen (code) == strlen ("251-0024"));

  return 0;
}
