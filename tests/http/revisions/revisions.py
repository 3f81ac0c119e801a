#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A form is published anew while cases of its first revision are open: nothing submitted is lost. Prints TAP."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / 'tests' / 'testlib'), str(ROOT / 'tests' / 'soak')]
from city import City, Problem, run_cases     # noqa: E402
import load                                           # noqa: E402

CARD = '901420510371'
HOLDER = {'applicant.fullName': '髙﨑 美代子', 'applicant.fullNameKana': 'タカサキ ミヨコ',
          'applicant.dateOfBirth': '1941-03-02'}
FORM, PROCEDURE = 'forms/juminhyo.json', 'procedures/certificate/juminhyo.json'
LAYOUT, SHEET = 'official/juminhyo.json', 'official/juminhyo.svg'


FILING = dict(load.FILING, procedures=[{'id': 'juminhyo', 'revision': 1}])


class Forms:
    """A catalogue of one's own, in its first revision."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(ROOT / 'forms', folder)
        for path in self.files():
            self.edit(path, lambda content: content.update(revision=1))
        self.first = folder.with_name('first')
        shutil.copytree(folder, self.first)

    def files(self):
        return [*self.folder.glob('forms/*.json'), *self.folder.glob('procedures/*/*.json')]

    def edit(self, file, change):
        path = self.folder / file
        content = json.loads(path.read_text())
        change(content)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2))

    def replace(self, old, new):
        for path in self.folder.rglob('*.json'):
            path.write_text(path.read_text().replace(f'"{old}"', f'"{new}"'))

    def raise_revisions(self):
        for path in self.files():
            self.edit(path, lambda content: content.update(revision=content['revision'] + 1))


def find_question(form, fact):
    for section in form['sections']:
        for question in section['questions']:
            if any(field['fact'] == fact for field in question['fields']):
                return question
    raise KeyError(fact)


def ask_destination(form):
    """The question for what it is for is bound to a fact of another name; where it goes must be answered now."""
    for field in find_question(form, 'certificate.destination')['fields']:
        field.pop('required', None)
        field.pop('when', None)


def charge_more(procedure):
    procedure['fee']['rule'] = {'*': [400, {'var': 'certificate.copies'}]}


def second_edition(forms):
    forms.replace('certificate.purpose', 'certificate.use')
    forms.edit(FORM, ask_destination)
    forms.edit(PROCEDURE, charge_more)
    forms.raise_revisions()


def mado(city, *words, status=0):
    environment = dict(os.environ, **city.environment, LANG='C.UTF-8', LC_ALL='C.UTF-8', LANGUAGE='')
    done = subprocess.run(['mado', *words], env=environment, capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL)
    assert done.returncode == status, f'mado {words} ended with {done.returncode}: {done.stdout}{done.stderr}'
    return done.stdout + done.stderr


def start_anew(city):
    assert city.service.stop() == 0
    city.service.start()


def step(city, token, number, **body):
    city.request('GET', f'/v1/cases/{number}', token=token)
    return city.request('POST', f'/v1/cases/{number}/transitions', body, token, headers={'If-Match': city.etag()})


def file(city, visit):
    """As somebody of whom the register knows."""
    filing = dict(FILING, answers=dict(FILING['answers'], **HOLDER))
    receipt = city.request('POST', f'/v1/visits/{visit["id"]}/submission', filing, visit['token'])
    return receipt['cases'][0]['number'], visit['token']


def is_paper(data):
    return data.startswith(b'%PDF') and len(data) > 5000


def a_case_outlives_its_form(engine):
    with Counter(engine) as (city, forms):
        number, owner = file(city, city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token()))
        clerk = city.staff_token()
        before = city.request('GET', f'/v1/cases/{number}', token=clerk)
        assert before['formRevision'] == 1 and before['answers']['certificate.purpose'] == 'work', before

        second_edition(forms)
        start_anew(city)
        form = city.request('GET', '/v1/forms/juminhyo')
        assert form['revision'] == 2 and 'certificate.use' in json.dumps(form)
        assert 'certificate.purpose"' in json.dumps(city.request('GET', '/v1/forms/juminhyo?revision=1'))

        after = city.request('GET', f'/v1/cases/{number}', token=clerk)
        assert after['answers'] == before['answers'] and after['fee'] == 300, after
        assert after['title'] == before['title']
        for event in ('identify', 'accept', 'review'):
            step(city, clerk, number, event=event, **({'cardNumber': CARD} if event == 'identify' else {}))
        step(city, clerk, number, event='return', message='何通いりますか')
        try:
            step(city, owner, number, event='correct',
                 answers=dict(before['answers'], **{'certificate.use': 'bank'}))
            raise AssertionError('an answer of the second revision was taken for the first')
        except Problem as problem:
            assert problem.status == 422, problem
        step(city, owner, number, event='correct',
             answers=dict(before['answers'], **{'certificate.purpose': 'bank'}))
        corrected = city.request('GET', f'/v1/cases/{number}', token=clerk)
        assert corrected['answers']['certificate.purpose'] == 'bank' and corrected['formRevision'] == 1, corrected
        if 'review' in corrected['events']:
            step(city, clerk, number, event='review')
        assert step(city, clerk, number, event='grant')['state'] == 'granted'
        step(city, clerk, number, event='paid')
        for kind in ('record', 'result'):
            assert is_paper(city.request('GET', f'/v1/cases/{number}/document?kind={kind}', token=clerk, raw=True))


def what_was_on_its_way_is_taken(engine):
    """Somebody at a kiosk has read the first revision when the second comes into force."""
    with Counter(engine) as (city, forms):
        visit = city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token())
        second_edition(forms)
        start_anew(city)
        number, owner = file(city, visit)
        shown = city.request('GET', f'/v1/cases/{number}', token=owner)
        assert (shown['formRevision'], shown['fee']) == (1, 300), shown
        assert shown['answers']['certificate.purpose'] == 'work', shown


def what_is_over_is_not_chosen(engine):
    """Who begins when the second revision is in force pays its fee, whichever of them they name."""
    with Counter(engine) as (city, forms):
        second_edition(forms)
        start_anew(city)
        visit = city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token())
        try:
            file(city, visit)
            raise AssertionError('the first revision was taken, with its fee')
        except Problem as problem:
            violation, = json.loads(problem.body)['violations']
            assert (problem.status, violation['pointer']) == (409, '/procedures/0'), problem
        answers = dict(FILING['answers'], **HOLDER, **{'certificate.destination': '勤務先'})
        answers['certificate.use'] = answers.pop('certificate.purpose')
        filing = dict(FILING, procedures=[{'id': 'juminhyo', 'revision': 2}], answers=answers)
        receipt = city.request('POST', f'/v1/visits/{visit["id"]}/submission', filing, visit['token'])
        assert receipt['cases'][0]['fee'] == 400, receipt


def what_is_published_stays(engine):
    with Counter(engine) as (city, forms):
        city.service.stop()
        words = ['catalogue', 'publish', city.store, str(forms.folder), '--sample', '--dry-run']
        forms.edit(FORM, lambda form: form['title'].update(ja='住民票'))
        refused(city, forms, words, 'raise “revision” to 2')
        assert 'title › ja: “住民票の写しの請求” becomes “住民票”' in mado(city, *words, status=1)
        forms.edit(FORM, lambda form: form.update(revision=3))
        refused(city, forms, words, 'raise “revision” to 2', file=PROCEDURE)
        forms.edit(PROCEDURE, lambda procedure: procedure.update(revision=2))
        city.service.start()
        city.service.stop()
        forms.edit(FORM, lambda form: form.update(revision=2))
        refused(city, forms, words, 'raise “revision” to 4')


def refused(city, forms, words, hint, file=FORM):
    preview = mado(city, *words, status=1)
    assert f'{file}: ' in preview and hint in preview, preview
    try:
        city.service.start()
    except RuntimeError as refusal:
        assert file in str(refusal) and hint in str(refusal), refusal
    else:
        raise AssertionError('it started')


def publishing_by_hand(engine):
    with Counter(engine) as (city, forms):
        words = ['catalogue', 'publish', city.store, str(forms.folder), '--sample']
        assert 'Nothing changes' in mado(city, *words)
        second_edition(forms)
        assert 'certificate.use) is new' in mado(city, *words, '--dry-run')
        assert 'nobody is here to ask' in mado(city, *words, status=2)
        changes = json.loads(mado(city, *words, '--dry-run', '--json'))
        changed = {(change['kind'], change['id']): change for change in changes}
        fee = changed['procedure', 'juminhyo']
        assert (fee['before'], fee['revision']) == (1, 2)
        assert any(line.startswith('fee › rule: ') and '400' in line for line in fee['lines']), fee
        mado(city, *words, '--yes')
        assert 'Nothing changes' in mado(city, *words)
        start_anew(city)
        assert city.request('GET', '/v1/procedures/juminhyo')['revision'] == 2
        told = mado(city, 'catalogue', 'diff', str(forms.first), str(forms.folder))
        assert f'{PROCEDURE}: revision 1 → 2' in told and f'{FORM}: revision 1 → 2' in told, told


def a_word_of_the_vocabulary(engine):
    """It is part of every form that asks for it: their revisions are raised, and those of their procedures."""
    with Counter(engine) as (city, forms):
        before = {file: json.loads(file.read_text())['revision'] for file in forms.folder.glob('forms/*.json')}
        forms.edit('vocabulary.json', lambda words: words['facts']['certificate.copies']['label'].update(ja='枚数'))
        words = ['catalogue', 'publish', city.store, str(forms.folder), '--sample']
        forgotten = json.JSONDecoder().raw_decode(mado(city, *words, '--json', status=1))[0]
        forgotten = {change['file']: change['refusal'] for change in forgotten}
        assert 'raise “revision” to 2' in forgotten[FORM] and '“juminhyo”' in forgotten[PROCEDURE], forgotten
        would = json.loads(mado(city, *words, '--raise', '--dry-run', '--json'))
        assert {change['file']: change['revision'] for change in would} == dict.fromkeys(forgotten, 2), would
        assert 'nobody is here to ask' in mado(city, *words, '--raise', status=2)
        assert all(json.loads(file.read_text())['revision'] == revision for file, revision in before.items())
        assert f'{len(forgotten)} revisions were raised' in mado(city, *words, '--raise', '--yes')
        raised = {file.stem for file, revision in before.items()
                  if json.loads(file.read_text())['revision'] == revision + 1}
        asking = {file.stem for file in before if '"certificate.copies"' in file.read_text()}
        assert raised == asking and len(raised) > 1, (raised, asking)
        start_anew(city)
        assert city.request('GET', '/v1/procedures/juminhyo')['formRevision'] == 2


def add_layout(city, forms):
    form = city.request('GET', '/v1/forms/juminhyo')
    asked = [field['fact'] for section in form['sections'] for question in section['questions']
             for field in question['fields']]
    place = {'as': 'text', 'facts': ['applicant.fullName'], 'at': [20, 40, 90, 10]}
    (forms.folder / LAYOUT).write_text(json.dumps({
        'id': 'juminhyo', 'title': {'ja': '請求書', 'ja@easy': 'ください という 紙', 'en': 'Request'},
        'verified': '確認中', 'pages': [{'background': 'juminhyo.svg', 'items': [place]}], 'leaveOut': asked}))


def draw_sheet(forms, words):
    (forms.folder / SHEET).write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" font-size="8">'
                                      f'<text x="20" y="20" font-family="Noto Sans CJK JP">{words}</text></svg>')


def read_official(city, number):
    pdf = city.request('GET', f'/v1/cases/{number}/document?kind=form', token=city.staff_token(), raw=True)
    return subprocess.run(['pdftotext', '-raw', '-', '-'], input=pdf, capture_output=True, check=True).stdout.decode()


def an_official_form_is_part_of_its_revision(engine):
    """Each case is printed as it was published when it was filed; one from before there was any, as the first."""
    with Counter(engine) as (city, forms):
        numbers = [file(city, city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token()))[0]]
        add_layout(city, forms)
        draw_sheet(forms, '白い用紙')
        start_anew(city)
        numbers.append(file(city, city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token()))[0])
        city.service.stop()
        draw_sheet(forms, '青い用紙')
        words = ['catalogue', 'publish', city.store, str(forms.folder), '--sample', '--dry-run']
        refused(city, forms, words, 'raise “revision” to 2', file=LAYOUT)
        refused(city, forms, words, 'raise “revision” to 2')
        refused(city, forms, words, 'raise “revision” to 2', file=PROCEDURE)
        forms.edit(FORM, lambda form: form.update(revision=2))
        forms.edit(PROCEDURE, lambda procedure: procedure.update(revision=2))
        city.service.start()
        visit = city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token())
        filing = dict(FILING, procedures=[{'id': 'juminhyo', 'revision': 2}],
                      answers=dict(FILING['answers'], **HOLDER))
        receipt = city.request('POST', f'/v1/visits/{visit["id"]}/submission', filing, visit['token'])
        numbers.append(receipt['cases'][0]['number'])
        for number, sheet in zip(numbers, ('白い用紙', '白い用紙', '青い用紙')):
            told = read_official(city, number)
            assert sheet in told and '髙﨑 美代子' in told, told


class Counter:
    """A city whose catalogue one may change."""

    def __init__(self, engine):
        self.folder = tempfile.TemporaryDirectory(prefix='mado-forms-')
        self.forms = Forms(pathlib.Path(self.folder.name) / 'forms')
        self.city = City(engine, arguments=['--catalogue', str(self.forms.folder)])

    def __enter__(self):
        return self.city, self.forms

    def __exit__(self, *_):
        self.city.close()
        self.folder.cleanup()


def on(engine, case):
    def run():
        case(engine)
    run.__name__ = f'{case.__name__} on {engine}'
    return run


CASES = (a_case_outlives_its_form, what_was_on_its_way_is_taken, what_is_over_is_not_chosen, what_is_published_stays,
         publishing_by_hand, a_word_of_the_vocabulary, an_official_form_is_part_of_its_revision)
sys.exit(run_cases([on(engine, case) for engine in ('sqlite', 'postgres') for case in CASES]))
