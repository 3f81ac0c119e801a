/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-columns-private.h"

#include <math.h>
#include <string.h>
#include "core/mado-date.h"

#define MAX_TEXTS 65000

G_DEFINE_BOXED_TYPE (MadoColumns, mado_columns, mado_columns_ref, mado_columns_unref)

static MadoColumns *
columns_new (MadoVocabulary *vocabulary, const MadoRuleFact *group)
{
  MadoColumns *self = g_new0 (MadoColumns, 1);

  g_atomic_ref_count_init (&self->references);
  self->vocabulary = mado_vocabulary_ref (vocabulary);
  self->group = group;

  return self;
}

MadoColumns *
mado_columns_new (MadoVocabulary *vocabulary)
{
  return columns_new (vocabulary, NULL);
}

MadoColumns *
mado_columns_ref (MadoColumns *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
column_clear (MadoColumn *column)
{
  g_free (column->cells);
  g_clear_pointer (&column->numbers_of, g_hash_table_unref);
  g_clear_pointer (&column->words, g_ptr_array_unref);
  g_clear_pointer (&column->elements, mado_columns_unref);
}

void
mado_columns_unref (MadoColumns *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (guint slot = 0; slot < self->n_columns; slot++)
    column_clear (&self->columns[slot]);
  g_free (self->columns);
  mado_vocabulary_unref (self->vocabulary);
  g_free (self);
}

/* --- room ----------------------------------------------------------------------------------------------------- */

static gsize
get_cell_size (MadoFactType type)
{
  switch (type) {
  case MADO_FACT_BOOLEAN: return sizeof (gint8);
  case MADO_FACT_NUMBER: case MADO_FACT_YEN: case MADO_FACT_DATE: return sizeof (gint32);
  case MADO_FACT_TEXT: case MADO_FACT_OPTION: return sizeof (guint16);
  case MADO_FACT_GROUP: return sizeof (MadoColumnRange);
  case MADO_FACT_ANY: case MADO_FACT_LIST: default: return 0;
  }
}

/* Nothing is known of these rows. */
static void
forget_cells (MadoColumn *column, guint from, guint to)
{
  for (guint row = from; row < to; row++)
    switch (column->type) {
    case MADO_FACT_BOOLEAN: column->booleans[row] = MADO_COLUMN_NO_BOOLEAN; break;
    case MADO_FACT_TEXT: case MADO_FACT_OPTION: column->texts[row] = 0; break;
    case MADO_FACT_GROUP: column->ranges[row] = (MadoColumnRange) { 0, G_MAXUINT32 }; break;
    case MADO_FACT_NUMBER: case MADO_FACT_YEN: case MADO_FACT_DATE: case MADO_FACT_ANY: case MADO_FACT_LIST:
    default: column->numbers[row] = MADO_COLUMN_NO_NUMBER; break;
    }
}

static void
resize_cells (MadoColumn *column, guint from, guint to)
{
  column->cells = g_realloc_n (column->cells, to, get_cell_size (column->type));
  forget_cells (column, from, to);
}

guint
mado_columns_add_rows (MadoColumns *self, guint n)
{
  guint first = self->n_rows, before = self->n_room;

  self->n_rows += n;
  if (self->n_rows <= before)
    return first;
  self->n_room = MAX (self->n_rows, before * 2);
  for (guint slot = 0; slot < self->n_columns; slot++)
    if (self->columns[slot].cells != NULL)
      resize_cells (&self->columns[slot], before, self->n_room);

  return first;
}

guint
mado_columns_get_n_rows (MadoColumns *self)
{
  return self->n_rows;
}

/* --- columns -------------------------------------------------------------------------------------------------- */

static const MadoRuleFact *
get_fact (const MadoColumns *self, guint slot)
{
  if (self->group != NULL)
    return slot < self->group->members->len ? g_ptr_array_index (self->group->members, slot) : NULL;
  if (slot >= mado_vocabulary_get_n_slots (self->vocabulary))
    return NULL;

  return mado_vocabulary_get_fact (self->vocabulary, slot);
}

gboolean
mado_columns_find (MadoColumns *self, const char *name, guint *slot)
{
  const MadoRuleFact *member;

  if (self->group == NULL)
    return mado_vocabulary_find (self->vocabulary, name, slot);
  member = mado_rule_fact_find_member (self->group, name, strlen (name));
  if (member != NULL)
    *slot = mado_rule_fact_get_index (self->group, member);

  return member != NULL;
}

const MadoColumn *
mado_columns_get (const MadoColumns *self, guint slot)
{
  return slot < self->n_columns && self->columns[slot].cells != NULL ? &self->columns[slot] : NULL;
}

static void
start_column (MadoColumns *self, MadoColumn *column, const MadoRuleFact *fact)
{
  *column = (MadoColumn) { .type = fact->type, .min = G_MAXINT32, .max = G_MININT32 };
  if (fact->type == MADO_FACT_GROUP)
    column->elements = columns_new (self->vocabulary, fact);
  else if (get_cell_size (fact->type) == sizeof (guint16)) {
    column->words = g_ptr_array_new_with_free_func (g_free);
    column->numbers_of = g_hash_table_new (g_str_hash, g_str_equal);
    g_ptr_array_add (column->words, NULL);
  }
  resize_cells (column, 0, MAX (self->n_room, 1));
}

/* (nullable): the column to write into. */
static MadoColumn *
begin_column (MadoColumns *self, guint slot)
{
  const MadoRuleFact *fact = get_fact (self, slot);

  if (fact == NULL || get_cell_size (fact->type) == 0)
    return NULL;
  if (slot >= self->n_columns) {
    self->columns = g_renew (MadoColumn, self->columns, slot + 1);
    memset (self->columns + self->n_columns, 0, (slot + 1 - self->n_columns) * sizeof *self->columns);
    self->n_columns = slot + 1;
  }
  if (self->columns[slot].cells == NULL)
    start_column (self, &self->columns[slot], fact);

  return &self->columns[slot];
}

/* (nullable): the column of a cell that is unknown now, and may hold such a value. */
static MadoColumn *
begin_cell (MadoColumns *self, guint row, guint slot, gsize size)
{
  MadoColumn *column = begin_column (self, slot);

  g_return_val_if_fail (row < self->n_rows, NULL);
  if (column != NULL)
    forget_cells (column, row, row + 1);

  return column != NULL && get_cell_size (column->type) == size ? column : NULL;
}

void
mado_columns_set_unknown (MadoColumns *self, guint row, guint slot)
{
  if (mado_columns_get (self, slot) != NULL)
    begin_cell (self, row, slot, 0);
}

gboolean
mado_columns_set_boolean (MadoColumns *self, guint row, guint slot, gboolean value)
{
  MadoColumn *column = begin_cell (self, row, slot, sizeof (gint8));

  if (column != NULL)
    column->booleans[row] = value != FALSE;

  return column != NULL;
}

static gboolean
set_whole (MadoColumns *self, guint row, guint slot, gint32 value, gboolean is_day)
{
  MadoColumn *column = begin_cell (self, row, slot, sizeof (gint32));

  if (column == NULL || (column->type == MADO_FACT_DATE) != is_day)
    return FALSE;
  column->numbers[row] = value;
  column->min = MIN (column->min, value);
  column->max = MAX (column->max, value);

  return TRUE;
}

gboolean
mado_columns_set_number (MadoColumns *self, guint row, guint slot, double value)
{
  if (value != floor (value) || fabs (value) > G_MAXINT32) {
    mado_columns_set_unknown (self, row, slot);
    return FALSE;
  }

  return set_whole (self, row, slot, (gint32) value, FALSE);
}

gboolean
mado_columns_set_day (MadoColumns *self, guint row, guint slot, gint32 day)
{
  return day != MADO_COLUMN_NO_NUMBER && set_whole (self, row, slot, day, TRUE);
}

gboolean
mado_columns_set_text (MadoColumns *self, guint row, guint slot, const char *value)
{
  MadoColumn *column = begin_cell (self, row, slot, sizeof (guint16));
  guint number = column != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (column->numbers_of, value)) : 0;

  if (column == NULL || (number == 0 && column->words->len > MAX_TEXTS))
    return FALSE;
  if (number == 0) {
    char *word = g_strdup (value);

    number = column->words->len;
    g_ptr_array_add (column->words, word);
    g_hash_table_insert (column->numbers_of, word, GUINT_TO_POINTER (number));
  }
  column->texts[row] = (guint16) number;

  return TRUE;
}

gboolean
mado_columns_set_group (MadoColumns *self, guint row, guint slot, guint n, guint *first)
{
  MadoColumn *column = n <= MADO_COLUMN_MAX_ELEMENTS ? begin_cell (self, row, slot, sizeof (MadoColumnRange)) : NULL;

  if (column == NULL)
    return FALSE;
  column->ranges[row] = (MadoColumnRange) { mado_columns_add_rows (column->elements, n), n };
  column->longest = MAX (column->longest, n);
  if (first != NULL)
    *first = column->ranges[row].first;

  return TRUE;
}

static gboolean
set_elements (MadoColumns *self, guint row, guint slot, JsonArray *list)
{
  guint n = json_array_get_length (list), first;
  gboolean all = mado_columns_set_group (self, row, slot, n, &first);
  gboolean fits = all;

  for (guint i = 0; fits && i < n; i++) {
    JsonNode *element = json_array_get_element (list, i);

    all = JSON_NODE_HOLDS_OBJECT (element)
          && mado_columns_set_row (self->columns[slot].elements, first + i, json_node_get_object (element)) && all;
  }

  return all;
}

static gboolean
set_word (MadoColumns *self, guint row, guint slot, const char *text)
{
  const MadoRuleFact *fact = get_fact (self, slot);
  int day = fact != NULL && fact->type == MADO_FACT_DATE ? mado_date_parse (text) : MADO_DATE_NONE;

  return day != MADO_DATE_NONE ? mado_columns_set_day (self, row, slot, day)
                               : mado_columns_set_text (self, row, slot, text);
}

gboolean
mado_columns_set_json (MadoColumns *self, guint row, guint slot, JsonNode *value)
{
  GType type = json_node_get_value_type (value);

  if (JSON_NODE_HOLDS_ARRAY (value))
    return set_elements (self, row, slot, json_node_get_array (value));
  if (type == G_TYPE_STRING)
    return set_word (self, row, slot, json_node_get_string (value));
  if (type == G_TYPE_BOOLEAN)
    return mado_columns_set_boolean (self, row, slot, json_node_get_boolean (value));
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    return mado_columns_set_number (self, row, slot, json_node_get_double (value));
  mado_columns_set_unknown (self, row, slot);

  return JSON_NODE_HOLDS_NULL (value);
}

gboolean
mado_columns_set_row (MadoColumns *self, guint row, JsonObject *values)
{
  gboolean all = TRUE;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint slot;

  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, &value))
    if (mado_columns_find (self, name, &slot))
      all = mado_columns_set_json (self, row, slot, value) && all;

  return all;
}

MadoColumns *
mado_columns_get_group (MadoColumns *self, guint slot)
{
  MadoColumn *column = begin_column (self, slot);

  return column != NULL ? column->elements : NULL;
}

/* --- one row -------------------------------------------------------------------------------------------------- */

static void read_cell (const MadoColumn *column, guint row, MadoRuleArena *arena, MadoRuleValue *value);

/* What is unknown of an element, it does not have. */
void
mado_columns_read_row (const MadoColumns *self, guint row, MadoRuleArena *arena, MadoRuleValue *value)
{
  MadoRuleMember *members = mado_rule_arena_alloc (arena, (self->n_columns + 1) * sizeof *members);
  guint n = 0;

  for (guint slot = 0; slot < self->n_columns; slot++) {
    const MadoColumn *column = mado_columns_get (self, slot);

    if (column != NULL)
      read_cell (column, row, arena, &members[n].value);
    if (column == NULL || members[n].value.type == MADO_RULE_UNKNOWN)
      continue;
    members[n].name = get_fact (self, slot)->name;
    members[n].name_length = strlen (members[n].name);
    n++;
  }
  *value = (MadoRuleValue) { .type = MADO_RULE_OBJECT, .n = n, .members = members };
}

static void
read_group (const MadoColumn *column, guint row, MadoRuleArena *arena, MadoRuleValue *value)
{
  const MadoColumnRange *range = &column->ranges[row];
  MadoRuleValue *items;

  if (range->n == G_MAXUINT32)
    return;
  items = mado_rule_arena_alloc (arena, (range->n + 1) * sizeof *items);
  for (guint i = 0; i < range->n; i++)
    mado_columns_read_row (column->elements, range->first + i, arena, &items[i]);
  *value = (MadoRuleValue) { .type = MADO_RULE_LIST, .n = range->n, .items = items };
}

static void
read_cell (const MadoColumn *column, guint row, MadoRuleArena *arena, MadoRuleValue *value)
{
  *value = (MadoRuleValue) { .type = MADO_RULE_UNKNOWN };
  switch (column->type) {
  case MADO_FACT_BOOLEAN:
    if (column->booleans[row] != MADO_COLUMN_NO_BOOLEAN)
      *value = mado_rule_boolean (column->booleans[row]);
    break;
  case MADO_FACT_TEXT: case MADO_FACT_OPTION: {
    const char *text = g_ptr_array_index (column->words, column->texts[row]);

    if (text != NULL)
      *value = mado_rule_text (text, strlen (text));
    break;
  }
  case MADO_FACT_GROUP:
    read_group (column, row, arena, value);
    break;
  case MADO_FACT_NUMBER: case MADO_FACT_YEN: case MADO_FACT_DATE: case MADO_FACT_ANY: case MADO_FACT_LIST: default:
    if (column->numbers[row] != MADO_COLUMN_NO_NUMBER)
      *value = column->type == MADO_FACT_DATE ? mado_rule_day (column->numbers[row])
                                              : mado_rule_number (column->numbers[row]);
    break;
  }
}

void
mado_columns_read_cells (const MadoColumns *self, guint row, const guint *slots, guint n_slots, MadoRuleArena *arena,
                         MadoRuleValue *values)
{
  for (guint i = 0; i < n_slots; i++) {
    const MadoColumn *column = mado_columns_get (self, slots[i]);

    if (column != NULL)
      read_cell (column, row, arena, &values[slots[i]]);
  }
}

void
mado_columns_fill (MadoColumns *self, guint row, MadoFacts *facts)
{
  g_return_if_fail (row < self->n_rows);
  mado_facts_clear (facts);
  mado_facts_ensure (facts, self->n_columns);
  for (guint slot = 0; slot < self->n_columns; slot++)
    mado_columns_read_cells (self, row, &slot, 1, &facts->data_arena, facts->slots);
  mado_facts_number_texts (facts);
}
