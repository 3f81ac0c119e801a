-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What every domain shares: leases, the journal and its tree, the outbox, idempotency, jobs.

CREATE TABLE lease (
  name       TEXT   NOT NULL PRIMARY KEY,
  holder     TEXT   NOT NULL,
  expires_at BIGINT NOT NULL
);

-- The entries of one commit. The lease-holder gives it the position of its last entry; item 0 is the first.
-- forgets: how many of them say that a key was thrown away, for the caches of other processes.
CREATE TABLE journal_batch (
  batch   BIGINT NOT NULL PRIMARY KEY,
  entries BIGINT NOT NULL,
  forgets BIGINT NOT NULL,
  last    BIGINT
);
CREATE UNIQUE INDEX journal_batch_last ON journal_batch (last);
CREATE INDEX journal_batch_waiting ON journal_batch (batch) WHERE last IS NULL;

CREATE TABLE journal (
  batch      BIGINT NOT NULL,
  item       BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  actor_kind TEXT   NOT NULL,
  actor      TEXT   NOT NULL,
  behalf     TEXT,
  action     TEXT   NOT NULL,
  subject    TEXT   NOT NULL,
  resident   TEXT,
  detail     TEXT,
  salt       BYTEA  NOT NULL,
  digest     BYTEA  NOT NULL,
  PRIMARY KEY (batch, item)
);
CREATE INDEX journal_subject ON journal (subject, batch, item);
CREATE INDEX journal_resident ON journal (resident, batch, item) WHERE resident IS NOT NULL;

-- 256 node hashes of the tree, side by side: level 0 holds leaves, level 1 the roots of 256 leaves each, and so on.
CREATE TABLE journal_tile (
  level  BIGINT NOT NULL,
  number BIGINT NOT NULL,
  hashes BYTEA  NOT NULL,
  PRIMARY KEY (level, number)
);

CREATE TABLE journal_root (
  size      BIGINT NOT NULL PRIMARY KEY,
  at        BIGINT NOT NULL,
  root      BYTEA  NOT NULL,
  former    BYTEA  NOT NULL,
  signature BYTEA  NOT NULL
);

CREATE TABLE outbox (
  id          TEXT   NOT NULL PRIMARY KEY,
  channel     TEXT   NOT NULL,
  topic       TEXT   NOT NULL,
  key         TEXT   NOT NULL UNIQUE,
  payload     BYTEA  NOT NULL,
  state       TEXT   NOT NULL,
  attempt     BIGINT NOT NULL,
  created_at  BIGINT NOT NULL,
  due_at      BIGINT NOT NULL,
  leased_by   TEXT,
  finished_at BIGINT,
  reason      TEXT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';

CREATE TABLE idempotency (
  key        BYTEA  NOT NULL PRIMARY KEY,
  request    BYTEA  NOT NULL,
  answer     BYTEA  NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX idempotency_expiry ON idempotency (expires_at);

CREATE TABLE job (
  id         TEXT   NOT NULL PRIMARY KEY,
  kind       TEXT   NOT NULL,
  state      TEXT   NOT NULL,
  input      TEXT,
  cursor     TEXT,
  done       BIGINT NOT NULL,
  total      BIGINT NOT NULL,
  message    TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX job_open ON job (created_at) WHERE state IN ('waiting', 'running', 'cancelling');

-- Keys thrown away by a commit of this database, but perhaps not yet from the key store.
CREATE TABLE forgetting (
  subject   TEXT NOT NULL,
  retention TEXT NOT NULL,
  PRIMARY KEY (subject, retention)
);
