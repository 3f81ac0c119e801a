// SPDX-License-Identifier: GPL-3.0-or-later
// The same two files in Node: bills become sealed charges with their entries in double entry, payments are matched.
import crypto from 'node:crypto'
import fs from 'node:fs'
import readline from 'node:readline'
import Database from 'better-sqlite3'

const [path, bills, settlement] = process.argv.slice(2)
const CHUNK = 250
const db = new Database(path)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(`CREATE TABLE keys (subject TEXT PRIMARY KEY, key BLOB);
CREATE TABLE charges (id TEXT PRIMARY KEY, number TEXT UNIQUE, state TEXT, office TEXT, payer TEXT, amount INT, paid INT,
  due_date TEXT, raised_at INT, says BLOB);
CREATE INDEX charges_payer ON charges (payer, id);
CREATE INDEX charges_open ON charges (due_date, id) WHERE state = 'open';
CREATE TABLE names (charge TEXT PRIMARY KEY, name TEXT); CREATE INDEX names_name ON names (name);
CREATE TABLE bills (office TEXT, number TEXT, charge TEXT, PRIMARY KEY (office, number));
CREATE TABLE days (office TEXT, day TEXT, entries INT, PRIMARY KEY (office, day));
CREATE TABLE entries (id TEXT PRIMARY KEY, office TEXT, day TEXT, at INT, kind TEXT, charge TEXT);
CREATE INDEX entries_day ON entries (office, day, id); CREATE INDEX entries_charge ON entries (charge, id);
CREATE TABLE postings (entry TEXT, account TEXT, debit INT, credit INT, PRIMARY KEY (entry, account));
CREATE TABLE payments (id TEXT PRIMARY KEY, reference TEXT, captured INT, settled INT);`)

const put = Object.fromEntries(Object.entries({
  key: 'keys VALUES (?, ?)', charge: 'charges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', name: 'names VALUES (?, ?)',
  bill: 'bills VALUES (?, ?, ?)', entry: 'entries VALUES (?, ?, ?, ?, ?, ?)', posting: 'postings VALUES (?, ?, ?, ?)',
  payment: 'payments VALUES (?, ?, ?, 0)',
}).map(([name, sql]) => [name, db.prepare(`INSERT INTO ${sql}`)]))
const count = db.prepare('INSERT INTO days VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET entries = entries + 1')
const cityKey = crypto.randomBytes(32)

function seal (key, text) {
  const nonce = crypto.randomBytes(12)
  const cipher = crypto.createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
}

function bill (line) {
  const [number, payer, kana, yen, due, term, tax] = line.split(',')
  const id = crypto.randomUUID()
  const key = crypto.randomBytes(32)
  const says = JSON.stringify({ words: { ja: `${tax} ${term}期分`, en: `${tax}, term ${term}` }, lines: [{ tax, yen }] })
  put.key.run(`payer/${payer}`, seal(cityKey, key))
  put.charge.run(id, id.slice(0, 13), 'open', 'hall', payer, Number(yen), 0, due, Date.now(), seal(key, says))
  put.name.run(id, crypto.createHmac('sha256', cityKey).update(kana.normalize('NFKC')).digest('hex'))
  put.bill.run('hall', number, id)
  count.run('hall', '2026-11-21')
  put.entry.run(id, 'hall', '2026-11-21', Date.now(), 'charge.raised', id)
  put.posting.run(id, 'receivable', Number(yen), 0)
  put.posting.run(id, 'revenue:taxes.resident', 0, Number(yen))
}

async function run (what, file, each) {
  const since = performance.now()
  const chunk = db.transaction(lines => lines.forEach(each))
  let rows = -1
  let lines = []
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
    if (rows++ >= 0) lines.push(line)
    if (lines.length === CHUNK) {
      chunk(lines)
      lines = []
    }
  }
  chunk(lines)
  const seconds = (performance.now() - since) / 1000
  console.log(JSON.stringify({ what, rows, seconds: Number(seconds.toFixed(2)), rate: Math.round(rows / seconds),
    peakMB: Math.round(process.resourceUsage().maxRSS / 1024) }))
}

await run('billing (Node)', bills, bill)
await run('payments (Node)', settlement, line => {
  const [reference, , , yen, id] = line.split(',')
  put.payment.run(id, reference, Number(yen))
})
const find = db.prepare('SELECT * FROM payments WHERE id = ?')
let matched = 0
await run('matching (Node)', settlement, line => {
  const [, , , yen, id] = line.split(',')
  const payment = find.get(id)
  matched += payment && payment.captured === Number(yen) && !payment.settled
})
