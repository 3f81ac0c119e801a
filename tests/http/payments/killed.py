#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notifier that dies between a card terminal and the service: nobody pays twice, nothing is guessed. Prints TAP."""
import json
import pathlib
import socket
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / 'tests' / 'testlib'), str(ROOT / 'tests' / 'simulator')]
from city import City, Problem, run_cases            # noqa: E402
from payer import Payer                              # noqa: E402
from simulator import Simulator, Terminal, notifier  # noqa: E402

LATE = 66      # seconds: the lease of the dead one is over, and a "pay" is not said any more


def verbs(terminal, payment):
    return [asked['do'] for asked in terminal.command()['seen'] if asked['id'] == payment]


def took(terminal):
    return [p['id'] for p in terminal.command()['payments'] if p['is'] == 'paid']


def is_said(terminal, payment, verb):
    until = time.monotonic() + 20
    while verb not in verbs(terminal, payment):
        assert time.monotonic() < until, verbs(terminal, payment)
        time.sleep(0.05)


def cannot_pay_again(payer):
    try:
        payer.ask('POST', f'/v1/charges/{payer.charge["number"]}/payments', {'method': 'terminal', 'language': 'ja'})
        raise AssertionError('a second payment was begun')
    except Problem as problem:
        assert problem.status == 409, problem


def it_comes_again_and_the_terminal_is_away(city, wallet, terminal):
    """The second time, "nobody there" says nothing about the first."""
    payer = Payer(city)
    payer.begin('terminal')
    lease = {'channels': ['terminal/kiosk-1'], 'max': 1, 'seconds': 5}
    item = city.request('POST', '/v1/outbox/leases', lease, city.device_token('notifier-1'))['items'][0]
    assert item['topic'] == 'payment.create' and item['attempt'] == 1, item
    with socket.create_connection(('127.0.0.1', terminal.port), timeout=5) as line:
        said = {'v': 1, 'do': 'pay', 'id': payer.payment, 'yen': item['payload']['yen'], 'language': 'ja'}
        line.sendall(json.dumps(said).encode() + b'\n')
        assert json.loads(line.makefile().readline())['is'] == 'waiting'
    terminal.touch()
    terminal.stop()
    with notifier(city, wallet, kiosk_1=terminal):
        assert payer.wait('unknown', 'failed')['state'] == 'unknown'
        cannot_pay_again(payer)
        terminal.start()
        assert payer.wait('captured')['captured'] == 300
    assert took(terminal).count(payer.payment) == 1


def it_comes_late(city, wallet, terminal):
    """A card was touched for the one; the other never reached the terminal, and never will."""
    touched = Payer(city)
    with notifier(city, wallet, kiosk_1=terminal) as first:
        terminal.command(do='slow', to='pay', seconds=8)
        touched.begin('terminal')
        is_said(terminal, touched.payment, 'pay')
        first.kill()
        first.wait()
    terminal.touch()
    unsaid = Payer(city)
    unsaid.charge = next(c for c in unsaid.owed() if c['number'] != touched.charge['number'])
    unsaid.begin('terminal')
    time.sleep(LATE)
    cannot_pay_again(touched)
    with notifier(city, wallet, kiosk_1=terminal):
        assert touched.wait('captured', 'failed', 'cancelled')['state'] == 'captured'
        assert unsaid.wait('failed', 'cancelled')['state'] == 'cancelled'
        assert verbs(terminal, touched.payment) == ['pay', 'cancel'] and verbs(terminal, unsaid.payment) == ['cancel']
        given_up = unsaid.payment
        unsaid.begin('terminal')
        unsaid.wait('pending')
        terminal.touch()
        unsaid.wait('captured')
    assert {touched.payment, unsaid.payment} <= set(took(terminal)) and given_up not in took(terminal)


CASES = [it_comes_again_and_the_terminal_is_away, it_comes_late]


def main():
    with City('sqlite', arguments=['--limits', '0']) as city, Simulator() as wallet, \
            Terminal('--memory', str(city.folder / 'terminal.json')) as terminal:
        return run_cases(CASES, city, wallet, terminal)


if __name__ == '__main__':
    sys.exit(main())
