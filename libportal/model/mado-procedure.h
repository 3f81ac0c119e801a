/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/*
 * Something one can ask of the city, as its file in forms/procedures/ says it (schema: forms/schema/procedure.json).
 * A fact of law or money is an object {…, text{}, source{title, url, date}}, or bears "unverified": true where nobody
 * could verify it; then people read 確認中 in its place.
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
  gboolean   kiosk;          /* can be filed here */
  gboolean   prefile;        /* may be filed before identification */
  char      *form;           /* id */
  gint64     form_revision;
  char      *office;         /* that decides, in the city's file */
  gint64     minutes;        /* it takes at the kiosk */
  JsonNode  *who;            /* who may */
  JsonNode  *bring;          /* [{title{}, note{}?}] */
  JsonNode  *fee;            /* {yen, per?: fact, text{}, source{}} */
  JsonNode  *deadline;       /* (nullable): of the resident: {days?, text{}, source{}} */
  JsonNode  *legal;          /* [{title{}, source{}}] */
  JsonNode  *decision;       /* {by: "rule"|"clerk", rule?, days} */
  char      *result;         /* "residence-certificate" or "decision" */
  char      *effect;         /* (nullable): what granting writes into the register: "move-in" */
  JsonNode  *next_steps;     /* [{when{}, days?, text{}}]: what happens after filing */
  JsonNode  *statement;      /* (nullable): form of words on the result */
};

/* Days the office has after filing; by that date the resident hears something. */
MADO_EXPORT guint    mado_procedure_get_decision_days (const MadoProcedure *self);
MADO_EXPORT gboolean mado_procedure_is_decided_by_rule (const MadoProcedure *self);

G_END_DECLS
