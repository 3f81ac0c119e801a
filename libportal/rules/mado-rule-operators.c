/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#define ANY_NUMBER 255

static const MadoRuleOperator operators[] = {
  { "var", OP_VAR, 0, 2, 0, MADO_FACT_ANY },
  { "val", OP_VAL, 0, ANY_NUMBER, 0, MADO_FACT_ANY },
  { "exists", OP_EXISTS, 1, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { "missing", OP_MISSING, 0, ANY_NUMBER, 0, MADO_FACT_LIST },
  { "missing_some", OP_MISSING_SOME, 2, 2, 0, MADO_FACT_LIST },
  { "and", OP_AND, 0, ANY_NUMBER, OPERATOR_LISTED, MADO_FACT_ANY },
  { "or", OP_OR, 0, ANY_NUMBER, OPERATOR_LISTED, MADO_FACT_ANY },
  { "!", OP_NOT, 0, 1, 0, MADO_FACT_BOOLEAN },
  { "!!", OP_TRUTH, 0, 1, 0, MADO_FACT_BOOLEAN },
  { "if", OP_IF, 0, ANY_NUMBER, OPERATOR_LISTED, MADO_FACT_ANY },
  { "?:", OP_IF, 0, ANY_NUMBER, OPERATOR_LISTED, MADO_FACT_ANY },
  { "??", OP_COALESCE, 0, ANY_NUMBER, 0, MADO_FACT_ANY },
  { "try", OP_TRY, 1, ANY_NUMBER, 0, MADO_FACT_ANY },
  { "throw", OP_THROW, 1, 1, 0, MADO_FACT_ANY },
  { "preserve", OP_PRESERVE, 0, ANY_NUMBER, 0, MADO_FACT_ANY },
  { "==", OP_EQUAL, 2, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { "!=", OP_UNEQUAL, 2, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { "===", OP_SAME, 2, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { "!==", OP_DIFFERENT, 2, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { "<", OP_LESS, 2, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { "<=", OP_LESS_EQUAL, 2, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { ">", OP_MORE, 2, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { ">=", OP_MORE_EQUAL, 2, ANY_NUMBER, 0, MADO_FACT_BOOLEAN },
  { "in", OP_IN, 2, 2, 0, MADO_FACT_BOOLEAN },
  { "cat", OP_CAT, 0, ANY_NUMBER, OPERATOR_SPREADS, MADO_FACT_TEXT },
  { "substr", OP_SUBSTR, 2, 3, 0, MADO_FACT_TEXT },
  { "merge", OP_MERGE, 0, ANY_NUMBER, 0, MADO_FACT_LIST },
  { "length", OP_LENGTH, 1, 1, 0, MADO_FACT_NUMBER },
  { "+", OP_ADD, 0, ANY_NUMBER, OPERATOR_SPREADS, MADO_FACT_NUMBER },
  { "-", OP_SUBTRACT, 1, ANY_NUMBER, OPERATOR_SPREADS, MADO_FACT_NUMBER },
  { "*", OP_MULTIPLY, 0, ANY_NUMBER, OPERATOR_SPREADS, MADO_FACT_NUMBER },
  { "/", OP_DIVIDE, 1, ANY_NUMBER, OPERATOR_SPREADS, MADO_FACT_NUMBER },
  { "%", OP_MODULO, 2, ANY_NUMBER, OPERATOR_SPREADS, MADO_FACT_NUMBER },
  { "max", OP_MAX, 1, ANY_NUMBER, OPERATOR_SPREADS, MADO_FACT_NUMBER },
  { "min", OP_MIN, 1, ANY_NUMBER, OPERATOR_SPREADS, MADO_FACT_NUMBER },
  { "floor", OP_FLOOR, 1, 1, 0, MADO_FACT_NUMBER },
  { "ceil", OP_CEIL, 1, 1, 0, MADO_FACT_NUMBER },
  { "round", OP_ROUND, 1, 1, 0, MADO_FACT_NUMBER },
  { "map", OP_MAP, 2, 2, OPERATOR_ITERATES, MADO_FACT_LIST },
  { "filter", OP_FILTER, 2, 2, OPERATOR_ITERATES, MADO_FACT_LIST },
  { "reduce", OP_REDUCE, 2, 3, OPERATOR_ITERATES, MADO_FACT_ANY },
  { "all", OP_ALL, 2, 2, OPERATOR_ITERATES, MADO_FACT_BOOLEAN },
  { "some", OP_SOME, 2, 2, OPERATOR_ITERATES, MADO_FACT_BOOLEAN },
  { "none", OP_NONE, 2, 2, OPERATOR_ITERATES, MADO_FACT_BOOLEAN },
  { "today", OP_TODAY, 0, 0, 0, MADO_FACT_DATE },
  { "date", OP_DATE, 1, 3, 0, MADO_FACT_DATE },
  { "year", OP_YEAR, 1, 1, 0, MADO_FACT_NUMBER },
  { "month", OP_MONTH, 1, 1, 0, MADO_FACT_NUMBER },
  { "day", OP_DAY, 1, 1, 0, MADO_FACT_NUMBER },
  { "age", OP_AGE, 1, 2, 0, MADO_FACT_NUMBER },
  { "legal_age", OP_LEGAL_AGE, 1, 2, 0, MADO_FACT_NUMBER },
  { "fiscal_year", OP_FISCAL_YEAR, 0, 1, 0, MADO_FACT_NUMBER },
  { "school_year", OP_SCHOOL_YEAR, 1, 2, 0, MADO_FACT_NUMBER },
  { "add_days", OP_ADD_DAYS, 2, 2, 0, MADO_FACT_DATE },
  { "add_months", OP_ADD_MONTHS, 2, 2, 0, MADO_FACT_DATE },
  { "add_years", OP_ADD_YEARS, 2, 2, 0, MADO_FACT_DATE },
  { "days_between", OP_DAYS_BETWEEN, 2, 2, 0, MADO_FACT_NUMBER },
  { "months_between", OP_MONTHS_BETWEEN, 2, 2, 0, MADO_FACT_NUMBER },
};

const MadoRuleOperator *
mado_rule_operator_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operators[i].name, name))
      return &operators[i];
  return NULL;
}

const MadoRuleOperator *
mado_rule_operator_of (MadoRuleOp op)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].op == op)
      return &operators[i];
  return NULL;
}
