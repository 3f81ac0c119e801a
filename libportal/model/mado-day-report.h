/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/* One bar of the picture: from what was owed to what is in the bank. */
#define MADO_TYPE_DAY_STEP (mado_day_step_get_type ())
MADO_DECLARE_RECORD (MadoDayStep, mado_day_step)
struct _MadoDayStep {
  MadoRecord parent;
  char      *id;           /* "owed-before", "raised" …, "bank" */
  gint64     yen;          /* adds to the sum; below 0: takes away */
  gboolean   total;        /* not added: the sum up to here */
};

/* One way money came by. */
#define MADO_TYPE_DAY_LINE (mado_day_line_get_type ())
MADO_DECLARE_RECORD (MadoDayLine, mado_day_line)
struct _MadoDayLine {
  MadoRecord parent;
  char      *provider;
  gint64     taken;        /* payments that came in that day */
  gint64     taken_yen;
  gint64     settled;      /* payments the provider paid out */
  gint64     settled_yen;
  gint64     costs;        /* yen of it the provider kept */
  gint64     open;         /* differences that wait for somebody */
  gint64     open_yen;
};

/* A day of the books on one page. */
#define MADO_TYPE_DAY_REPORT (mado_day_report_get_type ())
MADO_DECLARE_RECORD (MadoDayReport, mado_day_report)
struct _MadoDayReport {
  MadoRecord parent;
  char      *office;       /* (nullable): all offices */
  char      *day;
  gboolean   balanced;     /* debits are credits, and the bars make the bank */
  gint64     entries;
  gint64     debits, credits;
  gint64     closed_at;    /* 0: open */
  char      *digest;       /* (nullable): of the closed day */
  GPtrArray *steps;        /* of MadoDayStep */
  GPtrArray *lines;        /* of MadoDayLine */
  GPtrArray *totals;       /* of MadoPosting: the day by account */
};

G_END_DECLS
