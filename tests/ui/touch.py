#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A filing by real touches, through Broadway.

GTK has no accessible tree there. So a finger goes through the walk first on a screen that has one, and every place
it touched is touched again on the other kiosk, each once the service has answered what it had answered then.
"""
import os
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'tests/testlib'), str(ROOT / 'tests/ui')]
from broadway import Glass            # noqa: E402
from city import City, skip           # noqa: E402
from kiosk import Kiosk, choose, digits, leave      # noqa: E402
from screen import Screen, until      # noqa: E402
from walk import RESIDENT, Clerk      # noqa: E402


def count(city, method, route):
    """How often the service did what was asked of it there."""
    lines = city.request('GET', '/v1/metrics', raw=True).decode().splitlines()
    wanted = [line for line in lines if f'requests_total{{method="{method}",route="{route}' in line]
    return sum(int(line.split()[-1]) for line in wanted if 'status="2xx"' in line)


def count_acts(city):
    return count(city, 'POST', '/v1/visits')


class Recorder(Screen):
    """Keeps where it was touched, and how much the service had done by then."""

    def __enter__(self):
        self.touches, self.city = [], None
        return super().__enter__()

    def touch(self, x, y):
        self.touches.append((x, y, count_acts(self.city)))
        super().touch(x, y)


def file_by_hand(kiosk):
    kiosk.begin('住民票の写し')
    kiosk.screen.see('カードの番号')
    kiosk.press_keys(RESIDENT[0] + RESIDENT[1])
    kiosk.screen.press('つぎへ', 'button')
    kiosk.go_through({
        '昼間に つながる 電話番号': leave,
        'だれの 住民票が いりますか': choose('世帯の全員'),
        'いっしょに のせることは ありますか': leave,
        '何通 いりますか': digits('1'),
        '何に 使いますか': leave,
        'どこに 出しますか': leave,
    })
    return kiosk.file()


def repeat(glass, touches, city):
    done = count_acts(city)
    for x, y, acts in touches:
        until(lambda: count_acts(city) - done >= acts, 'the service was not asked for what it should')
        glass.settle()
        glass.touch(x, y)


def by_touch(city, screen):
    screen.city = city
    kiosk = Kiosk(city, screen)
    first = file_by_hand(kiosk)
    kiosk.process.terminate()
    kiosk.process.wait()
    clerk, forms = Clerk(city), count(city, 'GET', '/v1/forms')

    glass = Glass(screen)
    glass.start(Kiosk.command(city, screen, 'touch', kiosk.paper))
    until(lambda: glass.settle() or glass.window(), 'no window in the browser')
    until(lambda: count(city, 'GET', '/v1/forms') >= 2 * forms, 'the kiosk does not learn what is offered')
    repeat(glass, screen.touches, city)
    filed = until(lambda: [case for case in clerk.list() if case['number'] != first], 'nothing was filed by touch')
    assert len(filed) == 1, f'{len(filed)} cases by one touch'
    case, wanted = clerk.look(filed[0]['number']), clerk.look(first)
    assert forms and case['state'] == 'granted' and case['answers'] == wanted['answers'], case


def main():
    if not shutil.which('gtk4-broadwayd'):
        skip('no gtk4-broadwayd here')
    print('1..1', flush=True)
    with City() as city, Recorder() as screen:
        try:
            by_touch(city, screen)
        except AssertionError as problem:
            screen.picture(os.environ.get('MADO_UI_PICTURES', str(screen.folder)) + '/touch.png')
            print(f'not ok 1 - a filing by touch\n# {problem}')
            print('#', screen.log.read_text(errors='replace')[-2000:].replace('\n', '\n# '))
            return 1
    print('ok 1 - a filing by touch')
    return 0


if __name__ == '__main__':
    sys.exit(main())
