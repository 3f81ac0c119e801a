#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what happened to the printed set, on the real window before a real service: the interview, the plan, all
questions once, one filing, and on paper what was filed and where else to go.

    events.py ENGINE EVENT
"""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'tests/testlib'), str(ROOT / 'tests/ui')]
from kiosk import (add_row, choose, date, digits, fill, hardware, in_turn, kanji, leave, run_walk)    # noqa: E402
from walk import NEWCOMER, RESIDENT, Clerk, days_ago    # noqa: E402


def yes(kiosk):
    choose('はい')(kiosk)


def no(kiosk):
    choose('いいえ')(kiosk)


def bank(kiosk):
    for label, words in (('金融機関', 'Yokohama Bank'), ('支店', 'Fujisawa')):
        fill((label, hardware(words)))(kiosk)
    choose('普通')(kiosk)
    fill(('口座番号', hardware('1234567')), ('口座名義', hardware('sasaki')))(kiosk)


def deceased(kiosk):
    fill(('亡くなった人の氏名', hardware('ichirou')))(kiosk)
    kiosk.turn_to('令和', 'button')
    date('令和', days_ago(6))(kiosk)


def filed(city, n):
    cases = Clerk(city).list()
    assert len(cases) == n, [c['procedure'] for c in cases]
    return {case['procedure']: case for case in cases}


def moving_in_with_a_child(city, kiosk):
    screen = kiosk.screen
    kiosk.begin_event('引っ越し', {
        'どんな引っ越しですか': choose('藤沢市に引っ越してきた'),
        'どこから来ましたか': choose('日本の、ほかの市区町村から'),
        'いまの健康保険は どれですか': choose('国民健康保険'),
        'マイナンバーカードを 持っていますか': yes,
        '家族に 外国籍の人は いますか': no,
        '犬を 飼っていますか': no,
        '原付バイクを 持っていますか': no,
        '大きなごみを 捨てますか': no,
        '藤沢市で 印鑑登録を しますか': yes,
        'お子さんは いますか': in_turn(add_row('お子さんを加える'), leave),
        'お子さんの 生年月日': date('令和', '050821'),
        '昼間、仕事などで お子さんを 預けたいですか': no,
    })
    screen.see('4')
    screen.press('はずす: 国民健康保険に入る届け出', 'button')
    screen.see('もどす: 国民健康保険に入る届け出', 'button')
    screen.see('3')
    kiosk.turn_to('質問をはじめる', 'button')
    screen.press('質問をはじめる', 'button')
    kiosk.show_card(NEWCOMER)
    # What the interview was answered is not here: a question asked twice would stop the walk.
    kiosk.go_through({
        '昼間に つながる 電話番号': digits('09000001234'),
        '引っ越した日は いつですか': date('令和', days_ago(5)),
        '新しい 住所': fill(('町名', kanji('くげぬまかいがん', '鵠沼海岸')), ('番地・号', hardware('1-2'))),
        '前の 市区町村に 転出の 届け出を しましたか': yes,
        '世帯は どうなりますか': choose('引っ越してきた人だけで、新しい世帯をつくる'),
        '引っ越してきた人': in_turn(add_row('もう1人 入れる'), leave),
        'お名前': fill(('氏名', hardware('minato'))),
        '生年月日': date('令和', '050821'),
        '性別': choose('男'),
        '世帯主から 見た 続柄': in_turn(choose('世帯主'), choose('子')),
        '国籍・地域': choose('日本'),
        '本籍と 筆頭者': leave,
        'マイナンバーカードを 持っていますか': yes,
        '配偶者は いますか': no,
        '振込先の 口座': bank,
        'お子さんの お名前': fill(('氏名', hardware('minato'))),
        'お子さんと いっしょに 住んでいますか': yes,
    })
    number = kiosk.file()
    cases = filed(city, 3)
    assert set(cases) == {'tennyu', 'jido-teate', 'shoni-iryo'}, set(cases)
    assert all(case['number'].startswith(number) for case in cases.values()), (number, cases)
    child = Clerk(city).look(cases['jido-teate']['number'])['answers']['family.children'][0]
    assert child['dateOfBirth'] == '2023-08-21' and child['fullName'] == 'みなと', child
    records = kiosk.print('控えを紙に印刷する', papers=3)
    assert all(case['number'] in records for case in cases.values()), records
    forms = kiosk.print('市の様式に印刷する', papers=2)
    assert '住民異動届' in forms.replace(' ', '') and '児童手当' in forms, forms
    assert all(cases[id]['number'] in forms for id in ('tennyu', 'jido-teate')), forms
    guide = kiosk.print('案内書を印刷する')
    assert 'ご案内書' in guide and '印鑑登録' in guide and '番窓口' in guide, guide
    assert '転入届' not in guide, guide
    kiosk.finish('09000001234', '佐々木 悠斗')


def death_in_the_family(city, kiosk):
    screen = kiosk.screen
    kiosk.begin_event('おくやみ', {
        '亡くなったのは どなたですか': choose('父・母'),
        '亡くなった方の 生年月日': date('昭和', '100401'),
        '亡くなった方の 健康保険は どれでしたか': choose('後期高齢者医療（75歳以上など）'),
        '年金を 受けていましたか': yes,
        '国民年金の 保険料を 納めていましたか': no,
        '世帯主でしたか': no,
        '家や土地を 持っていましたか': no,
        '水道などの 名義でしたか': yes,
        '亡くなった方は 犬を 飼っていましたか': no,
    })
    screen.see('2')
    screen.press('はずす: 介護保険被保険者証の再交付', 'button')
    kiosk.turn_to('いらない手続き', 'button')
    screen.press('いらない手続き', 'button')
    kiosk.turn_to('葬祭費（国民健康保険）')
    screen.press('もどる', 'button')
    kiosk.turn_to('質問をはじめる', 'button')
    screen.press('質問をはじめる', 'button')
    kiosk.show_card(RESIDENT)
    kiosk.go_through({
        '昼間に つながる 電話番号': digits('0466251111'),
        '亡くなった方': deceased,
        '葬儀の日は いつでしたか': date('令和', days_ago(3)),
        '振込先の 口座': bank,
    })
    kiosk.file()
    cases = filed(city, 1)
    assert set(cases) == {'koki-sosai'}, set(cases)
    guide = kiosk.print('案内書を印刷する')
    assert '死亡届' in guide and '年金' in guide and '水道' in guide, guide
    kiosk.finish('髙﨑 美代子')


def opening_a_business(city, kiosk):
    screen = kiosk.screen
    kiosk.begin_event('起業', {
        '会社ですか、個人ですか': choose('会社（法人）'),
        '食べ物や 飲み物を 出しますか': yes,
        '人を やといますか': no,
        'お金を 借りたいですか': no,
        '機械や備品を 使いますか': no,
        '道路に 看板などを 置きますか': no,
        '1,000平方メートルか 100人を こえますか': no,
    })
    screen.press('はずす: 特定創業支援等事業の証明', 'button')
    screen.see('もどす: 特定創業支援等事業の証明', 'button')
    kiosk.turn_to('案内書を受けとる', 'button')
    screen.press('案内書を受けとる', 'button')
    guide = kiosk.print('案内書を印刷する')
    assert '法人の設立・設置の届け出' in guide and '飲食店などの営業許可' in guide, guide
    assert '特定創業支援' not in guide and '償却資産' not in guide, guide
    assert '市民税課' in guide and '3番窓口' in guide, guide
    filed(city, 0)
    kiosk.finish()


WALKS = {'moving': moving_in_with_a_child, 'bereavement': death_in_the_family, 'business': opening_a_business}


if __name__ == '__main__':
    sys.exit(run_walk(WALKS))
