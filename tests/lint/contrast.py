#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reckons the contrast of each pair of colours that meet on the kiosk, in each palette (WCAG 2.2). Prints TAP.

    contrast.py ROOT

Floors: text 4.5, shapes 3; in high contrast text 7. The figures are what the design gives a pair, rounded down, in
the order of PALETTES: a colour that drifts away from the design is found though it may still pass the floor.
"""
import pathlib
import re
import sys

PALETTES = ['light', 'dark', 'hc-light', 'hc-dark']
TEXT = {
    ('ink', 'ground'): (14.7, 16.0, 21, 21), ('ink', 'surface'): (16.1, 13.9, 21, 21),
    ('ink', 'mist'): (13.8, 11.8, 21, 17.4), ('ink2', 'ground'): (7.3, 10.7, 21, 21),
    ('ink2', 'surface'): (8.0, 9.3, 21, 21), ('ink2', 'mist'): (6.8, 7.9, 21, 17.4),
    ('on_sea', 'sea'): (10.2, 9.6, 15.6, 14.7), ('sea', 'ground'): (9.4, 10.3, 15.6, 14.7),
    ('sea', 'surface'): (10.2, 9.0, 15.6, 14.7), ('sea_deep', 'mist'): (11.9, 9.8, 21, 12.2),
    ('call_ink', 'call_bg'): (9.3, 10.7, 21, 21), ('ok', 'ground'): (7.5, 8.6, 13.6, 12.4),
    ('ok', 'mist'): (7.0, 6.3, 13.6, 10.3), ('warn', 'warn_bg'): (7.5, 10.5, 11.0, 16.5),
    ('danger', 'ground'): (7.1, 8.5, 10.5, 13.0), ('danger', 'surface'): (7.8, 7.4, 10.5, 13.0),
    ('wisteria', 'wisteria_bg'): (8.2, 8.3, 15.5, 13.2), ('on_alarm', 'alarm'): (9.4, 7.8, 13.8, 13.8),
    ('ok', 'ok_bg'): None, ('ink', 'ok_bg'): None, ('ink', 'warn_bg'): None, ('ink', 'danger_bg'): None,
    ('ink', 'wisteria_bg'): None, ('warn', 'ground'): None, ('on_veil', 'veil'): None,
}
SHAPES = {
    ('edge', 'ground'): (4.0, 6.0, 21, 21), ('edge', 'surface'): (4.4, 5.2, 21, 21),
    ('call_edge', 'surface'): (5.1, 7.6, None, 21), ('ring_in', 'ring_out'): (14.7, 14.7, 14.7, 14.7),
    ('ring_out', 'ground'): (19.2, 12.5, 21, 14.7), ('sea', 'mist'): None, ('danger', 'danger_bg'): None,
}


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_of(figures, number, floor):
    designed = figures[number] if figures else None
    return max(floor, designed - 0.1) if designed else floor


def look_at(number, colours, names):
    for name in sorted(names - set(colours)):
        yield f'{name} is not defined'
    floors = ((TEXT, 7 if PALETTES[number].startswith('hc') else 4.5), (SHAPES, 3))
    for pairs, floor in floors:
        for (ink, ground), figures in pairs.items():
            found, least = contrast(colours[ink], colours[ground]), least_of(figures, number, floor)
            if found < least:
                yield f'{ink} on {ground}: {found:.1f}, less than {least:.1f}'


def main():
    theme = pathlib.Path(sys.argv[1]) / 'kiosk/theme'
    palettes = [dict(re.findall(r'@define-color mado_(\w+) (#[0-9A-Fa-f]{6});', (theme / f'{name}.css').read_text()))
                for name in PALETTES]
    used = set(re.findall(r'@mado_(\w+)', ''.join((theme / name).read_text() for name in ('style.css', 'pages.css'))))
    names = used.union(*palettes)
    broken = 0
    print(f'1..{len(PALETTES)}')
    for number, colours in enumerate(palettes):
        findings = list(look_at(number, colours, names))
        broken += bool(findings)
        print(f"{'not ok' if findings else 'ok'} {number + 1} - {PALETTES[number]}")
        for finding in findings:
            print(f'# {finding}')
    return 1 if broken else 0


if __name__ == '__main__':
    sys.exit(main())
