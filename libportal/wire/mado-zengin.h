/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "core/mado-error.h"

G_BEGIN_DECLS

/*
 * Files of the Zengin association: records of one length in JIS X 0201 (one byte a character, katakana half width),
 * each closed by CR, LF, both or nothing. Numbers stand on the right behind zeros, text on the left before spaces.
 */
#define MADO_ZENGIN_NOTICE_BYTES 200
#define MADO_ZENGIN_MAX_BYTES    (64 * 1024 * 1024)

/**
 * mado_zengin_split:
 * @data: (array length=n): a whole file
 * @length: bytes of a record
 *
 * Returns: (transfer full): where in @data each record begins (const guint8 *); %NULL with %MADO_ERROR_MALFORMED
 *   naming record and byte where one is cut short or holds a byte that is no character
 */
GPtrArray *mado_zengin_split (const guint8 *data, gsize n, gsize length, GError **error);

/* As UTF-8, half-width kana as they are, without the spaces at the end. */
char      *mado_zengin_dup_text (const guint8 *bytes, gsize n);

/* One account of a notice of credits (振込入金通知, 200 bytes, kind 01). Dates are day numbers (mado-date.h). */
typedef struct {
  int    made, from, to;          /* MADO_DATE_NONE where a date is all zeros */
  char   bank[5], branch[4];
  char   account[8];
  guint  account_type;
  char  *account_name;
  guint  first, n;                /* its credits */
} MadoZenginAccount;

typedef struct {
  guint    record;                /* from 1: for the one who looks it up */
  char     reference[7];          /* the bank's own number */
  int      date, value_date;
  gint64   yen;
  char    *payer_code;            /* the bank's number for the payer, often empty */
  char    *payer;                 /* as the bank knows the name: kana, half width */
  char    *bank, *branch;         /* it came from */
  gboolean cancelled;             /* takes back one that was noticed before */
  char    *edi;                   /* what the payer added: often a bill's number */
} MadoZenginCredit;

typedef struct {
  GArray *accounts;   /* of MadoZenginAccount */
  GArray *credits;    /* of MadoZenginCredit, in the order of the file */
} MadoZenginNotice;

/**
 * mado_zengin_notice_read:
 * @today: in years of an era two digits are not enough: the era is chosen that does not lie ahead of this day
 *
 * Returns: (transfer full): all of the file, or %NULL with %MADO_ERROR_MALFORMED naming record, bytes and field; also
 *   where counts or totals of a trailer do not agree
 */
MadoZenginNotice *mado_zengin_notice_read (const guint8 *data, gsize n, int today, GError **error);
void              mado_zengin_notice_free (MadoZenginNotice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoZenginNotice, mado_zengin_notice_free)

G_END_DECLS
