-- SPDX-License-Identifier: LGPL-2.1-or-later
-- The register, cards, accounts, sessions and consents. Everything personal is in the sealed columns; *_index are
-- keyed hashes for equality only.

CREATE TABLE households (
  id         TEXT NOT NULL PRIMARY KEY,
  version    BIGINT NOT NULL,
  head_id    TEXT NOT NULL,
  district   TEXT,
  sealed     BYTEA NOT NULL
);

CREATE TABLE residents (
  id            TEXT NOT NULL PRIMARY KEY,
  state         TEXT NOT NULL,
  version       BIGINT NOT NULL,
  household_id  TEXT,
  rank          BIGINT NOT NULL,
  code_index    TEXT,
  person_index  TEXT NOT NULL,
  name_index    TEXT NOT NULL,
  sealed        BYTEA NOT NULL
);
CREATE INDEX residents_household ON residents (household_id, rank);
CREATE UNIQUE INDEX residents_code ON residents (code_index);
CREATE INDEX residents_person ON residents (person_index);
CREATE INDEX residents_name ON residents (name_index);

CREATE TABLE cards (
  id            TEXT NOT NULL PRIMARY KEY,
  number_index  TEXT NOT NULL,
  resident_id   TEXT NOT NULL,
  pin_hash      TEXT NOT NULL,
  attempts      BIGINT NOT NULL,
  issued_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX cards_number ON cards (number_index);

CREATE TABLE staff (
  id             TEXT NOT NULL PRIMARY KEY,
  account        TEXT NOT NULL,
  name           TEXT NOT NULL,
  role           TEXT NOT NULL,
  office         TEXT,
  password_hash  TEXT NOT NULL,
  totp_sealed    BYTEA,
  totp_step      BIGINT NOT NULL,
  attempts       BIGINT NOT NULL,
  locked_until   BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  disabled_at    BIGINT NOT NULL
);
CREATE UNIQUE INDEX staff_account ON staff (account);

CREATE TABLE devices (
  id           TEXT NOT NULL PRIMARY KEY,
  name         TEXT NOT NULL,
  role         TEXT NOT NULL,
  office       TEXT,
  secret_hash  TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  disabled_at  BIGINT NOT NULL
);

CREATE TABLE sessions (
  id          TEXT NOT NULL PRIMARY KEY,
  token_hash  TEXT NOT NULL,
  role        TEXT NOT NULL,
  account     TEXT NOT NULL,
  resident    TEXT,
  created_at  BIGINT NOT NULL,
  seen_at     BIGINT NOT NULL,
  idle_us     BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE consents (
  resident_id   TEXT NOT NULL,
  purpose       TEXT NOT NULL,
  granted_at    BIGINT NOT NULL,
  ends_at       BIGINT NOT NULL,
  withdrawn_at  BIGINT NOT NULL,
  PRIMARY KEY (resident_id, purpose)
);
