/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

typedef enum {
  MADO_FILE_FORMAT_CSV,            /* a table; @columns says which column is which value */
  MADO_FILE_FORMAT_SLIP_REPORT,    /* collected slips, thirteen columns in Shift_JIS */
  MADO_FILE_FORMAT_BANK_CREDITS,   /* Zengin, 200 bytes, kind 01 */
} MadoFileFormat;
#define MADO_TYPE_FILE_FORMAT (mado_file_format_get_type ())
MADO_EXPORT GType mado_file_format_get_type (void);

/* How a file of somebody else is to be read: data of the city, so that another provider needs no other program. */
#define MADO_TYPE_MAPPING (mado_mapping_get_type ())
MADO_DECLARE_RECORD (MadoMapping, mado_mapping)
struct _MadoMapping {
  MadoRecord     parent;
  char          *id;             /* "wallet" */
  JsonNode      *title;          /* {language: text} */
  MadoFileFormat format;
  char          *provider;       /* (nullable): nick of whom it settles; none: a billing file */
  char          *office;         /* whose revenue a billing file is; whose books hold what is unclear */
  char          *encoding;       /* (nullable): "utf-8" or "shift-jis"; none: found out */
  JsonNode      *columns;        /* (nullable): {value: title of its column} */
  JsonNode      *values;         /* (nullable): {value: {as they write it: as we do}} */
  gint64         costs;          /* yen the provider keeps of each, where the file does not say */
  gint64         share;          /* ten-thousandths it keeps of each, besides */
  gint64         late;           /* days after which what was paid is late; 0: never */
  char          *account;        /* (nullable): revenue account of a billing file without a column for it */
  JsonNode      *words;          /* (nullable): {language: text} of a billing file's charges; {value} is filled in */
  GStrv          payers;         /* (nullable): names, as banks write them, under which the provider pays out */
  GStrv          brands;         /* (nullable): which brands of a terminal the file is about; none: all */
  GStrv          unverified;     /* (nullable): members nobody has compared with the sender's own description */
  JsonNode      *sources;        /* (nullable): [{title, url, date}] */
};

/* The title of the column @value stands in; NULL where the mapping has none. */
MADO_EXPORT const char *mado_mapping_get_column (const MadoMapping *self, const char *value);
/* What we call what they write in the column of @value; NULL where the mapping does not know it. */
MADO_EXPORT const char *mado_mapping_translate  (const MadoMapping *self, const char *value, const char *theirs);

/* What a provider keeps of @yen where its file does not say: whole yen, never more than all of it. */
MADO_EXPORT gint64      mado_mapping_costs      (const MadoMapping *self, gint64 yen);

/* Rates of a surcharge (延滞金) for part of a year, as the law or the ministry's notice states them. */
#define MADO_TYPE_SURCHARGE_RATE (mado_surcharge_rate_get_type ())
MADO_DECLARE_RECORD (MadoSurchargeRate, mado_surcharge_rate)
struct _MadoSurchargeRate {
  MadoRecord parent;
  char      *from;               /* first day it is in force */
  char      *until;              /* last day */
  gint64     early;              /* thousandths a year, until a month after the due date */
  gint64     later;              /* thousandths a year, from then on */
  GStrv      unverified;         /* (nullable) */
  JsonNode  *sources;            /* [{title, url, date}] */
};

/* data/cities/ID/books.json: how the city's treasurer works. */
#define MADO_TYPE_TREASURY (mado_treasury_get_type ())
MADO_DECLARE_RECORD (MadoTreasury, mado_treasury)
struct _MadoTreasury {
  MadoRecord parent;
  GPtrArray *mappings;           /* of MadoMapping */
  GPtrArray *surcharges;         /* of MadoSurchargeRate, oldest first */
};

/**
 * mado_treasury_load:
 * @path: a books.json
 *
 * Returns: (transfer full): every mistake is named by its JSON Pointer
 */
MADO_EXPORT MadoTreasury *mado_treasury_load (const char *path, GError **error);
/**
 * mado_treasury_get_mapping:
 * @id: of the mapping
 *
 * Returns: (transfer none): INVALID at "/mapping", naming those there are, if there is no such
 */
MADO_EXPORT MadoMapping  *mado_treasury_get_mapping (const MadoTreasury *self, const char *id, GError **error);

G_END_DECLS
