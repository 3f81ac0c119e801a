/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <math.h>
#include <string.h>
#include "core/mado-date.h"

/*
 * Most rules are and, or and not over simple questions: is this number within bounds, is this text one of these,
 * is there a child so old. Such a rule becomes a straight run of tests. Each looks at one fact and yields a bit,
 * which is pushed on a stack of bits or joined with its top; no jump depends on a fact, so that the processor never
 * guesses wrong. (The same run over a column yields a column of bits.) A fact that is not of the type the test is
 * for makes the run give up, and the tree decides, with all its niceties.
 */

typedef enum {
  TEST_NUMBER, TEST_DAY, TEST_AGE, TEST_LEGAL_AGE, TEST_SYMBOL, TEST_TRUE,
  TEST_SOME, TEST_ALL, TEST_NONE,   /* the next n_inner tests, on each element of a list */
  TEST_NODE,                        /* a part of the tree */
  TEST_SKIP_UNLESS, TEST_SKIP_IF,   /* the next test, if the top of the stack decides already */
  TEST_FOLD,                        /* joins the two topmost bits */
  TEST_END,
} TestKind;

typedef enum { JOIN_PUSH, JOIN_AND, JOIN_OR } Join;

#define OPCODE(kind, join) ((kind) * 3 + (join))

struct _MadoRuleTest {
  guint8  opcode;
  guint8  kind;
  guint8  join;
  guint8  negate;
  guint8  n_inner;
  guint16 slot;              /* or, inside a list, the likely position of the member */
  const char *member;        /* inside a list: the member's name, known by its address */
  union {
    struct { double low, high; };
    struct { gint32 from, to; };
    struct { const guint64 *bits; guint32 first, n_words; };
    const MadoRuleNode *node;
  };
};

static const MadoRuleTest end_of_tests = { .kind = TEST_END };

#define MAX_NESTING 60      /* bits on the stack */

/* ---- compiling ---- */

typedef struct {
  MadoRule *rule;
  GArray   *tests;
  const MadoRuleFact *group;  /* (nullable): whose elements are looked at */
  guint     nesting;
  guint     opaque;           /* tests that fall back on the tree */
} Compiler;

static gboolean emit (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate);

static gboolean
same_fact (const MadoRuleTest *a, const MadoRuleTest *b)
{
  return a->kind == b->kind && a->slot == b->slot && a->member == b->member;
}

/* 65 <= age and age < 75 is one test. */
static gboolean
narrow (Compiler *self, const MadoRuleTest *test)
{
  if (self->tests->len == 0 || test->join != JOIN_AND || test->negate)
    return FALSE;
  MadoRuleTest *last = &g_array_index (self->tests, MadoRuleTest, self->tests->len - 1);
  if (!same_fact (last, test) || last->negate || last->join == JOIN_OR)
    return FALSE;
  if (test->kind == TEST_NUMBER) {
    last->low = MAX (last->low, test->low);
    last->high = MIN (last->high, test->high);
    return TRUE;
  }
  if (test->kind != TEST_DAY && test->kind != TEST_AGE && test->kind != TEST_LEGAL_AGE)
    return FALSE;
  last->from = MAX (last->from, test->from);
  last->to = MIN (last->to, test->to);
  return TRUE;
}

static gboolean
append (Compiler *self, const MadoRuleTest *test)
{
  if (!narrow (self, test))
    g_array_append_val (self->tests, *test);
  return TRUE;
}

/* The fact a test looks at: a slot, or inside a list a member of its element. */
static gboolean
take_fact (Compiler *self, const MadoRuleNode *node, MadoRuleTest *test)
{
  if (self->group == NULL) {
    test->slot = node->slot;
    return node->op == OP_SLOT && node->value.type == MADO_RULE_NULL && node->slot <= G_MAXUINT16;
  }
  if (node->op != OP_SCOPE || node->up != 0 || node->fact == NULL)
    return FALSE;
  test->member = node->fact->name;
  test->slot = mado_rule_fact_get_index (self->group, node->fact);
  return TRUE;
}

static MadoRuleOp
mirrored (MadoRuleOp op)
{
  switch (op) {
  case OP_LESS: return OP_MORE;
  case OP_LESS_EQUAL: return OP_MORE_EQUAL;
  case OP_MORE: return OP_LESS;
  case OP_MORE_EQUAL: return OP_LESS_EQUAL;
  default: return op;
  }
}

static gboolean
set_bounds (MadoRuleTest *test, MadoRuleOp op, double k)
{
  test->low = -INFINITY;
  test->high = INFINITY;
  switch (op) {
  case OP_LESS: test->high = nextafter (k, -INFINITY); break;
  case OP_LESS_EQUAL: test->high = k; break;
  case OP_MORE: test->low = nextafter (k, INFINITY); break;
  case OP_MORE_EQUAL: test->low = k; break;
  case OP_UNEQUAL: case OP_DIFFERENT: test->negate = !test->negate; G_GNUC_FALLTHROUGH;
  default: test->low = test->high = k; break;
  }
  return TRUE;
}

/* The same in whole days or years. */
static gboolean
set_whole_bounds (MadoRuleTest *test, MadoRuleOp op, double k)
{
  set_bounds (test, op, k);
  double low = ceil (MAX (test->low, -4000000)), high = floor (MIN (test->high, 4000000));
  test->from = (gint32) MIN (low, 4000001);
  test->to = (gint32) MAX (high, -4000001);
  return TRUE;
}

static void
set_symbols (Compiler *self, MadoRuleTest *test, const guint16 *symbols, guint n)
{
  guint first = G_MAXUINT, last = 0;
  for (guint i = 0; i < n; i++) {
    first = MIN (first, symbols[i] & ~63u);
    last = MAX (last, symbols[i]);
  }
  guint n_words = n > 0 ? (last - first) / 64 + 1 : 0;
  guint64 *bits = mado_rule_arena_alloc (&self->rule->arena, (n_words + 1) * sizeof *bits);
  for (guint i = 0; i < n; i++)
    bits[(symbols[i] - first) / 64] |= G_GUINT64_CONSTANT (1) << (symbols[i] % 64);
  test->kind = TEST_SYMBOL;
  test->bits = bits;
  test->first = n > 0 ? first : 0;
  test->n_words = n_words;   /* one word of zeros follows, for all other numbers */
}

static gboolean
take_symbols (Compiler *self, MadoRuleTest *test, const MadoRuleValue *texts, guint n)
{
  g_autofree guint16 *symbols = g_new (guint16, n + 1);
  for (guint i = 0; i < n; i++) {
    if (texts[i].type != MADO_RULE_TEXT)
      return FALSE;
    symbols[i] = mado_vocabulary_intern (self->rule->vocabulary, texts[i].text);
    if (symbols[i] == 0)
      return FALSE;
  }
  set_symbols (self, test, symbols, n);
  return TRUE;
}

static gboolean
is_equality (MadoRuleOp op)
{
  return op >= OP_EQUAL && op <= OP_DIFFERENT;
}

static gboolean
compare_with (Compiler *self, const MadoRuleNode *fact, MadoRuleOp op, const MadoRuleValue *k,
              MadoRuleTest *test)
{
  gboolean age = fact->op == OP_AGE || fact->op == OP_LEGAL_AGE;
  if (age && (fact->n_args != 1 || k->type != MADO_RULE_NUMBER))
    return FALSE;
  if (!take_fact (self, age ? &fact->args[0] : fact, test))
    return FALSE;
  if (age) {
    test->kind = fact->op == OP_AGE ? TEST_AGE : TEST_LEGAL_AGE;
    return set_whole_bounds (test, op, k->number);
  }
  switch ((MadoRuleType) k->type) {
  case MADO_RULE_NUMBER:
    test->kind = TEST_NUMBER;
    return set_bounds (test, op, k->number);
  case MADO_RULE_DATE:
    test->kind = TEST_DAY;
    return set_whole_bounds (test, op, k->day);
  case MADO_RULE_BOOLEAN:
    test->kind = TEST_TRUE;
    test->negate ^= k->boolean ? 0 : 1;
    test->negate ^= op == OP_UNEQUAL || op == OP_DIFFERENT;
    return is_equality (op);
  case MADO_RULE_TEXT:
    test->negate ^= op == OP_UNEQUAL || op == OP_DIFFERENT;
    return is_equality (op) && take_symbols (self, test, k, 1);
  case MADO_RULE_UNKNOWN: case MADO_RULE_NULL: case MADO_RULE_LIST: case MADO_RULE_OBJECT: default:
    return FALSE;
  }
}

/* low <= fact < high */
static gboolean
emit_between (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate)
{
  MadoRuleTest lower = { .join = join }, upper = { .join = JOIN_AND };
  if (node->n_args != 3 || is_equality (node->op) || join == JOIN_OR || negate
      || node->args[0].op != OP_CONSTANT || node->args[2].op != OP_CONSTANT
      || !compare_with (self, &node->args[1], mirrored (node->op), &node->args[0].value, &lower)
      || !compare_with (self, &node->args[1], node->op, &node->args[2].value, &upper))
    return FALSE;
  return append (self, &lower) && append (self, &upper);
}

static gboolean
emit_comparison (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate)
{
  MadoRuleTest test = { .join = join, .negate = negate };
  if (node->n_args != 2)
    return emit_between (self, node, join, negate);
  if (node->args[1].op == OP_CONSTANT)
    return compare_with (self, &node->args[0], node->op, &node->args[1].value, &test) && append (self, &test);
  return node->args[0].op == OP_CONSTANT
         && compare_with (self, &node->args[1], mirrored (node->op), &node->args[0].value, &test)
         && append (self, &test);
}

static gboolean
emit_in (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate)
{
  MadoRuleTest test = { .join = join, .negate = negate };
  const MadoRuleNode *list = &node->args[1];
  return list->op == OP_CONSTANT && list->value.type == MADO_RULE_LIST
         && take_fact (self, &node->args[0], &test)
         && take_symbols (self, &test, list->value.items, list->value.n)
         && append (self, &test);
}

static gboolean
emit_truth (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate)
{
  MadoRuleTest test = { .kind = TEST_TRUE, .join = join, .negate = negate };
  gboolean boolean = node->type == MADO_FACT_BOOLEAN || node->type == MADO_FACT_ANY;
  return boolean && take_fact (self, node, &test) && append (self, &test);
}

static gboolean
emit_quantifier (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate)
{
  MadoRuleTest test = { .join = join, .negate = negate };
  const MadoRuleNode *list = &node->args[0];
  if (self->group != NULL || !take_fact (self, list, &test) || list->fact == NULL || list->fact->members == NULL)
    return FALSE;
  test.kind = node->op == OP_SOME ? TEST_SOME : node->op == OP_ALL ? TEST_ALL : TEST_NONE;

  Compiler inner = { .rule = self->rule, .tests = g_array_new (FALSE, FALSE, sizeof test), .group = list->fact };
  gboolean done = emit (&inner, &node->args[1], JOIN_PUSH, FALSE) && inner.opaque == 0 && inner.tests->len < 255;
  if (done) {
    g_array_append_val (inner.tests, end_of_tests);
    test.n_inner = inner.tests->len;
    g_array_append_val (self->tests, test);
    g_array_append_vals (self->tests, inner.tests->data, inner.tests->len);
  }
  g_array_unref (inner.tests);
  return done;
}

/* Inside a list there is no tree to fall back on: the whole quantifier does. */
static gboolean
emit_node (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate)
{
  MadoRuleTest test = { .kind = TEST_NODE, .join = join, .negate = negate, .node = node };
  MadoRuleTest skip = { .kind = join == JOIN_AND ? TEST_SKIP_UNLESS : TEST_SKIP_IF };
  self->opaque++;
  if (join != JOIN_PUSH)
    g_array_append_val (self->tests, skip);
  g_array_append_val (self->tests, test);
  return self->group == NULL;
}

static gboolean
emit_group (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate)
{
  /* not (a and b) is not a or not b */
  Join inner = (node->op == OP_AND) != negate ? JOIN_AND : JOIN_OR;
  if (node->n_args == 0 || self->nesting >= MAX_NESTING)
    return emit_node (self, node, join, negate);
  gboolean flat = join == inner;
  self->nesting += flat ? 0 : 1;
  for (guint i = 0; i < node->n_args; i++)
    if (!emit (self, &node->args[i], i == 0 && !flat ? JOIN_PUSH : inner, negate))
      return FALSE;
  self->nesting -= flat ? 0 : 1;
  MadoRuleTest fold = { .kind = TEST_FOLD, .join = join };
  if (!flat && join != JOIN_PUSH)
    g_array_append_val (self->tests, fold);
  return TRUE;
}

static gboolean
emit (Compiler *self, const MadoRuleNode *node, Join join, gboolean negate)
{
  gboolean done = FALSE;
  switch ((MadoRuleOp) node->op) {
  case OP_AND: case OP_OR: return emit_group (self, node, join, negate);
  case OP_NOT: case OP_TRUTH:
    if (node->n_args == 1)
      return emit (self, &node->args[0], join, negate ^ (node->op == OP_NOT));
    break;
  case OP_EQUAL: case OP_UNEQUAL: case OP_SAME: case OP_DIFFERENT:
  case OP_LESS: case OP_LESS_EQUAL: case OP_MORE: case OP_MORE_EQUAL:
    done = emit_comparison (self, node, join, negate);
    break;
  case OP_IN: done = emit_in (self, node, join, negate); break;
  case OP_SOME: case OP_ALL: case OP_NONE: done = emit_quantifier (self, node, join, negate); break;
  case OP_SLOT: case OP_SCOPE: done = emit_truth (self, node, join, negate); break;
  default: break;
  }
  return done || emit_node (self, node, join, negate);
}

void
mado_rule_compile_tests (MadoRule *self)
{
  Compiler compiler = { .rule = self, .tests = g_array_new (FALSE, FALSE, sizeof (MadoRuleTest)) };
  emit (&compiler, &self->root, JOIN_PUSH, FALSE);
  g_array_append_val (compiler.tests, end_of_tests);
  gsize size = compiler.tests->len * sizeof (MadoRuleTest);
  self->tests = memcpy (mado_rule_arena_alloc (&self->arena, size), compiler.tests->data, size);
  for (guint i = 0; i < compiler.tests->len; i++)
    self->tests[i].opcode = OPCODE (self->tests[i].kind, self->tests[i].join);
  self->n_symbols = mado_vocabulary_get_n_symbols (self->vocabulary);
  g_array_unref (compiler.tests);
}

/* ---- running ---- */

static const MadoRuleValue *
find_member (const MadoRuleValue *row, const MadoRuleTest *test)
{
  static const MadoRuleValue unknown = { 0 };
  if (row->type != MADO_RULE_OBJECT)
    return &unknown;
  if (G_LIKELY (test->slot < row->n && row->members[test->slot].name == test->member))
    return &row->members[test->slot].value;
  for (guint i = 0; i < row->n; i++)
    if (row->members[i].name == test->member)
      return &row->members[i].value;
  return &unknown;
}

static gboolean
test_age (const MadoRuleTest *test, gint32 born, gint32 today)
{
  gint age = test->kind == TEST_AGE ? mado_date_age (born, today) : mado_date_legal_age (born, today);
  return age >= test->from && age <= test->to;
}

static gboolean
test_symbol (const MadoRuleTest *test, guint symbol)
{
  guint offset = symbol - test->first;   /* wraps around for smaller ones */
  guint word = MIN (offset / 64, test->n_words);
  return (test->bits[word] >> (offset % 64)) & 1;
}

/* Helpers answer HOLDS and ODD: the value is not what the test is for. */
enum { HOLDS = 1, ODD = 2 };

static G_NO_INLINE guint
test_node (MadoRule *rule, MadoFacts *facts, const MadoRuleTest *test)
{
  MadoRuleRun tree;
  mado_rule_run_init (&tree, rule, facts);
  gboolean holds = mado_rule_run_test (&tree, NULL, test->node);
  return holds | (tree.failure != NULL ? ODD : 0);
}

static guint
test_value (const MadoRuleTest *test, const MadoRuleValue *value, gint32 today)
{
  switch ((TestKind) test->kind) {
  case TEST_NUMBER:
    return value->type != MADO_RULE_NUMBER ? ODD : value->number >= test->low && value->number <= test->high;
  case TEST_SYMBOL:
    return value->type != MADO_RULE_TEXT || value->symbol == 0 ? ODD : test_symbol (test, value->symbol);
  case TEST_TRUE:
    return value->type != MADO_RULE_BOOLEAN ? ODD : value->boolean != 0;
  case TEST_DAY:
    return value->type != MADO_RULE_DATE ? ODD : value->day >= test->from && value->day <= test->to;
  case TEST_AGE: case TEST_LEGAL_AGE: default:
    return value->type != MADO_RULE_DATE ? ODD : (guint) test_age (test, value->day, today);
  }
}

static inline guint64
join_bit (guint64 stack, guint join, guint64 bit)
{
  return join == JOIN_PUSH ? stack << 1 | bit
         : join == JOIN_AND ? stack & (bit | ~G_GUINT64_CONSTANT (1)) : stack | bit;
}

/* The tests of one element: no lists and no parts of the tree in here. */
static guint
test_element (const MadoRuleTest *test, const MadoRuleValue *element, gint32 today)
{
  guint64 stack = 0;
  guint odd = 0;
  for (; test->kind != TEST_END; test++) {
    gboolean fold = test->kind == TEST_FOLD;
    guint answer = fold ? stack & HOLDS : test_value (test, find_member (element, test), today);
    odd |= answer & ODD;
    stack = join_bit (fold ? stack >> 1 : stack, test->join, (answer & HOLDS) ^ test->negate);
  }
  return (stack & HOLDS) | odd;
}

/* Nearly always one question of each child: how old. */
static inline guint
count_numbers (const MadoRuleTest *test, const MadoRuleValue *list, guint *odd)
{
  guint n = 0, strange = 0;
  for (guint i = 0; i < list->n; i++) {
    const MadoRuleValue *value = find_member (&list->items[i], test);
    strange |= value->type ^ MADO_RULE_NUMBER;
    n += (value->number >= test->low) & (value->number <= test->high);
  }
  *odd = strange != 0 ? ODD : 0;
  return n;
}

static G_NO_INLINE guint
test_each (const MadoRuleTest *test, const MadoRuleValue *list, gint32 today)
{
  guint n = 0, odd = 0;
  if (list->type != MADO_RULE_LIST)
    return ODD;
  if (test->n_inner == 2 && test[1].kind == TEST_NUMBER && !test[1].negate)
    n = count_numbers (&test[1], list, &odd);
  else
    for (guint i = 0; i < list->n; i++) {
      guint answer = test_element (test + 1, &list->items[i], today);
      n += answer & HOLDS;
      odd |= answer & ODD;
    }
  gboolean holds = test->kind == TEST_SOME ? n > 0 : test->kind == TEST_NONE ? n == 0 : n > 0 && n == list->n;
  return holds | odd;
}

static G_NO_INLINE gboolean
test_tree (MadoRule *self, MadoFacts *facts)
{
  MadoRuleRun tree;
  mado_rule_run_init (&tree, self, facts);
  return mado_rule_run_test (&tree, NULL, &self->root) && tree.failure == NULL;
}

static G_NO_INLINE void
catch_up (MadoFacts *facts)
{
  mado_facts_ensure (facts, mado_vocabulary_get_n_slots (facts->vocabulary));
  mado_facts_number_texts (facts);
}

/* Threaded: each test jumps to the code of the next. */
gboolean
mado_rule_test (MadoRule *self, MadoFacts *facts)
{
#define THREE(kind, label) \
  [OPCODE (kind, JOIN_PUSH)] = &&label##_push, [OPCODE (kind, JOIN_AND)] = &&label##_and, \
  [OPCODE (kind, JOIN_OR)] = &&label##_or
  static const void * const code[] = {
    THREE (TEST_NUMBER, number), THREE (TEST_SYMBOL, symbol), THREE (TEST_TRUE, truth), THREE (TEST_DAY, day),
    THREE (TEST_AGE, other), THREE (TEST_LEGAL_AGE, other), THREE (TEST_SOME, each), THREE (TEST_ALL, each),
    THREE (TEST_NONE, each), THREE (TEST_NODE, node), THREE (TEST_FOLD, fold),
    [OPCODE (TEST_SKIP_UNLESS, JOIN_PUSH)] = &&skip_unless, [OPCODE (TEST_SKIP_IF, JOIN_PUSH)] = &&skip_if,
    [OPCODE (TEST_END, JOIN_PUSH)] = &&end,
  };
#define NEXT goto *code[test->opcode]
#define JOIN(bit, join) stack = join_bit (stack, join, (bit) ^ test->negate)
#define TEST(label, compute, bit) \
  label##_push: compute; JOIN (bit, JOIN_PUSH); test += 1 + test->n_inner; NEXT; \
  label##_and: compute; JOIN (bit, JOIN_AND); test += 1 + test->n_inner; NEXT; \
  label##_or: compute; JOIN (bit, JOIN_OR); test += 1 + test->n_inner; NEXT
#define VALUE(wanted) value = &slots[test->slot]; odd |= value->type ^ (wanted)
#define ANSWER(call) answer = call; odd |= answer & ODD

  if (G_UNLIKELY (self->n_slots > facts->n_slots || self->n_symbols > facts->n_symbols))
    catch_up (facts);
  const MadoRuleTest *test = self->tests;
  const MadoRuleValue *slots = facts->slots, *value;
  guint64 stack = 0;
  guint odd = 0, answer;

  NEXT;
  TEST (number, VALUE (MADO_RULE_NUMBER), (value->number >= test->low) & (value->number <= test->high));
  TEST (symbol, VALUE (MADO_RULE_TEXT); odd |= value->symbol == 0, test_symbol (test, value->symbol));
  TEST (truth, VALUE (MADO_RULE_BOOLEAN), value->boolean & HOLDS);
  TEST (day, VALUE (MADO_RULE_DATE), (value->day >= test->from) & (value->day <= test->to));
  TEST (other, ANSWER (test_value (test, &slots[test->slot], facts->today)), answer & HOLDS);
  TEST (each, ANSWER (test_each (test, &slots[test->slot], facts->today)), answer & HOLDS);
  TEST (node, ANSWER (test_node (self, facts, test)), answer & HOLDS);
  TEST (fold, answer = stack & 1; stack >>= 1, answer);
skip_unless:
  test += 1 + (~stack & 1);
  NEXT;
skip_if:
  test += 1 + (stack & 1);
  NEXT;
end:
  return G_LIKELY (odd == 0) ? (gboolean) (stack & 1) : test_tree (self, facts);
}
