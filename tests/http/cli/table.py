#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue as a table: out, changed in a spreadsheet, and in again. Prints TAP."""
import csv
import io
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

CITY = ROOT / 'data/cities/fujisawa/city.json'
TENNYU, DOG = 'procedures/moving/tennyu.json', 'procedures/living/inu-toroku.json'


def mado(*words, status=0):
    environment = dict(os.environ, LANG='C.UTF-8', LC_ALL='C.UTF-8', LANGUAGE='')
    done = subprocess.run(['mado', *map(str, words)], env=environment, capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL)
    assert done.returncode == status, f'mado {words} ended with {done.returncode}: {done.stdout}{done.stderr}'
    return done.stdout + done.stderr


class Table:
    """A folder of one's own, and its table."""

    def __init__(self, folder):
        self.folder, self.file = folder / 'forms', folder / 'table.csv'
        shutil.copytree(ROOT / 'forms', self.folder)
        mado('catalogue', 'export', self.file, self.folder)
        self.text = self.file.read_bytes().decode('utf-8-sig')
        self.rows = list(csv.DictReader(io.StringIO(self.text, newline='')))
        self.titles = list(self.rows[0])

    def row(self, name):
        return next(row for row in self.rows if row['id'] == name)

    def write(self, encoding='utf-8-sig'):
        out = io.StringIO(newline='')
        writer = csv.DictWriter(out, self.titles)
        writer.writeheader()
        writer.writerows(self.rows)
        self.file.write_bytes(out.getvalue().encode(encoding, errors='replace'))

    def take(self, *options, status=0):
        return mado('catalogue', 'import', self.file, self.folder, '--city', CITY, *options, status=status)

    def preview(self, status=0):
        said = self.take('--dry-run', '--json', status=status)
        return json.JSONDecoder().raw_decode(said)[0]

    def files(self):
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob('*.json')}

    def read(self, file):
        return json.loads((self.folder / file).read_text())


def place(folder, name):
    """Where a row stands for a person: the titles are row 1."""
    return [row['id'] for row in folder.rows].index(name) + 2


def nothing_changed_is_nothing_written(table):
    before = table.files()
    assert len(table.rows) >= 80 and table.row('tennyu')['title.ja'] == '転入届'
    assert '0 change something, 0 mistakes' in table.take('--yes')
    table.write('utf-8')
    assert '0 change something' in table.take('--yes'), 'without a mark'
    assert table.files() == before


def what_is_changed_is_shown_and_written(table):
    before, revision = table.files(), table.read(TENNYU)['revision']
    table.row('tennyu')['title.en'] = 'Moving in, "from" anywhere,\r\nJapan or abroad'
    table.row('tennyu')['deadline.verified'] = '2026/11/20'
    shown = table.write() or table.take('--dry-run')
    assert f'{TENNYU}: revision {revision} → {revision + 1}' in shown and 'title › en' in shown, shown
    assert 'deadline › verified' in shown and '“2026-11-20”' in shown, shown
    assert 'nobody is here to ask' in table.take(status=2)
    assert table.files() == before, 'a preview wrote'
    table.take('--yes')
    after = table.files()
    assert [name for name in after if after[name] != before[name]] == [TENNYU]
    tennyu = table.read(TENNYU)
    assert tennyu['title']['en'].startswith('Moving in, "from" anywhere,')
    assert tennyu['revision'] == revision + 1
    assert tennyu['deadline']['verified'] == '2026-11-20' and list(tennyu)[:3] == ['$schema', 'id', 'revision']
    assert 'Nothing to mend' in mado('catalogue', 'lint', table.folder, '--city', CITY)
    assert '0 change something' in table.take('--yes'), 'what was taken changes nothing again'


def bad_rows_are_named_and_good_ones_taken(table):
    table.row('tennyu')['summary.ja'] = '引っ越してきたことを届け出ます。'
    table.row('juminhyo')['fee.source.date'] = 'いつか'
    table.row('tenkyo')['office'] = 'nowhere'
    table.row('inu-toroku')['deadline.days'] = 'thirty'
    table.row('konin')['title.en'] = table.row('konin')['summary.ja@easy'] = ''
    table.row('rikon')['id'] = 'unheard-of'
    table.row('shibo').update({'who.verified': '2026-02-30', 'fee.verified': 'soon', 'fee.source.url': 'www.city.jp'})
    table.row('kokuho-kanyu')['who.verified'] = '2999/1/1'
    table.write()
    with table.file.open('ab') as file:
        file.write('tenshutsu,too,few\r\n"open\r\n'.encode())
    found = table.preview(status=1)
    named = {(mistake['row'], mistake.get('column')) for mistake in found['mistakes']}
    last = len(table.rows) + 1
    wanted = {(place(table, 'juminhyo'), 'fee.source.date'),
              *((place(table, 'shibo'), name) for name in ('who.verified', 'fee.verified', 'fee.source.url')),
              (place(table, 'kokuho-kanyu'), 'who.verified'),
              (place(table, 'tenkyo'), 'office'),
              (place(table, 'inu-toroku'), 'deadline.days'), (place(table, 'konin'), 'title.en'),
              (place(table, 'konin'), 'summary.ja@easy'), (place(table, 'unheard-of'), 'id'), (last + 1, None),
              (last + 2, None)}
    assert wanted == named, (wanted ^ named, found['mistakes'])
    assert [change['id'] for change in found['changes']] == ['tennyu'], found['changes']
    said = {(mistake['row'], mistake.get('column')): mistake['message'] for mistake in found['mistakes']}
    for name, column, wrong, right in [('juminhyo', 'fee.source.date', 'いつか', '2026-11-21'),
                                       ('shibo', 'who.verified', '2026-02-30', '確認中'),
                                       ('shibo', 'fee.source.url', 'www.city.jp', 'https://'),
                                       ('kokuho-kanyu', 'who.verified', '2999-01-01', 'still to come'),
                                       ('inu-toroku', 'deadline.days', 'thirty', 'digits'),
                                       ('tenkyo', 'office', 'nowhere', 'shonandai')]:
        sentence = said[place(table, name), column]
        assert f'“{wrong}”' in sentence and right in sentence, sentence
    before = table.files()
    assert 'left out' in table.take('--yes', status=1)
    after = table.files()
    assert [name for name in after if after[name] != before[name]] == [TENNYU]
    assert 'Nothing to mend' in mado('catalogue', 'lint', table.folder, '--city', CITY)


def shift_jis_is_read(table):
    table.titles = ['id', 'title.ja']
    table.rows = [{'id': 'tennyu', 'title.ja': '転入の届け'}]
    table.write('cp932')
    assert '“転入の届け”' in table.take('--dry-run')
    table.file.write_bytes(b'id,title.ja\r\ntennyu,\x81\xff\xfe\r\n')
    assert 'Line 2 is neither UTF-8 nor Shift_JIS' in table.take(status=1)


def a_file_that_is_no_table(table):
    for text, hint in [('id,colour\r\n', 'column “colour”'), ('title.ja\r\nx\r\n', '“id”'), ('', '“id”'),
                       ('id,id\r\n', 'two columns')]:
        table.file.write_text(text)
        assert hint in table.take(status=1), hint
    with table.file.open('wb') as file:
        file.truncate(50 * 1024 * 1024)
    assert 'larger than' in table.take(status=1)


def an_empty_cell_takes_a_value_away(table):
    row = table.row('inu-toroku')
    for title in table.titles:
        if title.startswith('deadline.'):
            row[title] = ''
    table.write()
    table.take('--yes')
    assert 'deadline' not in table.read(DOG)


def on_a_table(case):
    def run():
        with tempfile.TemporaryDirectory(prefix='mado-table-') as folder:
            case(Table(pathlib.Path(folder)))
    run.__name__ = case.__name__
    return run


sys.exit(run_cases([on_a_table(case) for case in (
    nothing_changed_is_nothing_written, what_is_changed_is_shown_and_written, bad_rows_are_named_and_good_ones_taken,
    shift_jis_is_read, a_file_that_is_no_table, an_empty_cell_takes_a_value_away)]))
