-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What was chosen at the kiosk: refusals come in it, unless another is asked for.

ALTER TABLE sessions ADD COLUMN language TEXT;
