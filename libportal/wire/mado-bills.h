/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/mado-csv.h"

G_BEGIN_DECLS

/* A row of a billing file. Texts are borrowed. */
typedef struct {
  const char *bill;        /* its number at the office */
  const char *payer;       /* (nullable): id or code in the register, or the office's own number */
  const char *payer_kana;  /* (nullable) */
  const char *account;     /* revenue */
  gint64      yen;
  int         due;         /* day number; MADO_DATE_NONE */
  const char *words;       /* JSON: for whom and for what, by language */
} MadoBill;

/* @titles: the first line, changed */
gboolean mado_bills_open  (MadoCsv *csv, const MadoMapping *mapping, char *titles, GError **error);
/* Reads one line (changed) and appends it as a row of text. Each mistake is noted at its column. */
gboolean mado_bills_read  (const MadoCsv *csv, char *line, GString *out, gint64 *yen, MadoReader *reader);
/* Such a row of text (changed). */
gboolean mado_bills_parse (MadoBill *self, char *row);

G_END_DECLS
