# SPDX-License-Identifier: GPL-3.0-or-later
"""A kiosk on a screen before a city, and what a resident does at it: what is awaited is what can be read there."""
import os
import pathlib
import re
import subprocess
import sys

from city import City, SAMPLE, skip
from screen import NotThere, Screen, until
import traces

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLAN = 'あなたに必要な手続き'
CHECK = '答えを 確かめてください'
STAY = object()     # the act itself went to another page

VOICED = dict(zip('がぎぐげござじずぜぞだぢづでどばびぶべぼ', 'かきくけこさしすせそたちつてとはひふへほ'))
SMALL = dict(zip('ゃゅょっぁぃぅぇぉ', 'やゆよつあいうえお'))


def write_credentials(screen, city, device='kiosk-1'):
    path = screen.folder / 'credentials'
    secret = next(d['secret'] for d in SAMPLE['devices'] if d['id'] == device)
    group = city.url.replace('[', '%5B').replace(']', '%5D')
    path.write_text(f'[{group}]\n{device}={secret}\n')
    path.chmod(0o600)
    return path


class Kiosk:
    def __init__(self, city, screen):
        self.city, self.screen = city, screen
        self.paper = screen.folder / 'paper'
        self.log_start = len(city.service.log)      # the sample city tells its cards before
        self.process = screen.start(self.command(city, screen, 'kiosk', self.paper))
        screen.see('つながっています')

    @staticmethod
    def command(city, screen, state, paper):
        return ['mado-kiosk', '--service', city.url, '--device', 'kiosk-1',
                '--credentials', write_credentials(screen, city), '--state', screen.folder / state,
                '--printer', f'file:{paper}', '--city', ROOT / 'data/cities/fujisawa']

    def kept(self):
        """What waits for the line, sealed."""
        return list((self.screen.folder / 'kiosk' / 'spool').glob('*'))

    # --- one page after another ---------------------------------------------------------------------------------

    def heading(self):
        return next((name for name, role, _ in self.screen.tree.showing() if role == 'heading' and name), None)

    def look(self):
        """All that can be seen now, for more than one question about it."""
        return list(self.screen.tree.showing())

    def listen(self, look):
        """What a screen reader says of a page: its heading once, and words only."""
        assert sum(role == 'heading' for _, role, _ in look) == 1, look
        assert not [name for name, _, _ in look if re.match('Mado[A-Z]', name)], look

    def place(self, look=None):
        """Which page this is: its heading, and how far it is from the last."""
        shown = [(name, role) for name, role, _ in look or self.screen.tree.showing() if name]
        return ([name for name, role in shown if role == 'heading'][:1],
                [name for name, role in shown if role == 'label' and name.startswith('質問 ')],
                [name for name, role in shown if role == 'label' and name.endswith('人目')])

    def turn(self):
        """What does not fit stands overleaf."""
        key = self.screen.tree.find('つづき', 'button').get_name()
        self.screen.press(key, 'button')
        self.screen.gone(key)

    def turn_to(self, name, role=None):
        def look():
            return self.screen.shows(name, role) and 'here' or self.screen.shows('つづき', 'button') and 'overleaf'

        while until(look, f'no {name!r} on any leaf') == 'overleaf':
            self.turn()

    def find_next(self):
        """The key at the bottom right, and all that is seen with it."""
        look = self.look()
        key = next((found for found in look if found[0].startswith(('つづき', 'つぎは')) and 'button' in found[1]), None)
        return key and (*key, look)

    def next_page(self):
        key, _, node, look = until(self.find_next, 'no key to the next page')
        while key.startswith('つづき'):
            self.screen.press_node(node)
            self.screen.gone(key)
            key, _, node, look = until(self.find_next, 'no key to the next page')
        self.listen(look)
        before = self.place(look)
        self.screen.press_node(node)

        def went_on():
            after = self.look()
            refused = next((name for name, role, _ in after if role == 'heading' and name.startswith('あと')), None)
            assert not refused, f'{before} is refused: {self.screen.words()}'
            return self.place(after) != before

        until(went_on, f'{before} does not go on')

    def go_through(self, answers, end=CHECK):
        """Page after page until the check page; what each heading calls for is done, each time it comes."""
        for _ in range(60):
            heading = until(lambda: (h := self.heading()) in (end, *answers) and h,
                            lambda: f'no question known here: {self.heading()} of {self.screen.words()}')
            if heading == end:
                return
            if answers[heading](self) is not STAY:
                self.next_page()
        raise AssertionError('the questions never end')

    # --- what a resident does -----------------------------------------------------------------------------------

    def begin(self, procedure):
        self.screen.press('手続き')
        self.screen.press('手続きの名前から選ぶ', 'button')
        self.turn_to(procedure)
        self.screen.press(procedure)
        self.screen.press('はじめる', 'button')

    def begin_event(self, event, answers):
        """What happened, and its interview; up to what it calls for."""
        self.screen.press('手続き')
        self.screen.press(event, 'button')
        self.go_through(answers, end=PLAN)

    def show_card(self, card):
        """As a scanner does: it types the number; then the PIN on the keys of the screen."""
        number, pin = card
        self.screen.see('カードの番号')
        self.screen.type(number)
        self.press_keys(pin)
        self.screen.press('つぎへ', 'button')

    def find_case(self, card, title):
        self.screen.press('申請のつづき・結果')
        self.show_card(card)
        self.screen.press(title)

    def press_keys(self, keys):
        """On the keyboard of the screen; what else bears a key's name stands before it."""
        self.screen.press_all(list(keys))

    def write_kana(self, reading):
        keys = []
        for kana in reading:
            keys.append(VOICED.get(kana) or SMALL.get(kana) or kana)
            if kana in VOICED:
                keys.append('か→が')
            elif kana in SMALL:
                keys.append('つ→っ')
        self.press_keys(keys)

    def write_kanji(self, reading, words):
        """By its sounds; then the candidate is touched."""
        self.write_kana(reading)
        self.screen.press(words, 'button')

    def file(self, key='申請する', answer='申請しました'):
        while self.screen.shows('つづき', 'button'):
            self.turn()
        self.screen.press(key, 'button')
        self.screen.see(answer)
        return self.number()

    def number(self):
        """What stands on the last page, as it is read out."""
        def is_number(words):
            return words.count(' - ') in (1, 2) and len(words) < 24

        words = until(lambda: next(filter(is_number, self.screen.words()), None), 'no number on the page')
        return words.replace(' ', '')

    def print(self, tile, papers=1):
        """The words on the paper that comes out, as many @papers for one touch."""
        before = set(self.paper.glob('*.pdf'))
        self.turn_to(tile)
        self.screen.press(tile)
        until(lambda: len(set(self.paper.glob('*.pdf')) - before) >= papers, 'no paper came out')
        self.screen.see('印刷しました')
        new = set(self.paper.glob('*.pdf')) - before
        assert len(new) == papers, f'{len(new)} papers for one touch'
        return ''.join(subprocess.run(['pdftotext', path, '-'], capture_output=True, text=True, check=True).stdout
                       for path in sorted(new))

    def finish(self, *typed):
        """Ends the visit. What was @typed in it (the first of it is there until now) is then nowhere but on paper."""
        assert not typed or traces.in_memory(self.process.pid, typed[:1]), f'{typed[0]} is not found before the end'
        while self.screen.shows('つづき', 'button'):
            self.turn()
        self.screen.press('終わる（消します）', 'button')
        self.screen.see('消しました')
        self.screen.see('きょうは、どのご用ですか')
        if typed:
            self.assert_wiped(typed)

    def assert_wiped(self, typed):
        for pid in traces.descendants(self.process.pid):
            left = traces.in_memory(pid, typed)
            assert not left, f'left in memory: {left}'
        left = traces.in_files(self.screen.folder, typed, apart_from=[self.paper])
        assert not left, f'left in the files of the kiosk: {left}'
        left = traces.in_files(self.city.folder, typed)
        assert not left, f'in plain words in the files of the city: {left}'
        log = ''.join(self.city.service.log[self.log_start:])
        assert not any(word in log for word in typed), 'left in the log of the service'


# --- answers, by heading ----------------------------------------------------------------------------------------

def leave(kiosk):
    """Nothing to say here."""


def choose(words):
    def act(kiosk):
        kiosk.turn_to(words)
        kiosk.screen.press(words)
    return act


def digits(text):
    return lambda kiosk: kiosk.press_keys(text)


def date(era, day):
    """Of the year of the era, the month and the day: two digits each."""
    def act(kiosk):
        kiosk.screen.press(era, 'button')
        kiosk.screen.press_field('年')
        kiosk.press_keys(day)
    return act


def fill(*fields):
    """(label, act) of each field; one overleaf is turned to."""
    def act(kiosk):
        for label, write in fields:
            kiosk.turn_to(label, 'text')
            kiosk.screen.press_field(label)
            write(kiosk)
    return act


def kana(reading):
    return lambda kiosk: kiosk.write_kana(reading)


def kanji(reading, words):
    return lambda kiosk: kiosk.write_kanji(reading, words)


def hardware(text):
    """On a keyboard with keys."""
    return lambda kiosk: kiosk.screen.type(text)


def add_row(words):
    def act(kiosk):
        kiosk.screen.press(words)
        return STAY
    return act


def in_turn(*acts):
    """The first time the first, and so on."""
    rest = iter(acts)
    return lambda kiosk: next(rest)(kiosk)


def run_walk(walks):
    """What the walks' files do: `FILE ENGINE NAME`. Prints TAP; of a failure a picture, the words shown and the log."""
    engine, name = sys.argv[1:3]
    if engine == 'postgres' and not pathlib.Path('/usr/lib/postgresql').exists():
        skip('no PostgreSQL here')
    print('1..1', flush=True)
    with City(engine) as city, Screen() as screen:
        try:
            walks[name](city, Kiosk(city, screen))
        except (AssertionError, NotThere) as problem:
            screen.picture(os.environ.get('MADO_UI_PICTURES', str(screen.folder)) + f'/walk-{name}.png')
            print(f'not ok 1 - {name} on {engine}\n# {problem}')
            print('#', ' | '.join(w for w in screen.words() if w)[:3000])
            print('#', screen.log.read_text(errors='replace')[-2000:].replace('\n', '\n# '))
            return 1
    print(f'ok 1 - {name} on {engine}')
    return 0
