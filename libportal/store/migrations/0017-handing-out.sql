-- SPDX-License-Identifier: LGPL-2.1-or-later
-- A certificate is handed out once: how often its paper was fetched, and when it lay in somebody's hands.

ALTER TABLE case_results ADD COLUMN fetched BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_results ADD COLUMN handed_at BIGINT NOT NULL DEFAULT 0;
