#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a filed case to its certificate at a card terminal that misbehaves: service, notifier and simulators, each a
process of its own. Prints TAP."""
import contextlib
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / 'tests' / 'testlib'), str(ROOT / 'tests' / 'simulator')]
from city import City, Problem, run_cases            # noqa: E402
from payer import Payer                              # noqa: E402
from simulator import Simulator, Terminal, notifier  # noqa: E402


def begin(city):
    payer = Payer(city)
    payer.begin('terminal')
    return payer


def stand(terminal, payer):
    return next(p for p in terminal.command()['payments'] if p['id'] == payer.payment)


def a_card_is_touched(city, terminal):
    payer = begin(city)
    payer.wait('pending')
    assert not payer.has_certificate()
    terminal.touch()
    paid = payer.wait('captured', seconds=8)
    assert (paid['captured'], paid['brand']) == (300, 'suica')
    assert paid['reference'] == stand(terminal, payer)['reference'], paid
    assert payer.has_certificate() and payer.charge['number'] not in [c['number'] for c in payer.owed()]


def a_card_without_money(city, terminal):
    payer = begin(city)
    payer.wait('pending')
    terminal.touch('poor')
    assert payer.wait('failed')['reason'] == 'no-funds'
    payer.begin('terminal')
    payer.wait('pending')
    terminal.touch()
    payer.wait('captured')


def a_card_that_left_too_early(city, terminal):
    """It is not known, nobody may pay again, and the terminal's network finds that it was taken."""
    payer = begin(city)
    payer.wait('pending')
    terminal.touch('early')
    time.sleep(2)
    try:
        payer.begin('terminal')
        raise AssertionError('a second payment was begun')
    except Problem as problem:
        assert problem.status == 409, problem
    terminal.command(do='find')
    payer.wait('captured', seconds=10)


def a_lost_answer_is_asked_for(city, terminal):
    terminal.command(do='drop', to='pay')
    payer = begin(city)
    payer.wait('unknown')
    terminal.touch()
    payer.wait('captured')
    assert [a['do'] for a in terminal.command()['seen'] if a['id'] == payer.payment].count('pay') == 1


def answers_slow_doubled_and_of_another(city, terminal):
    terminal.command(do='twice', to='pay')
    terminal.command(do='slow', to='ask', seconds=3)
    payer = begin(city)
    payer.wait('pending')
    terminal.touch()
    assert payer.wait('captured')['captured'] == 300


def rubbish_is_not_believed(city, terminal):
    terminal.command(do='rubbish', to='pay')
    payer = begin(city)
    assert payer.wait('unknown')['reason'] == 'no-answer'
    terminal.touch()
    payer.wait('captured')


def it_dies_and_comes_back(city, terminal):
    """What it took before it died it knows again."""
    payer = begin(city)
    payer.wait('pending')
    terminal.command(do='slow', to='ask', seconds=5)
    time.sleep(1)
    terminal.touch()
    with contextlib.suppress(OSError):
        terminal.command(do='die')
    terminal.process.wait()
    terminal.start()
    payer.wait('captured')


def nobody_home(city, terminal):
    """Where it cannot be reached nothing was taken: at once, and for certain."""
    terminal.stop()
    payer = begin(city)
    assert payer.wait('failed', seconds=10)['reason'] == 'unreachable'
    terminal.start()
    payer.begin('terminal')
    payer.wait('pending')
    terminal.touch()
    payer.wait('captured')


def not_wanted_any_more(city, terminal):
    payer = begin(city)
    payer.wait('pending')
    payer.ask('POST', f'/v1/payments/{payer.payment}/cancellation')
    payer.wait('cancelled')
    terminal.touch()
    time.sleep(1)
    payer.wait('cancelled')


def paid_in_the_moment_of_cancelling(city, terminal):
    payer = begin(city)
    payer.wait('pending')
    terminal.touch()
    with contextlib.suppress(Problem):
        payer.ask('POST', f'/v1/payments/{payer.payment}/cancellation')
    payer.wait('captured')


def what_was_too_much_goes_back_to_the_card(city, terminal):
    payer = begin(city)
    payer.wait('pending')
    terminal.touch()
    payer.wait('captured')
    clerk, path = city.staff_token(), f'/v1/charges/{payer.charge["number"]}'
    city.request('GET', path, token=clerk)
    city.request('POST', f'{path}/reduction', {'lines': [], 'reason': '減免します'}, clerk,
                 headers={'If-Match': city.etag()})
    payer.wait('refunded', seconds=15)
    assert [r['yen'] for r in terminal.command()['refunds'] if r['of'] == payer.payment] == [300]


def where_there_is_none(city, terminal):
    """A clerk names the terminal; one the city does not have is refused."""
    payer, clerk = Payer(city), city.staff_token()
    for body in ({'method': 'terminal'}, {'method': 'terminal', 'terminal': 'kiosk-9'}):
        try:
            city.request('POST', f'/v1/charges/{payer.charge["number"]}/payments', body, clerk)
            raise AssertionError('it was begun nowhere')
        except Problem as problem:
            assert problem.status == 422, problem
    begun = city.request('POST', f'/v1/charges/{payer.charge["number"]}/payments',
                         {'method': 'terminal', 'terminal': 'kiosk-1'}, clerk)
    payer.payment = begun['id']
    payer.wait('pending')
    terminal.touch()
    payer.wait('captured')


CASES = [a_card_is_touched, a_card_without_money, a_card_that_left_too_early, a_lost_answer_is_asked_for,
         answers_slow_doubled_and_of_another, rubbish_is_not_believed, it_dies_and_comes_back, nobody_home,
         not_wanted_any_more, paid_in_the_moment_of_cancelling, what_was_too_much_goes_back_to_the_card,
         where_there_is_none]


def main():
    with City('sqlite', arguments=['--limits', '0']) as city, Simulator() as wallet, \
            Terminal('--memory', str(city.folder / 'terminal.json')) as terminal:
        with notifier(city, wallet, kiosk_1=terminal):
            return run_cases(CASES, city, terminal)


if __name__ == '__main__':
    sys.exit(main())
