#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every text in easy Japanese, in po/ and in the language maps of the data. Prints TAP, one case a rule.

    easy.py ROOT MADO

A sentence has at most 48 mora, one that hurries somebody 24. As a rule of thumb a kana is one mora, but a small ゃ, ゅ
or ょ none of its own; a kanji two; a Latin letter, digit or placeholder one.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT, MADO = pathlib.Path(sys.argv[1]), sys.argv[2]
MOST, MOST_URGENT = 48, 24
URGENT = re.compile(r'^kiosk/widgets/mado-(bar|countdown|curtain|idle-warning)\.')
# Names on doors and maps are the same in all Japanese; what names a file of the books is read by clerks.
NAMES = {'name', 'prefecture', 'office', 'address', 'mayor'}
CLERKS = re.compile(r'/books\.json/mappings/\d+/title$')
LAW = re.compile(r'/legal/\d+/title$|/statement$')      # says what it says

KANJI = '[一-龠々〇]'
PLACEHOLDER = r'%(?:\d+\$)?[-0]?\d*(?:<PRId64>|[lz]?[a-zA-Z])|\{\w+\}|\$\d'
SENTENCE_END = r'[。？！：:\n（）()｡]'
TOGETHER = re.compile(r'[てで](?:ください|います|いません|いました|あります|おいて)|(?:この|その|どの|あの)(?!他)' + KANJI)
POLITE = re.compile(r'いただ|お' + KANJI + r'+(?:ください|になる|になり|します)|ご(?:利用|確認|案内|本人|用意|了承)|くださいませ')


def mora(sentence):
    plain = re.sub(PLACEHOLDER, '1', re.sub('<[^>]*>', '', sentence))
    return (2 * len(re.findall(KANJI, plain)) + len(re.findall('[ぁ-ゖァ-ヺー]', plain))
            - len(re.findall('[ゃゅょャュョ]', plain)) + len(re.findall('[0-9A-Za-z]', plain)))


def sentences(text):
    return [s.strip() for s in re.split(SENTENCE_END, text) if s.strip()]


def unquote(block, keyword):
    match = re.search(rf'^{keyword} ((?:".*"\n?)+)', block, re.M)
    return ''.join(json.loads(part) for part in match[1].splitlines()) if match else ''


def spoken():
    """msgid, its text, for what po/ja@easy.po holds."""
    for block in (ROOT / 'po/ja@easy.po').read_text().split('\n\n')[1:]:
        yield unquote(block, 'msgid'), unquote(block, r'msgstr(?:\[0\])?')


def urgent_ids():
    names = [n for n in (ROOT / 'po/POTFILES').read_text().split() if URGENT.match(n)]
    command = ['xgettext', '--from-code=UTF-8', '-k_', '-kN_', '-kngettext:1,2', '-o', '-', *names]
    pot = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {unquote(block, 'msgid') for block in pot.split('\n\n')[1:]}


def maps(node, place):
    if isinstance(node, dict):
        if isinstance(node.get('ja'), str) and 'en' in node:
            yield place, node
        for name, member in node.items():
            yield from maps(member, f'{place}/{name}')
    elif isinstance(node, list):
        for number, member in enumerate(node):
            yield from maps(member, f'{place}/{number}')


def words_in_data():
    names = subprocess.run(['git', 'ls-files', '--', 'data', 'forms', 'libportal'], cwd=ROOT, capture_output=True,
                           text=True, check=True).stdout.split()
    for name in names:
        if name.endswith('.json'):
            yield from maps(json.loads((ROOT / name).read_text()), name)


def lacking(found):
    for place, words in found:
        if 'ja@easy' not in words and place.rsplit('/', 1)[1] not in NAMES and not CLERKS.search(place):
            yield f'{place}: {words["ja"]}'


def too_long(texts, most):
    for place, text in texts:
        for sentence in sentences(text):
            if mora(sentence) > most:
                yield f'{place}: {mora(sentence)} mora: {sentence}'


def matching(texts, pattern):
    for place, text in texts:
        match = pattern.search(text)
        if match:
            yield f'{place}: “{match[0]}”: {text}'


def without_furigana(texts):
    """The first of them; the program says what to do."""
    plain = [re.sub(PLACEHOLDER, '1', text) for _, text in texts]
    done = subprocess.run([MADO, 'text', 'furigana', '--', *plain], capture_output=True, text=True)
    if done.returncode:
        yield done.stderr.strip()


def main():
    found = list(words_in_data())
    said = list(spoken())
    hurried = urgent_ids()
    texts = said + [(place, words['ja@easy']) for place, words in found if 'ja@easy' in words and not LAW.search(place)]
    rules = [
        ('what residents read in the data is there in easy Japanese', lacking(found)),
        (f'a sentence has at most {MOST} mora', too_long(texts, MOST)),
        (f'an urgent one has at most {MOST_URGENT}', too_long([s for s in said if s[0] in hurried], MOST_URGENT)),
        ('phrases stand apart', matching(texts, TOGETHER)),
        ('nothing is said more politely than it has to be', matching(texts, POLITE)),
        ('it is known how every kanji is read', without_furigana(texts)),
    ]
    failed = False
    print(f'1..{len(rules)}')
    for number, (title, findings) in enumerate(rules, 1):
        findings = list(findings)
        failed |= bool(findings)
        print(f'{"not ok" if findings else "ok"} {number} - {title}')
        for finding in findings:
            print(f'# {finding}')
    return 1 if failed else 0


sys.exit(main())
