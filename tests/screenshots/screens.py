#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page of the kiosk, from visits at a real city. Prints TAP.

    screens.py TEST-SCREENS PICTURES [VISIT [PART OF A PICTURE'S NAME]]
"""
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'tests/testlib'), str(ROOT / 'tests/simulator')]
from city import City, SAMPLE          # noqa: E402
from simulator import Simulator, Terminal, notifier      # noqa: E402

VISITS = ['record', 'payment', 'moving', 'prepared', 'result', 'correction', 'life-event', 'guide', 'document',
          'signature', 'half-way', 'resumed', 'idle', 'end', 'revised',
          'offline']   # the last: the service is gone then


class Room:
    """Where the kiosk stands: a screen, a bus, and folders that go afterwards."""

    def __init__(self, city):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='mado-screens-'))
        runtime = self.folder / 'run'
        runtime.mkdir(mode=0o700)
        secret = next(d['secret'] for d in SAMPLE['devices'] if d['id'] == 'kiosk-1')
        group = city.url.replace('[', '%5B').replace(']', '%5D')
        credentials = self.folder / 'credentials'
        credentials.write_text(f'[{group}]\nkiosk-1={secret}\n')
        credentials.chmod(0o600)
        self.environment = dict(
            os.environ, LANG='C.UTF-8', GSK_RENDERER='cairo', GDK_DEBUG='gl-disable', GDK_BACKEND='x11',
            GSETTINGS_BACKEND='memory', GTK_A11Y='test', HOME=str(self.folder), XDG_RUNTIME_DIR=str(runtime),
            G_DEBUG='fatal-criticals')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def visit(self, program, *words, catalogue=None):
        """Its lines of TAP, passed on; how many, and whether it came to its end. It may ask for a new catalogue."""
        command = ['xvfb-run', '-a', '-s', '-screen 0 1920x1920x24', 'dbus-run-session', '--', program, *words]
        process = subprocess.Popen([str(c) for c in command], env=self.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, text=True)
        tests = 0
        for line in process.stdout:
            tests += line.startswith(('ok', 'not ok'))
            print(line, end='', flush=True)
            if line.startswith('# publish'):
                catalogue.publish()
                pathlib.Path(line.split()[-1]).touch()
        return tests, process.wait() == 0


class Catalogue:
    """What the city offers; published anew, the record of residence costs more and asks otherwise."""

    def __init__(self, folder):
        self.folder, self.city = pathlib.Path(folder) / 'forms', None
        shutil.copytree(ROOT / 'forms', self.folder)
        self.revision = json.loads((self.folder / 'forms/juminhyo.json').read_text())['revision']

    def edit(self, file, change):
        path = self.folder / file
        content = json.loads(path.read_text())
        change(content)
        content['revision'] = self.revision
        path.write_text(json.dumps(content, ensure_ascii=False))

    def ask_otherwise(self, form):
        questions = form['sections'][-1]['questions']
        copies, = (field for section in form['sections'] for question in section['questions']
                   for field in question['fields'] if field['fact'] == 'certificate.copies')
        copies['max'] = 9 - self.revision
        if questions[-1]['id'] != 'dog':
            questions.append({'id': 'dog', 'title': {'ja': '犬を かっていますか', 'en': 'Do you keep a dog?'},
                              'label': {'ja': '犬', 'en': 'Dog'}, 'fields': [{'fact': 'pet.hasDog'}]})

    def charge_more(self, procedure):
        procedure['fee']['text'] = {'ja': f'1通 {300 + self.revision}円', 'en': f'{300 + self.revision} yen a copy'}
        procedure['fee']['rule'] = {'*': [300 + self.revision, {'var': 'certificate.copies'}]}

    def publish(self):
        self.revision += 1
        self.edit('forms/juminhyo.json', self.ask_otherwise)
        self.edit('procedures/certificate/juminhyo.json', self.charge_more)
        self.city.service.stop()
        self.city.service.start()


def act_as_clerk(city, event_lists):
    """What happens to each case between the visits: {procedure: [(event, message)]}."""
    clerk = city.staff_token()
    for case in city.request('GET', '/v1/cases', token=clerk)['items']:
        path = f"/v1/cases/{case['number']}"
        if case['state'] not in ('submitted', 'granted') or 'paidAt' in case:
            continue
        for event, message in event_lists[case['procedure']]:
            city.request('GET', path, token=clerk)
            body = {'event': event, **({'message': message} if message else {})}
            city.request('POST', f'{path}/transitions', body, clerk, headers={'If-Match': city.etag()})


def main():
    program, pictures, *rest = sys.argv[1:]
    wanted = rest[0].split(',') if rest else VISITS
    pathlib.Path(pictures).mkdir(parents=True, exist_ok=True)
    tests = 0
    phones = ('--public-url', 'https://counter.example.jp')
    with tempfile.TemporaryDirectory(prefix='mado-forms-') as folder, contextlib.ExitStack() as stack:
        catalogue = Catalogue(folder)
        city = stack.enter_context(City(arguments=[*phones, '--catalogue', str(catalogue.folder)]))
        wallet = stack.enter_context(Simulator('--life', '45'))
        terminal = stack.enter_context(Terminal('--life', '600'))
        stack.enter_context(notifier(city, wallet, kiosk_1=terminal))
        room = stack.enter_context(Room(city))
        catalogue.city = city
        room.environment['MADO_TERMINAL_PAGE'] = terminal.url
        for visit in VISITS:
            if visit == 'result':
                act_as_clerk(city, {
                    'juminhyo': [('paid', None)],
                    'tennyu': [('accept', None), ('review', None), ('return', '番地を、もう一度確かめてください。')]})
            if visit == 'offline':
                city.service.stop()
            part = rest[1:2] if visit in wanted else ['no picture at all']
            n, whole = room.visit(program, visit, city.url, room.folder / 'state', pictures, *part,
                                  catalogue=catalogue)
            tests += n + 1
            print(f"{'ok' if whole else 'not ok'} - the visit {visit}", flush=True)
    print(f'1..{tests}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
