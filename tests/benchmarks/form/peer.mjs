// SPDX-License-Identifier: GPL-3.0-or-later
// The same form the usual way: json-logic-engine compiles conditions and computed values, a graph says which of them
// read a fact, and ajv checks the field that was typed into and those that came or went.
//   node peer.mjs FORM KEYS
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { LogicEngine } from 'json-logic-engine';

const form = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { answers, keys } = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const ajv = new Ajv(), engine = new LogicEngine();

const schemaOf = field => ({
  number: { type: 'integer', minimum: field.min, maximum: field.max },
  text: { type: 'string', minLength: field.min, maxLength: field.max },
  'yes-no': { type: 'boolean' },
  'one-of': { enum: field.options?.map(option => option.id) },
  date: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' },
})[field.kind];
const readsOf = rule => {
  if (rule === null || typeof rule !== 'object') return [];
  if (!Array.isArray(rule) && typeof rule.var === 'string') return [rule.var];
  return Object.values(rule).flatMap(readsOf);
};
const key = fact => fact.slice(2);      // "a.f7" is a path to JsonLogic: facts lie under "a"

const nodes = form.sections.flatMap(section => section.questions).map((question, i) => {
  const field = question.fields[0];
  return {
    i, name: key(field.fact), required: field.required, check: ajv.compile(schemaOf(field)),
    when: question.when && engine.build(question.when), value: field.value && engine.build(field.value),
    reads: [...readsOf(question.when), ...readsOf(field.value)].map(key), readers: [], shown: false, fails: false,
  };
});
const byName = new Map(nodes.map(node => [node.name, node]));
for (const node of nodes) for (const name of new Set(node.reads)) byName.get(name).readers.push(node);

const typed = {}, facts = { a: {} };    // what was typed, and what of it is asked and in order
for (const [fact, value] of Object.entries(answers)) typed[key(fact)] = value;
let mistakes = 0;
const waiting = new Set();

const isEmpty = value => value === undefined || value === null || value === '';
function settle(node) {
  const shown = node.when === undefined || Boolean(node.when(facts));
  const value = shown ? (node.value ? node.value(facts) : typed[node.name]) : undefined;
  const fails = shown && (isEmpty(value) ? node.required : !node.check(value));
  const kept = fails || isEmpty(value) ? undefined : value;
  mistakes += fails - node.fails;
  node.shown = shown;
  node.fails = fails;
  if (facts.a[node.name] === kept) return;
  facts.a[node.name] = kept;
  for (const reader of node.readers) waiting.add(reader);
}
function keepUp() {
  for (const node of waiting) { waiting.delete(node); settle(node); }
}
function set(name, value) {
  typed[name] = value;
  settle(byName.get(name));
  keepUp();
}

nodes.forEach(settle);
keepUp();
const script = keys.map(([fact, value]) => [key(fact), value]);
function typeAll(times) {
  let sum = 0;
  for (let i = 0; i < script.length; i++) {
    const start = process.hrtime.bigint();
    set(script[i][0], script[i][1]);
    sum += mistakes;
    times[i] = Number(process.hrtime.bigint() - start);
  }
  return sum;
}
const times = new Float64Array(script.length);
typeAll(times);
const sum = typeAll(times);
times.sort();
const at = share => (times[Math.min(times.length - 1, Math.floor(times.length * share))] / 1e3).toFixed(2);
console.log(JSON.stringify({ p50: +at(.5), p99: +at(.99), p999: +at(.999), worst: +at(1), mistakes: sum }));
