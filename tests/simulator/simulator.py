# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the simulators for tests, commands them, and pays as a person with a phone or a card would."""
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
    program = 'wallet.py'

    def __init__(self, *arguments, port=0):
        self.arguments, self.port = arguments, port
        self.start()

    def start(self):
        self.process = subprocess.Popen([sys.executable, HERE / self.program, '--port', str(self.port),
                                         *self.arguments], stdout=subprocess.PIPE, text=True)
        self.read(self.process.stdout.readline())

    def read(self, line):
        self.port = int(re.search(r':(\d+)$', line)[1])
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


class Terminal(Simulator):
    """A card terminal beside a device."""
    program = 'terminal.py'

    def read(self, line):
        port, page = re.search(r'port (\d+), http://127.0.0.1:(\d+)$', line).groups()
        self.port, self.url = int(port), f'http://127.0.0.1:{page}'

    def touch(self, card='suica'):
        """What a button of its page does."""
        with urllib.request.urlopen(f'{self.url}/touch/{card}', b'', timeout=10) as answer:
            return answer.read().decode()


@contextlib.contextmanager
def notifier(city, wallet, **terminals):
    """The city's notifier, with the wallet, the terminals by device and without a desktop."""
    secret = next(d['secret'] for d in SAMPLE['devices'] if d['id'] == 'notifier-1')
    environment = dict(os.environ, MADO_NOTIFIER_SECRET=secret, MADO_WALLET_KEYS=KEYS, HOME=str(city.folder),
                       DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
    process = subprocess.Popen(['mado-notifier', '--service', city.url, '--device', 'notifier-1',
                                '--wallet', wallet.url, *(f'--terminal={device.replace("_", "-")}=127.0.0.1:{it.port}'
                                                          for device, it in terminals.items())], env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
