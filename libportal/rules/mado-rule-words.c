/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-words.h"

#include <string.h>

enum { JA, EASY, EN, N_LANGUAGES };

/* A missing one in easy Japanese is the Japanese one. */
static const char * const words[N_WORDS][N_LANGUAGES] = {
  [WORD_LESS] = { "$1が$2未満", "$1が $2より 小さい", "$1 is less than $2" },
  [WORD_LESS_EQUAL] = { "$1が$2以下", "$1が $2か、それより 小さい", "$1 is $2 or less" },
  [WORD_MORE] = { "$1が$2を超える", "$1が $2より 大きい", "$1 is more than $2" },
  [WORD_MORE_EQUAL] = { "$1が$2以上", "$1が $2か、それより 大きい", "$1 is $2 or more" },
  [WORD_BEFORE] = { "$1が$2より前", "$1が $2より 前", "$1 is before $2" },
  [WORD_UNTIL] = { "$1が$2以前", "$1が $2か、その 前", "$1 is on or before $2" },
  [WORD_AFTER] = { "$1が$2より後", "$1が $2より あと", "$1 is after $2" },
  [WORD_SINCE] = { "$1が$2以後", "$1が $2か、その あと", "$1 is on or after $2" },
  [WORD_IS] = { "$1が$2", "$1が $2", "$1 is $2" },
  [WORD_IS_NOT] = { "$1が$2以外", "$1が $2では ない", "$1 is not $2" },
  [WORD_ONE_OF] = { "$1が$2のどれか", "$1が $2の どれか", "$1 is one of $2" },
  [WORD_NOT_ONE_OF] = { "$1が$2のどれでもない", "$1が $2の どれでも ない", "$1 is none of $2" },
  [WORD_CONTAINS] = { "$1に$2が含まれる", "$1の 中に $2が ある", "$1 contains $2" },
  [WORD_CONTAINS_NOT] = { "$1に$2が含まれない", "$1の 中に $2が ない", "$1 does not contain $2" },
  [WORD_TRUE] = { "「$1」にあてはまる", "「$1」が「はい」", "$1: yes" },
  [WORD_FALSE] = { "「$1」にあてはまらない", "「$1」が「いいえ」", "$1: no" },
  [WORD_SOME] = { "$1のなかに「$2」にあたるものがある", "$1の 中に「$2」が ある", "for at least one of $1: $2" },
  [WORD_ALL] = { "$1のすべてが「$2」にあたる", "$1が ぜんぶ「$2」", "for every one of $1: $2" },
  [WORD_NONE] = { "$1のなかに「$2」にあたるものがない", "$1の 中に「$2」が ない", "for none of $1: $2" },
  [WORD_NOT_ALL] = { "$1のなかに「$2」にあたらないものがある", "$1の 中に「$2」では ないものが ある",
                     "not for every one of $1: $2" },
  [WORD_NOT] = { "「$1」ではない", "「$1」では ない", "not: $1" },
  [WORD_ANSWERED] = { "$1が分かっている", "$1が わかっている", "$1 is known" },
  [WORD_NOT_ANSWERED] = { "$1が分かっていない", "$1が わかっていない", "$1 is not known" },
  [WORD_IF] = { "$1のときは$2", "$1の ときは $2", "if $1, then $2" },
  [WORD_AND] = { "、かつ", "。そして、", ", and " },
  [WORD_OR] = { "、または", "。または、", ", or " },
  [WORD_ALL_OF] = { "次のすべてにあてはまる", "つぎの ぜんぶに あてはまる", "All of these" },
  [WORD_ANY_OF] = { "次のどれかにあてはまる", "つぎの どれかに あてはまる", "Any of these" },
  [WORD_LIST_SEPARATOR] = { "、", "、", ", " },
  [WORD_ELEMENT] = { "それ", "それ", "it" },
  [WORD_AGE] = { "年齢（$1から）", "年（$1から）", "age (from $1)" },
  [WORD_LEGAL_AGE] = { "法律上の年齢（$1から）", "法律の 年（$1から）", "age in law (from $1)" },
  [WORD_SCHOOL_YEAR] = { "学年（$1から）", "学年（$1から）", "school year (from $1)" },
  [WORD_FISCAL_YEAR] = { "$1の年度", "$1の 年度", "fiscal year of $1" },
  [WORD_TODAY] = { "今日", "今日", "today" },
  [WORD_YEAR] = { "$1の年", "$1の 年", "year of $1" },
  [WORD_MONTH] = { "$1の月", "$1の 月", "month of $1" },
  [WORD_DAY] = { "$1の日", "$1の 日", "day of $1" },
  [WORD_ADD_DAYS] = { "$1の$2日後", "$1の $2日 あと", "$2 days after $1" },
  [WORD_ADD_MONTHS] = { "$1の$2か月後", "$1の $2か月 あと", "$2 months after $1" },
  [WORD_ADD_YEARS] = { "$1の$2年後", "$1の $2年 あと", "$2 years after $1" },
  [WORD_DAYS_BETWEEN] = { "$1から$2までの日数", "$1から $2までの 日の 数", "days from $1 to $2" },
  [WORD_MONTHS_BETWEEN] = { "$1から$2までの月数", "$1から $2までの 月の 数", "months from $1 to $2" },
  [WORD_LENGTH] = { "$1の数", "$1の 数", "number of $1" },
  [WORD_LARGEST] = { "$1のうち最大", "$1の 中で いちばん 大きい", "the largest of $1" },
  [WORD_SMALLEST] = { "$1のうち最小", "$1の 中で いちばん 小さい", "the smallest of $1" },
  [WORD_THOSE] = { "$1（$2のもの）", "$1（$2）", "$1 (those where $2)" },
  [WORD_EACH] = { "$1の$2", "$1の $2", "$2 of $1" },
  [WORD_YES] = { "はい", NULL, "yes" },
  [WORD_NO] = { "いいえ", NULL, "no" },
  [WORD_UNKNOWN] = { "未回答", "まだ わからない", "not answered" },
  [WORD_NOTHING] = { "なし", NULL, "nothing" },
  [WORD_COUNT] = { "$1件", "$1こ", "$1 of them" },
  [WORD_PEOPLE] = { "$1人", NULL, "$1 of them" },
  [WORD_QUOTED] = { "「$1」", NULL, "“$1”" },
  [WORD_VALUES] = { "$1（$2）", NULL, "$1 ($2)" },
  [WORD_VALUE] = { "$1：$2", NULL, "$1: $2" },
  [WORD_NESTED] = { "（$1）", NULL, "($1)" },
};

const char *
mado_rule_word (MadoRuleWord word, const char *language)
{
  guint column = g_str_equal (language, "ja@easy") ? EASY : g_str_has_prefix (language, "ja") ? JA : EN;
  return words[word][column] != NULL ? words[word][column] : words[word][JA];
}

void
mado_rule_append_words (GString *out, MadoRuleWord word, const char *language, const char *first, const char *second)
{
  for (const char *at = mado_rule_word (word, language); *at != '\0'; at++) {
    if (*at != '$') {
      g_string_append_c (out, *at);
      continue;
    }
    g_string_append (out, *++at == '1' ? first : second);
  }
}
