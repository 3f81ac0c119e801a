/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "core/mado-error.h"
#include "model/mado-mapping.h"

G_BEGIN_DECLS

#define MADO_STATEMENT_MAX_BYTES (32 * 1024 * 1024)

/* What a provider says of one payment. */
typedef enum {
  MADO_STATEMENT_PAID,       /* and is, or will be, in the city's account */
  MADO_STATEMENT_PROMISED,   /* 速報: paid in a shop, not yet final */
  MADO_STATEMENT_CANCELLED,  /* 取消: the promise is void */
  MADO_STATEMENT_REFUNDED,   /* went back to the payer: below 0 */
} MadoStatementNews;

/* One line of a provider's file, whatever the file was. Texts are borrowed. Days are day numbers (mado-date.h). */
typedef struct {
  guint             line;        /* in the file, from 1 */
  MadoStatementNews news;
  const char       *key;         /* the same line in another file has the same */
  const char       *payment;     /* (nullable): our number of it */
  const char       *reference;   /* theirs */
  const char       *code;        /* (nullable): of a slip, 44 digits */
  const char       *payer;       /* (nullable): as the bank writes it */
  const char       *note;        /* (nullable): what the payer added: often a number of ours */
  const char       *office;      /* (nullable): of ours, whose till a sum of cash is from */
  gint64            yen;         /* above 0; what went back too */
  gint64            costs;       /* of it the provider keeps */
  int               day;         /* it was paid on */
  int               paid_out;    /* to the city; MADO_DATE_NONE where not told */
} MadoStatementLine;

/* A whole file. */
typedef struct {
  GArray       *lines;           /* of MadoStatementLine */
  gint64        yen, costs;      /* of what is paid, less what went back */
  int           first_day, last_day, paid_out;   /* MADO_DATE_NONE where there is none */

  /*< private >*/
  GStringChunk *texts;
} MadoStatement;

/**
 * mado_statement_read:
 * @mapping: how
 * @data: (array length=n): the file as it came
 * @today: day number: years of an era are told by it
 *
 * Every mistake is a violation with line and column (up to fifty); one is enough for nothing to be taken.
 *
 * Returns: (transfer full): what it says, in the order of the file
 */
MadoStatement *mado_statement_read (const MadoMapping *mapping, const guint8 *data, gsize n, int today,
                                    GError **error);
void           mado_statement_free (MadoStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoStatement, mado_statement_free)

/* A line as a row of text, and back: the texts of @line are then borrowed from @row, which is changed. */
void     mado_statement_line_append (const MadoStatementLine *line, GString *out);
gboolean mado_statement_line_parse  (MadoStatementLine *line, char *row);

G_END_DECLS
