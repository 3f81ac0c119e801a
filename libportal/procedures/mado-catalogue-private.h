/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-life-event.h"
#include "paper/mado-overlay.h"
#include "procedures/mado-catalogue.h"

G_BEGIN_DECLS

/* In "verified": nobody could compare this with its source yet. */
#define MADO_UNVERIFIED "確認中"

/* A procedure with its rules compiled, and the file it is from. */
typedef struct {
  char           *file;         /* (nullable): as in the next: of an earlier revision */
  MadoProcedure  *procedure;
  MadoVocabulary *vocabulary;   /* its rules speak */
  MadoRule       *decision;     /* (nullable) */
  MadoRule       *fee;          /* (nullable) */
} MadoCatalogueProcedure;

typedef struct {
  char     *file;
  MadoForm *form;
} MadoCatalogueForm;

/* How the answers of a form are printed onto the official one. */
typedef struct {
  char        *file;
  char        *form;         /* id */
  JsonNode    *json;
  MadoOverlay *overlay;
} MadoCatalogueOverlay;

typedef struct {
  char          *file;
  MadoLifeEvent *event;
  GPtrArray     *rules;       /* of MadoRule, one beside each procedure; (nullable) each: always applies */
} MadoCatalogueEvent;

typedef struct {
  char    *file;
  char    *pointer;
  MadoFaq *faq;
} MadoCatalogueQuestion;

/* What was read from a folder, right or wrong; every mistake is a finding. */
typedef struct {
  const char     *folder;
  GHashTable     *instead;        /* (nullable): file to the text that is read in its place */
  GPtrArray      *findings;
  JsonNode       *words;          /* (nullable): vocabulary.json */
  JsonNode       *said;           /* (nullable): words.json */
  MadoVocabulary *vocabulary;     /* closed */
  GPtrArray      *procedures;     /* of MadoCatalogueProcedure: in force */
  GPtrArray      *forms;          /* of MadoCatalogueForm: in force */
  GPtrArray      *overlays;       /* of MadoCatalogueOverlay */
  GPtrArray      *events;         /* of MadoCatalogueEvent, by id */
  GPtrArray      *questions;      /* of MadoCatalogueQuestion, by file and place */
  GHashTable     *in_force;       /* ids of the procedures in force, a set */
  GHashTable     *asked;          /* id to MadoCatalogueQuestion */
} MadoCatalogueFiles;

/* @instead: (nullable): file to the text that is read in its place */
void        mado_catalogue_files_read   (MadoCatalogueFiles *self, const char *folder, GHashTable *instead);
void        mado_catalogue_files_clear  (MadoCatalogueFiles *self);
/* @pointer: (nullable) */
void        mado_catalogue_files_find   (MadoCatalogueFiles *self, const char *file, const char *pointer,
                                         const char *code, const char *format, ...) G_GNUC_PRINTF (5, 6);
/* Each violation of @error, below @pointer, as a finding. */
void        mado_catalogue_files_take   (MadoCatalogueFiles *self, const char *file, const char *pointer,
                                         const GError *error);
MadoForm   *mado_catalogue_files_get_form (const MadoCatalogueFiles *self, const char *id);   /* (nullable): in force */
/* (transfer full): the JSON files of a folder below the catalogue's and of its own folders, in order. */
GPtrArray  *mado_catalogue_files_list   (MadoCatalogueFiles *self, const char *below);
/* (transfer full) (nullable): what is in a file, if @schema allows it. */
JsonNode   *mado_catalogue_files_check  (MadoCatalogueFiles *self, const char *file, const char *schema);
void        mado_catalogue_files_check_name (MadoCatalogueFiles *self, const char *file, const char *id);
/* (transfer full) (nullable): @rule: (nullable) */
MadoRule   *mado_catalogue_files_compile (MadoCatalogueFiles *self, const char *file, const char *pointer,
                                          JsonNode *rule);
void        mado_catalogue_files_read_procedures (MadoCatalogueFiles *self);
void        mado_catalogue_files_check_offices  (MadoCatalogueFiles *self, const MadoCity *city);
void        mado_catalogue_files_read_overlays  (MadoCatalogueFiles *self);
void        mado_catalogue_files_read_events    (MadoCatalogueFiles *self);
void        mado_catalogue_files_read_questions (MadoCatalogueFiles *self);
/* (transfer full): see mado_catalogue_count(). */
JsonNode   *mado_catalogue_files_count  (const MadoCatalogueFiles *self, MadoCatalogue *catalogue);
/* @file: (nullable); @procedure, @form: (transfer full) */
MadoCatalogueProcedure *mado_catalogue_procedure_new (const char *file, MadoProcedure *procedure,
                                                      MadoVocabulary *vocabulary);
/* (nullable): @part: (nullable): a fee or a decision */
JsonNode   *mado_catalogue_get_rule       (JsonNode *part);
MadoCatalogueForm      *mado_catalogue_form_new      (const char *file, MadoForm *form);
void        mado_catalogue_form_free      (gpointer data);
void        mado_catalogue_procedure_free (gpointer data);
void        mado_catalogue_overlay_free   (gpointer data);
void        mado_catalogue_event_free     (gpointer data);
void        mado_catalogue_question_free  (gpointer data);

/* (transfer full) (nullable): a file as it is written, $schema and all. */
JsonNode   *mado_catalogue_files_read_json (MadoCatalogueFiles *self, const char *file);
/* mado_catalogue_lint(), where some files had other texts. */
GPtrArray  *mado_catalogue_lint_with       (const char *folder, const MadoCity *city, GHashTable *instead);

MadoCatalogueFiles *mado_catalogue_get_files     (MadoCatalogue *self);
/* FALSE with every finding in @error, if there are any; then there are none. */
gboolean            mado_catalogue_tell_findings (MadoCatalogue *self, GError **error);
/* @past: (transfer full): a MadoPast, where earlier revisions are from now on */
void                mado_catalogue_take_past     (MadoCatalogue *self, gpointer past);
/* Until when people read this revision: when the next was published; G_MAXINT64 for the one in force. */
gboolean            mado_catalogue_find_end      (MadoCatalogue *self, const MadoProcedure *procedure, gint64 *end,
                                                  GError **error);

/* The bounds of a rule's value, as far as they can be told without knowing the answers. */
typedef struct {
  double min, max;
} MadoRuleBounds;
MadoRuleBounds mado_rule_get_bounds (JsonNode *rule, JsonNode *words);

G_END_DECLS
