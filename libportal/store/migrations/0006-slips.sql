-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Slips that were printed, and what was reported of codes that are on none of them.

CREATE TABLE slips (
  code      TEXT   NOT NULL PRIMARY KEY,
  charge    TEXT   NOT NULL,
  number    TEXT   NOT NULL,
  amount    BIGINT NOT NULL,
  due_date  TEXT,
  issued_at BIGINT NOT NULL
);
CREATE INDEX slips_charge ON slips (charge);

CREATE TABLE slip_strays (
  key  TEXT   NOT NULL PRIMARY KEY,
  code TEXT   NOT NULL,
  news TEXT   NOT NULL,
  yen  BIGINT NOT NULL,
  at   BIGINT NOT NULL
);
