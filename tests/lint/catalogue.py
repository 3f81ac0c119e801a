#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped catalogue has nothing to mend; and each kind of mistake is found with its file and JSON Pointer.

    catalogue.py MADO FORMS CITY
"""
import copy
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

MADO, FORMS, CITY = sys.argv[1:4]
JUMINHYO, TENNYU = 'procedures/certificate/juminhyo.json', 'procedures/moving/tennyu.json'
FORM, GROUP = 'forms/juminhyo.json', 'forms/tennyu.json'
VOCABULARY = 'vocabulary.json'
OFFICIAL = 'official/tennyu.json'
MOVING, DEATHS, WORDS = 'life-events/moving.json', 'faq/death.json', 'words.json'
SOURCE = {'title': '住民基本台帳法', 'url': 'https://laws.e-gov.go.jp/', 'date': '2026-11-20'}
COPIES = {'var': 'certificate.copies'}


def lint(folder):
    done = subprocess.run([MADO, 'catalogue', 'lint', '--json', '--city', CITY, folder], capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout)


def at(document, pointer):
    """The parent of what the pointer names, and the last step to it."""
    *path, last = pointer.split('/')[1:]
    for step in path:
        document = document[int(step) if isinstance(document, list) else step]
    return document, (int(last) if isinstance(document, list) else last)


def put(pointer, value):
    def change(document):
        parent, last = at(document, pointer)
        parent[last] = value
    return change


def drop(pointer):
    def change(document):
        parent, last = at(document, pointer)
        del parent[last]
    return change


def first_as(kind):
    return lambda document: next(item for item in document['pages'][0]['items']
                                 if item['as'] == kind and (kind != 'circle' or 'places' in item))


rows_of, boxes_of, circles_of = first_as('rows'), first_as('boxes'), first_as('circle')

# What is done to which file; where the finding must point, and its code.
MISTAKES = [
    ('an unknown member', JUMINHYO, put('/colour', 'red'), '/colour', 'unknown'),
    ('a member of the wrong type', JUMINHYO, put('/minutes', 'three'), '/minutes', 'type'),
    ('a missing member', JUMINHYO, drop('/who'), '/who', 'required'),
    ('a value out of bounds', TENNYU, put('/minutes', 0), '/minutes', 'range'),
    ('an odd date', TENNYU, put('/deadline/verified', 'lately'), '/deadline/verified', 'pattern'),
    ('the wrong file name', JUMINHYO, put('/id', 'jumin'), '/id', 'name'),
    ('the wrong folder', JUMINHYO, put('/category', 'tax'), '/category', 'folder'),
    ('no way to do it', JUMINHYO, put('/how', []), '/how', None),
    ('a way nobody knows', JUMINHYO, put('/how/0', 'pigeon'), '/how/0', None),
    ('a filing that does not say how long it takes', JUMINHYO, drop('/minutes'), '/minutes', 'required'),
    ('a filing without its fee', JUMINHYO, drop('/fee/rule'), '/fee/rule', 'required'),
    ('a kiosk without a form', JUMINHYO, drop('/form'), '/how', 'no-form'),
    ('a decision about what is never filed', JUMINHYO, drop('/form'), '/decision', 'no-form'),
    ('a form that is not there', JUMINHYO, put('/form', 'nowhere'), '/form', 'unknown-form'),
    ('a picture nobody drew', JUMINHYO, put('/icon', 'unicorn'), '/icon', None),
    ('a picture nobody drew for an event', MOVING, put('/icon', 'unicorn'), '/icon', None),
    ('a thing to bring of no known kind', JUMINHYO, put('/bring/0/icon', 'unicorn'), '/bring/0/icon', None),
    ('an office of another city', JUMINHYO, put('/office', 'nowhere'), '/office', 'unknown-office'),
    ('another office of another city', JUMINHYO, put('/offices/1', 'nowhere'), '/offices/1', 'unknown-office'),
    ('a missing translation', JUMINHYO, drop('/summary/en'), '/summary/en', 'language'),
    ('a missing text in easy Japanese', JUMINHYO, drop('/summary/ja@easy'), '/summary/ja@easy', 'language'),
    ('a missing translation of a form', FORM, drop('/sections/0/questions/0/title/en'),
     '/sections/0/questions/0/title/en', 'language'),
    ('a missing translation of a fact', VOCABULARY,
     drop('/facts/applicant.phone/label/en'), '/facts/applicant.phone/label/en',
     'language'),
    ('no Japanese', JUMINHYO, drop('/title/ja'), '/title/ja', 'required'),
    ('silence about a fee', JUMINHYO, drop('/fee/verified'), '/fee', 'verified'),
    ('a fee verified against nothing', JUMINHYO, put('/fee/verified', '2026-11-21'), '/fee', 'source'),
    ('a fee verified on a day to come', JUMINHYO, put('/fee/verified', '2999-01-01'), '/fee/verified', 'future'),
    ('a fee verified on no day', JUMINHYO, put('/fee/verified', '2026-02-30'), '/fee/verified', 'no-day'),
    ('a law that will be read', TENNYU, put('/legal/0/source', SOURCE | {'date': '2999-01-01'}),
     '/legal/0/source/date', 'future'),
    ('an answer verified on a day to come', DEATHS, put('/entries/0/verified', '2999-01-01'), '/entries/0/verified',
     'future'),
    ('silence about a deadline', TENNYU, drop('/deadline/verified'), '/deadline', 'verified'),
    ('silence about a deadline that follows', TENNYU, drop('/nextSteps/2/verified'), '/nextSteps/2', 'verified'),
    ('a deadline that follows from nothing', TENNYU, drop('/nextSteps/3/source'), '/nextSteps/3', 'source'),
    ('silence about a law', TENNYU, drop('/legal/0/source'), '/legal/0', 'source'),
    ('a fee that can be negative', JUMINHYO, put('/fee/rule', {'-': [COPIES, 5]}), '/fee/rule', 'negative'),
    ('a fee of a fact nobody is asked', JUMINHYO,
     put('/fee/rule', {'*': [300, {'var': 'move.date'}]}), '/fee/rule',
     'unasked'),
    ('a rule with an unknown fact', JUMINHYO, put('/decision/rule', {'var': 'visit.rich'}), '/decision/rule/var',
     'unknown-fact'),
    ('a rule with an unknown operator', JUMINHYO, put('/decision/rule', {'perhaps': []}), '/decision/rule/perhaps',
     'operator'),
    ('a rule that decides and is not there', JUMINHYO, drop('/decision/rule'), '/decision', 'required'),
    ('a rule whose types do not fit', FORM,
     put('/sections/1/questions/1/when', {'<': [{'var': 'certificate.scope'}, 3]}),
     '/sections/1/questions/1/when', None),
    ('an option that is none', FORM,
     put('/sections/1/questions/1/when', {'==': [{'var': 'certificate.scope'}, 'none']}),
     '/sections/1/questions/1/when', None),
    ('an unknown fact', FORM, put('/sections/0/questions/0/fields/0/fact', 'applicant.shoeSize'),
     '/sections/0/questions/0/fields/0/fact', 'unknown-fact'),
    ('an unknown member of a group', GROUP, put('/sections/2/questions/0/fields/0/fact', 'shoeSize'),
     '/sections/2/questions/0/fields/0/fact', 'unknown-fact'),
    ('a fact asked twice', FORM, put('/sections/0/questions/1/fields/0/fact', 'applicant.fullName'),
     '/sections/0/questions/1/fields/0/fact', 'twice'),
    ('an id used twice', FORM, put('/sections/0/questions/1/id', 'name'), '/sections/0/questions/1/id', 'twice'),
    ('a circle', FORM, put('/sections/1/questions/4/when', {'==': [{'var': 'certificate.copies'}, 3]}),
     '/sections/1/questions/4/fields/0', 'circle'),
    ('a page nobody reaches', FORM,
     put('/sections/1/questions/4/when', {'==': [{'var': 'applicant.sex'}, 'male']}),
     '/sections/1/questions/4/when', 'unreachable'),
    ('a page that is never asked', FORM,
     put('/sections/1/questions/4/when', {'and': [False, {'var': 'visit.identified'}]}),
     '/sections/1/questions/4/when', None),
    ('bounds of a field that has none', FORM, put('/sections/0/questions/0/fields/0/max', 3),
     '/sections/0/questions/0/fields/0', 'bounds'),
    ('a first row from nowhere', GROUP, put('/sections/2/group/first/members/fullName', 'applicant.shoeSize'),
     '/sections/2/group/first/members/fullName', 'unknown-fact'),
    ('a check of a fact nobody is asked', GROUP,
     put('/checks/0/fact', 'applicant.sex'), '/checks/0/fact', 'unasked'),
    ('an unknown procedure of a life event', MOVING, put('/procedures/1/id', 'tenyu'), '/procedures/1/id',
     'unknown-procedure'),
    ('a procedure listed twice', MOVING, put('/procedures/1/id', 'tennyu'), '/procedures/1/id', 'twice'),
    ('a life event with an unknown fact', MOVING, put('/procedures/2/when', {'var': 'move.rich'}),
     '/procedures/2/when/var', 'unknown-fact'),
    ('a life event that reads what its interview never asks', MOVING,
     put('/procedures/2/when', {'var': 'business.food'}), '/procedures/2/when', 'unasked'),
    ('a life event without a sound interview', MOVING, put('/form', 'life-nowhere'), '/form', 'unknown-form'),
    ('a life event in the wrong file', MOVING, put('/id', 'mooving'), '/id', 'name'),
    ('a missing translation of a life event', MOVING, drop('/summary/en'), '/summary/en', 'language'),
    ('a meaning of one word', WORDS, put('/concepts/0', ['引っ越し']), '/concepts/0', 'too-few'),
    ('a word that is none', WORDS, put('/idle/0', ''), '/idle/0', None),
    ('an answer about an unknown procedure', DEATHS, put('/entries/0/procedures/0', 'shibou'),
     '/entries/0/procedures/0', 'unknown-procedure'),
    ('an answer that rests on nothing', DEATHS, drop('/entries/0/procedures'), '/entries/0', 'verified'),
    ('an answer verified against nothing', DEATHS, put('/entries/0/verified', '2026-11-21'), '/entries/0', 'source'),
    ('two questions of one name', DEATHS, put('/entries/1/id', 'death-first'), '/entries/1/id', 'twice'),
    ('a missing translation of an answer', DEATHS, drop('/entries/0/answer/en'), '/entries/0/answer/en',
     'language'),
    ('questions in the wrong file', DEATHS, put('/category', 'tax'), '/category', 'name'),
    ('an official form of no form', OFFICIAL, put('/id', 'nowhere'), '/id', 'unknown-form'),
    ('a missing sheet', OFFICIAL, put('/pages/0/background', 'nowhere.svg'), '/pages/0/background', 'background'),
    ('a sheet that is a PDF', OFFICIAL, put('/pages/0/background', 'nowhere.pdf'), '/pages/0/background', 'svg'),
    ('a sheet from elsewhere', OFFICIAL, put('/pages/0/background', '../x.svg'), '/pages/0/background', 'pattern'),
    ('a fact the official form does not know', OFFICIAL, put('/pages/0/items/0/facts', ['applicant.shoeSize']),
     '/pages/0/items/0/facts/0', 'unknown-fact'),
    ('a place beyond the sheet', OFFICIAL, put('/pages/0/items/0/at', [169, 8, 42, 6]), '/pages/0/items/0/at',
     'outside'),
    ('a place of three numbers', OFFICIAL, put('/pages/0/items/0/at', [169, 8, 42]), '/pages/0/items/0/at', None),
    ('a place over another', OFFICIAL, put('/pages/0/items/2/at', [150, 24, 20, 5]), '/pages/0/items/2', 'overlap'),
    ('rows beyond the sheet', OFFICIAL, lambda document: rows_of(document).update(count=20),
     '/pages/0/items', None),
    ('too few boxes', OFFICIAL, lambda document: boxes_of(document).update(count=6), '/pages/0/items', None),
    ('an option that is not on the sheet', OFFICIAL, lambda document: circles_of(document)['places'].pop('existing'),
     '/pages/0/items', None),
    ('an answer without a place', OFFICIAL, lambda document: document['pages'][0]['items'].remove(boxes_of(document)),
     '/leaveOut', 'unplaced'),
    ('silence about whether the sheet was compared', OFFICIAL, drop('/verified'), '', 'verified'),
    ('an unknown kind', VOCABULARY, put('/facts/applicant.phone/kind', 'telepathy'), '/facts/applicant.phone', 'kind'),
    ('a kind that does not fit the type', VOCABULARY,
     put('/facts/applicant.phone/type', 'date'), '/facts/applicant.phone',
     'type'),
    ('a choice without options', VOCABULARY, drop('/facts/applicant.sex/options'), '/facts/applicant.sex',
     'required'),
    ('a fact with an odd name', VOCABULARY, put('/facts/Shoe Size', {'type': 'text', 'label': {'ja': 'x', 'en': 'x'}}),
     '/facts/Shoe Size', 'pattern'),
]


def check_twice(folder):
    """One id, two files: the second is named."""
    other = os.path.join(folder, 'procedures', 'tax', 'juminhyo.json')
    shutil.copy(os.path.join(folder, JUMINHYO), other)
    _, findings = lint(folder)
    os.unlink(other)
    found = [(f['pointer'], f['code']) for f in findings]
    return [] if ('/id', 'twice') in found and ('/category', 'folder') in found else [str(findings)]


def check_icons():
    """Each picture a tile may have is drawn."""
    schema = json.loads(pathlib.Path(FORMS, 'schema', 'common.json').read_text(encoding='utf-8'))
    drawn = {path.stem for path in pathlib.Path(FORMS).parent.joinpath('kiosk', 'icons').glob('*.svg')}
    return [f'there is no {icon}.svg' for icon in schema['$defs']['icon']['enum'] if icon not in drawn]


def check_shipped():
    code, findings = lint(FORMS)
    problems = [f"{f['file']}#{f['pointer']}: {f['message']}" for f in findings]
    return problems if problems or code == 0 else [f'status {code}']


def check_mistake(folder, file, change, pointer, code):
    path = os.path.join(folder, file)
    with open(path, encoding='utf-8') as f:
        document = json.load(f)
    broken = copy.deepcopy(document)
    change(broken)
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(broken, f, ensure_ascii=False)
    status, findings = lint(folder)
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(document, f, ensure_ascii=False)
    for finding in findings:
        if finding['file'] == file and finding['message'] and (
                finding['pointer'] == pointer and finding['code'] == code
                or code is None and finding['pointer'].startswith(pointer)):
            return [] if status == 1 else [f'status {status}']
    return [f'{file}#{pointer} ({code}) was not found among {findings}']


def check_raw(folder, text, pointer_file):
    path = os.path.join(folder, 'forms', 'odd.json')
    with open(path, 'wb') as f:
        f.write(text)
    _, findings = lint(folder)
    os.unlink(path)
    return [] if any(f['file'] == pointer_file and f['message'] for f in findings) else [f'not found: {findings}']


def main():
    cases = [('the shipped catalogue has nothing to mend', lambda folder: check_shipped())]
    for title, *mistake in MISTAKES:
        cases.append((title, lambda folder, mistake=mistake: check_mistake(folder, *mistake)))
    cases.append(('a file that is no JSON', lambda folder: check_raw(folder, b'{"id": ', 'forms/odd.json')))
    cases.append(('a file that is no UTF-8', lambda folder: check_raw(folder, b'{"id": "\xff"}', 'forms/odd.json')))
    cases.append(('a file 100,000 levels deep', lambda folder: check_raw(folder, b'[' * 100000, 'forms/odd.json')))
    cases.append(('two files of one id', check_twice))
    cases.append(('each picture is drawn', lambda folder: check_icons()))
    print(f'1..{len(cases)}')
    broken = 0
    with tempfile.TemporaryDirectory() as base:
        folder = os.path.join(base, 'forms')
        shutil.copytree(FORMS, folder)
        for number, (title, run) in enumerate(cases, 1):
            problems = run(folder)
            broken += bool(problems)
            print(f'{"not " if problems else ""}ok {number} - {title}')
            for problem in problems:
                print(f'# {problem}')
    return 1 if broken else 0


if __name__ == '__main__':
    sys.exit(main())
