/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/*
 * Something one can ask of the city, as its file in forms/procedures/ says it (schema: forms/schema/procedure.json).
 * One with a form can be filed with us; one without is told here (who, what, by when, where) and done elsewhere.
 * What law or money says is an object {…, text{}, source{title, url, date}, verified}; "verified" is a day, or
 * "確認中" where nobody could verify it yet, which people then read beside the text.
 */
#define MADO_TYPE_PROCEDURE (mado_procedure_get_type ())
MADO_DECLARE_RECORD (MadoProcedure, mado_procedure)
struct _MadoProcedure {
  MadoRecord parent;
  char      *id;
  gint64     revision;
  JsonNode  *title;          /* language map, as are all texts */
  JsonNode  *summary;
  char      *category;       /* "certificate", "moving" … */
  char      *icon;           /* (nullable): of the tile */
  GStrv      keywords;       /* what people say for it */
  gboolean   often;          /* many come for it: shown first */
  GStrv      how;            /* each way there is: "kiosk", "online", "counter", "post", "phone", "store" */
  gboolean   kiosk;          /* can be filed at a kiosk; follows from how, as does the next */
  gboolean   online;         /* can be filed from home */
  gboolean   printer;        /* the result comes out of the kiosk's printer */
  gboolean   prefile;        /* may be filed before identification */
  char      *form;           /* (nullable): id; what follows about filing is there only with a form */
  gint64     form_revision;
  char      *office;         /* that decides, in the city's file */
  GStrv      offices;        /* (nullable): where else it can be done */
  gint64     minutes;        /* it takes at the kiosk; 0 without a form */
  JsonNode  *who;            /* who may: {text{}, source, verified} */
  JsonNode  *bring;          /* [{title{}, note{}?, icon?, without{}?}] */
  JsonNode  *fee;            /* {text{}, rule, source, verified} */
  JsonNode  *deadline;       /* (nullable): of the resident: {text{}, days?, after?: fact, source, verified} */
  JsonNode  *legal;          /* [{title{}, source, verified}] */
  JsonNode  *decision;       /* (nullable): {by: "rule"|"clerk", rule?, days, text{}} */
  char      *result;         /* (nullable): "residence-certificate" or "decision" */
  char      *effect;         /* (nullable): what granting writes into the register: "move-in" */
  JsonNode  *next_steps;     /* (nullable): [{when{}, days?, text{}, source?, verified?}]: after filing, in order */
  JsonNode  *statement;      /* (nullable): form of words on the result */
};

/* What a list says of it: enough to find it, and to know whether the rest has changed. */
#define MADO_TYPE_PROCEDURE_BRIEF (mado_procedure_brief_get_type ())
MADO_DECLARE_RECORD (MadoProcedureBrief, mado_procedure_brief)
struct _MadoProcedureBrief {
  MadoRecord parent;
  char      *id;
  gint64     revision;
  char      *digest;         /* SHA-256, hex, of all that is told of the procedure */
  JsonNode  *title;
  JsonNode  *summary;
  char      *category;
  char      *icon;           /* (nullable) */
  char      *office;
  char      *form;           /* (nullable) */
  gboolean   often;
  gboolean   kiosk;
  gboolean   online;
};

/**
 * mado_procedure_new_brief:
 *
 * Returns: (transfer full): what a list says of it
 */
MADO_EXPORT MadoProcedureBrief *mado_procedure_new_brief (MadoProcedure *self);

/* Days the office has after filing; by that date the resident hears something. */
MADO_EXPORT guint    mado_procedure_get_decision_days (const MadoProcedure *self);
MADO_EXPORT gboolean mado_procedure_is_decided_by_rule (const MadoProcedure *self);

G_END_DECLS
