/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "search/mado-text.h"

G_BEGIN_DECLS

/*
 * What people say for the same thing in all languages ("引っ越し", "転居", "moved"), and what they say around it
 * ("したい", "how do I"). From forms/words.json (schema: forms/schema/words.json). Immutable.
 */
typedef struct _MadoWords MadoWords;

/* @json: (nullable): as the schema allows it */
MadoWords *mado_words_new   (JsonNode *json);
MadoWords *mado_words_ref   (MadoWords *self);
void       mado_words_unref (MadoWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoWords, mado_words_unref)

/* A meaning that is spoken of in a text, and where. */
typedef struct {
  guint   concept;
  guint16 from, to;
} MadoMention;

/* Appends each. */
void     mado_words_find      (MadoWords *self, const MadoText *text, GArray *mentions);
/* Meanings a word of an alphabet has by itself. */
void     mado_words_find_stem (MadoWords *self, const char *stem, guint from, guint to, GArray *mentions);
/* Sets a TRUE beside each character that says nothing about what is meant. */
void     mado_words_mark_idle (MadoWords *self, const MadoText *text, gboolean *idle);
gboolean mado_words_is_idle   (MadoWords *self, const char *stem);
/* (transfer none) (element-type utf8): every stem of the concepts, once */
GPtrArray *mado_words_get_stems (MadoWords *self);

G_END_DECLS
