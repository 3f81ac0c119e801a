/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/**
 * MadoResidentState:
 * @MADO_RESIDENT_STATE_OUTSIDE: known by card, not in this city's register (somebody moving in)
 * @MADO_RESIDENT_STATE_REGISTERED: in the register
 * @MADO_RESIDENT_STATE_LEFT: moved out
 * @MADO_RESIDENT_STATE_DECEASED: died
 */
typedef enum {
  MADO_RESIDENT_STATE_OUTSIDE,
  MADO_RESIDENT_STATE_REGISTERED,
  MADO_RESIDENT_STATE_LEFT,
  MADO_RESIDENT_STATE_DECEASED,
} MadoResidentState;

#define MADO_TYPE_RESIDENT_STATE (mado_resident_state_get_type ())
MADO_EXPORT GType mado_resident_state_get_type (void);

/* As in GIF's core data model: an address in parts, each as written. */
#define MADO_TYPE_ADDRESS (mado_address_get_type ())
MADO_DECLARE_RECORD (MadoAddress, mado_address)
struct _MadoAddress {
  MadoRecord parent;
  char *postal_code;          /* "2510024" */
  char *prefecture;           /* 神奈川県 */
  char *city_and_county;      /* 藤沢市 */
  char *street_address;       /* 鵠沼橘一丁目 */
  char *city_block;           /* 1-2 */
  char *building_name_etc;    /* (nullable) */
};
/* One line, without the postal code. */
MADO_EXPORT char *mado_address_dup_line (const MadoAddress *self);

/* One person. Everything but id and state is personal: sealed at rest, in JSON for those entitled only. */
#define MADO_TYPE_RESIDENT (mado_resident_get_type ())
MADO_DECLARE_RECORD (MadoResident, mado_resident)
struct _MadoResident {
  MadoRecord parent;
  char             *id;
  MadoResidentState state;
  gint64            version;
  char             *household_id;      /* (nullable) */
  char             *code;              /* (nullable): residence record code, 11 digits */
  char             *full_name;         /* exactly as given; one word is enough */
  char             *family_name;       /* (nullable) */
  char             *given_name;        /* (nullable) */
  char             *full_name_kana;    /* (nullable): not every name has any */
  char             *family_name_kana;  /* (nullable) */
  char             *given_name_kana;   /* (nullable) */
  char             *former_name;       /* (nullable): 旧氏 */
  char             *date_of_birth;
  char             *sex;               /* "male", "female", "other" */
  char             *nationality;       /* ISO 3166 alpha-3, "JPN" */
  char             *relationship;      /* to the head: "head", "spouse", "child", "parent", "other" … */
  char             *residence_status;  /* (nullable): 在留資格 */
  char             *residence_expires; /* (nullable): 在留期間の満了の日 */
  char             *domicile;          /* (nullable): 本籍; Japanese only */
  char             *domicile_head;     /* (nullable): 筆頭者 */
  char             *resident_since;    /* (nullable): 住民となった年月日 */
  char             *address_since;     /* (nullable): 住所を定めた年月日 */
  char             *reported_on;       /* (nullable): 届出年月日 */
  char             *previous_address;  /* (nullable): 前住所, one line */
  MadoAddress      *address;           /* (nullable): of the household, or the old one of somebody moving in */
};

/* Those who live and keep house together. */
#define MADO_TYPE_HOUSEHOLD (mado_household_get_type ())
MADO_DECLARE_RECORD (MadoHousehold, mado_household)
struct _MadoHousehold {
  MadoRecord   parent;
  char        *id;
  gint64       version;
  char        *head_id;       /* 世帯主 */
  char        *district;      /* of the city's file; open: it says nothing about a person */
  MadoAddress *address;
  GPtrArray   *members;       /* of MadoResident, the head first */
};

G_END_DECLS
