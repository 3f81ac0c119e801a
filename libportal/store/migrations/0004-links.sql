-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Ways back to what a visit filed, for whoever holds the token; only its hash is kept.

CREATE TABLE visit_links (
  id          TEXT NOT NULL PRIMARY KEY,
  token_hash  TEXT NOT NULL,
  visit       TEXT NOT NULL,
  language    TEXT NOT NULL,
  expires_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX visit_links_token ON visit_links (token_hash);
CREATE INDEX visit_links_expiry ON visit_links (expires_at);
