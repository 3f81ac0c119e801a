#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what the library exports against what its introspection data describes. Prints TAP.

    symbols.py LIBRARY GIR
"""
import re
import subprocess
import sys

library, gir = sys.argv[1:3]
symbols = subprocess.run(['nm', '-D', '--defined-only', library], capture_output=True, text=True, check=True).stdout
exported = {line.split()[-1] for line in symbols.splitlines()}
with open(gir, encoding='utf-8') as file:
    text = file.read()
described = set(re.findall(r'c:identifier="([^"]+)"', text)) | set(re.findall(r'glib:get-type="([^"]+)"', text))

strange = sorted(s for s in exported if not s.startswith('mado_'))
missing = sorted(s for s in described if s.startswith('mado_') and s not in exported)
untold = sorted(s for s in exported if s.startswith('mado_') and s not in described)
print('1..3')
for number, (title, findings) in enumerate([
        ('nothing is exported but mado_ names', strange),
        ('all that is described is exported', missing),
        ('all that is exported is described', untold)], 1):
    print(f"{'not ok' if findings else 'ok'} {number} - {title}")
    for finding in findings[:40]:
        print(f'# {finding}')
sys.exit(1 if strange or missing or untold else 0)
