/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rules/mado-columns.h"
#include "rules/mado-rule-private.h"

G_BEGIN_DECLS

#define MADO_COLUMN_NO_NUMBER    G_MININT32
#define MADO_COLUMN_NO_BOOLEAN   (-1)
#define MADO_COLUMN_MAX_ELEMENTS 1000

typedef struct {
  guint32 first;
  guint32 n;          /* of elements; G_MAXUINT32: unknown */
} MadoColumnRange;

typedef struct {
  MadoFactType type;
  union {
    gpointer         cells;    /* NULL: all unknown */
    gint8           *booleans; /* 0, 1; MADO_COLUMN_NO_BOOLEAN */
    gint32          *numbers;  /* whole numbers, or days; MADO_COLUMN_NO_NUMBER */
    guint16         *texts;    /* numbers of texts; 0: unknown */
    MadoColumnRange *ranges;
  };
  gint32       min, max;       /* of what numbers were ever set; min > max: none */
  GPtrArray   *words;          /* (nullable): texts by number; the first is NULL */
  GHashTable  *numbers_of;     /* (nullable): text → number */
  MadoColumns *elements;       /* (nullable) */
  guint        longest;        /* range ever set */
} MadoColumn;

struct _MadoColumns {
  gatomicrefcount     references;
  MadoVocabulary     *vocabulary;
  const MadoRuleFact *group;   /* (nullable): whose elements these are */
  MadoColumn         *columns; /* by slot */
  guint               n_columns;
  guint               n_rows, n_room;
};

/* (nullable): NULL where nobody knows anything of it. */
const MadoColumn *mado_columns_get        (const MadoColumns *self, guint slot);
/* @arena: holds the elements of groups for as long as the values are looked at. */
void              mado_columns_read_cells (const MadoColumns *self, guint row, const guint *slots, guint n_slots,
                                           MadoRuleArena *arena, MadoRuleValue *values);
/* The whole row as an object. */
void              mado_columns_read_row   (const MadoColumns *self, guint row, MadoRuleArena *arena,
                                           MadoRuleValue *value);

G_END_DECLS
