/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What explanations are put together from; $1 and $2 stand for the parts. */
typedef enum {
  WORD_LESS, WORD_LESS_EQUAL, WORD_MORE, WORD_MORE_EQUAL,
  WORD_BEFORE, WORD_UNTIL, WORD_AFTER, WORD_SINCE,
  WORD_IS, WORD_IS_NOT, WORD_ONE_OF, WORD_NOT_ONE_OF, WORD_CONTAINS, WORD_CONTAINS_NOT,
  WORD_TRUE, WORD_FALSE, WORD_SOME, WORD_ALL, WORD_NONE, WORD_NOT_ALL, WORD_NOT,
  WORD_ANSWERED, WORD_NOT_ANSWERED, WORD_IF,
  WORD_AND, WORD_OR, WORD_ALL_OF, WORD_ANY_OF, WORD_LIST_SEPARATOR, WORD_ELEMENT,
  WORD_AGE, WORD_LEGAL_AGE, WORD_SCHOOL_YEAR, WORD_FISCAL_YEAR, WORD_TODAY, WORD_YEAR, WORD_MONTH, WORD_DAY,
  WORD_ADD_DAYS, WORD_ADD_MONTHS, WORD_ADD_YEARS, WORD_DAYS_BETWEEN, WORD_MONTHS_BETWEEN,
  WORD_LENGTH, WORD_LARGEST, WORD_SMALLEST, WORD_THOSE, WORD_EACH,
  WORD_YES, WORD_NO, WORD_UNKNOWN, WORD_NOTHING, WORD_COUNT, WORD_PEOPLE, WORD_QUOTED, WORD_VALUES, WORD_VALUE,
  WORD_NESTED,
  N_WORDS
} MadoRuleWord;

const char *mado_rule_word (MadoRuleWord word, const char *language);
/* Appends the words with $1 and $2 filled in. */
void        mado_rule_append_words (GString *out, MadoRuleWord word, const char *language, const char *first,
                                    const char *second);

G_END_DECLS
