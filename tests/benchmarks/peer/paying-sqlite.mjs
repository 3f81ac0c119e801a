// SPDX-License-Identifier: GPL-3.0-or-later
// What paying is to the store: an attempt begun, a notice of the wallet remembered, its word that the money came.

export function paying (db, { addJournal, addOutbox, addKey, seen }) {
  const sql = {
    charge: db.prepare('SELECT * FROM charges WHERE number = ?'),
    chargeById: db.prepare('SELECT * FROM charges WHERE id = ?'),
    live: db.prepare("SELECT id FROM payments WHERE charge = ? AND state IN ('created', 'pending', 'unknown')"),
    payment: db.prepare('SELECT * FROM payments WHERE id = ?'),
    addPayment: db.prepare(`INSERT INTO payments VALUES (?, 1, 'created', ?, 'qr-wallet', ?, ?, ?, 0, NULL, ?, ?, 0, 1)`),
    told: db.prepare('SELECT 1 FROM payment_events WHERE key = ?'),
    addEvent: db.prepare('INSERT INTO payment_events VALUES (?, ?, ?, ?, ?)'),
    capture: db.prepare(`UPDATE payments SET state = 'captured', version = version + 1, captured = ?, reference = ?,
      captured_at = ?, holds = 0 WHERE id = ? AND version = ?`),
    pay: db.prepare(`UPDATE charges SET paid = paid + ?, state = CASE WHEN paid + ? >= amount THEN 'paid' ELSE state END,
      version = version + 1 WHERE id = ? AND version = ?`),
    day: db.prepare('INSERT INTO ledger_days VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET entries = entries + 1'),
    entry: db.prepare('INSERT INTO ledger_entries VALUES (?, ?, ?, ?, ?, ?, ?)'),
    posting: db.prepare('INSERT INTO ledger_postings VALUES (?, ?, ?, ?)'),
    serial: db.prepare('INSERT INTO receipt_numbers VALUES (?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last'),
    receipt: db.prepare('INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?)'),
    addCharge: db.prepare("INSERT INTO charges VALUES (?, ?, 'open', 1, 'nobody', 'hall', 300, 0)")
  }
  const journal = (w, action, payment) =>
    addJournal.run(w.journalId, w.actor, action, 'payment/' + payment, w.now, w.journalDigest)

  function begin (w) {
    if (seen.get(w.keyHash)) return 409
    const charge = sql.charge.get(w.number)
    if (!charge || sql.live.get(charge.id) || charge.paid >= charge.amount) return 409
    sql.addPayment.run(w.id, charge.id, charge.office, w.language, charge.amount, w.now, w.now + 5400000)
    addOutbox.run(w.outboxId, 'qr-wallet', 'payment.create', w.outboxPayload, w.now)
    journal(w, 'payment.created', w.id)
    addKey.run(w.keyHash, w.digest, w.sealedAnswer, w.expires)
    return 201
  }

  function notice (w) {
    const payment = sql.payment.get(w.payment)
    if (!payment || payment.amount !== w.yen) return 404
    if (sql.told.get(w.event)) return 204
    sql.addEvent.run(w.event, payment.id, 'notice', w.yen, w.now)
    addOutbox.run(w.outboxId, 'qr-wallet', 'payment.ask', w.outboxPayload, w.now)
    return 204
  }

  function book (w, charge, payment) {
    const day = new Date(w.now + 32400000).toISOString().slice(0, 10)
    sql.day.run(charge.office, day)
    sql.entry.run(w.entryId, charge.office, day, w.now, 'payment.captured', charge.id, payment.id)
    sql.posting.run(w.entryId, 'transit:qr-wallet', w.yen, 0)
    sql.posting.run(w.entryId, 'receivable', 0, w.yen)
  }

  function news (w) {
    if (seen.get(w.keyHash)) return 409
    const payment = sql.payment.get(w.payment)
    const charge = payment && sql.chargeById.get(payment.charge)
    if (!charge || sql.told.get(w.event)) return 409
    book(w, charge, payment)
    if (sql.pay.run(w.yen, w.yen, charge.id, charge.version).changes !== 1) return 409
    sql.receipt.run(charge.office, sql.serial.get(charge.office).last, payment.id, charge.id, w.yen, w.now)
    if (sql.capture.run(w.yen, w.reference, w.now, payment.id, payment.version).changes !== 1) return 409
    sql.addEvent.run(w.event, payment.id, 'capture', w.yen, w.now)
    journal(w, 'payment.captured', payment.id)
    addKey.run(w.keyHash, w.digest, w.sealedAnswer, w.expires)
    return 200
  }

  const addCharges = db.transaction(charges => charges.forEach(c => sql.addCharge.run(c.id, c.number)))
  return { begin, notice, news, addCharges }
}
