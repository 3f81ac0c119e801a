/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "paper/mado-paper.h"

G_BEGIN_DECLS

/* The fixed words of the papers. $1 and $2 stand for what is filled in. */
typedef enum {
  PAPER_RECORD_TITLE, PAPER_RECORD_LEAD, PAPER_YOUR_NUMBER, PAPER_FILED_AT, PAPER_NOT_IDENTIFIED, PAPER_QR_RECORD,
  PAPER_WHAT_NEXT, PAPER_STATE, PAPER_SEEN_UNTIL, PAPER_NEXT_STEP, PAPER_BY_WHEN, PAPER_FEE, PAPER_FREE,
  PAPER_ASK, PAPER_PHONE, PAPER_HOURS, PAPER_YOUR_ANSWERS, PAPER_KEEP, PAPER_RECIPIENT, PAPER_LETTER_NUMBER,
  PAPER_DECISION_TITLE, PAPER_DECIDED, PAPER_DECISION, PAPER_GRANTED, PAPER_REFUSED,
  PAPER_REASON, PAPER_MESSAGE, PAPER_LEGAL_BASIS, PAPER_APPEAL, PAPER_APPEAL_REVIEW,
  PAPER_APPEAL_COURT, PAPER_RETURN_TITLE, PAPER_RETURN_LEAD, PAPER_QUESTION, PAPER_ABOUT, PAPER_HOW_TO_ANSWER,
  PAPER_ANSWER_KIOSK, PAPER_ANSWER_COUNTER, PAPER_ANSWER_BY, PAPER_NO_ANSWER,
  PAPER_GUIDE_TITLE, PAPER_GUIDE_LEAD, PAPER_COUNTER, PAPER_ASK_HOURS, PAPER_ASK_WHERE, PAPER_WHAT_TO_DO, PAPER_BRING,
  PAPER_THE_WAY, PAPER_YOU_ARE_HERE, PAPER_LIFT,
  PAPER_RECEIPT_TITLE, PAPER_RECEIPT_NUMBER, PAPER_RECEIVED, PAPER_FOR, PAPER_PAID_ON, PAPER_PAID_BY,
  PAPER_CHARGE_NUMBER, PAPER_ISSUER, PAPER_NO_STAMP, PAPER_VOID, PAPER_QR_RECEIPT,
  PAPER_SLIP_TITLE, PAPER_SLIP_UNTIL, PAPER_SLIP_NO_DAY, PAPER_SLIP_HOW, PAPER_SLIP_ONCE,
  N_PAPER_WORDS
} MadoPaperWord;

const char *mado_paper_word (MadoPaperWord word, const char *language);
/* (transfer full) */
char       *mado_paper_say  (MadoPaperWord word, const char *language, const char *first, const char *second);

/* A member of city.json, a language map or text; "" where there is none. */
const char *mado_paper_city (JsonNode *city, const char *member, const char *language);
/* (transfer full): 令和8年11月20日 | November 20, 2026; what is no date as it is. */
char       *mado_paper_date (const char *iso, const char *language);
char       *mado_paper_time (gint64 time_us, const char *language);
gboolean    mado_paper_require (const char *value, const char *pointer, GError **error);

G_END_DECLS
