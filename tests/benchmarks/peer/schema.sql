-- The tables of the same job: a visit filed once, its case, sealed answers, journal, outbox, idempotency.
CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, role TEXT NOT NULL, visit TEXT, expires BIGINT NOT NULL,
                       owner TEXT);
CREATE TABLE visits (id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, state TEXT NOT NULL, created BIGINT NOT NULL);
CREATE TABLE cases (id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, visit TEXT NOT NULL, procedure TEXT NOT NULL,
                    owner TEXT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL, submitted BIGINT NOT NULL,
                    UNIQUE (visit, procedure));
CREATE INDEX cases_by_owner ON cases (owner, submitted);
CREATE TABLE documents (case_id TEXT PRIMARY KEY, sealed BYTEA NOT NULL);
CREATE TABLE journal (id TEXT PRIMARY KEY, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
                      at BIGINT NOT NULL, digest BYTEA NOT NULL);
CREATE TABLE outbox (id TEXT PRIMARY KEY, channel TEXT NOT NULL, topic TEXT NOT NULL, payload BYTEA NOT NULL,
                     due BIGINT NOT NULL);
CREATE TABLE idempotency (key_hash TEXT PRIMARY KEY, digest TEXT NOT NULL, answer BYTEA NOT NULL, expires BIGINT NOT NULL);
