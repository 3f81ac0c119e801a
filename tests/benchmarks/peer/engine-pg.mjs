// SPDX-License-Identifier: GPL-3.0-or-later
// pg: requests that wait share one transaction; each table takes the whole batch in one statement.
import pg from 'pg'
import { readFileSync } from 'node:fs'
import { listed } from './work.mjs'

export async function open (address) {
  const pool = new pg.Pool({ connectionString: address, max: 8 })
  const writers = 2
  await pool.query(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'))
  let waiting = []
  let running = 0

  const column = (batch, f) => batch.map(({ w }) => f(w))

  async function write (client, batch) {
    await client.query('BEGIN')
    const claimed = await client.query({ name: 'claim', values: [column(batch, w => w.visit)],
      text: "UPDATE visits SET state = 'filed' WHERE id = ANY($1::text[]) AND state = 'open' RETURNING id" })
    if (claimed.rowCount !== batch.length) { await client.query('ROLLBACK'); throw new Error('conflict') }
    await Promise.all([
      client.query({ name: 'case', text: `INSERT INTO cases SELECT * FROM unnest($1::text[], $2::text[], $3::text[],
          $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::text[],
          $12::bigint[], $13::text[], $14::bigint[])`,
        values: [column(batch, w => w.caseId), column(batch, w => w.caseNumber), column(batch, w => w.visit),
          column(batch, w => w.procedure), column(batch, w => w.owner), column(batch, () => 'submitted'),
          column(batch, () => 1), column(batch, w => w.now), column(batch, w => w.revision), column(batch, w => w.office),
          column(batch, () => 'card'), column(batch, w => w.now), column(batch, w => w.due), column(batch, () => 0)] }),
      client.query({ name: 'document', text: 'INSERT INTO documents SELECT * FROM unnest($1::text[], $2::bytea[])',
        values: [column(batch, w => w.caseId), column(batch, w => w.sealed)] }),
      client.query({ name: 'journal', text: `INSERT INTO journal SELECT * FROM unnest($1::text[], $2::text[], $3::text[],
          $4::text[], $5::bigint[], $6::bytea[])`,
        values: [column(batch, w => w.journalId), column(batch, w => 'visit/' + w.visit),
          column(batch, () => 'case.submitted'), column(batch, w => 'case/' + w.caseId), column(batch, w => w.now),
          column(batch, w => w.journalDigest)] }),
      client.query({ name: 'outbox', text: `INSERT INTO outbox SELECT * FROM unnest($1::text[], $2::text[], $3::text[],
          $4::bytea[], $5::bigint[])`,
        values: [column(batch, w => w.outboxId), column(batch, () => 'desktop'), column(batch, () => 'case.submitted'),
          column(batch, w => w.outboxPayload), column(batch, w => w.now)] }),
      client.query({ name: 'key', text: `INSERT INTO idempotency SELECT * FROM unnest($1::text[], $2::text[],
          $3::bytea[], $4::bigint[])`,
        values: [column(batch, w => w.keyHash), column(batch, w => w.digest), column(batch, w => w.sealedAnswer),
          column(batch, w => w.expires)] })
    ])
    await client.query('COMMIT')
  }

  async function drain () {
    running++
    const client = await pool.connect()
    try {
      while (waiting.length) {
        const batch = waiting.splice(0, 512)
        try {
          await write(client, batch)
          batch.forEach(({ done }) => done(201))
        } catch {
          await client.query('ROLLBACK').catch(() => {})
          for (const one of batch) {
            try { await write(client, [one]); one.done(201) } catch { await client.query('ROLLBACK').catch(() => {}); one.done(409) }
          }
        }
      }
    } finally { client.release(); running-- }
  }

  return {
    session: async tokenHash => (await pool.query({ name: 'session', values: [tokenHash],
      text: 'SELECT role, visit, expires, owner FROM sessions WHERE token_hash = $1' })).rows[0],
    addVisit: async (v, s) => {
      await pool.query('INSERT INTO visits VALUES ($1, $2, $3, $4)', v)
      await pool.query('INSERT INTO sessions VALUES ($1, $2, $3, $4, NULL)', s)
    },
    identify: async (tokenHash, owner) => {
      await pool.query('UPDATE sessions SET owner = $1 WHERE token_hash = $2', [owner, tokenHash])
    },
    file: w => new Promise(done => {
      waiting.push({ w, done })
      if (running < writers) setImmediate(() => { if (running < writers && waiting.length) drain() })
    }),
    list: async owner => (await pool.query({ name: 'list', values: [owner], text: listed })).rows
  }
}
