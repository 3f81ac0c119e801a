-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Billing files of tax offices. A bill is imported once, whichever file it comes in.

CREATE TABLE billings (
  id         TEXT   NOT NULL PRIMARY KEY,
  state      TEXT   NOT NULL,
  mapping    TEXT   NOT NULL,
  office     TEXT   NOT NULL,
  titles     TEXT   NOT NULL,
  pieces     BIGINT NOT NULL,
  parts      BIGINT NOT NULL,
  lines      BIGINT NOT NULL,
  good       BIGINT NOT NULL,
  bad        BIGINT NOT NULL,
  yen        BIGINT NOT NULL,
  imported   BIGINT NOT NULL,
  known      BIGINT NOT NULL,
  job        TEXT,
  opened_by  TEXT   NOT NULL,
  opened_at  BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE billing_mistakes (
  billing TEXT   NOT NULL,
  line    BIGINT NOT NULL,
  item    BIGINT NOT NULL,
  title   TEXT   NOT NULL,
  message TEXT   NOT NULL,
  PRIMARY KEY (billing, line, item)
);

CREATE TABLE bills (
  office  TEXT NOT NULL,
  number  TEXT NOT NULL,
  charge  TEXT NOT NULL,
  billing TEXT NOT NULL,
  PRIMARY KEY (office, number)
);
