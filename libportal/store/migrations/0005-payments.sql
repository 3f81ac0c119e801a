-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What is owed, every attempt to pay it, what goes back, receipts, and the books. For whom and for what is sealed.

CREATE TABLE charges (
  id         TEXT   NOT NULL PRIMARY KEY,
  number     TEXT   NOT NULL,
  version    BIGINT NOT NULL,
  state      TEXT   NOT NULL,
  office     TEXT   NOT NULL,
  payer      TEXT,
  subject    TEXT,
  amount     BIGINT NOT NULL,
  paid       BIGINT NOT NULL,
  due_date   TEXT,
  raised_at  BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  says       BYTEA  NOT NULL
);
CREATE UNIQUE INDEX charges_number ON charges (number);
CREATE INDEX charges_payer ON charges (payer, id) WHERE payer IS NOT NULL;
CREATE INDEX charges_subject ON charges (subject) WHERE subject IS NOT NULL;
CREATE INDEX charges_open ON charges (due_date, id) WHERE state = 'open';

-- What was owed before it was lessened: nothing that was said is lost.
CREATE TABLE charge_changes (
  charge  TEXT   NOT NULL,
  version BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  author  TEXT   NOT NULL,
  before  BIGINT NOT NULL,
  after   BIGINT NOT NULL,
  reason  BYTEA  NOT NULL,
  PRIMARY KEY (charge, version)
);

-- holds: 1 while this attempt alone may bring money for its charge.
CREATE TABLE payments (
  id          TEXT   NOT NULL PRIMARY KEY,
  version     BIGINT NOT NULL,
  state       TEXT   NOT NULL,
  charge      TEXT   NOT NULL,
  provider    TEXT   NOT NULL,
  office      TEXT   NOT NULL,
  device      TEXT,
  language    TEXT,
  amount      BIGINT NOT NULL,
  captured    BIGINT NOT NULL,
  refunding   BIGINT NOT NULL,
  refunded    BIGINT NOT NULL,
  costs       BIGINT NOT NULL,
  reference   TEXT,
  offer       TEXT,
  reason      TEXT,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  captured_at BIGINT NOT NULL,
  settled_at  BIGINT NOT NULL,
  holds       BIGINT NOT NULL
);
CREATE UNIQUE INDEX payments_held ON payments (charge) WHERE holds = 1;
CREATE UNIQUE INDEX payments_reference ON payments (provider, reference) WHERE reference IS NOT NULL;
CREATE INDEX payments_charge ON payments (charge, id);
CREATE INDEX payments_waiting ON payments (expires_at) WHERE holds = 1 AND state <> 'unknown';

-- What was told of a payment, once each; taken is 0 for what came too late or contradicts what is known.
CREATE TABLE payment_events (
  key     TEXT   NOT NULL PRIMARY KEY,
  payment TEXT   NOT NULL,
  event   TEXT   NOT NULL,
  state   TEXT   NOT NULL,
  yen     BIGINT NOT NULL,
  taken   BIGINT NOT NULL,
  at      BIGINT NOT NULL
);
CREATE INDEX payment_events_payment ON payment_events (payment, at);

CREATE TABLE refunds (
  id          TEXT   NOT NULL PRIMARY KEY,
  version     BIGINT NOT NULL,
  state       TEXT   NOT NULL,
  payment     TEXT   NOT NULL,
  charge      TEXT   NOT NULL,
  amount      BIGINT NOT NULL,
  reason      TEXT   NOT NULL,
  proposed_by TEXT   NOT NULL,
  decided_by  TEXT,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL
);
CREATE INDEX refunds_payment ON refunds (payment, id);
CREATE INDEX refunds_open ON refunds (state, id) WHERE state IN ('proposed', 'asked');

CREATE TABLE receipts (
  office    TEXT   NOT NULL,
  year      BIGINT NOT NULL,
  serial    BIGINT NOT NULL,
  number    TEXT   NOT NULL,
  payment   TEXT   NOT NULL,
  charge    TEXT   NOT NULL,
  amount    BIGINT NOT NULL,
  issued_at BIGINT NOT NULL,
  void_at   BIGINT NOT NULL,
  PRIMARY KEY (office, year, serial)
);
CREATE INDEX receipts_payment ON receipts (payment);

CREATE TABLE receipt_numbers (
  office TEXT   NOT NULL,
  year   BIGINT NOT NULL,
  last   BIGINT NOT NULL,
  PRIMARY KEY (office, year)
);

-- The books: entries and their postings are only ever added, and only to a day that is not closed.
CREATE TABLE ledger_days (
  office    TEXT   NOT NULL,
  day       TEXT   NOT NULL,
  entries   BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  closed_by TEXT,
  former    TEXT,
  digest    TEXT,
  PRIMARY KEY (office, day)
);

CREATE TABLE ledger_entries (
  id      TEXT   NOT NULL PRIMARY KEY,
  office  TEXT   NOT NULL,
  day     TEXT   NOT NULL,
  at      BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  charge  TEXT   NOT NULL,
  payment TEXT,
  refund  TEXT
);
CREATE INDEX ledger_entries_day ON ledger_entries (office, day, id);
CREATE INDEX ledger_entries_charge ON ledger_entries (charge, id);

CREATE TABLE ledger_postings (
  entry   TEXT   NOT NULL,
  account TEXT   NOT NULL,
  debit   BIGINT NOT NULL,
  credit  BIGINT NOT NULL,
  PRIMARY KEY (entry, account)
);
