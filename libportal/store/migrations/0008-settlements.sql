-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Files of providers, each line of them, and what does not agree with the books. What a payer wrote is sealed.

CREATE TABLE settlements (
  id         TEXT   NOT NULL PRIMARY KEY,
  mapping    TEXT   NOT NULL,
  provider   TEXT   NOT NULL,
  digest     TEXT   NOT NULL,
  done       BIGINT NOT NULL,
  job        TEXT,
  lines      BIGINT NOT NULL,
  yen        BIGINT NOT NULL,
  costs      BIGINT NOT NULL,
  first_day  TEXT,
  last_day   TEXT,
  paid_out   TEXT,
  arrived_on TEXT,
  matched    BIGINT NOT NULL,
  late       BIGINT NOT NULL,
  known      BIGINT NOT NULL,
  cancelled  BIGINT NOT NULL,
  open       BIGINT NOT NULL,
  taken_by   TEXT   NOT NULL,
  taken_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX settlements_digest ON settlements (digest);
CREATE INDEX settlements_payout ON settlements (provider, paid_out) WHERE arrived_on IS NULL;

-- Every line that was said, once; the same in another file is known by it.
CREATE TABLE settlement_lines (
  key        TEXT   NOT NULL PRIMARY KEY,
  settlement TEXT   NOT NULL,
  line       BIGINT NOT NULL,
  outcome    TEXT   NOT NULL
);

CREATE TABLE differences (
  id          TEXT   NOT NULL PRIMARY KEY,
  version     BIGINT NOT NULL,
  settlement  TEXT   NOT NULL,
  line        BIGINT NOT NULL,
  match       TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  provider    TEXT   NOT NULL,
  office      TEXT   NOT NULL,
  reference   TEXT,
  yen         BIGINT NOT NULL,
  costs       BIGINT NOT NULL,
  expected    BIGINT NOT NULL,
  held        BIGINT NOT NULL,
  payment     TEXT,
  charge      TEXT,
  candidates  TEXT,
  remedy      TEXT   NOT NULL,
  target      TEXT,
  reason      TEXT,
  proposed_by TEXT,
  decided_by  TEXT,
  says        BYTEA,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL
);
CREATE INDEX differences_settlement ON differences (settlement, line, id);
CREATE INDEX differences_payment ON differences (payment) WHERE payment IS NOT NULL;
CREATE INDEX differences_open ON differences (id) WHERE state <> 'closed';

CREATE INDEX payments_unsettled ON payments (provider, id) WHERE settled_at = 0 AND captured > 0;

-- Who may be meant by the name on a transfer: a keyed hash of the payer's kana.
CREATE TABLE charge_names (
  charge TEXT NOT NULL PRIMARY KEY,
  name   TEXT NOT NULL
);
CREATE INDEX charge_names_name ON charge_names (name);

-- Rows of a file that a job goes through, sealed, until it is done.
CREATE TABLE parts (
  owner  TEXT   NOT NULL,
  number BIGINT NOT NULL,
  rows   BIGINT NOT NULL,
  data   BYTEA  NOT NULL,
  PRIMARY KEY (owner, number)
);

-- What was put there is a difference now.
DROP TABLE slip_strays;
