/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-kind.h"

G_BEGIN_DECLS

/*
 * A form as the service publishes it (GET /v1/forms/{id}): one revision, immutable, complete in itself. What the
 * vocabulary says of a fact (kind, label, options) has been written into each field: see mado-form-resolve.h.
 *
 * sections[] → questions[] (one page each) → fields[] (a tight group). Where a section has a group, its questions
 * are asked again for each row. All strings and nodes belong to the form.
 */
typedef struct {
  const char *id;
  JsonNode   *label;          /* language map */
  JsonNode   *note;           /* (nullable) */
} MadoFormOption;

struct _MadoFormField {
  const char           *fact;         /* in a group: the member's name */
  guint                 slot;         /* of the fact, in the vocabulary its rules speak */
  const MadoKind       *kind;
  JsonNode             *label;
  JsonNode             *help;         /* (nullable): "わからないときは" */
  JsonNode             *example;      /* (nullable): "251-8601" */
  gboolean              required;
  gboolean              may_not_know; /* 「わからない」 is an answer: null */
  gboolean              fixed;        /* what the city knows may not be changed here */
  gboolean              secondary;    /* shown beside the others, quietly: furigana */
  gboolean              has_min, has_max;
  gint64                min, max;     /* characters, number, choices, by kind */
  int                   earliest, latest;  /* of dates: day numbers, or MADO_DATE_NONE */
  gboolean              not_future, not_past;
  const MadoFormOption *options;
  guint                 n_options;
  MadoRule             *when;         /* (nullable): asked only if it holds */
  MadoRule             *value;        /* (nullable): computed, never asked */
};

typedef struct {
  const char *id;
  JsonNode   *title;
} MadoFormSection;

typedef struct _MadoFormGroup MadoFormGroup;
typedef struct _MadoFormLink MadoFormLink;
typedef struct _MadoFormFirst MadoFormFirst;

/* One page. */
typedef struct {
  const char            *id;
  const MadoFormSection *section;
  const MadoFormGroup   *group;       /* (nullable): asked for each row of it */
  JsonNode              *title;       /* the question */
  JsonNode              *label;       /* in a few words, for the check page: "新しい住所" */
  JsonNode              *why;         /* (nullable): why we ask */
  JsonNode              *help;        /* (nullable) */
  const char            *join;        /* between the fields' values, when told in one line */
  MadoRule              *when;        /* (nullable): in a group it reads the row, and the facts around it */
  const MadoFormField   *fields;
  guint                  n_fields;    /* at most MADO_FORM_MAX_FIELDS */
} MadoFormQuestion;
#define MADO_FORM_MAX_FIELDS 20

/* Holds for the answers as a whole: "moved out after moving in". */
typedef struct {
  MadoRule   *rule;
  const char *fact;                   /* where it is told */
  JsonNode   *message;                /* names the remedy */
} MadoFormCheck;

/* A fact that is a list of rows. */
struct _MadoFormGroup {
  const char             *fact;       /* "household.members" */
  guint                   slot;
  const MadoFormSection  *section;
  JsonNode               *title;      /* 「いっしょに引っ越した方」: of the page that lists the rows */
  JsonNode               *why;        /* (nullable) */
  JsonNode               *help;       /* (nullable) */
  JsonNode               *row_title;  /* "{n}人目" */
  JsonNode               *add;        /* what the key for one more says: 「もう1人 入れる」 */
  guint                   min_rows, max_rows;
  MadoRule               *when;       /* (nullable) */
  MadoRule               *first_when; /* (nullable): if it holds, the first row is somebody asked about before */
  const MadoFormFirst    *first;      /* which answers that row has from there */
  guint                   n_first;
  MadoVocabulary         *words;      /* of one row: its members, and the facts around it */
  const MadoFormLink     *links;      /* those facts around it that its rules read */
  guint                   n_links;
  const guint8           *reads;      /* by slot: whether a rule of a row reads it */
  guint                   n_reads;
  const MadoFormQuestion *questions;  /* within the form's */
  guint                   n_questions;
  const MadoFormCheck    *checks;     /* of each row */
  guint                   n_checks;
};

typedef struct _MadoForm MadoForm;
struct _MadoForm {
  const char             *id;
  gint64                  revision;
  char                   *digest;     /* hex SHA-256 of the canonical JSON */
  JsonNode               *title;
  const MadoFormSection  *sections;
  guint                   n_sections;
  const MadoFormQuestion *questions;  /* in their order, a group's among them, together */
  guint                   n_questions;
  const MadoFormGroup    *groups;
  guint                   n_groups;
  const MadoFormCheck    *checks;
  guint                   n_checks;
  const guint8           *reads;      /* by slot: whether a rule reads it */
  guint                   n_reads;
  MadoVocabulary         *vocabulary;
  JsonNode               *json;
  gatomicrefcount         refs;
};
#define MADO_TYPE_FORM (mado_form_get_type ())
MADO_EXPORT GType     mado_form_get_type (void);

/**
 * mado_form_new:
 * @json: a form as published
 * @vocabulary: which its rules speak; one for all forms of a visit. A closed one makes unknown facts a mistake
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
/**
 * mado_form_list_documents:
 * @answers: an object, which fits the form
 * @ids: (element-type utf8): of the attachments that @answers name; those are added
 */
MADO_EXPORT void                  mado_form_list_documents (const MadoForm *self, JsonNode *answers, GPtrArray *ids);
/* (nullable) */
MADO_EXPORT const MadoFormOption *mado_form_field_find_option (const MadoFormField *field, const char *id);

/**
 * mado_form_list_changed:
 * @old: what was answered
 * @now: what is asked
 *
 * Returns: (transfer full) (array zero-terminated=1): facts both ask, but not alike: other words, options or bounds;
 *   of a group's member the group
 */
MADO_EXPORT char                **mado_form_list_changed (const MadoForm *old, const MadoForm *now);

/**
 * mado_form_field_check:
 * @field: a field
 * @value: (nullable): what was answered
 * @pointer: of the answer, for the violation
 * @error: return location: `MADO_ERROR_INVALID` with one violation
 *
 * Returns: (transfer full) (nullable): the value as it is kept, folded; %NULL with @error unset where the answer is
 *   left out and may be; a null node for 「わからない」
 */
MADO_EXPORT JsonNode *mado_form_field_check   (const MadoFormField *field, JsonNode *value,
                                               const MadoAnswerContext *context, const char *pointer,
                                               GError **error);
/* The value in words: "令和8年11月20日", "はい", "251-0054". (transfer full) (nullable) */
MADO_EXPORT char     *mado_form_field_display (const MadoFormField *field, JsonNode *value,
                                               const MadoAnswerContext *context, const char *language);

G_END_DECLS
