// SPDX-License-Identifier: GPL-3.0-or-later
// What one filing is, apart from the engine: check, seal, number, digest.
import { createCipheriv, createHash, randomBytes } from 'node:crypto'

const dataKey = randomBytes(32)
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

export const hash = text => createHash('sha256').update(text).digest('hex')
export const id = () => Date.now().toString(36).padStart(9, '0') + randomBytes(10).toString('hex')
export const number = () => Array.from(randomBytes(12), b => ALPHABET[b & 31]).join('')

export function seal (data) {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('chacha20-poly1305', dataKey, nonce, { authTagLength: 16 })
  return Buffer.concat([nonce, cipher.update(data), cipher.final(), cipher.getAuthTag()])
}

// 25 answers, checked by Fastify's compiled schema before the handler runs.
const text = { type: 'string', minLength: 1, maxLength: 128 }
export const submissionSchema = {
  type: 'object',
  required: ['procedures', 'answers'],
  additionalProperties: false,
  properties: {
    procedures: {
      type: 'array', minItems: 1, maxItems: 20,
      items: { type: 'object', required: ['id'], additionalProperties: false,
               properties: { id: text, revision: { type: 'integer' } } }
    },
    answers: { type: 'object', maxProperties: 200,
               additionalProperties: { anyOf: [text, { type: 'integer' }, { type: 'boolean' },
                                               { type: 'array', maxItems: 50 }] } }
  }
}

export function prepare (request) {
  const key = request.headers['idempotency-key']
  const now = Date.now()
  const body = JSON.stringify(request.body)
  const caseId = id()
  const caseNumber = number()
  const answer = JSON.stringify({ number: caseNumber, submittedAt: new Date(now).toISOString(),
    cases: request.body.procedures.map(p => ({ number: caseNumber, procedure: p.id, state: 'submitted' })) })
  return {
    now, caseId, caseNumber, answer, visit: request.params.id, owner: request.session.owner,
    procedure: request.body.procedures[0].id,
    revision: request.body.procedures[0].revision, office: 'mado', due: new Date(now + 172800000).toISOString().slice(0, 10),
    sealed: seal(JSON.stringify(request.body.answers)),
    journalId: id(), journalDigest: createHash('sha256').update(randomBytes(16)).update(caseId).update(body).digest(),
    outboxId: id(), outboxPayload: seal(JSON.stringify({ case: caseNumber })),
    keyHash: hash(request.session.tokenHash + key), digest: hash(body), sealedAnswer: seal(answer),
    expires: now + 86400000
  }
}

// A page of one's own cases: as many columns and members as ours shows, the title in each language, what may be done.
export const PAGE = 20
export const listed = `SELECT id, number, version, state, visit, procedure, revision, office, identified_by, submitted,
  updated, due, fee FROM cases WHERE owner = $1 ORDER BY id DESC LIMIT ${PAGE + 1}`
const titles = new Map([['tennyu', { ja: '転入届', 'ja@easy': '藤沢市に 引っ越して きた とき',
                                     en: 'Moving in from another city or abroad' }]])
const allowed = { submitted: ['withdraw'] }
const time = at => new Date(Number(at)).toISOString()

export function page (rows) {
  const items = rows.slice(0, PAGE).map(row => ({ id: row.id, number: row.number, version: Number(row.version),
    state: row.state, visit: row.visit, procedure: row.procedure, revision: Number(row.revision), office: row.office,
    identifiedBy: row.identified_by, submittedAt: time(row.submitted), updatedAt: time(row.updated), dueDate: row.due,
    fee: Number(row.fee), title: titles.get(row.procedure), events: allowed[row.state] }))
  return { items, next: rows.length > PAGE ? items[PAGE - 1].id : undefined }
}

// What paying is, apart from the engine.
export const beginSchema = {
  type: 'object', required: ['method'], additionalProperties: false, properties: { method: text, language: text }
}
export const noticeSchema = {
  type: 'object', required: ['notification_type', 'merchant_order_id', 'state'],
  properties: { notification_type: text, merchant_order_id: text, order_id: text, order_amount: text, state: text }
}
export const newsSchema = {
  type: 'object', required: ['event', 'key'], additionalProperties: false,
  properties: { event: text, key: text, yen: { type: 'integer', minimum: 1 }, reference: text }
}

function common (request, answer) {
  const now = Date.now()
  const body = JSON.stringify(request.body)
  return {
    now, answer, actor: request.session?.role ?? 'system', outboxId: id(), journalId: id(),
    journalDigest: createHash('sha256').update(randomBytes(16)).update(body).digest(),
    keyHash: hash((request.session?.tokenHash ?? '') + request.headers['idempotency-key']), digest: hash(body),
    sealedAnswer: seal(answer), expires: now + 86400000
  }
}

export function prepareBegin (request) {
  const payment = id()
  const answer = JSON.stringify({ id: payment, version: 1, state: 'created', provider: request.body.method,
    language: request.body.language, createdAt: new Date().toISOString() })
  return { ...common(request, answer), id: payment, number: request.params.number, language: request.body.language,
    outboxPayload: seal(JSON.stringify({ payment, description: request.params.number })) }
}

export function prepareNotice (request) {
  const payment = request.body.merchant_order_id
  return { now: Date.now(), payment, yen: Number(request.body.order_amount), outboxId: id(),
    event: hash(JSON.stringify(request.body)), outboxPayload: seal(JSON.stringify({ payment })) }
}

export function prepareNews (request) {
  const { event, key, yen, reference } = request.body
  const answer = JSON.stringify({ id: request.params.id, version: 2, state: event, captured: yen, reference })
  return { ...common(request, answer), payment: request.params.id, event: key, yen, reference, entryId: id() }
}
