#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wallet's official SDK against the simulator, and our own calls against the SDK: one signature for all three. And
a merchant's code of ours, read by another program.
Prints TAP; skips where node, npm or the package are not to be had.

    sdk.py BUILD
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / 'tests' / folder) for folder in ('testlib', 'simulator', 'benchmarks', 'http/payments')]
import peers                                         # noqa: E402
from city import City, run_cases, skip               # noqa: E402
from pay import Payer                                # noqa: E402
from simulator import KEYS, Simulator, notifier      # noqa: E402


class Sdk:
    def __init__(self, folder):
        self.folder = folder

    def __call__(self, command, what, keys=KEYS):
        key, secret = keys.split(':')
        words = ['node', 'sdk.js', command, str(what), key, secret]
        return json.loads(subprocess.run(words, cwd=self.folder, check=True, capture_output=True, text=True).stdout)


def the_simulator_takes_what_the_sdk_signs(sdk, wallet):
    heard = sdk('walk', wallet.port)
    assert heard['made']['STATUS'] == 201 and heard['made']['BODY']['data']['url'].startswith(wallet.url), heard
    assert heard['asked']['BODY']['data']['status'] == 'CREATED', heard
    assert heard['dropped']['STATUS'] == 200 and heard['after']['BODY']['data']['status'] == 'CANCELED', heard
    assert heard['refund']['BODY']['resultInfo']['code'] == 'NO_SUCH_REFUND_ORDER', heard


def it_takes_nobody_else(sdk, wallet):
    heard = sdk('walk', wallet.port, 'sample-wallet-key:another-secret')
    assert heard['made']['STATUS'] == 401 and heard['asked']['STATUS'] == 401, heard


def the_sdk_signs_what_we_signed(sdk, wallet):
    with City('sqlite', arguments=['--limits', '0']) as city, notifier(city, wallet):
        payer = Payer(city)
        payer.begin()
        payer.wait('pending')
        payer.ask('POST', f'/v1/payments/{payer.payment}/cancellation')
        payer.wait('cancelled')
    seen = [one for one in wallet.command('seen') if payer.payment in one['path'] + (one['body'] or '')
            or one['method'] == 'DELETE']
    assert {'POST', 'GET', 'DELETE'} <= {one['method'] for one in seen}, seen
    for one in seen:
        one['nonce'], one['epoch'] = one['authorization'].split(':')[3:5]
        one['epoch'] = int(one['epoch'])
    assert sdk('sign', json.dumps(seen)) == [one['authorization'] for one in seen], seen


def another_reads_our_code(sdk, wallet):
    """A merchant's code for one bill, field by field; and its mark for a code that is paid once."""
    place = ('0000000000001', '0001', '000001', '000001')
    words = [word for part in place for word in ('--identifier', part)]
    payload = subprocess.run(['mado', 'code', 'write', 'jpqr', *words, '--yen', '300', '--name', 'Fujisawa City',
                              '--name-ja', '藤沢市', '--city', 'Fujisawa', '--postcode', '2518601',
                              '--bill', 'K7M4R29'], check=True, capture_output=True, text=True).stdout.strip()
    read = json.loads(subprocess.run(['node', 'code.js', payload], cwd=sdk.folder, check=True, capture_output=True,
                                     text=True).stdout)
    said = {tag: read[tag] for tag in ('00', '01', '52', '53', '54', '58', '59', '60', '61')}
    assert said == {'00': '01', '01': '12', '52': '9399', '53': '392', '54': '300', '58': 'JP',
                    '59': 'Fujisawa City', '60': 'Fujisawa', '61': '2518601'}, read
    account = next(value for value in read.values() if isinstance(value, dict)
                   and value.get('00') == 'jp.or.paymentsjapan')
    assert [account[f'0{i}'] for i in range(1, 5)] == list(place), account
    assert read['62']['01'] == 'K7M4R29' and read['64'] == '0002JA0103藤沢市', read


def main():
    try:
        folder = peers.install(ROOT / 'tests/simulator/peer', pathlib.Path(sys.argv[1]))
    except (OSError, subprocess.CalledProcessError) as problem:
        skip(f'no npm packages here: {problem}')
    with Simulator() as wallet:
        return run_cases([the_simulator_takes_what_the_sdk_signs, it_takes_nobody_else, the_sdk_signs_what_we_signed,
                          another_reads_our_code], Sdk(folder), wallet)


if __name__ == '__main__':
    sys.exit(main())
