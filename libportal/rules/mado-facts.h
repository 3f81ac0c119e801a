/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rules/mado-vocabulary.h"

G_BEGIN_DECLS

typedef enum {
  MADO_RULE_UNKNOWN,   /* nobody has answered yet; operators read it as null */
  MADO_RULE_NULL,
  MADO_RULE_BOOLEAN,
  MADO_RULE_NUMBER,    /* double: whole numbers are exact up to 2^53 */
  MADO_RULE_DATE,      /* days since 1970-01-01; text "YYYY-MM-DD" to the outside */
  MADO_RULE_TEXT,
  MADO_RULE_LIST,
  MADO_RULE_OBJECT,
} MadoRuleType;

typedef struct _MadoRuleMember MadoRuleMember;

/* One value, 16 bytes; what it points to belongs to the facts or to the rule it came from. */
typedef struct _MadoRuleValue MadoRuleValue;
struct _MadoRuleValue {
  guint16 type;        /* MadoRuleType */
  guint16 symbol;      /* private to the facts; 0 */
  guint32 n;           /* bytes of text, elements of a list, members of an object */
  union {
    gboolean boolean;
    double number;
    gint32 day;
    const char *text;  /* terminated */
    const MadoRuleValue *items;
    const MadoRuleMember *members;
  };
};

struct _MadoRuleMember {
  const char *name;
  gsize name_length;
  MadoRuleValue value;
};

/**
 * MadoFacts:
 *
 * What is known of one person: a value for each slot of a vocabulary, and the day on which the question is asked.
 * One thread at a time.
 */
typedef struct _MadoFacts MadoFacts;
#define MADO_TYPE_FACTS (mado_facts_get_type ())
MADO_EXPORT GType      mado_facts_get_type (void);
MADO_EXPORT MadoFacts *mado_facts_new      (MadoVocabulary *vocabulary);
MADO_EXPORT MadoFacts *mado_facts_ref      (MadoFacts *self);
MADO_EXPORT void       mado_facts_unref    (MadoFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoFacts, mado_facts_unref)

/* Everything unknown again; the day stays. */
MADO_EXPORT void     mado_facts_clear       (MadoFacts *self);
/* The day `today` means: "YYYY-MM-DD". Without it, the clock's day in Japan when the facts were made. */
MADO_EXPORT gboolean mado_facts_set_today   (MadoFacts *self, const char *date, GError **error);

/* Each replaces what the slot held; text is copied. */
MADO_EXPORT void     mado_facts_set_unknown (MadoFacts *self, guint slot);
MADO_EXPORT void     mado_facts_set_boolean (MadoFacts *self, guint slot, gboolean value);
MADO_EXPORT void     mado_facts_set_number  (MadoFacts *self, guint slot, double value);
MADO_EXPORT void     mado_facts_set_day     (MadoFacts *self, guint slot, gint32 days_since_1970);
MADO_EXPORT void     mado_facts_set_text    (MadoFacts *self, guint slot, const char *value);
/* Any JSON (null: known to be empty); the text of a DATE fact becomes a day, if it is one. */
MADO_EXPORT void     mado_facts_set_json    (MadoFacts *self, guint slot, JsonNode *value);

/**
 * mado_facts_set_data:
 * @data: (nullable): usually an object; answers keyed by fact name, nested objects, or both
 *
 * Clears, then fills every slot of the vocabulary from @data: the member of that very name, else the path
 * ("pie.filling"). Call it after the rules were compiled: an open vocabulary has its slots from them.
 */
MADO_EXPORT void     mado_facts_set_data    (MadoFacts *self, JsonNode *data);

MADO_EXPORT const MadoRuleValue *mado_facts_get (MadoFacts *self, guint slot);
/**
 * mado_facts_get_slots: (skip)
 *
 * The slots themselves, for callers that fill many people's facts: values put there are borrowed.
 */
MADO_EXPORT MadoRuleValue *mado_facts_get_slots (MadoFacts *self, guint *n_slots);

/* (transfer full) */
MADO_EXPORT JsonNode *mado_rule_value_to_json (const MadoRuleValue *value);

G_END_DECLS
