/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../rules/mado-rule.h"

G_BEGIN_DECLS

typedef struct _MadoFormField MadoFormField;
typedef struct _MadoKind MadoKind;

/**
 * MadoAnswerContext:
 * @facts: (nullable): an object of facts nobody is asked ("visit.identified": true), which rules may read and
 *   answers may not set
 * @known: (nullable): what the city knows, `{fact: {value, source}}`; fills in what was not answered
 * @people: (nullable): the household to choose from, `[{id, fullName, …}]`
 * @today: day number (mado_date_today())
 * @language: (nullable): of sentences the form brings itself; "ja" unless told
 *
 * What answers are checked against, besides the forms. Borrowed for each call.
 */
typedef struct {
  JsonNode   *facts;
  JsonNode   *known;
  JsonNode   *people;
  int         today;
  const char *language;
} MadoAnswerContext;

/* Why a value was refused: a stable code, and a sentence that names the remedy and never repeats the value. */
typedef struct {
  const char *code;
  char       *message;
} MadoRefusal;

/**
 * MadoKind:
 * @name: as in form files: "text", "date", "postcode" …
 * @type: what rules see
 * @check: (nullable): folds what was typed into the one value that is kept; NULL keeps nothing ("information").
 *   Gives the value (transfer full): @value itself, where nothing had to be folded; or %NULL and the refusal
 * @display: (nullable): the value in words (transfer full)
 * @note: (nullable): a second, quieter wording beside it: of a date the western year
 * @bounds: members of a field this kind reads, for the lint: "minmax", "dates", "options"
 * @written: whether its words are people's own (names, places), and not the form's or the calendar's
 *
 * A kind of field: one row of the table in mado-kind.c, and nothing else, is what a new kind takes.
 */
struct _MadoKind {
  const char   *name;
  MadoFactType  type;
  JsonNode   *(*check)   (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context,
                          MadoRefusal *refusal);
  char       *(*display) (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context,
                          const char *language);
  char       *(*note)    (JsonNode *value, const char *language);
  guint         bounds;
  gboolean      written;
};
enum {
  MADO_KIND_HAS_MIN_MAX = 1 << 0,   /* min, max */
  MADO_KIND_HAS_DATES   = 1 << 1,   /* earliest, latest */
  MADO_KIND_HAS_OPTIONS = 1 << 2,   /* options */
};

/* Of one field of documents that does not say. */
#define MADO_KIND_MOST_DOCUMENTS 5

/* (transfer none) (nullable) */
MADO_EXPORT const MadoKind *mado_kind_find (const char *name);
/* All of them, for the schema, the documentation and tests. */
MADO_EXPORT const MadoKind *mado_kind_list (guint *n_kinds);

G_END_DECLS
