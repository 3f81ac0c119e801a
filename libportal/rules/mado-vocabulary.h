/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "core/mado-error.h"
#include "core/mado-export.h"

G_BEGIN_DECLS

/* What a fact may hold. LIST holds chosen option ids; GROUP holds a list of objects, whose facts are its members. */
typedef enum {
  MADO_FACT_ANY,       /* nothing is known of it: plain JsonLogic data */
  MADO_FACT_BOOLEAN,
  MADO_FACT_NUMBER,
  MADO_FACT_YEN,
  MADO_FACT_DATE,      /* "YYYY-MM-DD" */
  MADO_FACT_TEXT,
  MADO_FACT_OPTION,    /* the id of one option */
  MADO_FACT_LIST,
  MADO_FACT_GROUP,
} MadoFactType;

/**
 * MadoVocabulary:
 *
 * The facts rules may speak of: name, type, and words for people. Each name has a slot, an index that never
 * changes, so that a compiled rule finds a fact without looking for its name. A *closed* vocabulary refuses rules
 * that name other facts; an *open* one takes every name as it comes (plain JsonLogic). Slots are given while
 * rules are compiled; afterwards any number of threads may evaluate.
 */
typedef struct _MadoVocabulary MadoVocabulary;
#define MADO_TYPE_VOCABULARY (mado_vocabulary_get_type ())
MADO_EXPORT GType           mado_vocabulary_get_type (void);
MADO_EXPORT MadoVocabulary *mado_vocabulary_new      (gboolean open);
MADO_EXPORT MadoVocabulary *mado_vocabulary_ref      (MadoVocabulary *self);
MADO_EXPORT void            mado_vocabulary_unref    (MadoVocabulary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoVocabulary, mado_vocabulary_unref)

/**
 * mado_vocabulary_add:
 * @name: "applicant.dateOfBirth"; of a group's member without the group: "age"
 * @group: (nullable): the group fact this one is a member of; added before
 * @label: (nullable): language map {"ja": …, "en": …}
 *
 * Returns: the slot; for a member, its position in the group. Adding a name again replaces type and label.
 */
MADO_EXPORT guint mado_vocabulary_add        (MadoVocabulary *self, const char *group, const char *name,
                                              MadoFactType type, JsonNode *label);
/* An option of an OPTION or LIST fact, with its words. The fact has been added before. */
MADO_EXPORT void  mado_vocabulary_add_option (MadoVocabulary *self, const char *group, const char *name,
                                              const char *option, JsonNode *label);
/**
 * mado_vocabulary_new_from_json:
 * @node: {"facts": {"name": {"type": "date", "label": {…}, "options": {"id": {…}}, "members": {…}}}}; other
 *   members of a fact are left to their readers
 *
 * Types: any, boolean, number, yen, date, text, option, list, group (also integer and string).
 */
MADO_EXPORT MadoVocabulary *mado_vocabulary_new_from_json (JsonNode *node, GError **error);

MADO_EXPORT gboolean     mado_vocabulary_find     (MadoVocabulary *self, const char *name, guint *slot);
MADO_EXPORT guint        mado_vocabulary_get_n_slots (MadoVocabulary *self);
MADO_EXPORT const char  *mado_vocabulary_get_name (MadoVocabulary *self, guint slot);
MADO_EXPORT MadoFactType mado_vocabulary_get_fact_type (MadoVocabulary *self, guint slot);
/* The chosen language, else ja, else the name itself. */
MADO_EXPORT const char  *mado_vocabulary_get_label (MadoVocabulary *self, guint slot, const char *language);
MADO_EXPORT gboolean     mado_fact_type_from_name (const char *name, MadoFactType *type);
MADO_EXPORT const char  *mado_fact_type_get_name (MadoFactType type);

G_END_DECLS
