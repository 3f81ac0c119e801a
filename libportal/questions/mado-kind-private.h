/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "questions/mado-form.h"
#include "core/mado-reader.h"

G_BEGIN_DECLS

#define MADO_KIND_CHECK(name) \
  JsonNode *mado_kind_check_##name (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context, \
                                    MadoRefusal *refusal)
#define MADO_KIND_DISPLAY(name) \
  char *mado_kind_display_##name (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context, \
                                  const char *language)

MADO_KIND_CHECK (text);
MADO_KIND_CHECK (long_text);
MADO_KIND_CHECK (name);
MADO_KIND_CHECK (kana);
MADO_KIND_CHECK (address);
MADO_KIND_CHECK (postcode);
MADO_KIND_CHECK (phone);
MADO_KIND_CHECK (mail);
MADO_KIND_CHECK (my_number);
MADO_KIND_CHECK (corporate_number);
MADO_KIND_CHECK (bank_branch);
MADO_KIND_CHECK (account_number);
MADO_KIND_DISPLAY (text);
MADO_KIND_DISPLAY (phone);
MADO_KIND_DISPLAY (secret);
MADO_KIND_DISPLAY (bank_branch);

MADO_KIND_CHECK (number);
MADO_KIND_CHECK (date);
MADO_KIND_CHECK (month);
MADO_KIND_CHECK (time);
MADO_KIND_DISPLAY (number);
MADO_KIND_DISPLAY (yen);
MADO_KIND_DISPLAY (date);
MADO_KIND_DISPLAY (month);
char *mado_kind_note_date (JsonNode *value, const char *language);

MADO_KIND_CHECK (document);
MADO_KIND_CHECK (signature);
MADO_KIND_DISPLAY (document);
MADO_KIND_DISPLAY (signature);

MADO_KIND_CHECK (yes_no);
MADO_KIND_CHECK (consent);
MADO_KIND_CHECK (one_of);
MADO_KIND_CHECK (several_of);
MADO_KIND_CHECK (person);
MADO_KIND_CHECK (people);
MADO_KIND_DISPLAY (yes_no);
MADO_KIND_DISPLAY (one_of);
MADO_KIND_DISPLAY (several_of);
MADO_KIND_DISPLAY (person);
MADO_KIND_DISPLAY (people);

/* Gives NULL, so that a check can end with it. @message: (transfer full) */
static inline JsonNode *
mado_refuse (MadoRefusal *refusal, const char *code, char *message)
{
  *refusal = (MadoRefusal) { code, message };
  return NULL;
}

/* (nullable) (transfer full): what was typed, folded; NULL with the refusal where it is no text. */
typedef char *(*MadoFold) (const char *text);
char *mado_kind_fold (JsonNode *value, MadoFold fold, MadoRefusal *refusal);

/* Whether @id stands among the first @index texts of @list. */
gboolean mado_kind_is_chosen_before (JsonArray *list, guint index, const char *id);

/* The value as it is, if @folded says the same. */
static inline JsonNode *
mado_kind_keep (JsonNode *value, const char *folded)
{
  if (g_strcmp0 (mado_reader_get_string (value), folded) == 0)
    return json_node_ref (value);
  return json_node_init_string (json_node_alloc (), folded);
}

static inline gboolean
mado_language_is_japanese (const char *language)
{
  return language[0] == 'j' && language[1] == 'a';
}

G_END_DECLS
