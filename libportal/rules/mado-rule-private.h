/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rules/mado-rule.h"

G_BEGIN_DECLS

#define MADO_RULE_MAX_DEPTH   64
#define MADO_RULE_MAX_NODES   10000
#define MADO_RULE_MAX_STEPS   1000000
#define MADO_RULE_MAX_SCRATCH (1024 * 1024)

/* Memory that is given back all at once. */
typedef struct _MadoRuleChunk MadoRuleChunk;
typedef struct {
  MadoRuleChunk *chunks;
  gsize          total;
} MadoRuleArena;

gpointer mado_rule_arena_alloc (MadoRuleArena *self, gsize size);   /* zeroed */
char    *mado_rule_arena_text  (MadoRuleArena *self, const char *text, gsize length);
void     mado_rule_arena_reset (MadoRuleArena *self);               /* keeps one chunk for the next round */
void     mado_rule_arena_clear (MadoRuleArena *self);

/* ---- values ---- */

static inline MadoRuleValue mado_rule_null (void)
{ return (MadoRuleValue) { .type = MADO_RULE_NULL }; }
static inline MadoRuleValue mado_rule_boolean (gboolean value)
{ return (MadoRuleValue) { .type = MADO_RULE_BOOLEAN, .boolean = value }; }
static inline MadoRuleValue mado_rule_number (double value)
{ return (MadoRuleValue) { .type = MADO_RULE_NUMBER, .number = value }; }
static inline MadoRuleValue mado_rule_day (gint32 day)
{ return (MadoRuleValue) { .type = MADO_RULE_DATE, .day = day }; }
static inline MadoRuleValue mado_rule_text (const char *text, gsize length)
{ return (MadoRuleValue) { .type = MADO_RULE_TEXT, .n = length, .text = text }; }
static inline gboolean mado_rule_is_null (const MadoRuleValue *value)
{ return value->type <= MADO_RULE_NULL; }

typedef enum { MADO_ORDER_LESS = -1, MADO_ORDER_EQUAL, MADO_ORDER_MORE, MADO_ORDER_NONE } MadoRuleOrder;

gboolean      mado_rule_value_is_true      (const MadoRuleValue *value);
gboolean      mado_rule_value_to_number    (const MadoRuleValue *value, double *number);
gboolean      mado_rule_value_to_day       (const MadoRuleValue *value, gint32 *day);
gboolean      mado_rule_value_equal        (const MadoRuleValue *a, const MadoRuleValue *b);   /* === */
/* ==; FALSE in @comparable where the two cannot be compared. */
gboolean      mado_rule_value_loosely_equal (const MadoRuleValue *a, const MadoRuleValue *b, gboolean *comparable);
MadoRuleOrder mado_rule_value_compare      (const MadoRuleValue *a, const MadoRuleValue *b);
void          mado_rule_value_append_text  (const MadoRuleValue *value, GString *out);
void          mado_rule_value_from_json    (MadoRuleArena *arena, JsonNode *node, MadoRuleValue *value);
void          mado_rule_value_copy         (MadoRuleArena *arena, const MadoRuleValue *from, MadoRuleValue *to);
const MadoRuleValue *mado_rule_value_member (const MadoRuleValue *value, const char *name, gsize length);
/* The member of that very name, else the path with dots; NULL where there is nothing. */
const MadoRuleValue *mado_rule_value_lookup (const MadoRuleValue *value, const char *name, gsize length);
void          mado_rule_append_number      (GString *out, double number);

/* ---- vocabulary and facts ---- */

typedef struct {
  char        *name;
  MadoFactType type;
  JsonNode    *label;
  GPtrArray   *options;    /* of MadoRuleOption */
  GPtrArray   *members;    /* of MadoRuleFact: of a GROUP */
} MadoRuleFact;

typedef struct {
  char     *id;
  JsonNode *label;
} MadoRuleOption;

const MadoRuleFact *mado_vocabulary_get_fact   (MadoVocabulary *self, guint slot);
const MadoRuleFact *mado_rule_fact_find_member (const MadoRuleFact *group, const char *name, gsize length);
const MadoRuleOption *mado_rule_fact_find_option (const MadoRuleFact *fact, const char *id, gsize length);
gboolean            mado_vocabulary_is_open    (MadoVocabulary *self);
guint               mado_rule_fact_get_index   (const MadoRuleFact *group, const MadoRuleFact *member);

/* Texts that rules compare with are numbered, so that a fact is compared by its number. */
#define MADO_SYMBOL_NONE  0xFFFF   /* looked up: no rule speaks of this text */
guint16 mado_vocabulary_intern      (MadoVocabulary *self, const char *text);   /* 0: there are too many */
guint16 mado_vocabulary_get_symbol  (MadoVocabulary *self, const char *text);
guint   mado_vocabulary_get_n_symbols (MadoVocabulary *self);
const char         *mado_rule_label            (JsonNode *label, const char *language, const char *otherwise);

struct _MadoFacts {
  gatomicrefcount references;
  MadoVocabulary *vocabulary;
  MadoRuleValue  *slots;
  guint           n_slots;
  MadoRuleArena  *owned;     /* by slot: what its value points to, if it was copied */
  gint32          today;
  guint           n_symbols; /* how many the vocabulary had when texts were numbered */
  gboolean        borrowed;  /* somebody else fills the slots */
  MadoRuleValue   data;      /* the whole, for rules that look beyond the slots */
  MadoRuleArena   data_arena;
  MadoRuleArena   scratch;
};

/* Room for facts and texts that came into the vocabulary later. */
void mado_facts_ensure (MadoFacts *self, guint n_slots);
void mado_facts_number_texts (MadoFacts *self);

/* ---- the compiled rule ---- */

typedef enum {
  OP_CONSTANT, OP_LIST, OP_SLOT, OP_SCOPE, OP_DYNAMIC,
  OP_AND, OP_OR, OP_NOT, OP_TRUTH, OP_IF, OP_COALESCE, OP_TRY, OP_THROW,
  OP_EQUAL, OP_UNEQUAL, OP_SAME, OP_DIFFERENT, OP_LESS, OP_LESS_EQUAL, OP_MORE, OP_MORE_EQUAL,
  OP_IN, OP_CAT, OP_SUBSTR, OP_MERGE, OP_LENGTH,
  OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE, OP_MODULO, OP_MAX, OP_MIN, OP_FLOOR, OP_CEIL, OP_ROUND,
  OP_MAP, OP_FILTER, OP_REDUCE, OP_ALL, OP_SOME, OP_NONE,
  OP_MISSING, OP_MISSING_SOME, OP_EXISTS,
  OP_TODAY, OP_DATE, OP_YEAR, OP_MONTH, OP_DAY, OP_AGE, OP_LEGAL_AGE, OP_FISCAL_YEAR, OP_SCHOOL_YEAR,
  OP_ADD_DAYS, OP_ADD_MONTHS, OP_ADD_YEARS, OP_DAYS_BETWEEN, OP_MONTHS_BETWEEN,
  OP_VAR, OP_VAL, OP_PRESERVE,     /* only in the table: the parser turns them into the first five */
} MadoRuleOp;

typedef struct _MadoRuleNode MadoRuleNode;
struct _MadoRuleNode {
  guint8        op;
  guint8        type;        /* MadoFactType of the result, as far as it is known */
  guint8        spread;      /* the one argument may be a list of arguments */
  guint8        up;          /* SCOPE, DYNAMIC: levels to climb; each scope has two, its value and its index */
  guint32       n_args;
  guint32       size;        /* nodes in the subtree: what one step through it costs */
  guint32       slot;        /* SLOT; G_MAXUINT32 elsewhere */
  MadoRuleNode *args;
  MadoRuleValue value;       /* CONSTANT; path of SLOT and SCOPE: TEXT with dots, or LIST of keys */
  const MadoRuleFact *fact;  /* (nullable): of SLOT and SCOPE, what the vocabulary knows of it */
  const char   *pointer;     /* where it stands in the rule */
};

typedef struct {
  const char  *name;
  MadoRuleOp   op;
  guint8       min, max;     /* arguments; max 255: any number */
  guint8       flags;
  MadoFactType type;         /* of the result */
} MadoRuleOperator;

enum {
  OPERATOR_SPREADS = 1 << 0,   /* {"max": {"var": "list"}}: the list is the arguments */
  OPERATOR_LISTED  = 1 << 1,   /* its arguments must stand in a list */
  OPERATOR_ITERATES = 1 << 2,
};

const MadoRuleOperator *mado_rule_operator_find (const char *name);
const MadoRuleOperator *mado_rule_operator_of   (MadoRuleOp op);

/* A run of tests whose outcomes are bits on a stack: no branch depends on the facts. (mado-rule-tests.c) */
typedef struct _MadoRuleTest MadoRuleTest;

struct _MadoRule {
  gatomicrefcount references;
  MadoVocabulary *vocabulary;
  MadoRuleNode    root;
  MadoRuleTest   *tests;     /* NULL: the tree is as quick */
  guint           n_symbols;
  MadoRuleArena   arena;
  GPtrArray      *facts;     /* names, NULL-terminated */
  guint           n_slots;
};

/* What surrounds an operator inside map, filter, reduce, all, some, none and try. */
typedef struct _MadoRuleScope MadoRuleScope;
struct _MadoRuleScope {
  const MadoRuleScope *parent;
  MadoRuleValue        value;
  guint                index;
};

typedef struct {
  const MadoRuleValue *slots;
  MadoFacts           *facts;
  gint64               steps;
  const char          *failure;      /* code of the error; NULL while all goes well */
  const char          *failed_at;    /* pointer */
  MadoRuleValue        thrown;
  guint8              *unknown;      /* (nullable): by slot, set where an unknown fact was read */
  gboolean             met_unknown;
} MadoRuleRun;

void     mado_rule_compile_tests (MadoRule *self);
/* Does this condition hold whatever the facts are (YES), never (NO), or does it depend (UNKNOWN)? */
MadoVerdict mado_rule_try_all (MadoRule *self, const MadoRuleNode *node);
void     mado_rule_run_init (MadoRuleRun *run, MadoRule *rule, MadoFacts *facts);
void     mado_rule_run_eval (MadoRuleRun *run, const MadoRuleScope *scope, const MadoRuleNode *node,
                             MadoRuleValue *out);
gboolean mado_rule_run_test (MadoRuleRun *run, const MadoRuleScope *scope, const MadoRuleNode *node);
/* One part of a rule, three-valued: an error is no, what needs an unknown fact is unknown. */
MadoVerdict mado_rule_run_decide (MadoRuleRun *run, const MadoRuleNode *node);
/* Operators on days and whole numbers; FALSE where an argument is none. */
gboolean mado_rule_days_eval (MadoRuleOp op, const MadoRuleValue *args, guint n_args, gint32 today, MadoRuleValue *out);

G_END_DECLS
