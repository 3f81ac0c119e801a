/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rules/mado-facts.h"

G_BEGIN_DECLS

/**
 * MadoColumns:
 *
 * What is known of many people, a column a fact and a row a person, so that a rule can be put to a whole city
 * (mado_rule_select()). A cell is unknown until it is set. Columns hold yes or no, whole numbers and yen, days, texts
 * and options, and groups, whose elements are the rows of further columns; facts of type any and list have none.
 *
 * Bounds: whole numbers of 31 bits, 65,000 different texts a column, 1,000 elements a group.
 *
 * Reading is for any number of threads, writing for one.
 */
typedef struct _MadoColumns MadoColumns;
#define MADO_TYPE_COLUMNS (mado_columns_get_type ())
MADO_EXPORT GType        mado_columns_get_type (void);
MADO_EXPORT MadoColumns *mado_columns_new      (MadoVocabulary *vocabulary);
MADO_EXPORT MadoColumns *mado_columns_ref      (MadoColumns *self);
MADO_EXPORT void         mado_columns_unref    (MadoColumns *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoColumns, mado_columns_unref)

/* The first of @n new rows, in which all is unknown. */
MADO_EXPORT guint        mado_columns_add_rows   (MadoColumns *self, guint n);
MADO_EXPORT guint        mado_columns_get_n_rows (MadoColumns *self);

/* The slot of a fact; in the columns of a group, of a member by its name there. */
MADO_EXPORT gboolean     mado_columns_find       (MadoColumns *self, const char *name, guint *slot);

/* As for one person's facts; FALSE, and the cell unknown, where a column cannot hold the value. */
MADO_EXPORT void         mado_columns_set_unknown (MadoColumns *self, guint row, guint slot);
MADO_EXPORT gboolean     mado_columns_set_boolean (MadoColumns *self, guint row, guint slot, gboolean value);
MADO_EXPORT gboolean     mado_columns_set_number  (MadoColumns *self, guint row, guint slot, double value);
MADO_EXPORT gboolean     mado_columns_set_day     (MadoColumns *self, guint row, guint slot, gint32 days_since_1970);
MADO_EXPORT gboolean     mado_columns_set_text    (MadoColumns *self, guint row, guint slot, const char *value);
/**
 * mado_columns_set_group:
 * @n: elements of this row's group, of which nothing is known yet
 * @first: (out) (optional): the first of them, a row of mado_columns_get_group()
 *
 * Elements the row had before are given up.
 */
MADO_EXPORT gboolean     mado_columns_set_group   (MadoColumns *self, guint row, guint slot, guint n, guint *first);
/* Any JSON, as mado_facts_set_json() takes it; a group is a list of objects. */
MADO_EXPORT gboolean     mado_columns_set_json    (MadoColumns *self, guint row, guint slot, JsonNode *value);
/* The same of each member of @values that is a fact; FALSE where one of them could not be held. */
MADO_EXPORT gboolean     mado_columns_set_row     (MadoColumns *self, guint row, JsonObject *values);
/* (transfer none) (nullable): an element a row. NULL: no group. */
MADO_EXPORT MadoColumns *mado_columns_get_group   (MadoColumns *self, guint slot);

/**
 * mado_columns_fill:
 * @facts: of the same vocabulary
 *
 * One row as one person's facts; what it borrows is valid until the columns change.
 */
MADO_EXPORT void         mado_columns_fill        (MadoColumns *self, guint row, MadoFacts *facts);

G_END_DECLS
