-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Visits, cases, their words and results, and calls for staff. Answers, words and results are sealed.

CREATE TABLE visits (
  id           TEXT NOT NULL PRIMARY KEY,
  number       TEXT NOT NULL,
  state        TEXT NOT NULL,
  device       TEXT NOT NULL,
  language     TEXT NOT NULL,
  resident_id  TEXT,
  started_at   BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  filed_at     BIGINT NOT NULL,
  ended_at     BIGINT NOT NULL,
  answers      BYTEA
);
CREATE UNIQUE INDEX visits_number ON visits (number);
CREATE INDEX visits_expiry ON visits (state, expires_at);

CREATE TABLE cases (
  id             TEXT NOT NULL PRIMARY KEY,
  number         TEXT NOT NULL,
  version        BIGINT NOT NULL,
  state          TEXT NOT NULL,
  visit          TEXT NOT NULL,
  procedure      TEXT NOT NULL,
  revision       BIGINT NOT NULL,
  form           TEXT NOT NULL,
  form_revision  BIGINT NOT NULL,
  form_digest    TEXT NOT NULL,
  language       TEXT NOT NULL,
  office         TEXT,
  resident_id    TEXT,
  identified_by  TEXT,
  assignee       TEXT,
  submitted_at   BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  due_date       TEXT,
  days_left      BIGINT NOT NULL,
  fee            BIGINT NOT NULL,
  paid_at        BIGINT NOT NULL,
  released_at    BIGINT NOT NULL,
  answers        BYTEA NOT NULL
);
CREATE UNIQUE INDEX cases_number ON cases (number);
CREATE UNIQUE INDEX cases_visit ON cases (visit, procedure);
CREATE INDEX cases_resident ON cases (resident_id, id);
CREATE INDEX cases_state ON cases (state, id);

-- What was filed before a correction: nothing submitted is ever lost.
CREATE TABLE case_corrections (
  case_id   TEXT NOT NULL,
  version   BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  answers   BYTEA NOT NULL,
  PRIMARY KEY (case_id, version)
);

CREATE TABLE case_messages (
  case_id  TEXT NOT NULL,
  version  BIGINT NOT NULL,
  event    TEXT NOT NULL,
  author   TEXT,
  at       BIGINT NOT NULL,
  text     BYTEA NOT NULL,
  PRIMARY KEY (case_id, version)
);

CREATE TABLE case_results (
  case_id  TEXT NOT NULL PRIMARY KEY,
  version  BIGINT NOT NULL,
  layout   TEXT NOT NULL,
  made_at  BIGINT NOT NULL,
  facts    BYTEA NOT NULL
);

CREATE TABLE staff_calls (
  id           TEXT NOT NULL PRIMARY KEY,
  device       TEXT NOT NULL,
  page         TEXT NOT NULL,
  language     TEXT NOT NULL,
  called_at    BIGINT NOT NULL,
  answered_at  BIGINT NOT NULL,
  answered_by  TEXT
);
