-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What was held to a terminal, as it tells: each brand comes back in the file of another company.

ALTER TABLE payments ADD COLUMN brand TEXT;

-- Terminals count by themselves, and begin anew: two may give the same number.
DROP INDEX payments_reference;
CREATE UNIQUE INDEX payments_reference ON payments (provider, reference)
 WHERE reference IS NOT NULL AND provider <> 'terminal';
CREATE INDEX payments_terminal ON payments (reference) WHERE provider = 'terminal';
