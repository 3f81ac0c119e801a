#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the tree against docs/architecture: floors, licences, sizes, names. Prints TAP, one case a rule.

    structure.py ROOT
"""
import os
import re
import subprocess
import sys

ROOT = os.path.abspath(sys.argv[1])

# A room may include itself and the rooms listed with it (and what those may include).
FLOORS = {
    'core': [],
    'rules': ['core'],
    'model': ['rules'],
    'lists': ['core'],
    'questions': ['model', 'lists'],
    'search': ['model', 'lists'],
    'wire': ['model'],
    'paper': ['questions', 'wire'],
    'store': ['questions', 'search', 'wire', 'paper'],
    'residents': ['store'],
    'procedures': ['residents'],
    'payments': ['residents'],
    'notices': ['residents'],
    'boards': ['residents'],
    'counter': ['procedures', 'payments', 'notices', 'boards'],
    'client': ['questions', 'search', 'wire', 'paper'],
}
ENGINES = re.compile(r'sqlite3|libpq|PQ[a-z]+ ?\(|#include <(sqlite3|libpq-fe)\.h>')
WIDGETS = re.compile(r'#include <(gtk|adwaita)')
SERVER = re.compile(r'soup_server_|SoupServer')
MAX_FILE, MAX_LINE, MAX_FUNCTION = 1000, 120, 120


def reach(room, seen=None):
    seen = seen if seen is not None else set()
    if room not in seen:
        seen.add(room)
        for below in FLOORS[room]:
            reach(below, seen)
    return seen


def tracked():
    names = subprocess.run(['git', 'ls-files', '-z'], cwd=ROOT, capture_output=True, check=True).stdout
    return [n for n in names.decode().split('\0') if n and os.path.isfile(os.path.join(ROOT, n))]


def read(name):
    with open(os.path.join(ROOT, name), encoding='utf-8', errors='replace') as f:
        return f.read()


def floors(files):
    for name in files:
        match = re.match(r'libportal/([a-z]+)/.*\.[ch]$', name)
        if not match or match[1] not in FLOORS:
            continue
        allowed = reach(match[1])
        for number, line in enumerate(read(name).splitlines(), 1):
            include = re.match(r'\s*#\s*include\s+"(?:\.\./)?([a-z]+)/', line)
            if include and include[1] in FLOORS and include[1] not in allowed:
                yield f'{name}:{number}: {match[1]} must not include {include[1]}'


def engines(files):
    for name in files:
        if name.endswith(('.c', '.h')) and not name.startswith(('libportal/store/', 'tests/')):
            for number, line in enumerate(read(name).splitlines(), 1):
                if ENGINES.search(line) and 'sqlite:' not in line:
                    yield f'{name}:{number}: only store/ names an engine'


def outside(files):
    for name in files:
        if name.startswith('libportal/') and name.endswith(('.c', '.h')):
            text = read(name)
            if WIDGETS.search(text):
                yield f'{name}: the library has no widgets'
            if SERVER.search(text):
                yield f'{name}: the library has no HTTP server'


def licences(files):
    for name in files:
        if name.endswith(('.c', '.h', '.py', '.mjs', '.js', 'meson.build')) or name == 'bootstrap':
            head = '\n'.join(read(name).splitlines()[:3])
            want = 'LGPL-2.1-or-later' if name.startswith('libportal/') else 'GPL-3.0-or-later'
            if 'SPDX-License-Identifier: ' not in head:
                yield f'{name}: no SPDX line at the top'
            elif name.endswith(('.c', '.h')) and f'Identifier: {want}' not in head:
                yield f'{name}: its licence should be {want}'


def sizes(files):
    for name in files:
        if name.endswith(('.c', '.h', '.py')):
            lines = read(name).splitlines()
            if len(lines) > MAX_FILE:
                yield f'{name}: {len(lines)} lines, more than {MAX_FILE}'
            for number, line in enumerate(lines, 1):
                if len(line) > MAX_LINE:
                    yield f'{name}:{number}: {len(line)} columns, more than {MAX_LINE}'


def functions(files):
    """Functions begin with a name at column 0 and end with a brace at column 0."""
    for name in files:
        if not name.endswith('.c'):
            continue
        start = title = None
        for number, line in enumerate(read(name).splitlines(), 1):
            match = re.match(r'([a-z_0-9]+) \(', line)
            if match:
                title = match[1]
            if line == '{':
                start = number
            elif line == '}' and start:
                if number - start > MAX_FUNCTION and not (title or '').endswith('_class_init'):
                    yield f'{name}:{start}: {title} has {number - start} lines, more than {MAX_FUNCTION}'
                start = None


def shape(files):
    """Only a function opens its brace on a line of its own; so does a plain block after a case or a declaration."""
    for name in files:
        if name.endswith(('.c', '.h')):
            lines = read(name).splitlines()
            for number, line in enumerate(lines[1:], 2):
                if re.match(r' +\{$', line) and re.match(r' *(\} )?(if|else|for|while|do|switch)\b', lines[number - 2]):
                    yield f'{name}:{number}: the brace belongs to the line before'
                if re.search(r'\bg_auto(ptr|slist|list)? \(', line):
                    yield f'{name}:{number}: g_autoptr(Type), without a space'


def unfinished(files):
    for name in files:
        if name.endswith(('.c', '.h', '.py', '.sql', '.ui', '.css')) and not name.endswith('structure.py'):
            for number, line in enumerate(read(name).splitlines(), 1):
                if re.search(r'\b(TODO|FIXME|XXX)\b', line):
                    yield f'{name}:{number}: left open'


RULES = [
    ('a room includes only rooms below it', floors),
    ('only store/ names SQLite or libpq', engines),
    ('the library has no widgets and no HTTP server', outside),
    ('every source says its licence', licences),
    ('files and lines keep their size', sizes),
    ('functions keep their size', functions),
    ('braces and cleanups are written one way', shape),
    ('nothing is left open', unfinished),
]


def main():
    files = tracked()
    print(f'1..{len(RULES)}')
    broken = 0
    for number, (title, rule) in enumerate(RULES, 1):
        findings = list(rule(files))
        broken += bool(findings)
        print(f"{'not ok' if findings else 'ok'} {number} - {title}")
        for finding in findings[:25]:
            print(f'# {finding}')
    return 1 if broken else 0


if __name__ == '__main__':
    sys.exit(main())
