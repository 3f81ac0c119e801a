// SPDX-License-Identifier: GPL-3.0-or-later
// The same rules and people in JavaScript: npm json-logic-engine, compiled, and written by hand.
//   node peer.mjs RULES PEOPLE SECONDS
import { readFileSync } from 'node:fs';
import { LogicEngine } from 'json-logic-engine';

const [rulesFile, peopleFile, seconds] = process.argv.slice(2);
const rules = JSON.parse(readFileSync(rulesFile, 'utf8'));
const people = JSON.parse(readFileSync(peopleFile, 'utf8'));

const coast = ['鵠沼', '辻堂', '片瀬'], drill = ['鵠沼', '辻堂', '片瀬', '村岡'];
const fields = ['御所見', '遠藤', '六会', '長後', '湘南大庭', '善行', '明治'], insured = ['national', 'employee'];
const byHand = [
  p => p.age >= 70,
  p => p.age >= 65 && p.age < 66,
  p => p.age >= 65 || (p.age >= 60 && p.disability),
  p => p.age === 18,
  p => p.children.some(c => c.age <= 18),
  p => p.children.some(c => c.age < 6) && p.working,
  p => p.childCount >= 3,
  p => p.children.some(c => c.age >= 6 && c.age < 15) && p.income < 3000000,
  p => insured.includes(p.insurance) && p.children.some(c => c.age < 3),
  p => coast.includes(p.district),
  p => drill.includes(p.district) && !p.moved,
  p => p.district === '湘南台' && p.age >= 20,
  p => fields.includes(p.district) && p.farmer,
  p => p.age >= 75 && p.householdSize === 1,
  p => p.income < 2000000 && !p.owner && p.householdSize > 1,
  p => p.moved && p.nationality !== 'JP',
  p => p.due > 0 && p.income < 2500000,
  p => p.age >= 18 && p.age <= 24 && !p.disability,
  p => p.marital === 'single' && p.childCount > 0 && p.income + p.benefits < 3600000,
  p => p.age >= 40 && p.age <= 74 && p.insurance === 'national',
];
const engine = new LogicEngine();
const compiled = rules.map(({ rule }) => engine.build(rule));

const now = () => process.cpuUsage().user / 1e6;   // of the processor: others may use the machine

function measure(name, functions) {
  const round = () => {
    let yes = 0;
    for (const person of people)
      for (const f of functions)
        if (f(person)) yes++;
    return yes;
  };
  const yes = round();
  for (let i = 0; i < 20; i++) round();
  const start = now();
  let rounds = 0;
  while (now() - start < seconds) { round(); rounds++; }
  const rate = rounds * people.length * functions.length / (now() - start);
  console.log(`${name}\t${(rate / 1e6).toFixed(1)}\tmillion rules/s\t${yes} held`);
}

measure('json-logic-engine, compiled', compiled);
measure('JavaScript by hand', byHand);
