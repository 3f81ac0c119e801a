/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-resident.h"

G_DEFINE_ENUM_TYPE (MadoResidentState, mado_resident_state,
  G_DEFINE_ENUM_VALUE (MADO_RESIDENT_STATE_OUTSIDE, "outside"),
  G_DEFINE_ENUM_VALUE (MADO_RESIDENT_STATE_REGISTERED, "registered"),
  G_DEFINE_ENUM_VALUE (MADO_RESIDENT_STATE_LEFT, "left"),
  G_DEFINE_ENUM_VALUE (MADO_RESIDENT_STATE_DECEASED, "deceased"))

/* The store keeps all of it in one sealed column. */
#define PERSONAL (MADO_FIELD_PRIVATE | MADO_FIELD_NO_ROW)
#define MAYBE    (PERSONAL | MADO_FIELD_OPTIONAL)

static const MadoField address_fields[] = {
  MADO_FIELD_STRING (MadoAddress, postal_code, MAYBE, 8, "Seven digits"),
  MADO_FIELD_STRING (MadoAddress, prefecture, MAYBE, 16, "Prefecture"),
  MADO_FIELD_STRING (MadoAddress, city_and_county, MAYBE, 64, "City, ward, county and town"),
  MADO_FIELD_STRING (MadoAddress, street_address, MAYBE, 128, "Town and chōme"),
  MADO_FIELD_STRING (MadoAddress, city_block, MAYBE, 64, "Block and number"),
  MADO_FIELD_STRING (MadoAddress, building_name_etc, MAYBE, 128, "Building and room"),
};

MADO_DEFINE_RECORD (MadoAddress, mado_address, address_fields)

char *
mado_address_dup_line (const MadoAddress *self)
{
  const char *building = self->building_name_etc;

  return g_strconcat (self->prefecture ? self->prefecture : "", self->city_and_county ? self->city_and_county : "",
                      self->street_address ? self->street_address : "", self->city_block ? self->city_block : "",
                      building && *building ? "\u3000" : "", building ? building : "", NULL);
}

static const MadoField resident_fields[] = {
  MADO_FIELD_STRING (MadoResident, id, MADO_FIELD_OPTIONAL, 64, "Identifier (ULID)"),
  MADO_FIELD_ENUM   (MadoResident, state, mado_resident_state_get_type, 0, "In the register or not"),
  MADO_FIELD_INT    (MadoResident, version, MADO_FIELD_OPTIONAL, 0, G_MAXINT32, "Counts its changes"),
  MADO_FIELD_STRING (MadoResident, household_id, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Household"),
  MADO_FIELD_STRING (MadoResident, code, MAYBE, 11, "Residence record code"),
  MADO_FIELD_STRING (MadoResident, full_name, PERSONAL, 128, "Name, exactly as given"),
  MADO_FIELD_STRING (MadoResident, family_name, MAYBE, 128, "Family name"),
  MADO_FIELD_STRING (MadoResident, given_name, MAYBE, 128, "Given name"),
  MADO_FIELD_STRING (MadoResident, full_name_kana, MAYBE, 128, "Furigana, where the name has any"),
  MADO_FIELD_STRING (MadoResident, family_name_kana, MAYBE, 128, "Furigana of the family name"),
  MADO_FIELD_STRING (MadoResident, given_name_kana, MAYBE, 128, "Furigana of the given name"),
  MADO_FIELD_STRING (MadoResident, former_name, MAYBE, 128, "Former family name shown beside it"),
  MADO_FIELD_DATE   (MadoResident, date_of_birth, PERSONAL, "Date of birth"),
  MADO_FIELD_STRING (MadoResident, sex, MAYBE, 8, "“male”, “female” or “other”"),
  MADO_FIELD_STRING (MadoResident, nationality, MAYBE, 3, "ISO 3166-1 alpha-3"),
  MADO_FIELD_STRING (MadoResident, relationship, MAYBE, 32, "To the head of the household"),
  MADO_FIELD_STRING (MadoResident, residence_status, MAYBE, 64, "Status of residence of a foreign resident"),
  MADO_FIELD_DATE   (MadoResident, residence_expires, MAYBE, "Until when that status lasts"),
  MADO_FIELD_STRING (MadoResident, domicile, MAYBE, 256, "Registered domicile (本籍)"),
  MADO_FIELD_STRING (MadoResident, domicile_head, MAYBE, 128, "First named in the family register (筆頭者)"),
  MADO_FIELD_DATE   (MadoResident, resident_since, MAYBE, "Became a resident of this city"),
  MADO_FIELD_DATE   (MadoResident, address_since, MAYBE, "Lives at this address since"),
  MADO_FIELD_DATE   (MadoResident, reported_on, MAYBE, "Reported the move on"),
  MADO_FIELD_STRING (MadoResident, previous_address, MAYBE, 256, "Address before this one"),
  MADO_FIELD_RECORD (MadoResident, address, mado_address_get_type, MAYBE, "Address"),
};

MADO_DEFINE_RECORD (MadoResident, mado_resident, resident_fields)

static const MadoField household_fields[] = {
  MADO_FIELD_STRING (MadoHousehold, id, MADO_FIELD_OPTIONAL, 64, "Identifier (ULID)"),
  MADO_FIELD_INT    (MadoHousehold, version, MADO_FIELD_OPTIONAL, 0, G_MAXINT32, "Counts its changes"),
  MADO_FIELD_STRING (MadoHousehold, head_id, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Head of the household"),
  MADO_FIELD_STRING (MadoHousehold, district, MADO_FIELD_OPTIONAL, 32, "District of the city"),
  MADO_FIELD_RECORD (MadoHousehold, address, mado_address_get_type, MAYBE, "Address"),
  MADO_FIELD_LIST   (MadoHousehold, members, mado_resident_get_type, MAYBE, "The head first"),
};

MADO_DEFINE_RECORD (MadoHousehold, mado_household, household_fields)
