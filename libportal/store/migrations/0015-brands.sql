-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What was held to a terminal, as it tells: each brand comes back in the file of another company.

ALTER TABLE payments ADD COLUMN brand TEXT;
