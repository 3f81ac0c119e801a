-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What residents have answered so far and will finish another day; sealed, and forgotten on the day they were told.

CREATE TABLE drafts (
  number       TEXT NOT NULL PRIMARY KEY,
  resident_id  TEXT NOT NULL,
  saved_at     BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  content      BYTEA NOT NULL
);
CREATE INDEX drafts_resident ON drafts (resident_id);
CREATE INDEX drafts_expiry ON drafts (expires_at);
