#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The city's official form as its office takes it in: a PDF becomes the sheet, and a proof shows the places. TAP."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / 'tests' / 'testlib'))
from city import run_cases                            # noqa: E402


def mado(*words, status=0):
    environment = dict(os.environ, LANG='C.UTF-8', LC_ALL='C.UTF-8', LANGUAGE='')
    done = subprocess.run(['mado', 'catalogue', *map(str, words)], env=environment, capture_output=True, text=True,
                          timeout=60, stdin=subprocess.DEVNULL)
    assert done.returncode == status, f'mado {words} ended with {done.returncode}: {done.stdout}{done.stderr}'
    return done.stdout + done.stderr


def words_of(pdf):
    return subprocess.run(['pdftotext', '-raw', pdf, '-'], capture_output=True, text=True, check=True).stdout


def ink_of(pdf):
    """The share of dark dots of the first sheet."""
    picture = subprocess.run(['pdftoppm', '-gray', '-r', '40', '-l', '1', pdf], capture_output=True, check=True).stdout
    dots = picture.split(b'255\n', 1)[1]
    return sum(dot < 128 for dot in dots) / len(dots)


def every_proof(folder):
    """Each layout that is shipped: its places by name, on its sheet, with answers in them."""
    for layout in sorted((folder / 'forms' / 'official').glob('*.json')):
        proof = folder / f'{layout.stem}.pdf'
        mado('proof', layout.stem, folder / 'forms', '-o', proof)
        said = words_of(proof)
        for word in ('applicant.fullName', 'filing.date=', '確認中', '見本', '290'):
            assert word in said, f'{layout.stem}: no {word} in {said}'


def sheet_of_pdf(folder):
    """A PDF with nothing but the city's print on it becomes the sheet of a layout."""
    official = folder / 'forms' / 'official'
    layout = json.loads((official / 'tenkyo.json').read_text(encoding='utf-8'))
    shutil.copy(official / 'tenkyo.json', folder / 'tenkyo.json')
    mado('proof', 'tenkyo', folder / 'forms', '-o', folder / 'city.pdf')
    mado('background', folder / 'city.pdf', official / 'city.svg')
    layout['pages'][0] = {'background': 'city.svg', 'items': []}
    layout['leaveOut'] = sorted({fact for item in json.loads((folder / 'tenkyo.json').read_text(encoding='utf-8'))
                                 ['pages'][0]['items'] for fact in item.get('facts', ()) if 'filing' not in fact})
    (official / 'tenkyo.json').write_text(json.dumps(layout, ensure_ascii=False), encoding='utf-8')
    assert 'Nothing to mend' in mado('lint', folder / 'forms')
    mado('proof', 'tenkyo', folder / 'forms', '-o', folder / 'again.pdf')
    assert ink_of(folder / 'again.pdf') > 0.01, 'the sheet is empty'
    shutil.copy(folder / 'tenkyo.json', official / 'tenkyo.json')


def refusals(folder):
    said = mado('proof', 'juminhyo-no', folder / 'forms', status=1)
    assert 'official/juminhyo-no.json' in said, said
    (folder / 'no.pdf').write_text('no PDF at all')
    mado('background', folder / 'no.pdf', folder / 'no.svg', status=1)
    mado('background', folder / 'tenkyo.pdf', folder / 'no.svg', '--page', '7', status=1)
    assert not (folder / 'no.svg').exists()


with tempfile.TemporaryDirectory(prefix='mado-official-') as base:
    shutil.copytree(ROOT / 'forms', pathlib.Path(base) / 'forms')
    status = run_cases([every_proof, sheet_of_pdf, refusals], pathlib.Path(base))
sys.exit(status)
