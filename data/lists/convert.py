#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the lists from what others publish (README.md says where it comes from), those whose origin is given.

    convert.py [--towns API --postcodes PACKAGE --offices PACKAGE] [--banks PACKAGE] [--holidays CSV] [--out DIR]
"""
import argparse
import base64
import collections
import json
import os
import re
import unicodedata
import zlib

FIRST_HOLIDAY = '2025-01-01'
DIGITS = '一二三四五六七八九'
CHOME = re.compile(f'(.*[^{DIGITS}十百])([{DIGITS}十百]+)丁目')
RANGES = re.compile(r'（([0-9〜、]+)丁目）')
SAME = str.maketrans('ヶがガヵノ之ッツっ惠', 'ケケケケののつつつ恵')
NOT_A_TOWN = re.compile(r'^$|掲載がない場合|の次に.*場合|(町|村|^)一円$|^（?大字(なし）)?$')


def width(text):
    return unicodedata.normalize('NFKC', text).replace('~', '〜').replace('(', '（').replace(')', '）')


def write_kanji(name):
    """'14号' → '十四号'"""
    def one(found):
        n, out = int(found[0]), ''
        for value, unit in ((100, '百'), (10, '十'), (1, '')):
            digit = n // value % 10
            out += ((DIGITS[digit - 1] if digit > 1 or not unit else '') + unit) if digit else ''
        return out
    return re.sub('[1-9][0-9]{0,2}', one, name)


def key(name):
    """The same for all writings of one name."""
    name = re.sub('(^|[町村])(大字|字)', r'\1', write_kanji(width(name)))
    return name.translate(SAME)


def number(kanji):
    total = 0
    for part, unit in re.findall(f'([{DIGITS}]?)(百|十|$)', kanji):
        value = DIGITS.index(part) + 1 if part else 1 if unit else 0
        total += value * {'百': 100, '十': 10, '': 1}[unit]
    return total


def check_digit(code):
    rest = sum(int(d) * w for d, w in zip(code, (6, 5, 4, 3, 2))) % 11
    return str((11 - rest) % 10)


def write_ranges(numbers):
    runs = []
    for n in sorted(numbers):
        if runs and runs[-1][1] == n - 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return ','.join(str(a) if a == b else f'{a}-{b}' for a, b in runs)


def read_note(town):
    """'大通西（１〜１９丁目）' → ('大通西', '1-19'); '*' where only part of the town has the code."""
    bare, _, note = width(town).replace('（次のビルを除く）', '').partition('（')
    found = RANGES.fullmatch('（' + note)
    if not note or '階' in note:
        return bare, ''
    return bare, found[1].replace('〜', '-').replace('、', ',') if found else '*'


class Town:
    def __init__(self, name):
        self.name, self.chome, self.codes = name, set(), []

    def line(self):
        return '\t'.join((self.name, write_ranges(self.chome) if self.chome != {'*'} else '*', ' '.join(self.codes)))


class City:
    def __init__(self, code, prefecture, name):
        self.code, self.prefecture, self.name = code, prefecture, name
        self.towns, self.same, self.codes = {}, collections.defaultdict(list), []

    def town(self, name):
        if name not in self.towns:
            self.towns[name] = Town(name)
            self.same[key(name)].append(self.towns[name])
        return self.towns[name]

    def add_listed(self, name, has_chome, code, note):
        name = write_kanji(name)
        found = self.same[key(name)]
        if not found:
            self.town(name).chome = {'*'} if has_chome else set()
        for town in found:
            if len(town.name) == len(name):
                town.name = name   # of two writings the newer list's (千駄ケ谷, 千駄ヶ谷)
            town.codes.append(code + (':' + note if note else ''))

    def borrow_codes(self):
        """A part of a listed town is reached with that town's code, which does not mean this part alone."""
        listed = {k: towns[0] for k, towns in self.same.items() if towns and towns[0].codes}
        for town in [t for t in self.towns.values() if not t.codes]:
            name = key(town.name)
            whole = next((listed[name[:n]] for n in range(len(name), 1, -1) if name[:n] in listed), None)
            if whole:
                town.codes = ['~' + c.partition(':')[0] for c in whole.codes[:1]]

    def lines(self):
        own = [c for t in self.towns.values() for c in t.codes if c[0] != '~'] + self.codes
        heads = sorted({c[:3] for c in own})
        yield '\t'.join(('=' + self.code + check_digit(self.code), self.prefecture, self.name, ' '.join(heads)))
        if self.codes:
            yield '\t\t' + ' '.join(self.codes)
        yield from sorted(town.line() for town in self.towns.values())


def load(*path):
    with open(os.path.join(*path), encoding='utf-8') as f:
        return json.load(f)


def load_offices(package):
    """Rows of KEN_ALL (k) and JIGYOSYO (j), packed by the first three digits."""
    with open(os.path.join(package, 'dist', 'index.cjs'), encoding='utf-8') as f:
        text = f.read()
    rows = []
    for _, packed in re.findall(r'"(\d{3})": "([^"]+)"', text):
        rows += zlib.decompress(base64.b64decode(packed), -15).decode().splitlines()
    rows = [row.split(',') for row in rows if row]
    return {r[1]: r for r in rows if r[0] == 'k'}, [r for r in rows if r[0] == 'j']


def read_postcodes(package):
    """Gives (code, city, town): a row of the first five digits says the city, and the town of tall buildings."""
    five, seven = (load(package, 'master', f'zip{n}.json')[f'zip{n}'] for n in (5, 7))
    for code in sorted(seven):
        city, rows = None, (five.get(code[:5]), seven[code])
        for item in [i for row in rows for i in (row if isinstance(row, list) else [row])]:
            if isinstance(item, int):
                city = f'{item:05}'
            elif item is not None:
                for town in item.split('、'):
                    yield code, city, town


def load_cities(package):
    names, prefectures = load(package, 'master', 'city.json')['city'], load(package, 'master', 'pref.json')['pref']
    return {code: City(code, prefectures[code[:2]][0], name[0]) for code, name in names.items()}


def find_city(cities, prefecture, name):
    wanted = key(name)
    for city in cities.values():
        if city.prefecture == prefecture and (key(city.name) == wanted or key(city.name).endswith('島' + wanted)):
            return city
    return None


def add_town(city, name):
    found = CHOME.fullmatch(name)
    city.town(found[1] if found else name).chome.add(number(found[2]) if found else 0)


def add_towns(cities, api):
    """Gives the cities that are no more, by their name: {name: [town, …]}."""
    gone = {}
    for prefecture in sorted(os.listdir(os.path.join(api, 'ja'))):
        for file in sorted(os.listdir(os.path.join(api, 'ja', prefecture))):
            names = []
            for row in load(api, 'ja', prefecture, file):
                loose = row['town'] == '（大字なし）' and row.get('koaza')
                names.append(row['koaza'] if loose else row['town'])
            city = find_city(cities, prefecture, file[:-5])
            names = [n for n in names if not NOT_A_TOWN.search(n)]
            if city is None:
                gone[file[:-5]] = names
            else:
                if file[:-5] in city.name:
                    city.name = file[:-5]
                for name in names:
                    add_town(city, name)
    return gone


def inherit(cities, gone, listed):
    """A town of a ward that is no more belongs to the ward its postcode says now."""
    for name, towns in gone.items():
        homes = [c for c in cities.values() if c.name.startswith(name.partition('市')[0] + '市')]
        for town in towns:
            base = CHOME.fullmatch(town)
            for city in homes:
                if key(base[1] if base else town) in listed[city.code]:
                    add_town(city, town)


def write(out, name, head, lines):
    with open(os.path.join(out, name), 'w', encoding='utf-8', newline='\n') as f:
        f.write(f'# {head}\n')
        f.writelines(line + '\n' for line in lines)


def convert_towns(options, flags):
    cities = load_cities(options.postcodes)
    rows = list(read_postcodes(options.postcodes))
    known = {code for code, _, _ in rows}
    rows += [(code, r[3], r[8]) for code, r in flags.items() if code not in known and r[3] in cities]
    gone = add_towns(cities, options.towns)
    listed = collections.defaultdict(set)
    for _, city, town in rows:
        listed[city].add(key(width(town).partition('（')[0]))
    inherit(cities, gone, listed)
    for code, city, town in sorted(rows):
        flag = flags.get(code)
        name, note = read_note(town)
        if flag and note == '' and key(read_note(flag[8])[0]) == key(name):
            note = read_note(flag[8])[1]
        if NOT_A_TOWN.search(name):
            if code not in cities[city].codes:
                cities[city].codes.append(code)
        else:
            cities[city].add_listed(name, bool(flag) and flag[12] == '1', code, note)
    for city in cities.values():
        city.borrow_codes()
        for town in city.towns.values():
            town.chome -= {0} if town.chome == {0} else set()
    return [line for code in sorted(cities) for line in cities[code].lines()]


def convert_offices(rows):
    for r in sorted(rows, key=lambda r: (r[1], r[8])):
        yield '\t'.join((r[1], r[3] + check_digit(r[3]), r[6], width(r[7]), r[8].replace('\u3000', ' ')))


def convert_banks(package):
    with open(os.path.join(package, 'lib', 'zengin-data.js'), encoding='utf-8') as f:
        banks = json.loads(re.search(r'\{.*\}', f.read(), re.S)[0])
    for code in sorted(banks):
        yield '\t'.join((code, banks[code]['name'], banks[code]['kana']))
        for number_, branch in sorted(banks[code]['branches'].items()):
            yield '\t'.join((code + number_, branch['name'], branch['kana']))


def convert_holidays(path):
    """Of the years for which something may still be due."""
    with open(path, encoding='utf-8') as file:
        days = (line.strip().split(',') for line in file if line[0].isdigit())
        return ['\t'.join(day) for day in sorted(days) if day[0] >= FIRST_HOLIDAY]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ('towns', 'postcodes', 'offices', 'banks', 'holidays'):
        parser.add_argument('--' + name)
    parser.add_argument('--out', default=os.path.dirname(os.path.abspath(__file__)))
    options = parser.parse_args()
    if options.towns and options.postcodes and options.offices:
        flags, offices = load_offices(options.offices)
        write(options.out, 'towns.txt', 'City: =code prefecture name heads of its postcodes. Town: name 丁目 postcodes.',
              convert_towns(options, flags))
        write(options.out, 'offices.txt', 'Postcodes of offices: postcode city town street name.',
              convert_offices(offices))
    if options.banks:
        write(options.out, 'banks.txt', 'Bank: code name kana. Branch: bank and branch code, name, kana.',
              convert_banks(options.banks))
    if options.holidays:
        write(options.out, 'holidays.txt', 'National holidays: date name.', convert_holidays(options.holidays))


if __name__ == '__main__':
    main()
