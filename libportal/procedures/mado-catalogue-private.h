/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "procedures/mado-catalogue.h"

G_BEGIN_DECLS

/* A procedure with its rules compiled, and the file it is from. */
typedef struct {
  char          *file;
  MadoProcedure *procedure;
  MadoRule      *decision;    /* (nullable) */
  MadoRule      *fee;         /* (nullable) */
} MadoCatalogueProcedure;

typedef struct {
  char     *file;
  MadoForm *form;
} MadoCatalogueForm;

/* What was read from a folder, right or wrong; every mistake is a finding. */
typedef struct {
  const char     *folder;
  GPtrArray      *findings;
  JsonNode       *words;          /* (nullable): vocabulary.json */
  MadoVocabulary *vocabulary;     /* closed */
  GPtrArray      *procedures;     /* of MadoCatalogueProcedure: in force */
  GPtrArray      *forms;          /* of MadoCatalogueForm: in force */
  GPtrArray      *old_procedures; /* of revisions/ */
  GPtrArray      *old_forms;
} MadoCatalogueFiles;

void        mado_catalogue_files_read   (MadoCatalogueFiles *self, const char *folder);
void        mado_catalogue_files_clear  (MadoCatalogueFiles *self);
/* @pointer: (nullable) */
void        mado_catalogue_files_find   (MadoCatalogueFiles *self, const char *file, const char *pointer,
                                         const char *code, const char *format, ...) G_GNUC_PRINTF (5, 6);
/* Each violation of @error, below @pointer, as a finding. */
void        mado_catalogue_files_take   (MadoCatalogueFiles *self, const char *file, const char *pointer,
                                         const GError *error);
MadoForm   *mado_catalogue_files_get_form (const MadoCatalogueFiles *self, const char *id);   /* (nullable): in force */

/* The bounds of a rule's value, as far as they can be told without knowing the answers. */
typedef struct {
  double min, max;
} MadoRuleBounds;
MadoRuleBounds mado_rule_get_bounds (JsonNode *rule, JsonNode *words);

G_END_DECLS
