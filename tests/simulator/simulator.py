# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the wallet's simulator for tests, commands it, and pays as a person with a phone would."""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = json.loads((HERE.parents[1] / 'data/sample/accounts.json').read_text())
KEYS = 'sample-wallet-key:sample-wallet-secret'


class Simulator:
    def __init__(self, *arguments, port=0):
        self.arguments, self.port = arguments, port
        self.start()

    def start(self):
        self.process = subprocess.Popen([sys.executable, HERE / 'wallet.py', '--port', str(self.port),
                                         *self.arguments], stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r':(\d+)$', self.process.stdout.readline())[1])
        self.url = f'http://127.0.0.1:{self.port}'

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def command(self, to='faults', /, **what):
        with urllib.request.urlopen(f'{self.url}/simulator/{to}', json.dumps(what).encode(), timeout=10) as answer:
            return json.load(answer)

    def pay(self, url):
        """What the button of the page does."""
        with urllib.request.urlopen(url, b'', timeout=10) as answer:
            return answer.read().decode()


@contextlib.contextmanager
def notifier(city, wallet):
    """The city's notifier, with the wallet and without a desktop."""
    secret = next(d['secret'] for d in SAMPLE['devices'] if d['id'] == 'notifier-1')
    environment = dict(os.environ, MADO_NOTIFIER_SECRET=secret, MADO_WALLET_KEYS=KEYS, HOME=str(city.folder),
                       DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
    process = subprocess.Popen(['mado-notifier', '--service', city.url, '--device', 'notifier-1',
                                '--wallet', wallet.url], env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
