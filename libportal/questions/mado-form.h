/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-kind.h"

G_BEGIN_DECLS

/*
 * A form as the service publishes it (GET /v1/forms/{id}): one revision, immutable, complete in itself. What the
 * vocabulary says of a fact (kind, label, options) has been written into each field: see mado-form-resolve.h.
 *
 * sections[] → questions[] (one page each) → fields[] (a tight group). A question with a `group` is asked once for
 * each row of that group. All strings and nodes belong to the form.
 */
typedef struct {
  const char *id;
  JsonNode   *label;         /* language map */
} MadoFormOption;

struct _MadoFormField {
  const char           *fact;        /* in a group: the member's name */
  const MadoKind       *kind;
  JsonNode             *label;
  JsonNode             *help;        /* (nullable): "わからないときは" */
  JsonNode             *example;     /* (nullable) */
  gboolean              required;
  gboolean              may_not_know; /* 「わからない」 is an answer: null */
  gboolean              has_min, has_max;
  gint64                min, max;    /* characters, number, choices or rows, by kind */
  int                   earliest, latest;  /* of dates: day numbers, or MADO_DATE_NONE */
  gboolean              not_future, not_past;
  const MadoFormOption *options;
  guint                 n_options;
  MadoRule             *when;        /* (nullable): asked only if it holds */
};

typedef struct {
  const char *id;
  JsonNode   *title;
} MadoFormSection;

typedef struct {
  const char            *id;
  const MadoFormSection *section;
  JsonNode              *title;      /* the question */
  JsonNode              *why;        /* (nullable): why we ask */
  JsonNode              *help;       /* (nullable) */
  MadoRule              *when;       /* (nullable) */
  const char            *group;      /* (nullable): asked for each row of this fact */
  JsonNode              *row_title;  /* (nullable): "{n}人目", for groups */
  guint                  min_rows, max_rows;
  MadoVocabulary        *row_words;  /* (nullable): facts of one row, for the rules of its fields */
  const MadoFormField   *fields;
  guint                  n_fields;
} MadoFormQuestion;

typedef struct _MadoForm MadoForm;
struct _MadoForm {
  const char             *id;
  gint64                  revision;
  char                   *digest;     /* hex SHA-256 of the canonical JSON */
  JsonNode               *title;
  const MadoFormSection  *sections;
  guint                   n_sections;
  const MadoFormQuestion *questions;
  guint                   n_questions;
  MadoVocabulary         *vocabulary;
  JsonNode               *json;
  gatomicrefcount         refs;
};
#define MADO_TYPE_FORM (mado_form_get_type ())
MADO_EXPORT GType     mado_form_get_type (void);

/**
 * mado_form_new:
 * @json: a form as published
 * @vocabulary: which its rules speak; one for all forms of a visit (an open one will do)
 * @error: return location: `MADO_ERROR_INVALID`, every mistake with its JSON Pointer
 *
 * Returns: (transfer full): the form
 */
MADO_EXPORT MadoForm *mado_form_new   (JsonNode *json, MadoVocabulary *vocabulary, GError **error);
MADO_EXPORT MadoForm *mado_form_ref   (MadoForm *self);
MADO_EXPORT void      mado_form_unref (MadoForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoForm, mado_form_unref)

/* (nullable): the field of a fact, or of a member of @group. */
MADO_EXPORT const MadoFormField  *mado_form_find_field  (const MadoForm *self, const char *group, const char *fact);
/* (nullable) */
MADO_EXPORT const MadoFormOption *mado_form_field_find_option (const MadoFormField *field, const char *id);

/**
 * mado_form_field_check:
 * @field: a field
 * @value: what was answered
 * @today: day number
 * @pointer: of the answer, for the violation
 * @error: return location: `MADO_ERROR_INVALID` with one violation
 *
 * Returns: (transfer full) (nullable): the value as it is kept, folded; %NULL with @error unset where the answer is
 *   left out and may be
 */
MADO_EXPORT JsonNode *mado_form_field_check   (const MadoFormField *field, JsonNode *value, int today,
                                               const char *pointer, GError **error);
/* The value in words: "令和8年11月20日", "はい", "251-0054". (transfer full) */
MADO_EXPORT char     *mado_form_field_display (const MadoFormField *field, JsonNode *value, const char *language);

G_END_DECLS
