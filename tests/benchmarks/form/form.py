#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a form of 200 fields, 60 of them asked on a condition and 10 computed, and 20,000 keys typed into it; the same
each time.   form.py FOLDER"""
import json
import pathlib
import random
import sys

N_FIELDS, N_CONDITIONS, N_COMPUTED, N_KEYS = 200, 60, 10, 20000
CITIES = ['fujisawa', 'chigasaki', 'kamakura', 'yamato', 'ebina', 'zama']
rng = random.Random(142051)


def words(text):
    return {'ja': text}


def kind_of(i):
    return ('number', 'text', 'yes-no', 'one-of', 'date')[i % 5]


def fact(i):
    return f'a.f{i}'


def condition(below):
    """A rule that reads one or two fields before this one."""
    def one():
        i = rng.randrange(below)
        return {'number': {'>=': [{'var': fact(i)}, rng.randrange(1, 900)]},
                'text': {'===': [{'var': fact(i)}, 'abcde'[:rng.randrange(1, 6)]]},
                'yes-no': {'!!': [{'var': fact(i)}]},
                'one-of': {'in': [{'var': fact(i)}, rng.sample(CITIES, 3)]},
                'date': {'<': [{'var': fact(i)}, f'{rng.randrange(1950, 2020)}-04-01']}}[kind_of(i)]
    return one() if rng.random() < .5 else {rng.choice(['and', 'or']): [one(), one()]}


def field(i):
    made = {'fact': fact(i), 'kind': kind_of(i), 'label': words('問い'), 'required': i % 3 == 0}
    if kind_of(i) == 'number':
        made |= {'min': 0, 'max': 9999}
    if kind_of(i) == 'text':
        made |= {'min': 2, 'max': 20}
    if kind_of(i) == 'one-of':
        made |= {'options': [{'id': city, 'label': words(city)} for city in CITIES]}
    return made


def value(i, n):
    """What stands in field I after its Nth key."""
    return {'number': int('13579'[:n % 5 + 1]), 'text': 'abcdefghijklmnopqrstuvwxyz'[:n % 24],
            'yes-no': n % 2 == 0, 'one-of': CITIES[n % len(CITIES)],
            'date': f'{1950 + n % 75}-0{n % 9 + 1}-15'}[kind_of(i)]


fields = [field(i) for i in range(N_FIELDS)]
computed = [N_FIELDS - 5 * (k + 1) for k in range(N_COMPUTED)]        # the last numbers, each from fields before it
for i in computed:
    numbers = [j for j in range(i) if kind_of(j) == 'number' and j not in computed]
    fields[i]['required'] = False
    fields[i]['value'] = {'min': [9999, {'+': [{'var': fact(j)} for j in rng.sample(numbers, 5)]}]}
whens = sorted(rng.sample([i for i in range(20, N_FIELDS) if i not in computed], N_CONDITIONS))
questions = [{'id': f'q{i}', 'title': words('問い'), 'label': words('問い'), 'fields': [f]} for i, f in enumerate(fields)]
for i in whens:
    questions[i]['when'] = condition(i)

counts = [0] * N_FIELDS
answers = {fact(i): value(i, 3) for i in range(N_FIELDS) if i not in computed}
keys = []
while len(keys) < N_KEYS:
    i = rng.choice([j for j in range(N_FIELDS) if j not in computed])
    for _ in range(rng.randrange(1, 9) if kind_of(i) in ('number', 'text') else 1):
        counts[i] += 1
        keys.append([fact(i), value(i, counts[i])])

folder = pathlib.Path(sys.argv[1])
form = {'id': 'bench', 'revision': 1, 'title': words('様式'),
        'sections': [{'id': 's', 'title': words('部'), 'questions': questions}]}
(folder / 'form.json').write_text(json.dumps(form, ensure_ascii=False))
(folder / 'keys.json').write_text(json.dumps({'answers': answers, 'keys': keys[:N_KEYS]}))
