#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes N invented people, the same each time, for the benchmark of rules:  people.py N > people.json"""
import json
import random
import sys

DISTRICTS = ['片瀬', '鵠沼', '辻堂', '村岡', '藤沢', '明治', '善行', '湘南大庭', '六会', '湘南台', '遠藤', '長後', '御所見']


def person(rng):
    children = [{'age': rng.randrange(0, 22)} for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 2, 3]))]
    return {
        'age': rng.randrange(18, 100), 'district': rng.choice(DISTRICTS), 'disability': rng.random() < .06,
        'children': children, 'childCount': len(children), 'working': rng.random() < .6,
        'income': rng.randrange(0, 9000000), 'insurance': rng.choice(['national', 'employee', 'late-elderly']),
        'moved': rng.random() < .05, 'farmer': rng.random() < .03, 'householdSize': rng.randrange(1, 6),
        'owner': rng.random() < .55, 'nationality': rng.choice(['JP'] * 40 + ['VN', 'CN', 'PH']),
        'due': rng.choice([0, 0, 0, 12000, 58000]), 'marital': rng.choice(['single', 'married', 'widowed']),
        'benefits': rng.choice([0, 0, 120000]),
    }


rng = random.Random(142051)
json.dump([person(rng) for _ in range(int(sys.argv[1]))], sys.stdout, ensure_ascii=False)
