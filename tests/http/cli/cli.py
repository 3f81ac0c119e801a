#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`mado` against a real service, as clerk, auditor and administrator. Prints TAP."""
import base64
import json
import os
import pathlib
import pty
import queue
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / 'tests' / 'testlib'), str(ROOT / 'tests' / 'soak')]
from city import SAMPLE, City, Problem, Service, run_cases, totp   # noqa: E402
from load import Resident                            # noqa: E402

CARD = '901420510371'
PAYER = ('10000000015', CARD, '1941')       # 髙﨑 美代子: her residence record code, card and PIN


class Desk:
    """One person's terminal."""

    def __init__(self, city, account):
        self.city, self.account = city, account
        self.token_file = city.folder / f'{account}.token'
        self.environment = dict(os.environ, MADO_SERVICE_URL=city.url, MADO_TOKEN_FILE=str(self.token_file),
                                LANG='C.UTF-8', LC_ALL='C.UTF-8')
        self.environment.pop('MADO_TOKEN', None)

    def run(self, *words, status=0, typed=''):
        done = subprocess.run(['mado', *words], env=self.environment, input=typed, capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == status, f'mado {words} ended with {done.returncode}: {done.stdout}{done.stderr}'
        return done.stdout + done.stderr

    def ask(self, *words):
        return json.loads(self.run(*words, '--json'))

    def log_in(self):
        person = next(p for p in SAMPLE['staff'] if p['account'] == self.account)
        code = totp(person['totpSecret']) + '\n' if 'totpSecret' in person else ''
        return self.run('login', self.account, typed=person['password'] + '\n' + code)


def logging_in(city, resident):
    desk = Desk(city, 'clerk')
    assert 'do not match' in desk.run('login', 'clerk', typed='not-the-password\n', status=1)
    assert not desk.token_file.exists()
    assert 'mado login' in desk.run('case', 'list', status=1), 'says what to do first'
    assert '(clerk)' in desk.log_in()
    assert desk.token_file.stat().st_mode & 0o077 == 0, 'others may read the credential'
    assert SAMPLE['staff'][0]['name'] in desk.run('whoami')
    desk.run('logout')
    assert 'mado login' in desk.run('case', 'list', status=1)
    desk.log_in()
    city.request('DELETE', '/v1/sessions/current', token=desk.token_file.read_text().split('=', 1)[1].strip())
    assert 'mado login' in desk.run('case', 'list', status=1)
    assert 'Nobody was logged in' in desk.run('logout'), 'what is over there is forgotten here'
    assert 'staff' not in desk.token_file.read_text()


def searching(city, resident):
    """A folder and the service find the same; a generated catalogue is sound and the same each time."""
    desk = Desk(city, 'clerk')
    here = desk.ask('search', '引っ越した', '--limit', '3')
    folder = desk.environment.pop('MADO_CATALOGUE_DIR')
    assert desk.ask('search', '引っ越した', '--limit', '3') == here
    assert len(here['items']) == 3
    assert 'Birth of a child' in desk.run('search', 'baby', 'born', '--language', 'en')
    assert 'Staff can help' in desk.run('search', 'pizza')
    desk.run('search', 'x', '--limit', '0', status=2)
    large, again = city.folder / 'large', city.folder / 'again'
    for out in (large, again):
        desk.run('catalogue', 'generate', '20', folder, '--out', str(out))
    assert 'Nothing to mend' in desk.run('catalogue', 'lint', str(large))
    assert desk.ask('catalogue', 'stats', str(large)) == desk.ask('catalogue', 'stats', str(again))
    assert (large / 'faq/living.json').read_bytes() == (again / 'faq/living.json').read_bytes()
    desk.run('catalogue', 'generate', '20', folder, '--out', str(large), status=2)


def a_rule_is_checked(city, resident):
    """Against the facts of the catalogue, or of a file, or of none."""
    desk = Desk(city, 'clerk')
    known, unknown = '{"var": "certificate.copies"}', '{"!": {"var": "certificate.copys"}}'
    desk.run('rules', 'check', known)
    assert '“certificate.copys”' in desk.run('rules', 'check', unknown, status=1)
    folder = desk.environment.pop('MADO_CATALOGUE_DIR')
    desk.run('rules', 'check', unknown)
    desk.run('rules', 'check', unknown, '--vocabulary', f'{folder}/vocabulary.json', status=1)
    assert 'always' in desk.run('rules', 'check', '{"or": [{"var": "x"}, true]}', status=1)
    deep = '{"!": ' * 10000 + 'true' + '}' * 10000
    for words in (['rules', 'check', deep], ['rules', 'eval', deep, '{}']):
        assert 'nested too deeply' in desk.run(*words, status=1)


def in_japanese(city, resident):
    """Though the service itself runs in another language."""
    desk = Desk(city, 'clerk')
    del desk.environment['LC_ALL']
    desk.environment.update(LANG='ja_JP.UTF-8', LANGUAGE='')
    assert '合いません' in desk.run('login', 'clerk', typed='not-the-password\n', status=1)
    assert '`mado login' in desk.run('case', 'list', status=1)
    desk.environment['MADO_SERVICE_URL'] = 'http://127.0.0.1:9'
    assert 'つながりません' in desk.run('case', 'list', status=1)
    desk.environment['MADO_SERVICE_URL'] = city.url
    assert 'ログインしました' in desk.log_in()
    number = resident.file_once()['cases'][0]
    assert '仮申請（本人確認前）' in desk.run('case', 'list')
    assert '質問' in desk.run('case', 'show', number)
    assert 'できません' in desk.run('case', 'accept', number, status=1)
    desk.run('logout')


def from_prefiled_to_granted(city, resident):
    clerk = Desk(city, 'clerk')
    clerk.log_in()
    filed = resident.file_once()
    number = filed['cases'][0]
    assert number in [case['number'] for case in clerk.ask('case', 'list', '--state', 'prefiled')]
    assert '髙﨑 美代子' in clerk.run('case', 'show', number.lower().replace('-', '')), 'a number is taken as people type it'

    assert 'nobody is here to ask' in clerk.run('case', 'identify', '--card', CARD, number, status=2)
    said = clerk.run('case', 'identify', '--yes', '--card', CARD, '--paper', 'passport', number, status=2)
    assert '--card or --paper, one of them' in said, said
    assert clerk.ask('case', 'show', number)['state'] == 'prefiled', 'nothing was done'
    said = clerk.run('case', 'identify', number, status=2)
    assert '--card' in said and '--paper' in said and 'driving-licence' in said, said
    said = clerk.run('case', 'identify', '--yes', '--card', '901420512591', number, status=1)
    assert 'not of the person' in said and '佐々木' not in said and 'in the register' not in said, said
    said = clerk.run('case', 'identify', '--card', CARD, number, status=2)
    assert said.count('髙﨑 美代子  1941-03-02') == 2 and '鵠沼橘一丁目' in said, 'the register beside the case'
    clerk.run('case', 'identify', '--yes', '--card', CARD, number)
    assert '鵠沼橘一丁目' in clerk.run('case', 'show', number), 'what was written is shown as before'
    assert clerk.ask('case', 'accept', number)['state'] == 'accepted'
    assert clerk.ask('case', 'undo', number)['state'] == 'submitted'
    clerk.run('case', 'accept', number)
    clerk.run('case', 'review', number)
    assert '--message' in clerk.run('case', 'return', number, status=2), 'a return wants a question'
    clerk.run('case', 'return', '--message', '番地を確かめてください', number)
    assert '番地を確かめてください' in clerk.run('case', 'show', number)
    assert clerk.ask('case', 'undo', number)['state'] == 'in-review'
    granted = clerk.ask('case', 'grant', '--yes', number)
    assert granted['state'] == 'granted'
    assert granted['fee'] == 300
    clerk.run('case', 'document', number, '-o', str(city.folder / 'early.pdf'), status=1)
    assert not (city.folder / 'early.pdf').exists(), 'the result was handed out before it was paid'
    assert 'fee ¥300, not paid' in clerk.run('case', 'paid', number, status=2), 'says how much before it asks'
    clerk.run('case', 'paid', '--yes', number)
    shown = clerk.run('case', 'show', number)
    assert 'fee ¥300, paid 20' in shown and 'filed 20' in shown and 'office mado' in shown, shown
    clerk.run('case', 'document', number, '-o', str(city.folder / 'result.pdf'))
    assert (city.folder / 'result.pdf').read_bytes().startswith(b'%PDF-')
    said = clerk.run('case', 'document', number, '-o', str(city.folder / 'result.pdf'), status=2)
    assert 'is there already' in said and '--force' in said, said
    clerk.run('case', 'document', number, '--force', '-o', str(city.folder / 'result.pdf'))
    assert clerk.ask('case', 'close', '--yes', number)['state'] == 'closed'
    assert clerk.ask('case', 'show', number)['events'] == ['reprint']
    assert 'certificate printed 20' in clerk.run('case', 'reprint', number, status=2), 'says when, before it asks'
    clerk.run('case', 'reprint', '--yes', number)
    assert clerk.ask('case', 'show', number)['events'] == []


def somebody_was_quicker(city, resident):
    """Asked, and while the clerk thinks, another takes the case a step back."""
    clerk, number = Desk(city, 'clerk'), resident.file_once()['cases'][0]
    clerk.log_in()
    said = clerk.run('case', 'grant', number, status=1)
    assert 'not possible' in said and 'prefiled' in said and 'What can be done: identify, withdraw' in said, said
    clerk.run('case', 'identify', '--yes', '--card', CARD, number)
    clerk.run('case', 'accept', number)
    clerk.run('case', 'review', number)
    ours, theirs = pty.openpty()
    with subprocess.Popen(['mado', 'case', 'grant', number], env=clerk.environment, stdin=theirs, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as granting:
        asked = ''
        while '[y/N]' not in asked:
            asked += granting.stderr.read(1)
        clerk.run('case', 'undo', number)
        os.write(ours, b'y\n')
        said = granting.stderr.read()
    assert granting.returncode == 1, said
    assert 'Somebody changed it meanwhile' in said and 'accepted' in said, said
    assert 'review' in said.split('What can be done: ')[1], said
    assert clerk.ask('case', 'show', number)['state'] == 'accepted'


def one_look_is_one_entry(city, resident):
    clerk, number = Desk(city, 'clerk'), resident.file_once()['cases'][0]
    clerk.log_in()
    clerk.run('case', 'show', number)
    clerk.run('case', 'accept', number, status=1)        # shown before it was refused: the second look
    auditor, looks, until = city.staff_token('auditor'), [], time.monotonic() + 10
    while len(looks) < 2 and time.monotonic() < until:
        entries = city.request('GET', '/v1/journal?limit=1000', token=auditor)['items']
        looks = [e for e in entries if e['action'] == 'case.viewed' and (e.get('detail') or {}).get('number') == number]
    assert len(looks) == 2, looks


def by_the_number_of_the_visit(city, resident):
    """Which is what residents hold: it tells the case where one was filed, and else asks which."""
    clerk = Desk(city, 'clerk')
    clerk.log_in()
    filed = resident.file_once()
    assert clerk.ask('case', 'show', filed['visit'])['number'] == filed['cases'][0]
    clerk.run('case', 'identify', '--yes', '--card', CARD, filed['visit'].lower())
    assert clerk.ask('case', 'accept', filed['visit'])['state'] == 'accepted'
    clerk.run('case', 'document', '--kind', 'form', filed['visit'], status=1)   # this one has no official form
    clerk.run('case', 'document', '--kind', 'record', '-o', str(city.folder / 'record.pdf'), filed['visit'])

    visit = city.request('POST', '/v1/visits', {'language': 'ja'}, token=city.device_token())
    assert f'Nothing was filed as {visit["number"]}' in clerk.run('case', 'accept', visit['number'], status=1)
    filing = json.loads((ROOT / 'tests/testlib/filing.json').read_text())
    filing['procedures'].append({'id': 'nenkin-sanzen', 'revision': 2})
    filing['answers'].update({'birth.expectedOn': city.request('GET', '/v1/city')['today'], 'birth.multiple': False})
    both = city.request('POST', f'/v1/visits/{visit["id"]}/submission', filing, token=visit['token'])['cases']
    said = clerk.run('case', 'show', visit['number'], status=1)
    assert [line.split(':')[0].strip() for line in said.splitlines()[1:]] == [case['number'] for case in both], said
    assert 'prefiled' in said, said


def what_was_attached(city, resident):
    picture = ('iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAA3NCSVQICAjb4U/gAAAAD0lEQVQImWP8//8/AwMDAA7/Av86'
               'OipYAAAAAElFTkSuQmCC')
    visit = city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token())
    path, token = f'/v1/visits/{visit["id"]}', visit['token']
    city.request('POST', f'{path}/identification', {'cardNumber': CARD, 'pin': '1941'}, token)
    attached = city.request('POST', f'{path}/attachments', {'content': picture}, token)
    procedure = city.request('GET', '/v1/procedures/kokuho-kanyu')
    answers = {'applicant.phone': '0466251111', 'insurance.joinReason': 'left-job', 'insurance.changedOn': '2026-11-01',
               'insurance.people': '髙﨑 美代子', 'card.hasMyNumberCard': True, 'insurance.lossProof': [attached['id']]}
    receipt = city.request('POST', f'{path}/submission', {
        'procedures': [{'id': 'kokuho-kanyu', 'revision': procedure['revision']}], 'answers': answers}, token)
    number, = (case['number'] for case in receipt['cases'])
    city.request('DELETE', path, token=token)
    clerk = Desk(city, 'clerk')
    clerk.log_in()
    assert f'mado case document {number} --attachment 1' in clerk.run('case', 'show', number)
    clerk.run('case', 'document', number, '--attachment', '1', '-o', str(city.folder / 'proof.png'))
    assert (city.folder / 'proof.png').read_bytes() == base64.b64decode(picture)
    assert 'case show' in clerk.run('case', 'document', number, '--attachment', '2', status=1)
    assert 'case show' in clerk.run('case', 'document', number, '--attachment', '0', status=1)
    nowhere = str(city.folder / 'nowhere' / 'x.pdf')
    said = clerk.run('case', 'document', number, '--attachment', '1', '-o', nowhere, status=2)
    assert f'{nowhere} cannot be written' in said, said
    assert 'why it is withdrawn' in clerk.run('case', 'withdraw', number, '--yes', status=2)
    auditor = Desk(city, 'auditor')
    auditor.log_in()
    assert 'attachment.viewed' in auditor.run('journal', 'tail', '-n', '20')
    auditor.run('case', 'document', number, '--attachment', '1', status=1)


def by_a_paper(city, resident):
    """A driving licence is as good as a card, where the register knows whom it names."""
    clerk = Desk(city, 'clerk')
    clerk.log_in()
    stranger, known = resident.file_once('薄墨 二郎')['cases'][0], resident.file_once()['cases'][0]
    assert 'bus-pass' in clerk.run('case', 'identify', '--yes', '--paper', 'bus-pass', known, status=1)
    said = clerk.run('case', 'identify', '--yes', '--paper', 'driving-licence', stranger, status=1)
    assert '薄墨 二郎' in said and 'knows nobody' in said and 'withdraw' in said, said
    assert clerk.ask('case', 'show', stranger)['state'] == 'prefiled'
    assert '--message' in clerk.run('case', 'withdraw', '--yes', stranger, status=2)
    said = clerk.run('case', 'withdraw', '--message', '氏名が違います', stranger, status=2)
    assert '氏名が違います' in said and 'nobody is here to ask' in said, said
    said = clerk.run('case', 'withdraw', '--yes', '--message', '氏名が違います', stranger)
    assert '→ withdrawn' in said, said
    said = clerk.run('case', 'show', stranger)
    assert 'withdrawn' in said and '氏名が違います' in said, said
    clerk.run('case', 'identify', '--yes', '--paper', 'driving-licence', known)
    assert 'identified by: driving licence' in clerk.run('case', 'show', known)
    clerk.run('case', 'accept', known)
    clerk.run('case', 'review', known)
    assert clerk.ask('case', 'grant', '--yes', known)['state'] == 'granted'


def refusing(city, resident):
    clerk = Desk(city, 'clerk')
    clerk.log_in()
    number = resident.file_once()['cases'][0]
    clerk.run('case', 'identify', '--yes', '--card', CARD, number)
    clerk.run('case', 'grant', '--yes', number, status=1)
    clerk.run('case', 'accept', number)
    clerk.run('case', 'review', number)
    clerk.run('case', 'refuse', '--yes', number, status=2)
    refused = clerk.ask('case', 'refuse', '--yes', '--message', '別の市の方の分は出せません', number)
    assert refused['state'] == 'refused'


def owed(clerk, resident):
    """A case a clerk has identified, and the number of its charge."""
    number = resident.file_once()['cases'][0]
    clerk.run('case', 'identify', '--yes', '--card', CARD, number)
    return number, clerk.ask('case', 'show', number)['charge']['number']


def money(city, resident):
    """Cash is taken, less is owed after all, the rest goes back; what is cancelled is owed no more."""
    clerk = Desk(city, 'clerk')
    clerk.log_in()
    case, charge = owed(clerk, resident)
    assert '髙﨑 美代子' in clerk.run('charge', 'show', charge)
    assert 'nobody is here to ask' in clerk.run('pay', charge, status=2)
    assert clerk.ask('charge', 'show', case)['number'] == charge
    paid = clerk.ask('pay', '--yes', case)
    assert paid['state'] == 'captured' and paid['captured'] == 300, paid
    assert 'paidAt' in clerk.ask('case', 'show', case)
    clerk.run('pay', '--yes', charge, status=1)
    clerk.run('refund', '--yes', charge, '100', status=1)                   # it is owed
    assert '--reason' in clerk.run('charge', 'reduce', '--yes', charge, '200', status=2)
    assert 'say less' in clerk.run('charge', 'reduce', '--yes', '--reason', '減免', charge, '300', status=1)
    less = clerk.ask('charge', 'reduce', '--yes', '--reason', '1通は減免', charge, '200')
    assert less['amount'] == 200 and [line['unit'] for line in less['lines']] == [200], less
    heading, back = clerk.run('refund', 'list', charge).splitlines()
    assert heading.startswith('REFUND') and '¥100' in back and 'asked' in back, back
    said = clerk.run('case', 'show', case)
    assert 'fee ¥200, paid' in said and 'owed ¥200, paid ¥200' in said and '¥100 goes back' in said, said
    assert 'done' in clerk.run('refund', 'finish', '--yes', back.split()[0])
    assert clerk.ask('refund', 'list', charge)[0]['state'] == 'done'
    assert 'goes back' not in clerk.run('case', 'show', case)
    assert clerk.ask('charge', 'show', charge)['paid'] == 200

    by_hand = ('charge', 'raise', 'environment', 'fees.garbage', '500', '粗大ごみ（たんす）', '--quantity', '2')
    assert 'nobody is here to ask' in clerk.run(*by_hand, status=2)
    assert 'These are its offices: hall, ' in clerk.run('charge', 'raise', 'nope', *by_hand[3:], '--yes', status=1)
    said = clerk.run(*by_hand[:3], 'fees.garbge', *by_hand[4:], '--yes', status=1)
    assert 'fees.garbage, ' in said, said
    assert '¥0' in clerk.run(*by_hand[:4], '0', 'x', '--yes', status=1)
    raised = clerk.ask(*by_hand, '--yes')
    assert raised['amount'] == 1000 and raised['office'] == 'environment' and raised['state'] == 'open', raised
    assert '粗大ごみ' in clerk.run('charge', 'show', raised['number'])
    assert '(payer)' in clerk.run(*by_hand, '--yes', '--payer', 'nobody', status=1)
    assert clerk.ask('pay', '--yes', raised['number'])['captured'] == 1000

    case, charge = owed(clerk, resident)
    assert '--reason' in clerk.run('charge', 'split', '--yes', charge, '2', '2026-12-25', status=2)
    clerk.run('charge', 'split', '--yes', '--reason', '分納', charge, '99', '2026-12-25', status=1)
    clerk.run('charge', 'surcharge', '--yes', charge, status=1)             # it has no due date: none is guessed
    case, charge = owed(clerk, resident)
    gone = clerk.ask('charge', 'cancel', '--yes', '--reason', '免除', charge)
    assert gone['state'] == 'cancelled' and gone['amount'] == 0, gone
    assert gone['changes'][0]['reason'] == '免除', gone
    said = clerk.run('case', 'show', case)
    assert 'no fee is owed any more' in said and f'charge {charge}: cancelled' in said, said
    assert clerk.ask('charge', 'show', case)['number'] == charge, 'found by its case, though cancelled'
    assert clerk.run('refund', 'list', charge) == 'Nothing of it goes back.\n'
    clerk.environment['LANGUAGE'] = 'ja'
    assert '取り消し' in clerk.run('charge', 'list', '--state', 'cancelled')
    clerk.environment['LANGUAGE'] = 'en'


def mistakes_are_told(city, resident):
    clerk = Desk(city, 'clerk')
    clerk.log_in()
    assert 'usage' in clerk.run('case', 'show', status=2)
    said = clerk.run('case', 'list', '--state', 'bogus', status=1)
    assert '“bogus”' in said and 'in-review' in said and 'closed' in said, said
    said = clerk.run('case', 'list', '--procedure', 'nowhere', status=1)
    assert '“nowhere”' in said and 'mado search' in said, said
    assert 'No cases' in clerk.run('case', 'list', '--procedure', 'konin')
    assert 'open, paid, cancelled' in clerk.run('charge', 'list', '--state', 'bogus', status=1)
    said = clerk.run('day', 'report', '2026-11-20', '--office', 'nowhere', status=1)
    assert '“nowhere”' in said and 'hall' in said, said
    assert clerk.run('case', 'show', 'K7M4-R2', status=1)
    assert clerk.run('case', 'show', 'K7M4-R29-1', status=1)
    said = clerk.run('case', 'nonsense', status=2)
    assert 'unknown command “case nonsense”' in said and 'case list' in said, said
    assert 'unknown command “foo”' in clerk.run('foo', status=2)
    said = clerk.run('login', 'x' * 500, typed='secret-secret\n', status=1)
    assert said.count('(account)') == 1 and len(said.splitlines()) == 1, said
    assert '“clerk” but for: supervisor, auditor' in clerk.run('journal', 'tail', status=1)
    clerk.run('case', 'list', '--limit', '0', status=2)
    assert '--help' in clerk.run('case', 'list', '--nonsense', status=2)
    visit = city.request('POST', '/v1/visits', {'language': 'ja'}, token=city.device_token())
    assert 'compare' in clerk.run('case', 'show', visit['number'] + '-1', status=1)
    clerk.environment['MADO_SERVICE_URL'] = 'http://counter.example.jp'
    assert 'https' in clerk.run('case', 'list', status=1), 'no credential goes out in clear'


def the_journal(city, resident):
    auditor = Desk(city, 'auditor')
    auditor.log_in()
    lines = auditor.run('journal', 'tail', '-n', '3').splitlines()
    assert len(lines) == 3 and 'session' in lines[-1], 'the last entries, the newest at the end'
    assert 'whole' in auditor.run('journal', 'verify')
    assert auditor.ask('journal', 'verify')['whole'] is True


class Watch:
    """`mado case watch`, whose lines are read as they come."""

    def __init__(self, desk, *words):
        self.process = subprocess.Popen(['mado', 'case', 'watch', *words], env=desk.environment, text=True,
                                        stdout=subprocess.PIPE)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def until(self, wanted, again=lambda: None):
        """The first line that @wanted holds for; @again is done every half second until it comes."""
        seen = []
        for _ in range(60):
            again()
            try:
                while True:
                    seen.append(self.lines.get(timeout=0.5))
                    if wanted(seen[-1]):
                        return seen[-1]
            except queue.Empty:
                pass
        raise AssertionError(f'not seen; but: {seen}')


def watching(city, resident):
    clerk, filed = Desk(city, 'clerk'), set()
    clerk.log_in()
    with Watch(clerk, '--json') as watch:
        watch.until(lambda line: json.loads(line).get('detail', {}).get('number') in filed,
                    again=lambda: filed.add(resident.file_once()['cases'][0]))
    filed.clear()
    with Watch(clerk) as watch:
        line = watch.until(lambda line: any(number in line for number in filed),
                           again=lambda: filed.add(resident.file_once()['cases'][0]))
        assert 'filed → prefiled, not yet identified' in line and 'case.' not in line, line


def answering_a_call(city, resident):
    clerk, kiosk = Desk(city, 'clerk'), city.device_token()
    clerk.log_in()
    call = lambda: city.request('POST', '/v1/staff-calls', {'page': 'question', 'language': 'en'}, token=kiosk)
    with Watch(clerk) as watch:
        line = watch.until(lambda line: 'calls for staff' in line, again=call)
        assert 'kiosk-1' in line and 'question' in line and 'en' in line, line
        called = watch.until(lambda line: 'mado call answer' in line).split()[-1]
        clerk.run('call', 'answer', called)
        watch.until(lambda line: 'on the way' in line and 'kiosk-1' in line)
    clerk.run('call', 'answer', called, status=1)


def backup_and_restore(city, resident):
    admin, folder = Desk(city, 'admin'), city.folder
    number = resident.file_once('薄墨 一郎')['cases'][0]
    main, keys = folder / 'main.archive', folder / 'keys.archive'
    admin.run('backup', city.store, str(main), str(keys))
    assert {path.stat().st_mode & 0o777 for path in (main, keys)} == {0o600}
    assert '薄墨'.encode() not in main.read_bytes(), 'the archive is readable without its keys'
    before = main.read_bytes(), keys.read_bytes()
    fresh = folder / 'fresh.archive'
    for pair in [(main, fresh), (fresh, keys)]:
        assert '--force' in admin.run('backup', city.store, *map(str, pair), status=1)
    admin.run('backup', city.store, str(fresh), str(fresh), status=2)
    assert (main.read_bytes(), keys.read_bytes(), fresh.exists()) == (*before, False), 'an archive was overwritten'
    main.write_bytes(b'of yesterday')
    admin.run('backup', '--force', city.store, str(main), str(keys))
    assert main.stat().st_size > 1000, 'what was to be replaced is still there'

    other = folder / 'other'
    other.mkdir()
    address = f'sqlite:{other / "city.db"}'
    assert 'key' in admin.run('restore', address, str(main), str(keys), status=1), 'no key, no restoring'
    (other / 'city.db.key').write_bytes(pathlib.Path(city.store[len('sqlite:'):] + '.key').read_bytes())
    (other / 'city.db.key').chmod(0o600)
    admin.run('restore', address, str(main), str(keys))
    assert (other / 'city.db').stat().st_mode & 0o077 == 0, 'others may read the store'
    admin.run('restore', address, str(main), str(keys), status=1)
    assert all(finding['well'] for finding in admin.ask('doctor', address))
    admin.run('migrate', address)

    restored = Service(address, city.environment)
    try:
        clerk = Desk(city, 'clerk')
        clerk.environment['MADO_SERVICE_URL'] = f'http://127.0.0.1:{restored.port}'
        clerk.log_in()
        assert '薄墨 一郎' in clerk.run('case', 'show', number)
    finally:
        restored.stop()


def a_sick_store(city, resident):
    admin = Desk(city, 'admin')
    findings = json.loads(admin.run('doctor', '--json', f'sqlite:{city.folder / "nowhere.db"}', status=1))
    assert not findings[0]['well'] and 'nowhere.db' in findings[0]['detail']
    assert not (city.folder / 'nowhere.db').exists() and not (city.folder / 'nowhere.db.key').exists()
    admin.run('backup', f'sqlite:{city.folder / "nowhere.db"}', 'a', 'b', status=1)
    assert 'sqlite:PATH' in admin.run('backup', str(city.folder / 'city.db'), 'a', 'b', status=1)


def letting_people_in(city, resident):
    admin, newcomer = Desk(city, 'admin'), Desk(city, 'yamada')
    add = ['staff', 'add', city.store, 'yamada', '--name', '山田 窓口', '--office', 'mado']
    assert '12' in admin.run(*add, typed='short\n', status=1)
    device = ['device', 'add', city.store, 'kiosk-nowhere']
    for command in (add[:-2], device):
        said = admin.run(*command, '--office', 'nowhere', typed='a-first-password\n', status=1)
        assert 'no office “nowhere”' in said and 'shonandai' in said, said
    file = admin.environment.pop('MADO_CITY')
    assert '--city' in admin.run(*device, '--office', 'katase', status=2)
    admin.environment['MADO_CITY'] = file
    assert 'may sign in' in admin.run(*add, typed='a-first-password\n')
    admin.run(*add, typed='a-first-password\n', status=1)
    assert '山田 窓口' in admin.run('staff', 'list', city.store)
    newcomer.run('login', 'yamada', typed='a-first-password\n')
    assert isinstance(newcomer.ask('case', 'list'), list)
    assert 'no more' in admin.run('staff', 'disable', city.store, 'yamada')
    newcomer.run('login', 'yamada', typed='a-first-password\n', status=1)

    device = admin.ask('device', 'add', city.store, 'kiosk-katase', '--name', '片瀬')
    assert city.log_in_device('kiosk-katase', device['secret'])
    assert 'no more' in admin.run('device', 'disable', city.store, 'kiosk-katase')
    stolen, = (line for line in admin.run('device', 'list', city.store).splitlines() if '片瀬' in line)
    assert 'disabled' in stolen, stolen
    try:
        city.log_in_device('kiosk-katase', device['secret'])
        raise AssertionError('a stolen device was let in')
    except Problem:
        pass


def unlocking_a_card(city, resident):
    admin, card = Desk(city, 'admin'), {'method': 'card', 'cardNumber': '901420510744', 'pin': '8507'}
    for wrong in ('0001', '0002', '0003', '8507'):
        try:
            city.request('POST', '/v1/sessions', dict(card, pin=wrong))
            raise AssertionError(f'{wrong} let somebody in')
        except Problem:
            pass
    assert 'unlocked' in admin.run('card', 'unlock', city.store, '9014 2051 0744')
    assert city.request('POST', '/v1/sessions', card)['token']
    admin.run('card', 'unlock', city.store, '901420510745', status=1)


def the_treasurer(city, resident):
    clerk, boss = Desk(city, 'clerk'), Desk(city, 'supervisor')
    clerk.log_in()
    assert 'one-time code' in boss.run('login', 'supervisor', typed='sample-supervisor-1\n', status=1)
    assert '(supervisor)' in boss.log_in()
    bills, wallet = city.folder / 'bills.csv', city.folder / 'wallet.csv'
    bills.write_bytes('通知書番号,宛名ID,納税者カナ,税額,納期限,期別,税目\r\n'.encode('cp932') + b''.join(
        f'T{i},{"" if i else PAYER[0]},ﾔﾏﾀﾞ,{1000 + i},2026-12-25,1,市県民税\r\n'.encode('cp932') for i in range(40))
        + 'T99,,ﾔﾏﾀﾞ,12.5,2026-12-25,1,市県民税\r\n'.encode('cp932'))
    arrears = city.folder / 'arrears.csv'
    arrears.write_bytes('通知書番号,宛名ID,納税者カナ,税額,納期限,期別,税目\r\n'.encode('cp932')
                        + 'A1,,ｽｽﾞｷ,100000,2026-06-30,1,市県民税\r\n'.encode('cp932'))
    assert 'Imported 1' in boss.run('billing', 'import', str(arrears), '--yes')
    late = next(c['number'] for c in clerk.ask('charge', 'list', '--state', 'open') if c['amount'] == 100000)
    assert 'nobody is here to ask' in clerk.run('charge', 'surcharge', late, '--on', '2026-09-30', status=2)
    extra = clerk.ask('charge', 'surcharge', late, '--on', '2026-09-30', '--yes')
    assert extra['amount'] == 1700, extra       # 31 days of 2.8 %, 61 of 9.1 %, in whole hundreds
    clerk.run('charge', 'surcharge', late, '--on', '2026-09-30', '--yes', status=1)
    first = clerk.ask('charge', 'split', late, '3', '2026-12-25', '--yes', '-m', '分納のお申し出')
    assert (first['amount'], first['dueDate']) == (34000, '2026-12-25'), first
    rest = [c for c in clerk.ask('charge', 'list', '--state', 'open') if c['amount'] == 33000]
    assert sorted(c['dueDate'] for c in rest) == ['2027-01-25', '2027-02-25'], rest
    said = boss.run('billing', 'import', str(bills), '--yes')
    assert '40 bills' in said and '1 rows' in said and 'line 42' in said and '税額' in said, said
    assert 'Imported 40' in said, said
    assert 'known before 40' in boss.run('billing', 'import', str(bills), '--yes')
    card = city.request('POST', '/v1/sessions', {'method': 'card', 'cardNumber': PAYER[1], 'pin': PAYER[2]})['token']
    mine = city.request('GET', '/v1/charges', token=card)['items']
    assert [(c['amount'], c['words']['ja']) for c in mine if c['amount'] == 1000] == [(1000, '市県民税 1期分')], mine
    today = time.strftime('%Y-%m-%d', time.gmtime(time.time() + 9 * 3600))
    wallet.write_text('取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\n'
                      f'P1,取引完了,{today} 10:00:00,700,nobody\n')
    clerk.run('settle', str(wallet), status=2)          # nobody at a terminal, and nothing was agreed to
    assert clerk.ask('difference', 'list')['items'] == []
    said = clerk.run('settle', str(wallet), '--yes')
    assert 'to be looked at 1' in said and 'not known here' in said, said
    assert 'taken before' in clerk.run('settle', str(wallet), '--yes')
    wallet.write_text('取引番号\nP1\n')
    assert '取引金額' in clerk.run('settle', str(wallet), '--yes', '--mapping', 'wallet', status=1)
    found = clerk.ask('difference', 'list')['items'][0]['id']
    clerk.run('difference', 'propose', found, 'give-back', '-m', '会社に確かめました')
    clerk.run('difference', 'approve', found, '--yes', status=1)
    boss.run('difference', 'approve', found, '--yes')
    assert clerk.ask('difference', 'list')['items'] == []
    pdf, csv = city.folder / 'day.pdf', city.folder / 'day.csv'
    said = clerk.run('day', 'report', today, '--pdf', str(pdf), '--csv', str(csv))
    assert 'agree' in said and 'NOT' not in said, said
    assert pdf.read_bytes().startswith(b'%PDF') and 'total,bank,-13' in csv.read_text('utf-8-sig'), csv.read_text()
    closed = boss.run('day', 'close', today, '--office', 'hall', '--yes')
    assert 'SHA-256' in closed and 'not over' in closed, closed
    assert 'every day before' in boss.run('day', 'close', '2026-01-05', '--office', 'hall', '--yes', status=1)
    clerk.run('day', 'close', today, '--office', 'hall', '--yes', status=1)


CASES = [logging_in, in_japanese, from_prefiled_to_granted, somebody_was_quicker,
         by_the_number_of_the_visit, by_a_paper, what_was_attached, refusing, money, one_look_is_one_entry,
         mistakes_are_told, the_journal, watching, answering_a_call, letting_people_in, unlocking_a_card,
         backup_and_restore, the_treasurer, searching, a_rule_is_checked,
         a_sick_store]


def main():
    with City('sqlite', arguments=['--limits', '0']) as city:
        return run_cases(CASES, city, Resident(city, city.device_token(), lambda: [city.service.port]))


if __name__ == '__main__':
    sys.exit(main())
