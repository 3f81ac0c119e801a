-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Each revision of a form, and of a procedure that can be filed, as it was published. Never changed: cases are read
-- through the revision they were filed with, whatever the catalogue holds by then.

-- The vocabulary they were written in.
CREATE TABLE vocabularies (
  digest  TEXT NOT NULL PRIMARY KEY,
  body    TEXT NOT NULL
);

CREATE TABLE revisions (
  kind          TEXT NOT NULL,
  id            TEXT NOT NULL,
  revision      BIGINT NOT NULL,
  digest        TEXT NOT NULL,
  vocabulary    TEXT NOT NULL,
  published_at  BIGINT NOT NULL,
  body          TEXT NOT NULL,
  PRIMARY KEY (kind, id, revision)
);
