-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Documents that go with filings, each sealed under a key of its own, and who holds them: a visit that is open, a draft,
-- a case. What nobody holds any more is forgotten.

CREATE TABLE attachments (
  id        TEXT NOT NULL PRIMARY KEY,
  type      TEXT NOT NULL,
  size      BIGINT NOT NULL,
  added_at  BIGINT NOT NULL,
  content   BYTEA NOT NULL
);

CREATE TABLE attachment_holders (
  attachment  TEXT NOT NULL,
  holder      TEXT NOT NULL,
  PRIMARY KEY (attachment, holder)
);
CREATE INDEX attachment_holders_holder ON attachment_holders (holder);
