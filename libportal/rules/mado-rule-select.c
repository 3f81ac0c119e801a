/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-columns-private.h"

#include <math.h>
#include <string.h>

/*
 * A rule over columns. Each part of it becomes a sieve, which gives a byte a row: it holds, it does not, or it failed
 * (and with it the rule, unless an earlier part has decided). Sieves work on a thousand rows at a time, so that what
 * passes between them stays in the processor's nearest memory, and their loops have no branches.
 *
 * What a sieve has to say is not written down a second time: the tree is asked, once for each value that can make a
 * difference (yes, no and unknown; each text of a column; each stretch between the bounds a number is compared with).
 * A part that none of this fits is put to the tree for each row that still matters.
 */

#define CHUNK 1024

enum { NO = 0, HOLDS = 1, FAILED = 2 };

typedef enum {
  SIEVE_CONSTANT, SIEVE_RANGE, SIEVE_BOOLEAN, SIEVE_TEXT, SIEVE_SUMS, SIEVE_EACH, SIEVE_TREE,
  SIEVE_AND, SIEVE_OR, SIEVE_NOT,
} SieveKind;

/* Numbers added up; what is unknown counts as nothing. */
typedef struct {
  const gint32 *const *terms;
  const gint8         *signs;
  guint                n_terms;
  double               constant;
} Sum;

typedef struct _Sieve Sieve;
struct _Sieve {
  SieveKind           kind;
  const MadoRuleNode *node;
  const MadoColumn   *column;
  guint8              unknown;      /* what an unknown cell gives */
  guint8              inside, outside;
  gint32              low, high;    /* RANGE: inside from low to high */
  guint8             *by_text;      /* TEXT */
  Sum                 sums[2];      /* SUMS */
  guint8             *elements;     /* EACH: by element */
  guint32            *deciding;     /* EACH: how many of those before it decide; NULL where some fail */
  guint              *slots;        /* TREE: what it reads */
  guint               n_slots;
  Sieve              *parts;
  guint               n_parts;
};

typedef struct {
  MadoRule          *rule;
  const MadoColumns *columns;       /* of people, or of the elements of a group */
  MadoFacts         *facts;         /* the tree is asked on */
  MadoRuleArena      arena;         /* of the sieves */
} Select;

static void make_sieve (Select *self, const MadoRuleNode *node, Sieve *sieve);
static void run_sieve (Select *self, const Sieve *sieve, guint first, guint n, const guint8 *matters, guint8 *out);

/* --- asking the tree ------------------------------------------------------------------------------------------ */

/* What one part says now; of an element, with that element around it. */
static guint8
ask (Select *self, const MadoRuleNode *node, const MadoRuleScope *scope)
{
  MadoRuleRun run;
  gboolean holds;

  mado_rule_run_init (&run, self->rule, self->facts);
  holds = mado_rule_run_test (&run, scope, node);

  return run.failure != NULL ? FAILED : holds ? HOLDS : NO;
}

/* A fact of people lies in its slot, one of an element in an object around the part. */
typedef struct {
  MadoRuleMember member;
  MadoRuleScope  scope;
} Element;

static const MadoRuleScope *
place (Select *self, const MadoRuleNode *fact, const MadoRuleValue *value, Element *element)
{
  if (fact->op == OP_SLOT) {
    self->facts->slots[fact->slot] = *value;
    return NULL;
  }
  element->member = (MadoRuleMember) { fact->fact->name, strlen (fact->fact->name), *value };
  element->scope = (MadoRuleScope) {
    .value = { .type = MADO_RULE_OBJECT, .n = value->type != MADO_RULE_UNKNOWN, .members = &element->member },
  };

  return &element->scope;
}

static guint8
ask_with (Select *self, const MadoRuleNode *node, const MadoRuleNode *fact, MadoRuleValue value)
{
  Element element;

  return ask (self, node, place (self, fact, &value, &element));
}

/* FALSE where the value is no number and no day. */
static gboolean
reckon_with (Select *self, const MadoRuleNode *node, const MadoRuleNode *fact, MadoRuleValue value, double *result)
{
  Element element;
  const MadoRuleScope *scope = fact != NULL ? place (self, fact, &value, &element) : NULL;
  MadoRuleValue out;
  MadoRuleRun run;

  mado_rule_run_init (&run, self->rule, self->facts);
  mado_rule_run_eval (&run, scope, node, &out);
  *result = out.type == MADO_RULE_DATE ? out.day : out.number;

  return run.failure == NULL && (out.type == MADO_RULE_NUMBER || out.type == MADO_RULE_DATE);
}

static MadoRuleValue
new_whole (const MadoColumn *column, gint32 value)
{
  return column->type == MADO_FACT_DATE ? mado_rule_day (value) : mado_rule_number (value);
}

/* --- what a part reads ---------------------------------------------------------------------------------------- */

static gboolean
is_fact (const Select *self, const MadoRuleNode *node)
{
  if (self->columns->group == NULL)
    return node->op == OP_SLOT && node->value.type == MADO_RULE_NULL;

  return node->op == OP_SCOPE && node->up == 0 && node->fact != NULL;
}

static guint
get_slot (const Select *self, const MadoRuleNode *fact)
{
  return fact->op == OP_SLOT ? fact->slot : mado_rule_fact_get_index (self->columns->group, fact->fact);
}

/* What can only be known by looking at all there is. */
static gboolean
is_sweeping (const MadoRuleNode *node)
{
  return node->op == OP_DYNAMIC || node->op == OP_MISSING || node->op == OP_MISSING_SOME;
}

/* How many different facts; *@fact is one of them. More than one where it cannot be told. */
static guint
count_facts (const Select *self, const MadoRuleNode *node, const MadoRuleNode **fact)
{
  guint n = 0;

  if (is_fact (self, node)) {
    n = *fact == NULL || get_slot (self, *fact) != get_slot (self, node);
    *fact = node;
    return n;
  }
  if (is_sweeping (node) || node->op == OP_SLOT || node->op == OP_SCOPE || node->op == OP_THROW)
    return 2;
  for (guint i = 0; i < node->n_args; i++)
    n += count_facts (self, &node->args[i], fact);

  return n;
}

static gboolean
has_facts (const Select *self, const MadoRuleNode *node)
{
  const MadoRuleNode *fact = NULL;

  return count_facts (self, node, &fact) > 0;
}

static void
collect_slots (Select *self, const MadoRuleNode *node, guint8 *seen)
{
  if (is_sweeping (node))
    memset (seen, TRUE, self->columns->n_columns);
  if (node->op == OP_SLOT && node->slot < self->columns->n_columns)
    seen[node->slot] = TRUE;
  for (guint i = 0; i < node->n_args; i++)
    collect_slots (self, &node->args[i], seen);
}

/* --- parts of one fact ---------------------------------------------------------------------------------------- */

static void
be_constant (Sieve *sieve, guint8 answer)
{
  sieve->kind = SIEVE_CONSTANT;
  sieve->unknown = answer;
}

static void
sift_booleans (Select *self, const MadoRuleNode *fact, Sieve *sieve)
{
  sieve->kind = SIEVE_BOOLEAN;
  sieve->inside = ask_with (self, sieve->node, fact, mado_rule_boolean (TRUE));
  sieve->outside = ask_with (self, sieve->node, fact, mado_rule_boolean (FALSE));
}

static void
sift_texts (Select *self, const MadoRuleNode *fact, Sieve *sieve)
{
  GPtrArray *words = sieve->column->words;

  sieve->kind = SIEVE_TEXT;
  sieve->by_text = mado_rule_arena_alloc (&self->arena, words->len);
  sieve->by_text[0] = sieve->unknown;
  for (guint i = 1; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);

    sieve->by_text[i] = ask_with (self, sieve->node, fact, mado_rule_text (word, strlen (word)));
  }
}

/* These go one way only, as their first day goes on. */
static gboolean
is_steady (const Select *self, const MadoRuleNode *node)
{
  if (is_fact (self, node))
    return TRUE;
  if (node->op != OP_AGE && node->op != OP_LEGAL_AGE && node->op != OP_SCHOOL_YEAR && node->op != OP_FISCAL_YEAR
      && node->op != OP_YEAR && node->op != OP_DAYS_BETWEEN && node->op != OP_MONTHS_BETWEEN)
    return FALSE;
  for (guint i = 1; i < node->n_args; i++)
    if (has_facts (self, &node->args[i]))
      return FALSE;

  return node->n_args > 0 && is_fact (self, &node->args[0]);
}

typedef struct {
  Select             *select;
  const MadoRuleNode *measure, *fact;
  const MadoColumn   *column;
  gboolean            falls, is_sound;
} Measure;

static double
take_measure (Measure *self, gint64 x)
{
  double result = 0;

  if (!reckon_with (self->select, self->measure, self->fact, new_whole (self->column, (gint32) x), &result))
    self->is_sound = FALSE;

  return result;
}

/* The first value in the column's bounds at which the measure comes to @k, or (@beyond) goes past it. */
static gint64
find_bound (Measure *self, double k, gboolean beyond)
{
  gint64 low = self->column->min, high = (gint64) self->column->max + 1;

  while (low < high && self->is_sound) {
    gint64 middle = low + (high - low) / 2;
    double reached = take_measure (self, middle), distance = self->falls ? k - reached : reached - k;

    if (beyond ? distance > 0 : distance >= 0)
      high = middle;
    else
      low = middle + 1;
  }

  return low;
}

static gint
compare_bounds (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

#define MAX_BOUNDS 8

/* Where a comparison may change its answer. FALSE where that is not known. */
static gboolean
list_bounds (Select *self, Sieve *sieve, const MadoRuleNode *fact, gint64 *bounds, guint *n_bounds)
{
  const MadoRuleNode *node = sieve->node;
  Measure measure = { .select = self, .fact = fact, .column = sieve->column, .is_sound = TRUE };

  for (guint i = 0; i < node->n_args; i++)
    if (has_facts (self, &node->args[i])) {
      if (measure.measure != NULL || !is_steady (self, &node->args[i]))
        return FALSE;
      measure.measure = &node->args[i];
    }
  if (measure.measure == NULL || node->n_args > MAX_BOUNDS / 2)
    return FALSE;
  measure.falls = take_measure (&measure, sieve->column->max) < take_measure (&measure, sieve->column->min);
  *n_bounds = 0;
  for (guint i = 0; i < node->n_args; i++) {
    double k;

    if (&node->args[i] == measure.measure)
      continue;
    if (!reckon_with (self, &node->args[i], NULL, mado_rule_null (), &k))
      return FALSE;
    bounds[(*n_bounds)++] = find_bound (&measure, k, FALSE);
    bounds[(*n_bounds)++] = find_bound (&measure, k, TRUE);
  }
  qsort (bounds, *n_bounds, sizeof *bounds, compare_bounds);

  return measure.is_sound;
}

/* The column's values in stretches of one answer; FALSE unless all but one of them answer alike. */
static gboolean
sift_stretches (Select *self, const MadoRuleNode *fact, const gint64 *bounds, guint n_bounds, Sieve *sieve)
{
  gint64 start = sieve->column->min;
  guint n_runs = 0;
  guint8 before = 0;

  sieve->low = G_MAXINT32;
  sieve->high = G_MININT32 + 1;
  for (guint i = 0; i <= n_bounds; i++) {
    gint64 end = (i < n_bounds ? bounds[i] : (gint64) sieve->column->max + 1) - 1;
    guint8 answer;

    if (end < start)
      continue;
    answer = ask_with (self, sieve->node, fact, new_whole (sieve->column, (gint32) start));
    if (answer != ask_with (self, sieve->node, fact, new_whole (sieve->column, (gint32) end)))
      return FALSE;
    if (n_runs == 0)
      sieve->inside = sieve->outside = answer;
    n_runs += n_runs == 0 || answer != before;
    if (answer != sieve->outside) {
      sieve->inside = answer;
      sieve->low = MIN (sieve->low, (gint32) start);
      sieve->high = (gint32) end;
    }
    before = answer;
    start = end + 1;
  }

  return n_runs <= 2 || (n_runs == 3 && before == sieve->outside);
}

static gboolean
sift_numbers (Select *self, const MadoRuleNode *fact, Sieve *sieve)
{
  gint64 bounds[MAX_BOUNDS];
  guint n_bounds;

  sieve->kind = SIEVE_RANGE;
  if (sieve->column->min > sieve->column->max) {
    be_constant (sieve, sieve->unknown);
    return TRUE;
  }

  return sieve->node->op >= OP_EQUAL && sieve->node->op <= OP_MORE_EQUAL
         && list_bounds (self, sieve, fact, bounds, &n_bounds)
         && sift_stretches (self, fact, bounds, n_bounds, sieve);
}

static gboolean
sift_one_fact (Select *self, const MadoRuleNode *fact, Sieve *sieve)
{
  const MadoRuleValue unknown = { .type = MADO_RULE_UNKNOWN };
  gboolean done = TRUE;
  Element element;

  sieve->column = mado_columns_get (self->columns, get_slot (self, fact));
  sieve->unknown = ask_with (self, sieve->node, fact, unknown);
  if (sieve->column == NULL)
    be_constant (sieve, sieve->unknown);
  else if (sieve->column->type == MADO_FACT_BOOLEAN)
    sift_booleans (self, fact, sieve);
  else if (sieve->column->words != NULL)
    sift_texts (self, fact, sieve);
  else
    done = sieve->column->type != MADO_FACT_GROUP && sift_numbers (self, fact, sieve);
  place (self, fact, &unknown, &element);   /* leaves nothing behind */

  return done;
}

/* --- sums beside one another ---------------------------------------------------------------------------------- */

#define MAX_TERMS    16
#define MAX_CONSTANT 1e11    /* of them, MADO_RULE_MAX_NODES are still added without loss */

static gboolean
add_term (Select *self, const MadoRuleNode *node, gint8 sign, Sum *sum)
{
  const MadoColumn *column = is_fact (self, node) ? mado_columns_get (self->columns, get_slot (self, node)) : NULL;

  if (node->op == OP_CONSTANT && node->value.type == MADO_RULE_NUMBER && fabs (node->value.number) < MAX_CONSTANT
      && node->value.number == floor (node->value.number)) {
    sum->constant += sign * node->value.number;
    return TRUE;
  }
  if (column == NULL || (column->type != MADO_FACT_NUMBER && column->type != MADO_FACT_YEN)
      || sum->n_terms == MAX_TERMS)
    return FALSE;
  ((const gint32 **) sum->terms)[sum->n_terms] = column->numbers;
  ((gint8 *) sum->signs)[sum->n_terms++] = sign;

  return TRUE;
}

/* Whole numbers of this size are added without loss, in whatever order. */
static gboolean
make_sum (Select *self, const MadoRuleNode *node, Sum *sum)
{
  gboolean adds = node->op == OP_ADD || (node->op == OP_SUBTRACT && node->n_args > 1);

  *sum = (Sum) {
    .terms = mado_rule_arena_alloc (&self->arena, MAX_TERMS * sizeof *sum->terms),
    .signs = mado_rule_arena_alloc (&self->arena, MAX_TERMS),
  };
  if (!adds || node->spread)
    return add_term (self, node, 1, sum);
  for (guint i = 0; i < node->n_args; i++)
    if (!add_term (self, &node->args[i], node->op == OP_SUBTRACT && i > 0 ? -1 : 1, sum))
      return FALSE;

  return TRUE;
}

/* To === and !== unknown is not nothing: the tree is asked. */
static gboolean
sift_sums (Select *self, Sieve *sieve)
{
  const MadoRuleNode *node = sieve->node;
  gboolean compares = node->op == OP_EQUAL || node->op == OP_UNEQUAL
                      || (node->op >= OP_LESS && node->op <= OP_MORE_EQUAL);

  sieve->kind = SIEVE_SUMS;

  return compares && node->n_args == 2 && make_sum (self, &node->args[0], &sieve->sums[0])
         && make_sum (self, &node->args[1], &sieve->sums[1]);
}

/* --- elements of a group -------------------------------------------------------------------------------------- */

static gboolean
stays_inside (const Select *elements, const MadoRuleNode *node)
{
  if ((node->op == OP_SLOT || node->op == OP_SCOPE || is_sweeping (node)) && !is_fact (elements, node))
    return FALSE;
  for (guint i = 0; i < node->n_args; i++)
    if (!stays_inside (elements, &node->args[i]))
      return FALSE;

  return TRUE;
}

/* The answer of an element that makes looking at more of them idle. */
static guint8
get_deciding (const MadoRuleNode *node)
{
  return node->op == OP_ALL ? NO : HOLDS;
}

/* Then a group is a subtraction. */
static void
count_deciding (Select *self, guint n, Sieve *sieve)
{
  guint8 deciding = get_deciding (sieve->node);

  sieve->deciding = mado_rule_arena_alloc (&self->arena, ((gsize) n + 1) * sizeof *sieve->deciding);
  for (guint i = 0; i < n; i++) {
    sieve->deciding[i + 1] = sieve->deciding[i] + (sieve->elements[i] == deciding);
    if (sieve->elements[i] == FAILED) {
      sieve->deciding = NULL;
      return;
    }
  }
}

/* Each element is asked once, before anybody's group is looked at. */
static gboolean
sift_elements (Select *self, Sieve *sieve)
{
  const MadoRuleNode *list = &sieve->node->args[0];
  Select elements = { .rule = self->rule, .facts = self->facts };
  Sieve inner;
  guint n;

  if (!is_fact (self, list) || self->columns->group != NULL)
    return FALSE;
  sieve->column = mado_columns_get (self->columns, list->slot);
  if (sieve->column == NULL || sieve->column->type != MADO_FACT_GROUP)
    return FALSE;
  elements.columns = sieve->column->elements;
  if ((gint64) sieve->column->longest * self->rule->root.size > MADO_RULE_MAX_STEPS
      || !stays_inside (&elements, &sieve->node->args[1]))
    return FALSE;
  n = elements.columns->n_rows;
  sieve->kind = SIEVE_EACH;
  sieve->unknown = ask (self, sieve->node, NULL);
  sieve->elements = mado_rule_arena_alloc (&self->arena, n + 1);
  make_sieve (&elements, &sieve->node->args[1], &inner);
  for (guint row = 0; row < n; row += CHUNK)
    run_sieve (&elements, &inner, row, MIN (CHUNK, n - row), NULL, sieve->elements + row);
  mado_rule_arena_clear (&elements.arena);
  count_deciding (self, n, sieve);

  return TRUE;
}

/* --- making sieves -------------------------------------------------------------------------------------------- */

static void
sift_by_tree (Select *self, Sieve *sieve)
{
  guint n = self->columns->n_columns;
  g_autofree guint8 *seen = g_new0 (guint8, n + 1);

  sieve->kind = SIEVE_TREE;
  sieve->slots = mado_rule_arena_alloc (&self->arena, (n + 1) * sizeof *sieve->slots);
  if (self->columns->group == NULL)
    collect_slots (self, sieve->node, seen);
  for (guint slot = 0; slot < n; slot++)
    if (seen[slot])
      sieve->slots[sieve->n_slots++] = slot;
}

static void
join_parts (Select *self, SieveKind kind, Sieve *sieve)
{
  sieve->kind = kind;
  sieve->n_parts = sieve->node->n_args;
  sieve->parts = mado_rule_arena_alloc (&self->arena, sieve->n_parts * sizeof *sieve->parts);
  for (guint i = 0; i < sieve->n_parts; i++)
    make_sieve (self, &sieve->node->args[i], &sieve->parts[i]);
}

static void
make_leaf (Select *self, Sieve *sieve)
{
  const MadoRuleNode *node = sieve->node, *fact = NULL;
  guint n_facts = count_facts (self, node, &fact);

  if (n_facts == 0)
    be_constant (sieve, ask (self, node, NULL));
  else if (!(n_facts == 1 && sift_one_fact (self, fact, sieve)) && !sift_sums (self, sieve)
           && !((node->op == OP_SOME || node->op == OP_ALL || node->op == OP_NONE) && sift_elements (self, sieve)))
    sift_by_tree (self, sieve);
}

static void
make_sieve (Select *self, const MadoRuleNode *node, Sieve *sieve)
{
  *sieve = (Sieve) { .node = node };
  if (node->op == OP_TRUTH && node->n_args == 1)
    make_sieve (self, &node->args[0], sieve);
  else if ((node->op == OP_AND || node->op == OP_OR) && node->n_args > 0)
    join_parts (self, node->op == OP_AND ? SIEVE_AND : SIEVE_OR, sieve);
  else if (node->op == OP_NOT && node->n_args == 1)
    join_parts (self, SIEVE_NOT, sieve);
  else
    make_leaf (self, sieve);
}

/* --- running them --------------------------------------------------------------------------------------------- */

static void
run_range (const Sieve *sieve, guint first, guint n, guint8 *restrict out)
{
  const gint32 *numbers = sieve->column->numbers + first;
  const gint32 low = sieve->low, high = sieve->high;
  const guint8 flip = sieve->inside ^ sieve->outside, outside = sieve->outside, unknown = sieve->unknown;

  for (guint i = 0; i < n; i++)
    out[i] = outside ^ (((numbers[i] >= low) & (numbers[i] <= high)) ? flip : 0);
  for (guint i = 0; unknown != outside && i < n; i++)
    out[i] = numbers[i] == MADO_COLUMN_NO_NUMBER ? unknown : out[i];
}

static void
run_booleans (const Sieve *sieve, guint first, guint n, guint8 *restrict out)
{
  const gint8 *booleans = sieve->column->booleans + first;
  const guint8 yes = sieve->inside, no = sieve->outside, unknown = sieve->unknown;

  for (guint i = 0; i < n; i++)
    out[i] = booleans[i] > 0 ? yes : booleans[i] == 0 ? no : unknown;
}

static void
run_texts (const Sieve *sieve, guint first, guint n, guint8 *restrict out)
{
  const guint16 *texts = sieve->column->texts + first;

  for (guint i = 0; i < n; i++)
    out[i] = sieve->by_text[texts[i]];
}

static void
run_sum (const Sum *sum, guint first, guint n, double *restrict out)
{
  for (guint i = 0; i < n; i++)
    out[i] = sum->constant;
  for (guint t = 0; t < sum->n_terms; t++) {
    const gint32 *term = sum->terms[t] + first;
    const double sign = sum->signs[t];

    for (guint i = 0; i < n; i++)
      out[i] += term[i] == MADO_COLUMN_NO_NUMBER ? 0 : sign * term[i];
  }
}

static void
run_sums (const Sieve *sieve, guint first, guint n, guint8 *restrict out)
{
  double a[CHUNK], b[CHUNK];

  run_sum (&sieve->sums[0], first, n, a);
  run_sum (&sieve->sums[1], first, n, b);
  for (guint i = 0; i < n; i++)
    switch ((MadoRuleOp) sieve->node->op) {
    case OP_EQUAL: out[i] = a[i] == b[i]; break;
    case OP_UNEQUAL: out[i] = a[i] != b[i]; break;
    case OP_LESS: out[i] = a[i] < b[i]; break;
    case OP_LESS_EQUAL: out[i] = a[i] <= b[i]; break;
    case OP_MORE: out[i] = a[i] > b[i]; break;
    default: out[i] = a[i] >= b[i]; break;
    }
}

/* As a person's list is gone through: to the first element that decides, or fails. */
static guint8
go_through (const Sieve *sieve, const MadoColumnRange *range)
{
  MadoRuleOp op = sieve->node->op;

  for (guint i = 0; i < range->n; i++) {
    guint8 answer = sieve->elements[range->first + i];

    if (answer == FAILED)
      return FAILED;
    if (answer == get_deciding (sieve->node))
      return op == OP_SOME ? HOLDS : NO;
  }

  return op == OP_NONE || (op == OP_ALL && range->n > 0) ? HOLDS : NO;
}

static void
run_each (const Sieve *sieve, guint first, guint n, guint8 *restrict out)
{
  const MadoColumnRange *ranges = sieve->column->ranges + first;
  const guint32 *deciding = sieve->deciding;
  const guint8 unknown = sieve->unknown;
  const gboolean wants_some = sieve->node->op == OP_SOME, wants_any = sieve->node->op == OP_ALL;

  for (guint i = 0; deciding != NULL && i < n; i++) {
    guint length = ranges[i].n == G_MAXUINT32 ? 0 : ranges[i].n;
    gboolean some = deciding[ranges[i].first + length] != deciding[ranges[i].first];
    guint8 answer = (some == wants_some) & (length > 0 || !wants_any);

    out[i] = ranges[i].n == G_MAXUINT32 ? unknown : answer;
  }
  for (guint i = 0; deciding == NULL && i < n; i++)
    out[i] = ranges[i].n == G_MAXUINT32 ? unknown : go_through (sieve, &ranges[i]);
}

static void
run_tree (Select *self, const Sieve *sieve, guint first, guint n, const guint8 *matters, guint8 *out)
{
  MadoRuleArena cells = { 0 };

  for (guint i = 0; i < n; i++) {
    if (matters != NULL && !matters[i])
      continue;
    mado_rule_arena_reset (&cells);
    if (self->columns->group == NULL) {
      mado_columns_read_cells (self->columns, first + i, sieve->slots, sieve->n_slots, &cells, self->facts->slots);
      out[i] = ask (self, sieve->node, NULL);
    } else {
      MadoRuleScope scope = { .index = 0 };

      mado_columns_read_row (self->columns, first + i, &cells, &scope.value);
      out[i] = ask (self, sieve->node, &scope);
    }
  }
  for (guint i = 0; i < sieve->n_slots; i++)
    self->facts->slots[sieve->slots[i]] = (MadoRuleValue) { .type = MADO_RULE_UNKNOWN };
  mado_rule_arena_clear (&cells);
}

/* A part is asked only where those before it have not decided; FALSE where nobody is left. */
static gboolean
find_undecided (const guint8 *out, guint n, guint8 undecided, const guint8 *matters, guint8 *restrict left)
{
  guint any = 0;

  for (guint i = 0; i < n; i++)
    left[i] = out[i] == undecided;
  for (guint i = 0; matters != NULL && i < n; i++)
    left[i] &= matters[i];
  for (guint i = 0; i < n; i++)
    any |= left[i];

  return any != 0;
}

static void
run_joint (Select *self, const Sieve *sieve, guint first, guint n, const guint8 *matters, guint8 *out)
{
  guint8 undecided = sieve->kind == SIEVE_AND ? HOLDS : NO;
  guint8 left[CHUNK], next[CHUNK];

  run_sieve (self, &sieve->parts[0], first, n, matters, out);
  for (guint p = 1; p < sieve->n_parts && find_undecided (out, n, undecided, matters, left); p++) {
    run_sieve (self, &sieve->parts[p], first, n, left, next);
    for (guint i = 0; i < n; i++)
      out[i] = left[i] ? next[i] : out[i];
  }
}

/* Rows that do not matter may come out as anything. */
static void
run_sieve (Select *self, const Sieve *sieve, guint first, guint n, const guint8 *matters, guint8 *out)
{
  switch (sieve->kind) {
  case SIEVE_CONSTANT: memset (out, sieve->unknown, n); break;
  case SIEVE_RANGE: run_range (sieve, first, n, out); break;
  case SIEVE_BOOLEAN: run_booleans (sieve, first, n, out); break;
  case SIEVE_TEXT: run_texts (sieve, first, n, out); break;
  case SIEVE_SUMS: run_sums (sieve, first, n, out); break;
  case SIEVE_EACH: run_each (sieve, first, n, out); break;
  case SIEVE_TREE: run_tree (self, sieve, first, n, matters, out); break;
  case SIEVE_NOT:
    run_sieve (self, &sieve->parts[0], first, n, matters, out);
    for (guint i = 0; i < n; i++)
      out[i] = out[i] == FAILED ? FAILED : !out[i];
    break;
  case SIEVE_AND: case SIEVE_OR: default: run_joint (self, sieve, first, n, matters, out); break;
  }
}

/* Bytes of 0 and 1 into bits, eight at a time. */
static guint64
pack (const guint8 *bytes)
{
  guint64 bits = 0;

  for (guint i = 0; i < 8; i++) {
    guint64 eight;

    memcpy (&eight, bytes + 8 * i, sizeof eight);
    eight = GUINT64_FROM_LE (eight) & G_GUINT64_CONSTANT (0x0101010101010101);
    bits |= (eight * G_GUINT64_CONSTANT (0x0102040810204080) >> 56) << (8 * i);
  }

  return bits;
}

guint64 *
mado_rule_select (MadoRule *self, MadoColumns *columns, gint32 today, guint *n_selected)
{
  guint n_words = (columns->n_rows + 63) / 64, n = 0;
  guint64 *selected = g_new0 (guint64, n_words + 1);
  g_autoptr(MadoFacts) facts = mado_facts_new (self->vocabulary);
  Select select = { .rule = self, .columns = columns, .facts = facts };
  guint8 out[CHUNK] = { 0 };
  Sieve sieve;

  facts->today = today;
  mado_facts_ensure (facts, columns->n_columns);
  make_sieve (&select, &self->root, &sieve);
  for (guint row = 0; row < columns->n_rows; row += CHUNK) {
    guint n_rows = MIN (CHUNK, columns->n_rows - row);

    run_sieve (&select, &sieve, row, n_rows, NULL, out);
    memset (out + n_rows, NO, CHUNK - n_rows);
    for (guint word = 0; word < (n_rows + 63) / 64; word++) {
      selected[row / 64 + word] = pack (out + 64 * word);
      n += (guint) __builtin_popcountll (selected[row / 64 + word]);
    }
  }
  mado_rule_arena_clear (&select.arena);
  if (n_selected != NULL)
    *n_selected = n;

  return selected;
}
