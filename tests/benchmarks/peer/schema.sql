-- The tables of the same job: a visit filed once, its case, sealed answers, journal, outbox, idempotency.
CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, role TEXT NOT NULL, visit TEXT, expires BIGINT NOT NULL,
                       owner TEXT);
CREATE TABLE visits (id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, state TEXT NOT NULL, created BIGINT NOT NULL);
CREATE TABLE cases (id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, visit TEXT NOT NULL, procedure TEXT NOT NULL,
                    owner TEXT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL, submitted BIGINT NOT NULL,
                    revision BIGINT NOT NULL, office TEXT NOT NULL, identified_by TEXT NOT NULL, updated BIGINT NOT NULL,
                    due TEXT NOT NULL, fee BIGINT NOT NULL, UNIQUE (visit, procedure));
CREATE INDEX cases_by_owner ON cases (owner, id);
CREATE TABLE documents (case_id TEXT PRIMARY KEY, sealed BYTEA NOT NULL);
CREATE TABLE journal (id TEXT PRIMARY KEY, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
                      at BIGINT NOT NULL, digest BYTEA NOT NULL);
CREATE TABLE outbox (id TEXT PRIMARY KEY, channel TEXT NOT NULL, topic TEXT NOT NULL, payload BYTEA NOT NULL,
                     due BIGINT NOT NULL);
CREATE TABLE idempotency (key_hash TEXT PRIMARY KEY, digest TEXT NOT NULL, answer BYTEA NOT NULL, expires BIGINT NOT NULL);

-- What is owed and paid: charges, attempts, what was told of them, receipts, and the books in double entry.
CREATE TABLE charges (id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, state TEXT NOT NULL, version BIGINT NOT NULL,
                      payer TEXT NOT NULL, office TEXT NOT NULL, amount BIGINT NOT NULL, paid BIGINT NOT NULL);
CREATE INDEX charges_payer ON charges (payer, id);
CREATE INDEX charges_open ON charges (id) WHERE state = 'open';
CREATE TABLE payments (id TEXT PRIMARY KEY, version BIGINT NOT NULL, state TEXT NOT NULL, charge TEXT NOT NULL,
                       provider TEXT NOT NULL, office TEXT NOT NULL, language TEXT, amount BIGINT NOT NULL,
                       captured BIGINT NOT NULL, reference TEXT, created BIGINT NOT NULL, expires BIGINT NOT NULL,
                       captured_at BIGINT NOT NULL, holds BIGINT NOT NULL);
CREATE UNIQUE INDEX payments_held ON payments (charge) WHERE holds = 1;
CREATE UNIQUE INDEX payments_reference ON payments (provider, reference) WHERE reference IS NOT NULL;
CREATE INDEX payments_charge ON payments (charge, id);
CREATE INDEX payments_waiting ON payments (expires) WHERE holds = 1;
CREATE TABLE payment_events (key TEXT PRIMARY KEY, payment TEXT NOT NULL, event TEXT NOT NULL, yen BIGINT NOT NULL,
                             at BIGINT NOT NULL);
CREATE INDEX payment_events_payment ON payment_events (payment, at);
CREATE TABLE receipts (office TEXT NOT NULL, serial BIGINT NOT NULL, payment TEXT NOT NULL, charge TEXT NOT NULL,
                       amount BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (office, serial));
CREATE INDEX receipts_payment ON receipts (payment);
CREATE TABLE receipt_numbers (office TEXT PRIMARY KEY, last BIGINT NOT NULL);
CREATE TABLE ledger_days (office TEXT NOT NULL, day TEXT NOT NULL, entries BIGINT NOT NULL, PRIMARY KEY (office, day));
CREATE TABLE ledger_entries (id TEXT PRIMARY KEY, office TEXT NOT NULL, day TEXT NOT NULL, at BIGINT NOT NULL,
                             kind TEXT NOT NULL, charge TEXT NOT NULL, payment TEXT);
CREATE INDEX ledger_entries_day ON ledger_entries (office, day, id);
CREATE INDEX ledger_entries_charge ON ledger_entries (charge, id);
CREATE TABLE ledger_postings (entry TEXT NOT NULL, account TEXT NOT NULL, debit BIGINT NOT NULL, credit BIGINT NOT NULL,
                              PRIMARY KEY (entry, account));
