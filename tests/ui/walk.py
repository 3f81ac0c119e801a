#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main walks on the real window: fingers on the kiosk, a clerk at the service, paper in a folder.

    walk.py ENGINE PROCEDURE
"""
import datetime
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'tests/testlib'), str(ROOT / 'tests/ui'), str(ROOT / 'tests/simulator')]
from kiosk import (add_row, choose, date, digits, fill, hardware, in_turn, kana, kanji,    # noqa: E402
                   leave, run_walk)
from screen import until  # noqa: E402
from simulator import Simulator, notifier  # noqa: E402

RESIDENT = ('901420510371', '1941')     # 髙﨑 美代子, of Kugenuma
CODE = '10000000015'                    # hers in the residence records
NEWCOMER = ('901420512591', '9005')     # 佐々木 悠斗, of Numazu
MARKER = 'ぬへめろぬゆへ'               # typed in a visit, and to be found nowhere after it
BILL = '保育料 10月分（下のお子さん）'
QUESTION = '番地を、もう一度確かめてください。'


class Clerk:
    def __init__(self, city):
        self.city, self.token = city, city.staff_token()

    def look(self, number):
        return self.city.request('GET', f'/v1/cases/{number}', token=self.token)

    def do(self, number, event, **body):
        self.look(number)
        return self.city.request('POST', f'/v1/cases/{number}/transitions', {'event': event, **body}, self.token,
                                 headers={'If-Match': self.city.etag()})

    def list(self):
        return self.city.request('GET', '/v1/cases', token=self.token)['items']

    def ask_back(self, number):
        for event in ('accept', 'review'):
            self.do(number, event)
        self.do(number, 'return', message=QUESTION)


def correct(kiosk, card, title, label, heading, act):
    """The clerk's question is read, one answer changed, the case filed again."""
    screen = kiosk.screen
    kiosk.find_case(card, title)
    screen.see(QUESTION)
    screen.press('直して 出し直す', 'button')
    screen.see(QUESTION)
    kiosk.turn_to(f'変更: {label}', 'button')
    screen.press(f'変更: {label}', 'button')
    kiosk.go_through({heading: act})
    return kiosk.file('出し直す')


def anew(act):
    """What stood in the field goes first."""
    def both(kiosk):
        kiosk.screen.press('全部消す', 'button')
        act(kiosk)
    return both


WHOLE_HOUSEHOLD = {
    '昼間に つながる 電話番号': digits('0466251111'),
    'だれの 住民票が いりますか': choose('世帯の全員'),
    'いっしょに のせることは ありますか': leave,
    '何通 いりますか': digits('1'),
    '何に 使いますか': leave,
    'どこに 出しますか': leave,
}


def at_once(city, kiosk):
    """A copy of the record of one's own household: granted by rule, printed once it is paid."""
    screen, clerk = kiosk.screen, Clerk(city)
    kiosk.begin('住民票の写し')
    kiosk.show_card(RESIDENT)
    kiosk.go_through(WHOLE_HOUSEHOLD)
    screen.see('髙﨑 美代子')
    number = kiosk.file()
    assert number in kiosk.print('控えを紙に印刷する')
    assert clerk.look(number)['state'] == 'granted'
    clerk.do(number, 'paid')
    kiosk.finish('髙﨑 美代子', RESIDENT[0])

    kiosk.find_case(RESIDENT, '住民票の写し')
    certificate = kiosk.print('証明書・通知を印刷する')
    assert '髙﨑 美代子' in certificate and '鵠沼橘' in certificate, certificate[:400]
    kiosk.finish('髙﨑 美代子', RESIDENT[0])
    clerk.do(number, 'close')


def prepared(city, kiosk):
    """The same without a card: prepared at the kiosk, identified by the clerk, sent back, corrected, granted."""
    screen, clerk = kiosk.screen, Clerk(city)
    kiosk.begin('住民票の写し')
    screen.press('カードなしで進む', 'button')
    kiosk.go_through({
        'あなたの お名前': fill(('氏名', kanji('たかさき', '高崎'))),
        'あなたの 生年月日': date('昭和', '160302'),
        'いまの 住所': fill(('町名', kanji('くげぬま', '鵠沼')), ('番地・号', hardware('2-3')),
                            ('建物名', kana(MARKER))),
        '昼間に つながる 電話番号': digits('0466251111'),
        'だれの 住民票が いりますか': choose('自分だけ'),
        'いっしょに のせることは ありますか': leave,
        '何通 いりますか': digits('1'),
        '何に 使いますか': leave,
        'どこに 出しますか': leave,
    })
    number = kiosk.file(answer='準備ができました')
    kiosk.finish(MARKER)
    assert clerk.look(number)['answers']['currentAddress.buildingNameEtc'] == MARKER

    clerk.do(number, 'identify', cardNumber=RESIDENT[0])
    clerk.ask_back(number)
    assert correct(kiosk, RESIDENT, '住民票の写し', '通数', '何通 いりますか', anew(digits('2'))) == number
    kiosk.finish('髙﨑 美代子', RESIDENT[0])

    case = clerk.look(number)
    assert case['answers']['certificate.copies'] == 2 and case['state'] == 'in-review', case
    assert case['answers']['applicant.fullName'] == '髙﨑 美代子', case['answers']     # as the register has it
    clerk.do(number, 'grant')
    clerk.do(number, 'paid')
    kiosk.find_case(RESIDENT, '住民票の写し')
    certificate = kiosk.print('証明書・通知を印刷する')
    assert '髙﨑 美代子' in certificate and certificate.count('原本と相違ない') == 2, certificate
    kiosk.finish('髙﨑 美代子', RESIDENT[0])


def residence_record(city, kiosk):
    at_once(city, kiosk)
    prepared(city, kiosk)


def days_ago(n):
    day = datetime.date.today() - datetime.timedelta(n)
    return '%02d%02d%02d' % (day.year - 2018, day.month, day.day)      # of Reiwa


def moving_in(city, kiosk):
    """Two people move in: the clerk asks back, the resident corrects it, the letter is printed."""
    screen, clerk = kiosk.screen, Clerk(city)
    kiosk.begin('転入届')
    kiosk.show_card(NEWCOMER)
    kiosk.go_through({
        '昼間に つながる 電話番号': digits('09000001234'),
        '引っ越した日は いつですか': date('令和', days_ago(5)),
        '新しい 住所': fill(('町名', kanji('くげぬまかいがん', '鵠沼海岸')), ('番地・号', hardware('1-2')),
                            ('建物名', kana(MARKER))),
        'どこから 引っ越して きましたか': choose('日本の、ほかの市区町村から'),
        '前の 市区町村に 転出の 届け出を しましたか': choose('はい'),
        '世帯は どうなりますか': choose('引っ越してきた人だけで、新しい世帯をつくる'),
        '引っ越してきた人': in_turn(add_row('もう1人 入れる'), leave),
        'お名前': fill(('氏名', kanji('ささき', '佐々木'))),
        '生年月日': date('平成', '050303'),
        '性別': in_turn(choose('男'), choose('女')),
        '世帯主から 見た 続柄': in_turn(choose('世帯主'), choose('夫・妻')),
        '国籍・地域': choose('日本'),
        '本籍と 筆頭者': leave,
        'マイナンバーカードを 持っていますか': choose('はい'),
    })
    number = kiosk.file()
    assert number in kiosk.print('控えを紙に印刷する')
    form = kiosk.print('市の様式に印刷する')
    assert number in form and '新しい世帯主' in form and MARKER in form, form
    kiosk.finish(MARKER, '佐々木 悠斗', NEWCOMER[0], '09000001234')

    clerk.ask_back(number)
    assert correct(kiosk, NEWCOMER, '転入届', '電話', '昼間に つながる 電話番号', anew(digits('09000005678'))) == number
    kiosk.finish(MARKER, '佐々木 悠斗', NEWCOMER[0])

    case = clerk.look(number)
    assert case['state'] == 'in-review', case['state']
    assert case['answers']['applicant.phone'].replace('-', '') == '09000005678', case['answers']['applicant.phone']
    assert case['answers']['newAddress.buildingNameEtc'] == MARKER, case['answers']
    assert len(case['answers']['household.members']) == 2, case['answers']
    assert len(clerk.list()) == 1, clerk.list()
    clerk.do(number, 'grant')
    kiosk.find_case(NEWCOMER, '転入届')
    assert '佐々木 悠斗' in kiosk.print('証明書・通知を印刷する')
    kiosk.finish('佐々木 悠斗', NEWCOMER[0])


def without_line(city, kiosk):
    """The service dies in mid-visit: the filing is kept sealed, and is there once when the service is back."""
    kiosk.begin('住民票の写し')
    kiosk.show_card(RESIDENT)
    kiosk.go_through({**WHOLE_HOUSEHOLD, 'どこに 出しますか': lambda kiosk: city.service.kill()})
    ticket = kiosk.file(answer='お預かりしました')
    assert len(kiosk.kept()) == 1, kiosk.kept()
    kiosk.finish('髙﨑 美代子', RESIDENT[0])

    city.service.start()
    clerk = Clerk(city)
    filed = until(clerk.list, 'what was kept is not sent')
    kiosk.screen.see('つながっています')
    until(lambda: not kiosk.kept(), 'what was sent is still kept')
    assert clerk.list() == filed and len(filed) == 1, filed
    assert filed[0]['number'].startswith(ticket), f'{filed} for {ticket}'
    assert clerk.look(filed[0]['number'])['answers']['certificate.scope'] == 'all'


def another_day(city, kiosk):
    """Handed in half-way and wiped from the machine; found again by the card, gone on with, filed once."""
    screen, clerk = kiosk.screen, Clerk(city)
    kiosk.begin('住民票の写し')
    kiosk.show_card(RESIDENT)
    kiosk.go_through(WHOLE_HOUSEHOLD, end='何通 いりますか')
    screen.press('あとで つづける', 'button')
    screen.see('その日をすぎると、答えを消します')
    screen.press('預ける', 'button')
    screen.see('答えを お預かりしました')
    assert kiosk.number()
    kiosk.finish('髙﨑 美代子', RESIDENT[0], '0466251111')
    assert clerk.list() == [], clerk.list()

    kiosk.find_case(RESIDENT, 'とちゅうの申請をつづける')
    kiosk.go_through({'何通 いりますか': digits('2'), '何に 使いますか': leave, 'どこに 出しますか': leave})
    screen.see('世帯の全員')
    number = kiosk.file()
    kiosk.finish('髙﨑 美代子', RESIDENT[0])
    answers = clerk.look(number)['answers']
    assert answers['certificate.scope'] == 'all' and answers['certificate.copies'] == 2, answers
    assert answers['applicant.phone'].replace('-', '') == '0466251111', answers

    kiosk.find_case(RESIDENT, '住民票の写し')      # filed, so nothing waits to be gone on with
    screen.press('もどる', 'button')
    screen.see('住民票の写し')
    assert not screen.shows('とちゅうの申請をつづける'), screen.words()
    assert len(clerk.list()) == 1, clerk.list()


def read_code(kiosk):
    picture = kiosk.screen.picture(kiosk.screen.folder / 'code.png')
    found = subprocess.run(['zbarimg', '-q', '--raw', picture], capture_output=True, text=True).stdout.split()
    return found and found[0]


def show_code(kiosk):
    """To the code on the screen; gives what a phone reads there."""
    kiosk.screen.press('スマホで 払う')
    kiosk.screen.see('のこり時間')
    return until(lambda: read_code(kiosk), 'no phone can read the code')


def file_for_a_fee(kiosk):
    kiosk.begin('住民票の写し')
    kiosk.show_card(RESIDENT)
    kiosk.go_through(WHOLE_HOUSEHOLD)
    kiosk.file()
    kiosk.turn_to('¥300 を払う', 'button')
    kiosk.screen.press('¥300 を払う', 'button')


def certificate_comes_out(kiosk, before):
    """By itself, nobody pressed anything."""
    new = until(lambda: set(kiosk.paper.glob('*.pdf')) - before, 'no certificate came out')
    kiosk.screen.see('印刷しました')
    words = subprocess.run(['pdftotext', new.pop(), '-'], capture_output=True, text=True, check=True).stdout
    assert '髙﨑 美代子' in words and '鵠沼橘' in words, words[:400]


def take_time(kiosk, wallet):
    """Another way after all, and then the same again; five minutes more; the next code comes when the first is over."""
    screen = kiosk.screen
    file_for_a_fee(kiosk)
    show_code(kiosk)
    screen.press('ほかの払い方', 'button')
    screen.see('まだ 払っていません。')
    first = show_code(kiosk)
    screen.press('5分のばす', 'button')
    screen.see('9分')
    wallet.command('expire')
    second = until(lambda: (code := read_code(kiosk)) != first and code, 'no second code comes')
    screen.see('9分')
    wallet.pay(second)
    screen.see('払いました')
    kiosk.finish('髙﨑 美代子', RESIDENT[0])


def print_a_slip(kiosk):
    """For the way home; gives what a scanner reads on it."""
    before = set(kiosk.paper.glob('*.pdf'))
    kiosk.print('納付書を 印刷する')
    slip = (set(kiosk.paper.glob('*.pdf')) - before).pop()
    picture = kiosk.screen.folder / 'slip'
    subprocess.run(['pdftoppm', '-r', '300', '-png', '-singlefile', slip, picture], check=True)
    read = subprocess.run(['zbarimg', '-q', '--raw', f'{picture}.png'], capture_output=True, text=True).stdout
    return next(line for line in read.split() if line.startswith('91') and len(line) == 44)


def pay_a_slip(kiosk, wallet):
    """What was filed and not paid goes home as a slip; somebody else, without a card, holds it under the scanner."""
    screen = kiosk.screen
    file_for_a_fee(kiosk)
    code = print_a_slip(kiosk)
    screen.press('もどる', 'button')
    kiosk.finish('髙﨑 美代子', RESIDENT[0])

    screen.press('お支払い')
    screen.press('納付書を 読み取る', 'button')
    screen.see('バーコード')
    screen.type(code)
    screen.press('つぎへ', 'button')
    screen.see('どうやって 払いますか')
    assert not any('髙﨑' in words or '住民票' in words for words in screen.words()), screen.words()
    wallet.command(webhook='once')
    wallet.pay(show_code(kiosk))
    screen.see('払いました')
    assert not screen.shows('領収書'), screen.words()
    kiosk.finish(code)


def pay_what_is_owed(city, kiosk, wallet):
    """A bill for which nothing was filed: found by the card, in its own words, paid, and owed no more."""
    screen = kiosk.screen
    city.request('POST', '/v1/charges', {'office': 'nursery', 'payer': CODE, 'words': {'ja': BILL},
                                         'lines': [{'account': 'fees.nursery', 'quantity': 1, 'unit': 18000}]},
                 city.staff_token())
    screen.press('お支払い')
    kiosk.show_card(RESIDENT)
    screen.see('どれを 払いますか')
    screen.press(f'¥18,000　{BILL}')
    wallet.pay(show_code(kiosk))
    screen.see('払いました')
    receipt = kiosk.print('領収書を紙に印刷する')
    assert BILL in receipt and '18,000' in receipt and '印紙' in receipt, receipt
    kiosk.finish('下のお子さん', RESIDENT[0])

    screen.press('お支払い')
    kiosk.show_card(RESIDENT)
    screen.see('いま払うものは ありません。')
    assert not screen.shows(f'¥18,000　{BILL}'), screen.words()


def payment(city, kiosk):
    """Filed, paid with a phone, printed; a code that runs out; a result nobody knows, and then it was paid; more time;
    a slip; a bill."""
    screen, papers = kiosk.screen, lambda: set(kiosk.paper.glob('*.pdf'))
    with Simulator('--webhook', f'{city.url}/v1/providers/qr-wallet/webhook') as wallet, notifier(city, wallet):
        file_for_a_fee(kiosk)
        before = papers()
        wallet.pay(show_code(kiosk))
        screen.see('払いました')
        certificate_comes_out(kiosk, before)
        kiosk.finish('髙﨑 美代子', RESIDENT[0])

        file_for_a_fee(kiosk)
        show_code(kiosk)
        wallet.command('expire')
        screen.see('払う時間が 終わりました')
        screen.press('もう一度 始める', 'button')
        url = show_code(kiosk)
        wallet.command(webhook='none')
        wallet.command(path='/v2/codes', do='500', times=1000)
        wallet.pay(url)
        screen.press('やめる（払いません）', 'button')
        screen.see('払われていないことを 確かめています…')
        screen.see('払えたかどうか、まだ わかりません', wait=40)
        before = papers()
        wallet.command(do='well')
        screen.see('払いました', wait=90)
        certificate_comes_out(kiosk, before)
        kiosk.finish('髙﨑 美代子', RESIDENT[0])

        take_time(kiosk, wallet)
        pay_a_slip(kiosk, wallet)
        pay_what_is_owed(city, kiosk, wallet)


WALKS = {'juminhyo': residence_record, 'tennyu': moving_in, 'offline': without_line, 'payment': payment,
         'another-day': another_day}


if __name__ == '__main__':
    sys.exit(run_walk(WALKS))
