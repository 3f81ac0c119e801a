-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What a visit filed, as a keyed hash of it: the same sent again is told from something else.

ALTER TABLE visits ADD COLUMN content TEXT;
