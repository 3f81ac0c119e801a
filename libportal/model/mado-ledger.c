/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-ledger.h"

static const MadoField posting_fields[] = {
  MADO_FIELD_STRING (MadoPosting, account, 0, 64, "Account"),
  MADO_FIELD_YEN    (MadoPosting, debit, 0, "Yen"),
  MADO_FIELD_YEN    (MadoPosting, credit, 0, "Yen"),
};

MADO_DEFINE_RECORD (MadoPosting, mado_posting, posting_fields)

static const MadoField entry_fields[] = {
  MADO_FIELD_ID     (MadoLedgerEntry, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoLedgerEntry, office, 0, 64, "Office"),
  MADO_FIELD_DATE   (MadoLedgerEntry, day, 0, "Day of the books"),
  MADO_FIELD_TIME   (MadoLedgerEntry, at, 0, "When"),
  MADO_FIELD_STRING (MadoLedgerEntry, kind, 0, 64, "What happened"),
  MADO_FIELD_STRING (MadoLedgerEntry, charge, 0, 64, "Charge"),
  MADO_FIELD_STRING (MadoLedgerEntry, payment, MADO_FIELD_OPTIONAL, 64, "Payment"),
  MADO_FIELD_STRING (MadoLedgerEntry, refund, MADO_FIELD_OPTIONAL, 64, "Refund"),
  MADO_FIELD_LIST   (MadoLedgerEntry, postings, mado_posting_get_type, MADO_FIELD_NO_ROW, "Debits and credits"),
};

MADO_DEFINE_RECORD (MadoLedgerEntry, mado_ledger_entry, entry_fields)

static const MadoField day_fields[] = {
  MADO_FIELD_STRING (MadoLedgerDay, office, 0, 64, "Office"),
  MADO_FIELD_DATE   (MadoLedgerDay, day, 0, "Day"),
  MADO_FIELD_INT    (MadoLedgerDay, entries, 0, 0, G_MAXINT64, "How many entries"),
  MADO_FIELD_TIME   (MadoLedgerDay, closed_at, MADO_FIELD_OPTIONAL, "When it was closed"),
  MADO_FIELD_STRING (MadoLedgerDay, closed_by, MADO_FIELD_OPTIONAL, 64, "By whom"),
  MADO_FIELD_STRING (MadoLedgerDay, former, MADO_FIELD_OPTIONAL, 64, "Digest of the closed day before, hex"),
  MADO_FIELD_STRING (MadoLedgerDay, digest, MADO_FIELD_OPTIONAL, 64, "SHA-256 over that and the entries, hex"),
  MADO_FIELD_LIST   (MadoLedgerDay, totals, mado_posting_get_type, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL,
                     "By account"),
};

MADO_DEFINE_RECORD (MadoLedgerDay, mado_ledger_day, day_fields)
