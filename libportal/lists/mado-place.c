/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-place.h"

#include "core/mado-fold.h"
#include "lists/mado-place-parts.h"

G_DEFINE_ENUM_TYPE (MadoPlaceMatch, mado_place_match,
  G_DEFINE_ENUM_VALUE (MADO_PLACE_MATCH_NONE, "none"),
  G_DEFINE_ENUM_VALUE (MADO_PLACE_MATCH_PREFECTURE, "prefecture"),
  G_DEFINE_ENUM_VALUE (MADO_PLACE_MATCH_CITY, "city"),
  G_DEFINE_ENUM_VALUE (MADO_PLACE_MATCH_TOWN_NAME, "town-name"),
  G_DEFINE_ENUM_VALUE (MADO_PLACE_MATCH_TOWN, "town"))

#define LONGEST_LINE 400

#define MAYBE MADO_FIELD_OPTIONAL

static const MadoField place_fields[] = {
  MADO_FIELD_ENUM   (MadoPlace, match, mado_place_match_get_type, 0, "How far it was found in the published lists"),
  MADO_FIELD_STRING (MadoPlace, postal_code, MAYBE, 8, "Postcode"),
  MADO_FIELD_STRING (MadoPlace, local_government_code, MAYBE, 6, "Code of the local government"),
  MADO_FIELD_STRING (MadoPlace, prefecture, MAYBE, 16, "Prefecture"),
  MADO_FIELD_STRING (MadoPlace, city_and_county, MAYBE, 64, "City, ward, county and town"),
  MADO_FIELD_STRING (MadoPlace, street_address, MAYBE, 128, "Town and chōme, as listed"),
  MADO_FIELD_STRING (MadoPlace, city_block, MAYBE, 4000, "Block and number"),
  MADO_FIELD_STRING (MadoPlace, street_address_and_city_block, MAYBE, 4000, "Town, block and number"),
  MADO_FIELD_STRING (MadoPlace, building_name_etc, MAYBE, 4000, "Building and room"),
  MADO_FIELD_STRING (MadoPlace, full_address, MAYBE, 4000, "The whole line"),
};

MADO_DEFINE_RECORD (MadoPlace, mado_place, place_fields)

/* What was typed from @start to @end, without the strokes and spaces around it; NULL if that is nothing. */
static char *
dup_typed (const MadoTyped *typed, guint start, guint end)
{
  while (start < end && (typed->text[start] == ' ' || typed->text[start] == '-' || typed->text[start] == ','))
    start++;
  while (end > start && typed->text[end - 1] == ' ')
    end--;

  return start < end ? g_ucs4_to_utf8 (typed->text + start, end - start, NULL, NULL, NULL) : NULL;
}

static char *
dup_postcode (const MadoTyped *typed, guint end)
{
  g_autofree char *text = dup_typed (typed, 0, end);

  return text != NULL ? mado_fold_postal_code (text) : NULL;
}

static char *
dup_block (const MadoPlaceParts *parts)
{
  return parts->block_text->len > 0 ? g_strdup (parts->block_text->str) : NULL;
}

/* In Kyoto with the way to the house; where no town is known, all that was typed up to the building. */
static char *
dup_street_and_block (const MadoPlace *place, const MadoPlaceParts *parts, const MadoTyped *typed)
{
  g_autofree char *way = dup_typed (typed, parts->city, parts->way);
  char *whole = g_strconcat (way != NULL ? way : "", place->street_address != NULL ? place->street_address : "",
                             place->city_block != NULL ? place->city_block : "", NULL);

  if (*whole == '\0')
    g_clear_pointer (&whole, g_free);

  return whole;
}

static MadoPlaceMatch
how_far (const MadoPlaceParts *parts)
{
  if (parts->listed_town.name.length > 0)
    return parts->is_unlisted ? MADO_PLACE_MATCH_TOWN_NAME : MADO_PLACE_MATCH_TOWN;
  if (parts->listed_city != NULL)
    return MADO_PLACE_MATCH_CITY;

  return parts->listed_prefecture.length > 0 ? MADO_PLACE_MATCH_PREFECTURE : MADO_PLACE_MATCH_NONE;
}

static void
fill_in (MadoPlace *self, const MadoPlaceParts *parts, const MadoTyped *typed)
{
  self->match = how_far (parts);
  self->postal_code = dup_postcode (typed, parts->postcode);
  if (parts->listed_prefecture.length > 0)
    self->prefecture = mado_slice_dup (parts->listed_prefecture);
  if (parts->listed_city != NULL) {
    self->city_and_county = mado_slice_dup (parts->listed_city->name);
    self->local_government_code = mado_slice_dup (parts->listed_city->code);
  }
  if (self->match >= MADO_PLACE_MATCH_TOWN_NAME)
    self->street_address = mado_listed_town_dup (&parts->listed_town, parts->chome);
  self->city_block = dup_block (parts);
  self->street_address_and_city_block = dup_street_and_block (self, parts, typed);
  self->building_name_etc = dup_typed (typed, parts->block, typed->length);
}

MadoPlace *
mado_place_split (const char *line)
{
  g_autofree char *folded = mado_fold_address (line);
  g_auto(MadoTyped) typed = { 0 };
  g_auto(MadoPlaceParts) parts = { 0 };
  MadoPlace *self = g_object_new (MADO_TYPE_PLACE, NULL);

  if (g_utf8_strlen (folded, -1) <= LONGEST_LINE) {
    mado_typed_init (&typed, folded);
    mado_place_parts_init (&parts, &typed);
    fill_in (self, &parts, &typed);
  }
  self->full_address = g_steal_pointer (&folded);

  return self;
}
