/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/* A city hall or citizen centre. Whatever could not be verified is absent and shows 確認中. */
#define MADO_TYPE_OFFICE (mado_office_get_type ())
MADO_DECLARE_RECORD (MadoOffice, mado_office)
struct _MadoOffice {
  MadoRecord parent;
  char      *id;             /* "shonandai" */
  char      *kind;           /* "hall", "centre" or "desk" */
  JsonNode  *name;           /* {language: text} */
  char      *address;        /* (nullable) */
  char      *phone;          /* (nullable) */
  JsonNode  *hours;          /* (nullable): {language: text} */
  GStrv      unverified;     /* (nullable): members that are absent because nobody could verify them */
  JsonNode  *sources;        /* [{title, url, date}] */
};

/* data/cities/ID/city.json */
#define MADO_TYPE_CITY (mado_city_get_type ())
MADO_DECLARE_RECORD (MadoCity, mado_city)
struct _MadoCity {
  MadoRecord parent;
  char      *id;             /* "fujisawa" */
  char      *code;           /* municipality code, 6 digits with its check digit */
  JsonNode  *name;           /* {language: text} */
  JsonNode  *prefecture;
  JsonNode  *office;         /* who answers for this counter */
  JsonNode  *address;
  char      *phone;          /* (nullable) */
  JsonNode  *hours;
  JsonNode  *closed;         /* (nullable): {from: "12-29", to: "01-03"} */
  JsonNode  *mayor;          /* 藤沢市長: who a certificate is issued by */
  GStrv      languages;
  JsonNode  *districts;      /* [{id, name{}}] */
  GPtrArray *offices;        /* of MadoOffice */
  JsonNode  *building;       /* (nullable): floor plans of the counters, see paper/mado-paper-floor.h */
  JsonNode  *payments;       /* (nullable): {slipCompany, methods, accounts}: how the city is paid */
  JsonNode  *purposes;       /* [{id, title{}, text{}, days}]: what one may consent to */
  GStrv      unverified;     /* (nullable) */
  JsonNode  *sources;
  char      *public_url;     /* (nullable): where phones reach the service: "https://counter.example.jp" */
  char      *public_key;     /* (nullable): base64, offline filings are sealed to it; filled in by the service */
  char      *today;          /* (nullable): filled in by the service */
};

/**
 * mado_city_load:
 * @path: a city.json
 *
 * Returns: (transfer full): the city; every mistake is named by its JSON Pointer
 */
MADO_EXPORT MadoCity *mado_city_load (const char *path, GError **error);
/**
 * mado_city_takes:
 * @payments: (nullable): #MadoCity.payments
 * @method: nick of a #MadoProvider: "qr-wallet", "terminal"
 * @device: (nullable): where the payer stands
 *
 * Returns: whether one can pay in this way there; a method that names no devices is taken everywhere
 */
MADO_EXPORT gboolean mado_city_takes (JsonNode *payments, const char *method, const char *device);
/**
 * mado_city_find_office:
 *
 * Returns: (transfer none) (nullable): the office of that id
 */
MADO_EXPORT MadoOffice *mado_city_find_office  (const MadoCity *self, const char *id);
/* INVALID at @pointer, with those there are, where the city has no office @id. */
MADO_EXPORT gboolean    mado_city_check_office (const MadoCity *self, const char *id, const char *pointer,
                                                GError **error);
/**
 * mado_city_dup_accounts:
 *
 * Returns: (transfer full) (array zero-terminated=1): revenue accounts of fees for which no form is filed
 */
MADO_EXPORT GStrv       mado_city_dup_accounts (const MadoCity *self);
/* (transfer none) (nullable): the purpose's entry */
MADO_EXPORT JsonObject *mado_city_get_purpose (const MadoCity *self, const char *id);

G_END_DECLS
