-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Where nobody was identified, a charge belongs to the visit that filed what it is for.

ALTER TABLE charges ADD COLUMN visit TEXT;

UPDATE charges SET visit = (SELECT c.visit FROM cases c WHERE c.id = substr(charges.subject, 6))
 WHERE payer IS NULL AND subject LIKE 'case/%';
