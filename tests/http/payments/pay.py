#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a filed case to its certificate through a wallet that misbehaves: service, notifier and simulator, each a
process of its own. Prints TAP."""
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / 'tests' / 'testlib'), str(ROOT / 'tests' / 'simulator')]
from city import City, Problem, run_cases            # noqa: E402
from payer import Payer                              # noqa: E402
from simulator import Simulator, notifier            # noqa: E402

def paid_by_the_shown_code(city, wallet):
    payer = Payer(city)
    payer.begin()
    shown = payer.wait('pending')
    assert shown['offer']['url'].startswith(wallet.url) and shown['offer']['expiresAt'], shown
    assert not payer.has_certificate()
    wallet.pay(shown['offer']['url'])
    assert payer.wait('captured', seconds=8)['captured'] == 300
    assert payer.has_certificate() and payer.charge['number'] not in [c['number'] for c in payer.owed()]
    receipts = payer.ask('GET', f'/v1/charges/{payer.charge["number"]}/receipts')['items']
    assert len(receipts) == 1 and receipts[0]['amount'] == 300, receipts


def lost_answers_and_errors_make_no_second_code(city, wallet):
    payer = Payer(city)
    wallet.command(path='/v2/codes', do='500', times=1)
    payer.begin()
    shown = payer.wait('pending', seconds=25)
    wallet.command(do='slow', seconds=3, times=1)
    wallet.pay(shown['offer']['url'])
    payer.wait('captured')
    assert sum(p['merchantPaymentId'] == payer.payment for p in wallet.command()) == 1


def a_code_nobody_saw(city, wallet):
    """It was made, but the answer was lost: there is nothing to show, so letting go of it is certain."""
    payer = Payer(city)
    wallet.command(path='/v2/codes', do='drop', times=1)
    payer.begin()
    until = time.monotonic() + 30
    while not [p for p in wallet.command() if p['merchantPaymentId'] == payer.payment]:
        assert time.monotonic() < until
        time.sleep(0.1)
    payer.ask('POST', f'/v1/payments/{payer.payment}/cancellation')
    payer.wait('cancelled')
    payer.begin()
    wallet.pay(payer.wait('pending')['offer']['url'])
    payer.wait('captured')


def without_a_webhook_asking_finds_out(city, wallet):
    payer = Payer(city)
    wallet.command(webhook='none')
    payer.begin()
    wallet.pay(payer.wait('pending')['offer']['url'])
    payer.wait('captured', seconds=8)
    wallet.command(webhook='once')


def notices_forged_or_doubled_change_nothing(city, wallet):
    for how in ('forged', 'twice', 'late'):
        payer = Payer(city)
        wallet.command(webhook=how)
        payer.begin()
        wallet.pay(payer.wait('pending')['offer']['url'])
        assert payer.wait('captured')['captured'] == 300
    wallet.command(webhook='once')
    journal = city.request('GET', '/v1/journal?limit=1000', token=city.staff_token('auditor'))['items']
    assert [e for e in journal if e['action'] == 'payment.notice-refused'], 'the forged one was not remembered'


def a_code_that_runs_out(city, wallet):
    payer = Payer(city)
    payer.begin()
    payer.wait('pending')
    wallet.command('expire')
    payer.wait('expired', seconds=15)
    payer.begin()
    wallet.pay(payer.wait('pending')['offer']['url'])
    payer.wait('captured')


def paid_after_all(city, wallet):
    """The code ran out, the resident began again and paid; then the first one is paid as well: it comes back."""
    payer = Payer(city)
    wallet.command(webhook='once', expired='pays')
    first = payer.begin()
    url = payer.wait('pending')['offer']['url']
    wallet.command('expire')
    payer.wait('expired', seconds=15)
    payer.begin()
    wallet.pay(payer.wait('pending')['offer']['url'])
    payer.wait('captured')
    wallet.pay(url)
    payer.payment = first
    payer.wait('refunded', seconds=30)
    assert payer.ask('GET', f'/v1/charges/{payer.charge["number"]}')['paid'] == 300
    wallet.command(expired='refuses')


def not_wanted_any_more(city, wallet):
    payer = Payer(city)
    payer.begin()
    url = payer.wait('pending')['offer']['url']
    payer.ask('POST', f'/v1/payments/{payer.payment}/cancellation')
    payer.wait('cancelled')
    wallet.pay(url)
    time.sleep(1)
    payer.wait('cancelled')
    assert not payer.has_certificate()


def paid_in_the_moment_of_cancelling(city, wallet):
    payer = Payer(city)
    wallet.command(webhook='none')
    wallet.command(path='/v2/codes/payments', do='500', times=6)
    payer.begin()
    wallet.pay(payer.wait('pending')['offer']['url'])
    payer.ask('POST', f'/v1/payments/{payer.payment}/cancellation')
    payer.wait('unknown')
    try:
        payer.begin()
        raise AssertionError('a second payment was begun')
    except Problem as problem:
        assert problem.status == 409, problem
    payer.wait('captured', seconds=100)
    wallet.command(webhook='once')
    assert payer.has_certificate()


def for_somebody_else(city, wallet):
    """Whoever holds the slip pays it without a card, sees only what it says, and gets nobody's papers."""
    payer = Payer(city)
    code = payer.ask('POST', f'/v1/charges/{payer.charge["number"]}/slips')['code']
    assert payer.ask('GET', f'/v1/slips/{code}/paper?language=ja', raw=True).startswith(b'%PDF')
    visit = city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token())

    def ask(method, path, body=None):
        return city.request(method, path, body, visit['token'])

    said = ask('GET', f'/v1/slips/{code}')
    assert said['amount'] == 300 and not {'payer', 'lines', 'subject', 'visit'} & set(said), said
    assert '住民票' not in str(said)
    for path in (f'/v1/slips/{code}/paper', f'/v1/charges/{said["number"]}',
                 f'/v1/charges/{said["number"]}/receipts'):
        try:
            ask('GET', path)
            raise AssertionError(f'{path} was shown')
        except Problem as problem:
            assert problem.status == 404, problem
    payer.payment = ask('POST', f'/v1/slips/{code}/payments', {'method': 'qr-wallet', 'language': 'ja'})['id']
    wallet.pay(payer.wait('pending')['offer']['url'])
    payer.wait('captured')
    assert ask('GET', f'/v1/slips/{code}/payments/{payer.payment}')['state'] == 'captured'
    assert payer.has_certificate()


def let_go_by_a_clerk(city, wallet):
    """By the number of the case; the wallet is asked, and its answer told."""
    def mado(*words, status=0):
        environment = dict(os.environ, MADO_SERVICE_URL=city.url, MADO_TOKEN=city.staff_token())
        done = subprocess.run(['mado', *words], env=environment, capture_output=True, text=True, timeout=90)
        assert done.returncode == status, f'{words}: {done.returncode} {done.stdout} {done.stderr}'
        return done.stdout + done.stderr

    payer = Payer(city)
    number = payer.case['number']
    assert f'charge {payer.charge["number"]}: open' in mado('case', 'show', number)
    assert 'on its way' in mado('pay', 'cancel', '--yes', number, status=1)
    url = payer.begin() and payer.wait('pending')['offer']['url']
    assert 'nobody is here to ask' in mado('pay', 'cancel', number, status=2)
    assert payer.wait('pending')
    assert 'nothing was paid' in mado('pay', 'cancel', '--yes', number)
    assert payer.wait('cancelled')
    url = payer.begin() and payer.wait('pending')['offer']['url']
    wallet.command(webhook='none')
    wallet.pay(url)
    assert 'paid after all' in mado('pay', 'cancel', '--yes', payer.charge['number'])
    wallet.command(webhook='once')
    assert 'paid ¥300' in mado('charge', 'show', number) and payer.has_certificate()


CASES = [let_go_by_a_clerk, for_somebody_else, paid_by_the_shown_code,
         lost_answers_and_errors_make_no_second_code, a_code_nobody_saw, without_a_webhook_asking_finds_out,
         notices_forged_or_doubled_change_nothing, a_code_that_runs_out, paid_after_all, not_wanted_any_more,
         paid_in_the_moment_of_cancelling]


def main():
    with City('sqlite', arguments=['--limits', '0']) as city, \
            Simulator('--webhook', f'{city.url}/v1/providers/qr-wallet/webhook') as wallet:
        with notifier(city, wallet):
            return run_cases(CASES, city, wallet)


if __name__ == '__main__':
    sys.exit(main())
