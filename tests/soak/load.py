# SPDX-License-Identifier: GPL-3.0-or-later
"""Residents who file, and ask again with the same key until they are answered, whatever happens to the service."""
import json
import pathlib
import random
import sys
import threading
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'testlib'))
from city import Problem                             # noqa: E402

FILING = json.loads((ROOT / 'tests' / 'testlib' / 'filing.json').read_text())
PATIENCE = 90        # seconds until an unanswered request is a failure
LEASE = 30           # until another may give the journal its positions
AWAY = (429, 502, 503, 504)


class Resident:
    """One filing at a time. What was answered is remembered, to be held against the store afterwards."""

    def __init__(self, city, device, ports):
        self.city, self.device, self.ports = city, device, ports
        self.answered, self.retries, self.failure = [], 0, None

    def ask(self, method, path, body, token):
        key, until = uuid.uuid4().hex, time.monotonic() + PATIENCE
        while True:
            try:
                return self.city.request(method, path, body, token, key=key, port=random.choice(self.ports()))
            except Problem as problem:
                if problem.status not in AWAY or time.monotonic() > until:
                    raise
            except OSError:
                if time.monotonic() > until:
                    raise
            self.retries += 1
            time.sleep(random.uniform(0.01, 0.1))

    def file_once(self, name='髙﨑 美代子'):
        visit = self.ask('POST', '/v1/visits', {'language': 'ja'}, self.device)
        filing = json.loads(json.dumps(FILING))
        filing['answers']['applicant.fullName'] = name
        receipt = self.ask('POST', f'/v1/visits/{visit["id"]}/submission', filing, visit['token'])
        filed = {'visit': visit['number'], 'token': visit['token'], 'cases': [c['number'] for c in receipt['cases']]}
        self.answered.append(filed)
        return filed

    def file_until(self, stopped):
        try:
            while not stopped.is_set():
                self.file_once()
        except Exception as failure:                 # told by the main thread, with its place
            self.failure = failure


class Load:
    """Several residents at once, in threads, for as long as the block lasts."""

    def __init__(self, city, residents=6, ports=None):
        self.city, self.stopped = city, threading.Event()
        device = city.device_token()
        ports = ports or (lambda: [city.service.port])
        self.residents = [Resident(city, device, ports) for _ in range(residents)]
        self.threads = [threading.Thread(target=r.file_until, args=(self.stopped,)) for r in self.residents]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    @property
    def answered(self):
        return [filed for resident in self.residents for filed in resident.answered]

    @property
    def retries(self):
        return sum(resident.retries for resident in self.residents)

    def check(self):
        """Every answered filing is there exactly once, nothing else is, and the journal agrees."""
        for resident in self.residents:
            if resident.failure:
                raise resident.failure
        answered = self.answered
        assert answered, 'nothing was filed'
        filed = sorted(number for one in answered for number in one['cases'])
        kept = sorted(case['number'] for case in all_cases(self.city))
        assert len(set(filed)) == len(filed), 'two filings were given the same number'
        assert set(filed) <= set(kept), f'answered, but lost: {sorted(set(filed) - set(kept))[:5]}'
        assert kept == filed, f'filed more often than answered: {sorted(set(kept) - set(filed))[:5]}'
        for one in random.sample(answered, min(50, len(answered))):
            mine = [case['number'] for case in self.city.request('GET', '/v1/cases', token=one['token'])['items']]
            assert sorted(mine) == sorted(one['cases']), f'{one["visit"]} sees {mine}, not {one["cases"]}'
        check_journal(self.city, len(filed))
        return len(filed)


def all_cases(city):
    clerk, cursor = city.staff_token('clerk'), ''
    while cursor is not None:
        page = city.request('GET', '/v1/cases?limit=100' + (f'&cursor={cursor}' if cursor else ''), token=clerk)
        yield from page['items']
        cursor = page.get('next')


def entries(city, auditor):
    after = 0
    while page := city.request('GET', f'/v1/journal?after={after}&limit=1000', token=auditor)['items']:
        assert [e['position'] for e in page] == list(range(after + 1, after + 1 + len(page))), 'positions have gaps'
        after = page[-1]['position']
        yield from page


def check_journal(city, cases):
    """Its tree is whole, and each case began once. Positions come a moment later: the one who gives them was killed."""
    auditor, until, begun = city.staff_token('auditor'), time.monotonic() + LEASE, []
    while len(begun) < cases and time.monotonic() < until:
        begun = [e['subject'] for e in entries(city, auditor) if e['action'] in ('case.submitted', 'case.prefiled')]
        time.sleep(0.1)
    assert len(set(begun)) == len(begun) == cases, f'{cases} cases, but {len(begun)} beginnings in the journal'
    verification = city.request('GET', '/v1/journal/verification', token=auditor)
    assert verification['whole'], verification
