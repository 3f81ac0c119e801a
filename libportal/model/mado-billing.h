/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

typedef enum {
  MADO_BILLING_STATE_READING,      /* pieces of the file are still to come */
  MADO_BILLING_STATE_IMPORTING,    /* a job raises its charges */
  MADO_BILLING_STATE_DONE,
  MADO_BILLING_STATE_DISCARDED,
} MadoBillingState;
#define MADO_TYPE_BILLING_STATE (mado_billing_state_get_type ())
MADO_EXPORT GType mado_billing_state_get_type (void);

/* A row of a billing file that was left out. */
#define MADO_TYPE_BILLING_MISTAKE (mado_billing_mistake_get_type ())
MADO_DECLARE_RECORD (MadoBillingMistake, mado_billing_mistake)
struct _MadoBillingMistake {
  MadoRecord parent;
  gint64     line;         /* of the file, from 1 */
  char      *column;       /* its title; "" for the whole line */
  char      *message;      /* what is wrong, and what to do */
};

/* A tax office's file of bills on its way to being charges. */
#define MADO_TYPE_BILLING (mado_billing_get_type ())
MADO_DECLARE_RECORD (MadoBilling, mado_billing)
struct _MadoBilling {
  MadoRecord       parent;
  char            *id;
  MadoBillingState state;
  char            *mapping;
  char            *office;
  char            *titles;       /* its first line */
  gint64           pieces;       /* that came */
  gint64           parts;        /* of rows that are kept */
  gint64           lines;        /* of the file so far, the titles among them */
  gint64           good;         /* rows that can be imported */
  gint64           bad;          /* rows that were left out */
  gint64           yen;          /* of the good ones */
  gint64           imported;     /* that are charges by now */
  gint64           known;        /* whose bill was imported before */
  char            *job;          /* (nullable): that imports it */
  char            *opened_by;
  gint64           opened_at;
  gint64           updated_at;
  GPtrArray       *mistakes;     /* (nullable): of MadoBillingMistake, the first 200 */
};

G_END_DECLS
