/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../rules/mado-rule.h"

G_BEGIN_DECLS

typedef struct _MadoFormField MadoFormField;
typedef struct _MadoKind MadoKind;

/* What a check may look at besides the value. */
typedef struct {
  int today;      /* day number, see mado-date.h */
} MadoCheckContext;

/**
 * MadoKind:
 * @name: as in form files: "text", "date", "postcode" …
 * @type: what rules see
 * @check: (nullable): folds what was typed into the one value that is kept; NULL keeps nothing ("information")
 * @display: the value in words
 *
 * A kind of field: one row of the table in mado-kind.c, and nothing else, is what a new kind takes. @check returns
 * the value (transfer full), or %NULL with @code and a sentence that names the remedy and never repeats the value.
 */
struct _MadoKind {
  const char   *name;
  MadoFactType  type;
  JsonNode   *(*check)   (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context,
                          const char **code, char **message);
  char       *(*display) (const MadoFormField *field, JsonNode *value, const char *language);
};

/* (transfer none) (nullable) */
MADO_EXPORT const MadoKind *mado_kind_find (const char *name);
/* All of them, for the schema, the documentation and tests. */
MADO_EXPORT const MadoKind *mado_kind_list (guint *n_kinds);

G_END_DECLS
