/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "procedures/mado-catalogue-private.h"
#include "procedures/mado-revisions.h"

G_BEGIN_DECLS

#define MADO_REVISION_OFFICIAL  "official"   /* how a form is printed: part of the form's revision */
#define MADO_REVISION_FORM      "form"
#define MADO_REVISION_PROCEDURE "procedure"

/* What a case is held to: a form, how it is printed, or a procedure that can be filed, in one revision. */
typedef struct {
  const char *kind, *id, *file;
  char       *part;         /* (nullable): "form/tennyu", with which it is raised */
  gint64      revision;
  char       *body;         /* canonical JSON */
  char       *digest;       /* of the body, hex */
} MadoOffered;

/* (transfer full) (element-type MadoOffered): all that are in force, parts first; @files must outlive it */
GPtrArray  *mado_offered_list      (const MadoCatalogueFiles *files, GError **error);
/* (transfer full): "tennyu.2" */
char       *mado_revision_make_key (const char *id, gint64 revision);

MadoChange *mado_change_new        (const char *kind, const char *id, const char *file);
/* (transfer full): what differs between two objects, in words. */
char      **mado_json_tell_changes (JsonNode *before, JsonNode *now);

G_END_DECLS
