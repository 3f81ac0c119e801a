// SPDX-License-Identifier: GPL-3.0-or-later
// peer.mjs CATALOGUE QUERIES: the same texts in minisearch; Japanese as pairs of characters, slips and prefixes allowed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import MiniSearch from 'minisearch'

const [catalogue, queries] = process.argv.slice(2)
const read = file => JSON.parse(readFileSync(file, 'utf8'))
const files = (...below) => readdirSync(join(catalogue, ...below), { recursive: true })
  .filter(name => name.endsWith('.json')).map(name => read(join(catalogue, ...below, name)))
const words = map => Object.values(map).join(' ')

const documents = [
  ...files('procedures').map(p => ({ id: p.id, title: words(p.title), text: words(p.summary), keywords: (p.keywords ?? []).join(' ') })),
  ...files('life-events').map(e => ({ id: `event:${e.id}`, title: words(e.title), text: words(e.summary), keywords: (e.keywords ?? []).join(' ') })),
  ...files('faq').flatMap(f => f.entries).map(q => ({ id: `faq:${q.id}`, title: words(q.question), text: words(q.answer), keywords: (q.keywords ?? []).join(' ') })),
]

const tokenize = text => text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}ー]+/u).flatMap(run =>
  /[぀-ヿ一-鿿]/.test(run) && run.length > 2
    ? Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)) : run ? [run] : [])

global.gc?.()
const before = process.memoryUsage().heapUsed
let start = process.cpuUsage()
const since = begun => { const used = process.cpuUsage(begun); return (used.user + used.system) / 1000 }
const search = new MiniSearch({ fields: ['title', 'keywords', 'text'], tokenize, processTerm: term => term })
search.addAll(documents)
const index = since(start)

const times = []
let first = 0, three = 0, asked = 0
for (const { query, right } of read(queries)) {
  const begun = process.cpuUsage()
  const found = search.search(query, { prefix: true, fuzzy: 0.2, boost: { title: 2, keywords: 2 } }).slice(0, 10)
  times.push(since(begun))
  if (right.length === 0)
    continue
  const place = found.findIndex(hit => right.includes(hit.id))
  asked++
  first += place === 0
  three += place >= 0 && place < 3
}
times.sort((a, b) => a - b)
const at = share => times[Math.floor((times.length - 1) * share)]
console.log(JSON.stringify({ index, p50: at(0.5), p95: at(0.95), first: 100 * first / asked, three: 100 * three / asked,
                             MB: (process.memoryUsage().heapUsed - before) / 2 ** 20 }))
