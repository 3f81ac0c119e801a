/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/*
 * Accounts of the ledger. Revenue has an account for each code of a charge's lines ("revenue:fees.certificates"),
 * money on its way one for each provider ("transit:qr-wallet").
 */
#define MADO_ACCOUNT_RECEIVABLE "receivable"   /* owed to the city */
#define MADO_ACCOUNT_OVERPAID   "overpaid"     /* owed by the city: what was paid too much */
#define MADO_ACCOUNT_REFUNDING  "refunding"    /* on its way back */
#define MADO_ACCOUNT_BANK       "bank"
#define MADO_ACCOUNT_COSTS      "costs"        /* what providers keep */
#define MADO_ACCOUNT_SUSPENSE   "suspense"     /* came, and nobody knows what for yet */
#define MADO_ACCOUNT_DIFFERENCES "differences" /* written off by two people */
#define MADO_ACCOUNT_REVENUE    "revenue:"     /* prefix */
#define MADO_ACCOUNT_FEES       "fees."        /* prefix of a line's account: the fee of the procedure after it */
#define MADO_ACCOUNT_TRANSIT    "transit:"     /* prefix */

/* One line of an entry: either a debit or a credit, in whole yen. */
#define MADO_TYPE_POSTING (mado_posting_get_type ())
MADO_DECLARE_RECORD (MadoPosting, mado_posting)
struct _MadoPosting {
  MadoRecord parent;
  char      *account;
  gint64     debit;
  gint64     credit;
};

/* One thing that happened to money; its debits equal its credits. Never changed: corrections are entries too. */
#define MADO_TYPE_LEDGER_ENTRY (mado_ledger_entry_get_type ())
MADO_DECLARE_RECORD (MadoLedgerEntry, mado_ledger_entry)
struct _MadoLedgerEntry {
  MadoRecord parent;
  char      *id;
  char      *office;
  char      *day;         /* of the books: "2026-11-20" */
  gint64     at;
  char      *kind;        /* "charge.raised", "payment.captured" … */
  char      *charge;      /* id */
  char      *payment;     /* (nullable): id */
  char      *refund;      /* (nullable): id */
  GPtrArray *postings;    /* of MadoPosting */
};

/* A day of an office's books. Once closed it takes no more entries. */
#define MADO_TYPE_LEDGER_DAY (mado_ledger_day_get_type ())
MADO_DECLARE_RECORD (MadoLedgerDay, mado_ledger_day)
struct _MadoLedgerDay {
  MadoRecord parent;
  char      *office;
  char      *day;
  gint64     entries;
  gint64     closed_at;
  char      *closed_by;   /* (nullable) */
  char      *former;      /* (nullable): digest of the closed day before */
  char      *digest;      /* (nullable): SHA-256 over @former and the day's entries, hex; also in the journal */
  GPtrArray *totals;      /* (nullable): of MadoPosting: the day by account */
};

G_END_DECLS
