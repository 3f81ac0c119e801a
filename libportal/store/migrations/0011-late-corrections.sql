-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Corrections that waited at a kiosk, each taken once. Answers that came after the case had gone on are kept beside it.

CREATE TABLE late_corrections (
  box     TEXT   NOT NULL PRIMARY KEY,
  case_id TEXT   NOT NULL,
  at      BIGINT NOT NULL,
  answers BYTEA
);
CREATE INDEX late_corrections_case ON late_corrections (case_id, at);
