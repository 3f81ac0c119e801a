/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "procedures/mado-catalogue.h"

G_BEGIN_DECLS

/* What loading fills, and every mistake it meets on the way. */
typedef struct {
  const char     *folder;
  const char     *file;          /* being read, below the folder */
  GPtrArray      *findings;      /* of MadoFinding */
  JsonNode       *words;         /* vocabulary.json */
  MadoVocabulary *vocabulary;
  GPtrArray      *forms;         /* of MadoForm */
  GPtrArray      *procedures;    /* of MadoProcedure */
} MadoCatalogueLoad;

void mado_catalogue_load_init  (MadoCatalogueLoad *self, const char *folder);
void mado_catalogue_load_run   (MadoCatalogueLoad *self);
void mado_catalogue_load_clear (MadoCatalogueLoad *self);

void mado_catalogue_find       (MadoCatalogueLoad *self, const char *pointer, const char *code, const char *format, ...)
  G_GNUC_PRINTF (4, 5);
/* Each violation of @error becomes a finding; frees it. @base: put before its pointers. */
void mado_catalogue_find_error (MadoCatalogueLoad *self, const char *base, GError *error);

/* Writes what the vocabulary says of each fact (kind, label, options) into the fields of a form. */
void mado_catalogue_resolve    (MadoCatalogueLoad *self, JsonObject *form);
/* What a machine cannot see in the types: languages, sources, deadlines, forms that exist. */
void mado_catalogue_check_languages (MadoCatalogueLoad *self, JsonNode *node, const char *pointer);
void mado_catalogue_check_procedure (MadoCatalogueLoad *self, MadoProcedure *procedure);

G_END_DECLS
