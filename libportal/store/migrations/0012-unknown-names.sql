-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Tries to sign in by a card or account nobody has: counted and locked like real ones. Names are hashes.

CREATE TABLE unknown_names (
  name         TEXT   NOT NULL PRIMARY KEY,
  attempts     BIGINT NOT NULL,
  locked_until BIGINT NOT NULL,
  tried_at     BIGINT NOT NULL
);
CREATE INDEX unknown_names_tried ON unknown_names (tried_at);
