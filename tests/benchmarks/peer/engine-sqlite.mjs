// SPDX-License-Identifier: GPL-3.0-or-later
// better-sqlite3: requests that wait share one durable transaction, each in its savepoint.
import Database from 'better-sqlite3'
import { readFileSync } from 'node:fs'
import { paying } from './paying-sqlite.mjs'
import { listed } from './work.mjs'

export async function open (path) {
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'))
  const sql = {
    session: db.prepare('SELECT role, visit, expires, owner FROM sessions WHERE token_hash = ?'),
    addSession: db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, NULL)'),
    identify: db.prepare('UPDATE sessions SET owner = ? WHERE token_hash = ?'),
    addVisit: db.prepare('INSERT INTO visits VALUES (?, ?, ?, ?)'),
    seen: db.prepare('SELECT digest FROM idempotency WHERE key_hash = ?'),
    claim: db.prepare("UPDATE visits SET state = 'filed' WHERE id = ? AND state = 'open'"),
    addCase: db.prepare('INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    addDocument: db.prepare('INSERT INTO documents VALUES (?, ?)'),
    addJournal: db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)'),
    addOutbox: db.prepare('INSERT INTO outbox VALUES (?, ?, ?, ?, ?)'),
    addKey: db.prepare('INSERT INTO idempotency VALUES (?, ?, ?, ?)'),
    list: db.prepare(listed.replace('$1', '?')),
    begin: db.prepare('BEGIN IMMEDIATE'), commit: db.prepare('COMMIT'), rollback: db.prepare('ROLLBACK'),
    savepoint: db.prepare('SAVEPOINT one'), release: db.prepare('RELEASE one'), undo: db.prepare('ROLLBACK TO one')
  }
  let waiting = []
  const pay = paying(db, sql)

  function file (w) {
    if (sql.seen.get(w.keyHash)) return 409
    if (sql.claim.run(w.visit).changes !== 1) return 409
    sql.addCase.run(w.caseId, w.caseNumber, w.visit, w.procedure, w.owner, 'submitted', 1, w.now, w.revision, w.office,
      'card', w.now, w.due, 0)
    sql.addDocument.run(w.caseId, w.sealed)
    sql.addJournal.run(w.journalId, 'visit/' + w.visit, 'case.submitted', 'case/' + w.caseId, w.now, w.journalDigest)
    sql.addOutbox.run(w.outboxId, 'desktop', 'case.submitted', w.outboxPayload, w.now)
    sql.addKey.run(w.keyHash, w.digest, w.sealedAnswer, w.expires)
    return 201
  }

  function drain () {
    const batch = waiting
    waiting = []
    sql.begin.run()
    const outcomes = batch.map(({ apply, w }) => {
      sql.savepoint.run()
      try {
        const status = apply(w)
        if (status >= 300) sql.undo.run()
        return status
      } catch { sql.undo.run(); return 409 } finally { sql.release.run() }
    })
    sql.commit.run()
    batch.forEach(({ done }, i) => done(outcomes[i]))
  }

  const together = apply => w => new Promise(done => {
    if (waiting.length === 0) setImmediate(drain)
    waiting.push({ apply, w, done })
  })

  return {
    session: async tokenHash => sql.session.get(tokenHash),
    addVisit: async (v, s) => { db.transaction(() => { sql.addVisit.run(...v); sql.addSession.run(...s) })() },
    identify: async (tokenHash, owner) => { sql.identify.run(owner, tokenHash) },
    file: together(file),
    begin: together(pay.begin),
    notice: together(pay.notice),
    news: together(pay.news),
    addCharges: async charges => pay.addCharges(charges),
    list: async owner => sql.list.all(owner)
  }
}
