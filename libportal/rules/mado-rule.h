/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rules/mado-columns.h"

G_BEGIN_DECLS

/**
 * MadoRule:
 *
 * One JsonLogic rule, parsed and compiled once against a vocabulary; immutable, shared by threads. All of
 * jsonlogic.com, and val, exists, ??, try, throw, preserve of the later drafts; length, floor, ceil, round; and days:
 *
 * - today []; date [year, month, day] or date "YYYY-MM-DD"; year, month, day [date]
 * - age [born, on?]: full years in everyday life (the birthday counts; 29 February's is 1 March in a common year)
 * - legal_age [born, on?]: full years by the law on computing ages (明治35年法律第50号): reached the day before
 * - fiscal_year [on?]: April to March; school_year [born, on?]: 1–6 primary, 7–9 junior high, 10–12 high school,
 *   0 and below before school
 * - add_days, add_months, add_years [date, n] (the month's last day where there is no such day);
 *   days_between, months_between [from, to]
 *
 * Our dialect where others differ: null, missing and not answered are the same to every operator (`var` then takes
 * its default); `null == 0` holds, `null == "text"` does not; a text that is no number, a list or an object, compared
 * with `<` or `==` against a number, is the error "nan" and not false; `in` and `===` compare strictly; a date and
 * its text "YYYY-MM-DD" are equal. Left out: `log` and `method` (they reach outside the rule).
 *
 * Bounds: 64 levels, 10,000 operators, 1,000,000 steps and 1 MiB of scratch memory an evaluation.
 */
typedef struct _MadoRule MadoRule;
#define MADO_TYPE_RULE (mado_rule_get_type ())
MADO_EXPORT GType mado_rule_get_type (void);

/**
 * mado_rule_new:
 * @node: the rule
 *
 * Errors are INVALID with a violation a mistake ("operator", "arguments", "unknown-fact", …) by JSON Pointer,
 * or TOO_LARGE.
 */
MADO_EXPORT MadoRule *mado_rule_new   (JsonNode *node, MadoVocabulary *vocabulary, GError **error);
MADO_EXPORT MadoRule *mado_rule_ref   (MadoRule *self);
MADO_EXPORT void      mado_rule_unref (MadoRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoRule, mado_rule_unref)

/**
 * mado_rule_test:
 *
 * Does it hold? Unknown facts read as null, an error means no. Allocates nothing but for map, filter, merge, cat,
 * substr and missing.
 */
MADO_EXPORT gboolean mado_rule_test     (MadoRule *self, MadoFacts *facts);
/**
 * mado_rule_evaluate:
 * @value: (out): valid until the next evaluation on @facts
 *
 * Errors are INVALID with one violation: "nan", "arguments", "thrown" (the message is what was thrown), "steps".
 */
MADO_EXPORT gboolean mado_rule_evaluate (MadoRule *self, MadoFacts *facts, MadoRuleValue *value, GError **error);

typedef enum { MADO_VERDICT_NO, MADO_VERDICT_YES, MADO_VERDICT_UNKNOWN } MadoVerdict;
/**
 * mado_rule_decide:
 * @needed: (out) (optional) (transfer full): names of the facts to ask next; empty unless UNKNOWN
 *
 * As mado_rule_test(), but what depends on unknown facts is unknown, and what does not is decided without them; an
 * error in one part of an `and`, `or` or `if` counts as no for that part.
 */
MADO_EXPORT MadoVerdict mado_rule_decide (MadoRule *self, MadoFacts *facts, GStrv *needed);

/**
 * mado_rule_explain:
 * @language: "ja", "ja@easy", "en" …
 *
 * Why it holds or not, in plain words: {"holds": true|false|null, "text": …, "seen": …, "parts": [ …the same ]}; of
 * an `and` or `or`, each part; "seen" are the values a part looked at, which its text tells as well.
 */
MADO_EXPORT JsonNode   *mado_rule_explain      (MadoRule *self, MadoFacts *facts, const char *language);
/* The same as indented lines. */
MADO_EXPORT char       *mado_rule_explain_text (MadoRule *self, MadoFacts *facts, const char *language);
/* What the rule asks, without anybody's facts: "age is 65 or more, and district is Kugenuma". */
MADO_EXPORT char       *mado_rule_describe     (MadoRule *self, const char *language);

/**
 * mado_rule_select: (skip)
 * @columns: of the rule's vocabulary
 * @today: the day `today` means, in days since 1970
 * @n_selected: (out) (optional): how many
 *
 * For whom it holds: exactly as mado_rule_test() says of each row. It takes five bytes an element of the groups it
 * looks into, and a bit a row for the answer.
 *
 * Returns: (transfer full): a bit a row, the first the lowest of the first word
 */
MADO_EXPORT guint64 *mado_rule_select (MadoRule *self, MadoColumns *columns, gint32 today, guint *n_selected);

/* Names of all facts it may read, in the order they are met. (transfer none) */
MADO_EXPORT const char * const *mado_rule_get_facts (MadoRule *self);

/**
 * mado_rule_check:
 *
 * What a catalogue refuses when it publishes: operands whose types cannot fit ("type"), options that do not exist
 * ("option"), comparisons whose outcome for an unanswered fact surprises ("ambiguous"), and a rule, or a part of it,
 * that always holds ("always") or never does ("never").
 */
MADO_EXPORT gboolean    mado_rule_check (MadoRule *self, GError **error);

/* What `mado rules test` does with one suite; prints each failure to stdout. */
MADO_EXPORT gboolean    mado_rule_run_suite (const char *name, JsonNode *suite, guint *passed, guint *failed);

G_END_DECLS
