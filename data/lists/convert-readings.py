#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes readings.txt, how kanji are read, from the source files of mecab-ipadic (README.md says where it comes from).

    convert-readings.py FOLDER [--out DIR]
"""
import argparse
import collections
import csv
import math
import os
import re

FILES = ['Noun', 'Noun.verbal', 'Noun.adjv', 'Noun.adverbal', 'Noun.number', 'Noun.others', 'Noun.nai',
         'Noun.demonst', 'Verb', 'Adj', 'Adverb', 'Adnominal', 'Prefix', 'Suffix', 'Noun.place']
MOST = 8              # characters of a word
PLACES = 6500         # costlier names of places are left out
STEM = 5000           # a whole word is likelier than the stem of another
ROUNDS = 4
FEW = 5               # words tell nothing about how a kanji is read beside others
KANJI = re.compile('[一-鿿々〆ヶ]')
KATAKANA = {code: code - 0x60 for code in range(0x30a1, 0x30f7)}


def load(folder):
    """(word, reading) and its cost, both without the kana they end in alike: 引っ越した, ひっこした → 引っ越, ひっこ"""
    words = {}
    for name in FILES:
        with open(os.path.join(folder, name + '.csv'), encoding='euc-jp') as f:
            for row in csv.reader(f):
                word, cost, reading = row[0], int(row[3]), row[11].translate(KATAKANA)
                if name == 'Noun.place' and cost > PLACES:
                    continue
                if not KANJI.search(word) or not re.fullmatch('[ぁ-ゖー]+', reading):
                    continue
                while word[-1] == reading[-1:] and KANJI.search(word[:-1]):
                    words[word, reading] = min(cost, words.get((word, reading), cost))
                    word, reading, cost = word[:-1], reading[:-1], int(row[3]) + STEM
                words[word, reading] = min(cost, words.get((word, reading), cost))
    return words


def split(word, reading):
    """Every way to share the reading among the kanji, one to four kana each."""
    if len(word) == 1:
        return [(reading,)] if 1 <= len(reading) <= 4 else []
    return [(reading[:n], *rest) for n in range(1, min(4, len(reading) - 1) + 1)
            for rest in split(word[1:], reading[n:])]


def learn_joined(words):
    """How each kanji is read most often beside others, from all words of two and three kanji."""
    ways = [(word, split(word, reading)) for word, reading in sorted(words)
            if 2 <= len(word) <= 3 and all(KANJI.match(c) for c in word)]
    chance = collections.defaultdict(lambda: collections.defaultdict(lambda: 1e-3))
    for _ in range(ROUNDS):
        counts = collections.defaultdict(lambda: collections.defaultdict(lambda: 1e-3))
        for word, parts in ways:
            weights = [math.prod(chance[c][part] for c, part in zip(word, way)) for way in parts]
            total = sum(weights) or 1
            for way, weight in zip(parts, weights):
                for c, part in zip(word, way):
                    counts[c][part] += weight / total
        chance = collections.defaultdict(lambda: collections.defaultdict(lambda: 1e-6), {
            c: collections.defaultdict(lambda: 1e-6, {r: n / sum(counts[c].values()) for r, n in counts[c].items()})
            for c in counts})
    seen = collections.Counter(c for word, parts in ways if parts for c in word)
    return {c: max(sorted(readings), key=readings.get) for c, readings in chance.items() if seen[c] >= FEW}


def read(text, alone, joined):
    """As libportal/search/ does: the longest word that is known; a kanji by itself, or beside others."""
    out, i = '', 0
    while i < len(text):
        for n in range(min(MOST, len(text) - i), 0, -1):
            if text[i:i + n] in alone:
                break
        part = text[i:i + n]
        beside = n == 1 and KANJI.match(part) and any(KANJI.match(c) for c in text[max(0, i - 1):i] + text[i + 1:i + 2])
        out, i = out + (joined.get(part, alone.get(part, part)) if beside else alone.get(part, part)), i + n
    return out


def choose(words):
    """The likeliest reading of each word; those that its parts give anyway are left out."""
    likely, joined = {}, learn_joined(words)
    for (word, reading), cost in words.items():
        if reading and len(word) <= MOST and cost < likely.get(word, (cost + 1,))[0]:
            likely[word] = (cost, reading)
    for c, reading in list(joined.items()):
        if c in likely and likely[c][1].startswith(reading):   # 届 is とどけ at the end of a word, too
            joined[c] = likely[c][1]
    alone = {}
    for word in sorted(likely, key=lambda word: (len(word), word)):
        if len(word) == 1 or read(word, alone, joined) != likely[word][1]:
            alone[word] = likely[word][1]
    return alone, joined


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder')
    parser.add_argument('--out', default=os.path.dirname(os.path.abspath(__file__)))
    options = parser.parse_args()
    alone, joined = choose(load(options.folder))
    with open(os.path.join(options.out, 'readings.txt'), 'w', encoding='utf-8') as f:
        for word in sorted({**alone, **joined}, key=lambda word: word.encode()):
            reading = alone.get(word, joined.get(word))
            beside = joined.get(word, reading)
            f.write(f'{word}\t{reading}' + (f'\t{beside}' if beside != reading else '') + '\n')


if __name__ == '__main__':
    main()
