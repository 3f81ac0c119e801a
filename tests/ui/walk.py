#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main walk on the real window: fingers and keys on the kiosk, a clerk at the service, paper in a folder.

    walk.py ENGINE PROCEDURE
"""
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'tests/testlib'), str(ROOT / 'tests/ui')]
from city import City, SAMPLE, skip          # noqa: E402
from screen import NotThere, Screen          # noqa: E402

RESIDENT = ('901420510371', '1941')     # 髙﨑 美代子, of Kugenuma
NEWCOMER = ('901420512591', '9005')     # 佐々木 悠斗, of Numazu


class Kiosk:
    """A kiosk on a screen of its own before a city, and what a resident does at it."""

    def __init__(self, city, screen):
        self.city, self.screen = city, screen
        self.paper = screen.folder / 'paper'
        credentials = screen.folder / 'credentials'
        secret = next(d['secret'] for d in SAMPLE['devices'] if d['id'] == 'kiosk-1')
        group = city.url.replace('[', '%5B').replace(']', '%5D')
        credentials.write_text(f'[{group}]\nkiosk-1={secret}\n')
        credentials.chmod(0o600)
        self.process = screen.start(
            ['mado-kiosk', '--service', city.url, '--device', 'kiosk-1', '--credentials', credentials,
             '--state', screen.folder / 'kiosk', '--printer', f'file:{self.paper}',
             '--city', ROOT / 'data/cities/fujisawa'])
        screen.see('手続き')

    def pages(self):
        return sorted(self.paper.glob('*.pdf')) if self.paper.exists() else []

    def wait_for_paper(self, n):
        end = time.monotonic() + 20
        while len(self.pages()) < n and time.monotonic() < end:
            time.sleep(0.1)
        assert len(self.pages()) == n, f'{len(self.pages())} papers instead of {n}'
        return subprocess.run(['pdftotext', self.pages()[-1], '-'], capture_output=True, text=True).stdout

    def show_card(self, card):
        """As a scanner does: it types the number; then the PIN on the keys of the screen."""
        number, pin = card
        self.screen.see('カードの番号')
        self.screen.type(number)
        for digit in pin:
            self.screen.press(digit, 'button')
        self.screen.press('つぎへ', 'button')

    def on_page(self, words):
        return self.screen.tree.find(words, None, 0, raise_missing=False) is not None

    def go_through(self, answers):
        """Page after page until the check page; what each heading calls for is done, each time it comes."""
        for _ in range(60):
            heading = self.wait_for_one_of([*answers, '答えを 確かめてください'])
            if heading not in answers:
                return
            if answers[heading](self.screen) is not STAY:
                self.next_page(heading)
        raise AssertionError('the questions never end')

    def wait_for_one_of(self, headings):
        end = time.monotonic() + 15
        while time.monotonic() < end:
            words = self.screen.words()
            for heading in headings:
                if heading in words:
                    return heading
            time.sleep(0.1)
        raise NotThere(f'none of {headings} on the screen')

    def next_page(self, heading):
        """The key at the bottom right; a page that goes on overleaf is turned first."""
        for _ in range(6):
            if not self.on_page('つづき'):
                break
            self.screen.press('つづき', 'button')
            time.sleep(0.3)
        self.screen.press('つぎは', 'button')
        time.sleep(0.3)
        assert not self.on_page('見直'), f'the answer to {heading} was refused'

    def finish(self):
        self.screen.press('終わる（消します）', 'button')
        self.screen.see('消しました')
        self.screen.see('きょうは、どのご用ですか')

    def number(self):
        """What stands on the end page, as it is read out."""
        words = next(w for w in self.screen.words() if w.count(' - ') in (1, 2) and len(w) < 24)
        return words.replace(' ', '')


STAY = object()     # the act itself went to another page


def choose(words):
    return lambda screen: screen.press(words)


def write(text):
    def act(screen):
        screen.type(text)
        screen.key('Return')
    return act


def fill(fields):
    """By label; a field overleaf is turned to."""
    def act(screen):
        for label, text in fields:
            for _ in range(6):
                if screen.tree.find(label, None, 0, raise_missing=False):
                    break
                screen.press('つづき', 'button')
                time.sleep(0.3)
            screen.press(label, 'text')
            screen.type(text)
            screen.key('Return')
    return act


def date(era, digits):
    def act(screen):
        screen.press(era, 'button')
        screen.press('年', 'text')
        for digit in digits:
            screen.press(digit, 'button')
    return act


def leave(screen):
    """Nothing to say here."""


def once(first, then):
    """A list of rows: add one, and go on when it comes again."""
    acts = [first, then]
    return lambda screen: (acts.pop(0) if len(acts) > 1 else acts[0])(screen)


def add_row(words):
    def act(screen):
        screen.press(words)
        return STAY
    return act


def step(city, number, event, **body):
    clerk = city.staff_token()
    case = city.request('GET', f'/v1/cases/{number}', token=clerk)
    return city.request('POST', f'/v1/cases/{number}/transitions', {'event': event, **body}, clerk,
                        headers={'If-Match': city.etag()}) or case


def residence_record(city, kiosk):
    """A copy of the residence record of one's own household: granted by rule, printed once it is paid."""
    screen = kiosk.screen
    screen.press('手続き')
    screen.press('住民票の写し')
    screen.see('申請できる人')
    screen.press('はじめる', 'button')
    kiosk.show_card(RESIDENT)
    kiosk.go_through({
        '昼間に つながる 電話番号': write('0466251111'),
        'だれの 住民票が いりますか': choose('世帯の全員'),
        'いっしょに のせることは ありますか': leave,
        '何通 いりますか': write('1'),
        '何に 使いますか': leave,
        'どこに 出しますか': leave,
    })
    screen.see('髙﨑 美代子')
    screen.press('申請する', 'button')
    screen.see('申請しました')
    number = kiosk.number()
    screen.press('控えを紙に印刷する')
    assert number in kiosk.wait_for_paper(1)

    clerk = city.staff_token()
    assert city.request('GET', f'/v1/cases/{number}', token=clerk)['state'] == 'granted'
    step(city, number, 'paid')
    kiosk.finish()

    screen.press('申請のつづき・結果')
    kiosk.show_card(RESIDENT)
    screen.press('住民票の写し')
    screen.press('証明書・通知を印刷する')
    certificate = kiosk.wait_for_paper(2)
    assert '髙﨑 美代子' in certificate and '鵠沼橘' in certificate, certificate[:400]


def moving_in(city, kiosk):
    """A report of moving in: a clerk asks back, the resident corrects it, the letter is printed."""
    screen = kiosk.screen
    screen.press('手続き')
    screen.press('転入届')
    screen.press('はじめる', 'button')
    kiosk.show_card(NEWCOMER)
    kiosk.go_through({
        '昼間に つながる 電話番号': write('09000001234'),
        '引っ越した日は いつですか': date('令和', '81110'),
        '新しい 住所': fill([('町名・丁目', '鵠沼海岸二丁目'), ('番地・号', '1-2')]),
        'どこから 引っ越して きましたか': choose('日本の、ほかの市区町村から'),
        '前の 市区町村に 転出の 届け出を しましたか': choose('はい'),
        '世帯は どうなりますか': choose('引っ越してきた人だけで、新しい世帯をつくる'),
        'あなたも 引っ越して きましたか': choose('はい'),
        '引っ越してきた人': once(add_row('もう1人 入れる'), leave),
        'お名前': write('佐々木 悠斗'),
        '生年月日': date('平成', '20524'),
        '性別': choose('男'),
        '世帯主から 見た 続柄': choose('世帯主'),
        '国籍・地域': choose('日本'),
        '本籍と 筆頭者': leave,
        'マイナンバーカードを 持っていますか': choose('はい'),
    })
    screen.press('申請する', 'button')
    screen.see('申請しました')
    number = kiosk.number()
    kiosk.finish()

    step(city, number, 'accept')
    step(city, number, 'review')
    step(city, number, 'return', message='番地を、もう一度確かめてください。')
    screen.press('申請のつづき・結果')
    kiosk.show_card(NEWCOMER)
    screen.press('転入届')
    screen.see('番地を、もう一度確かめてください。')
    screen.press('直して 出し直す', 'button')
    screen.press('変更: 電話', 'button')
    screen.see('昼間に つながる 電話番号')
    screen.press('全部消す', 'button')
    screen.type('09000005678')
    screen.press('つぎは', 'button')
    screen.press('出し直す', 'button')
    screen.see('申請しました')
    kiosk.finish()

    clerk = city.staff_token()
    case = city.request('GET', f'/v1/cases/{number}', token=clerk)
    assert case['answers']['applicant.phone'].replace('-', '') == '09000005678', case['answers']['applicant.phone']
    if case['state'] == 'submitted':
        step(city, number, 'accept')
    if case['state'] in ('submitted', 'accepted'):
        step(city, number, 'review')
    step(city, number, 'grant')
    screen.press('申請のつづき・結果')
    kiosk.show_card(NEWCOMER)
    screen.press('転入届')
    screen.press('証明書・通知を印刷する')
    assert '佐々木 悠斗' in kiosk.wait_for_paper(1)


WALKS = {'juminhyo': residence_record, 'tennyu': moving_in}


def main():
    engine, procedure = sys.argv[1:3]
    if engine == 'postgres' and not pathlib.Path('/usr/lib/postgresql').exists():
        skip('no PostgreSQL here')
    print('1..1')
    with City(engine) as city, Screen() as screen:
        try:
            WALKS[procedure](city, Kiosk(city, screen))
        except (AssertionError, NotThere) as problem:
            screen.picture(os.environ.get('MADO_UI_PICTURES', str(screen.folder)) + f'/walk-{procedure}.png')
            print(f'not ok 1 - {procedure} on {engine}\n# {problem}')
            print('#', ' | '.join(screen.words())[:3000])
            return 1
    print(f'ok 1 - {procedure} on {engine}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
