// SPDX-License-Identifier: GPL-3.0-or-later
// node server.mjs sqlite:PATH|postgresql://… PORT: the routes the load generator drives, and nothing else.
import fastify from 'fastify'
import { randomBytes } from 'node:crypto'
import {
  beginSchema, hash, id, newsSchema, noticeSchema, number, page, prepare, prepareBegin, prepareNews, prepareNotice,
  submissionSchema
} from './work.mjs'

const [address, port] = process.argv.slice(2)
const engine = address.startsWith('sqlite:')
  ? await (await import('./engine-sqlite.mjs')).open(address.slice(7))
  : await (await import('./engine-pg.mjs')).open(address)
const app = fastify({ bodyLimit: 262144 })
const sessions = new Map()       // the peer caches too, as ours does
sessions.set(hash('peer'), { role: 'device', visit: null, expires: Infinity })

app.decorateRequest('session', null)
app.addHook('onRequest', async (request, reply) => {
  if (request.url === '/v1/health' || (request.method === 'POST' && request.url === '/v1/visits') ||
      ['/v1/sessions', '/v1/bills', '/v1/providers/qr-wallet/webhook'].includes(request.url)) return
  const tokenHash = hash((request.headers.authorization ?? '').slice(7))
  let session = sessions.get(tokenHash)
  if (!session) {
    session = await engine.session(tokenHash)
    if (session) sessions.set(tokenHash, session)
  }
  if (!session || Number(session.expires) < Date.now()) return reply.code(401).send({ title: 'No session' })
  request.session = { tokenHash, visit: session.visit, owner: session.owner ?? session.visit, role: session.role }
})

app.get('/v1/health', async () => ({ status: 'ok' }))
app.post('/v1/sessions', async (request, reply) => reply.code(201).send({ token: 'peer', role: 'device' }))
app.post('/v1/visits', async (request, reply) => {
  const visit = { id: id(), number: number(), token: randomBytes(32).toString('base64url') }
  const now = Date.now()
  await engine.addVisit([visit.id, visit.number, 'open', now], [hash(visit.token), 'visit', visit.id, now + 3600000])
  return reply.code(201).send({ ...visit, state: 'open' })
})
app.post('/v1/visits/:id/identification', async request => {
  const { tokenHash } = request.session
  await engine.identify(tokenHash, request.body.cardNumber)
  sessions.delete(tokenHash)
  return { state: 'open' }
})
app.post('/v1/visits/:id/submission', { schema: { body: submissionSchema } }, async (request, reply) => {
  if (!request.headers['idempotency-key']) return reply.code(400).send({ title: 'Idempotency-Key required' })
  if (request.session.visit !== request.params.id) return reply.code(404).send({ title: 'Not found' })
  const work = prepare(request)
  const status = await engine.file(work)
  if (status !== 201) return reply.code(status).send({ title: 'Conflict' })
  return reply.code(201).type('application/json').send(work.answer)
})

// As many charges, not timed; the number of each, one a line.
app.post('/v1/bills', async (request, reply) => {
  const charges = Array.from({ length: request.body.charges }, () => ({ id: id(), number: number() }))
  await engine.addCharges(charges)
  return reply.type('text/plain').send(charges.map(c => c.number + '\n').join(''))
})
app.post('/v1/charges/:number/payments', { schema: { body: beginSchema } }, async (request, reply) => {
  if (!request.headers['idempotency-key']) return reply.code(400).send({ title: 'Idempotency-Key required' })
  const work = prepareBegin(request)
  const status = await engine.begin(work)
  return reply.code(status).type('application/json').send(status === 201 ? work.answer : '{}')
})
app.post('/v1/providers/qr-wallet/webhook', { schema: { body: noticeSchema } }, async (request, reply) =>
  reply.code(await engine.notice(prepareNotice(request))).send())
app.post('/v1/payments/:id/news', { schema: { body: newsSchema } }, async (request, reply) => {
  if (!request.headers['idempotency-key']) return reply.code(400).send({ title: 'Idempotency-Key required' })
  const work = prepareNews(request)
  const status = await engine.news(work)
  return reply.code(status).type('application/json').send(status === 200 ? work.answer : '{}')
})
app.get('/v1/cases', async request => page(await engine.list(request.session.owner)))

await app.listen({ port: Number(port), host: '127.0.0.1' })
console.log(`peer listening on http://127.0.0.1:${port}`)
