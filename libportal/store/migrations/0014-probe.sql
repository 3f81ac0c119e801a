-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Written to, and emptied again, to find out whether a store in trouble can be changed.

CREATE TABLE probe (
  id    BIGINT NOT NULL PRIMARY KEY,
  noise BYTEA  NOT NULL
);
