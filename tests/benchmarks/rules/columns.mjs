// SPDX-License-Identifier: GPL-3.0-or-later
// The twenty rules written by hand over typed arrays: a column a fact, a byte a person for the answer.
//   node columns.mjs PEOPLE TIMES SECONDS
import { readFileSync } from 'node:fs';

const [file, times, seconds] = process.argv.slice(2);
const few = JSON.parse(readFileSync(file, 'utf8')), people = [];
for (let t = 0; t < times; t++) people.push(...few);
const n = people.length;

const numbers = fact => Int32Array.from(people, p => p[fact]);
const booleans = fact => Uint8Array.from(people, p => p[fact]);
const words = {};
const texts = fact => {
  const known = words[fact] = new Map();
  return Uint16Array.from(people, p => known.get(p[fact]) ?? (known.set(p[fact], known.size), known.size - 1));
};
const columns = { n, out: new Uint8Array(n) };
for (const fact of ['age', 'childCount', 'income', 'householdSize', 'due', 'benefits']) columns[fact] = numbers(fact);
for (const fact of ['disability', 'working', 'moved', 'farmer', 'owner']) columns[fact] = booleans(fact);
for (const fact of ['district', 'insurance', 'nationality', 'marital']) columns[fact] = texts(fact);
columns.from = new Uint32Array(n + 1);
people.forEach((p, i) => { columns.from[i + 1] = columns.from[i] + p.children.length; });
columns.childAge = Int32Array.from(people.flatMap(p => p.children.map(c => c.age)));

const is = (fact, text) => `${fact}[i] === ${words[fact].get(text) ?? -1}`;
const among = (fact, list) => '(' + list.map(text => is(fact, text)).join(' || ') + ')';
const some = test => `(() => { for (let c = from[i]; c < from[i + 1]; c++) if (${test}) return true; return false; })()`;
const rules = [
  'age[i] >= 70',
  'age[i] >= 65 && age[i] < 66',
  'age[i] >= 65 || (age[i] >= 60 && disability[i])',
  'age[i] === 18',
  some('childAge[c] <= 18'),
  `working[i] && ${some('childAge[c] < 6')}`,
  'childCount[i] >= 3',
  `income[i] < 3000000 && ${some('childAge[c] >= 6 && childAge[c] < 15')}`,
  `${among('insurance', ['national', 'employee'])} && ${some('childAge[c] < 3')}`,
  among('district', ['鵠沼', '辻堂', '片瀬']),
  `${among('district', ['鵠沼', '辻堂', '片瀬', '村岡'])} && !moved[i]`,
  `${is('district', '湘南台')} && age[i] >= 20`,
  `${among('district', ['御所見', '遠藤', '六会', '長後', '湘南大庭', '善行', '明治'])} && farmer[i]`,
  'age[i] >= 75 && householdSize[i] === 1',
  'income[i] < 2000000 && !owner[i] && householdSize[i] > 1',
  `moved[i] && !(${is('nationality', 'JP')})`,
  'due[i] > 0 && income[i] < 2500000',
  'age[i] >= 18 && age[i] <= 24 && !disability[i]',
  `${is('marital', 'single')} && childCount[i] > 0 && income[i] + benefits[i] < 3600000`,
  `age[i] >= 40 && age[i] <= 74 && ${is('insurance', 'national')}`,
].map(test => new Function(`{ ${Object.keys(columns).join(', ')} }`, `
  let yes = 0;
  for (let i = 0; i < n; i++) { const holds = ${test} ? 1 : 0; out[i] = holds; yes += holds; }
  return yes;`));

const now = () => process.cpuUsage().user / 1e6;
const round = () => rules.reduce((yes, rule) => yes + rule(columns), 0);
const yes = round();
for (let i = 0; i < 5; i++) round();
const start = now();
let rounds = 0;
while (now() - start < seconds) { round(); rounds++; }
const rate = rounds * n * rules.length / (now() - start);
console.log(`JavaScript over typed arrays\t${(rate / 1e6).toFixed(1)}\tmillion rules/s\t${yes} held`);
