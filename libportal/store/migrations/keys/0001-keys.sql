-- SPDX-License-Identifier: LGPL-2.1-or-later
-- The key store: each key wrapped by the city's data key. Forgetting somebody is deleting their rows.

CREATE TABLE subject_key (
  subject   TEXT   NOT NULL,
  retention TEXT   NOT NULL,
  wrapped   BYTEA  NOT NULL,
  made_at   BIGINT NOT NULL,
  PRIMARY KEY (subject, retention)
);

-- Something known, sealed: tells at once whether the data key is this city's.
CREATE TABLE touchstone (
  sealed BYTEA NOT NULL
);
