#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the library from Python, as a city's programmer would: that is how a wrong annotation shows. Prints TAP."""
import sys
import traceback

try:
    import gi
    gi.require_version('Json', '1.0')
    gi.require_version('Mado', '1.0')
    from gi.repository import GLib, Json, Mado
except (ImportError, ValueError) as problem:
    print(f'1..0 # SKIP {problem}')
    sys.exit(77)


def parse(text):
    data = text.encode()
    limits = Mado.JsonLimits()
    limits.max_bytes, limits.max_depth, limits.max_members = 65536, 16, 100
    return Mado.json_parse(data, limits)


def identifiers():
    first, second = Mado.ulid_new(), Mado.ulid_new()
    assert len(first) == 26 and first < second
    number = Mado.number_new()
    assert Mado.number_parse(number.lower().replace('-', '')) == number


def refusals_name_their_place():
    try:
        parse('{"a":1,}')
    except GLib.Error as problem:
        assert problem.domain == GLib.quark_to_string(Mado.error_quark()), problem.domain
        assert problem.code == Mado.Error.MALFORMED, problem
    else:
        raise AssertionError('accepted')


def records_have_properties():
    visit = Mado.Visit(number='K7M4-R29', state=Mado.VisitState.OPEN)
    assert visit.props.number == 'K7M4-R29'
    node = visit.to_json(Mado.JsonFlags.PUBLIC)
    assert Json.to_string(node, False).find('"state":"open"') > 0


def eras():
    day = Mado.era_parse('令和元年5月1日')
    assert Mado.date_format(day) == '2019-05-01'
    assert Mado.era_format(day, Mado.EraStyle.KANJI) == '令和元年5月1日'


def folding():
    assert Mado.fold_search('髙ﾊｼ') == Mado.fold_search('高はし')


def sealing():
    key = Mado.Key.new()
    sealed = Mado.seal(key, 'visit/1', '藤沢'.encode())
    assert Mado.unseal(key, 'visit/1', sealed.get_data()).get_data().decode() == '藤沢'


def codes():
    node = Mado.code_read('hello')
    assert node.get_object().get_string_member('kind') == 'unknown'


def places():
    place = Mado.Place.split('藤沢市鵠沼橘1-2-3')
    assert place.props.street_address == '鵠沼橘一丁目' and place.props.match == Mado.PlaceMatch.TOWN
    assert place.dup_postal_code() == '251-0024'
    assert [p.props.city_and_county for p in Mado.postcode_look_up('2510024')] == ['藤沢市']
    assert Mado.bank_dup_branch_name('0001', '004') == '丸の内中央'


CASES = [identifiers, refusals_name_their_place, records_have_properties, eras, folding, sealing, codes, places]


def main():
    print(f'1..{len(CASES)}')
    failed = 0
    for number, case in enumerate(CASES, 1):
        try:
            case()
            print(f'ok {number} - {case.__name__}')
        except Exception:
            failed += 1
            print(f'not ok {number} - {case.__name__}')
            print('# ' + traceback.format_exc().replace('\n', '\n# '))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
