#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mado-notifier between a real service and a desktop: a button takes over what appears. Prints TAP."""
import os
import pathlib
import signal
import subprocess
import sys
import time

import gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib                  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / 'tests' / 'testlib'), str(ROOT / 'tests' / 'soak')]
from city import SAMPLE, City, run_cases             # noqa: E402
from load import Resident                            # noqa: E402

CARD = '901420510371'
NOTIFICATIONS = '''<node><interface name="org.freedesktop.Notifications">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>'''


class Desktop:
    """Owns the name on the session bus and remembers what was shown: (id, title, body, actions)."""

    def __init__(self):
        self.shown, self.bus = [], Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces[0]
        self.bus.register_object('/org/freedesktop/Notifications', interface, self.on_call)
        Gio.bus_own_name_on_connection(self.bus, interface.name, Gio.BusNameOwnerFlags.NONE)

    def on_call(self, bus, sender, path, interface, method, arguments, invocation):
        answer = None
        if method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['body', 'actions'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('test', 'madoguchi', '1', '1.2'))
        elif method == 'Notify':
            _, old, _, title, body, actions, _, _ = arguments.unpack()
            self.shown.append((old or len(self.shown) + 1, title, body, actions))
            answer = GLib.Variant('(u)', (self.shown[-1][0],))
        invocation.return_value(answer)

    def click(self, number, action):
        self.bus.emit_signal(None, '/org/freedesktop/Notifications', 'org.freedesktop.Notifications', 'ActionInvoked',
                             GLib.Variant('(us)', (number, action)))

    def wait(self, title, mention=''):
        until, context = time.monotonic() + 30, GLib.MainContext.default()
        while time.monotonic() < until:
            context.iteration(False)
            for one in self.shown:
                if one[1] == title and mention in one[2]:
                    return one
            time.sleep(0.01)
        raise AssertionError(f'{title} {mention} was not shown, but {self.shown}')


def a_call_for_staff(city, desktop, resident, notifier):
    call = city.request('POST', '/v1/staff-calls', {'page': 'questions', 'language': 'ja'}, resident.device)
    shown = desktop.wait('Somebody calls for staff', 'kiosk-1')
    assert 'staff-call' in shown[3]
    desktop.click(shown[0], 'staff-call')
    desktop.wait('Call for staff', 'yours')
    answered = [e for e in city.request('GET', '/v1/journal?limit=1000', token=city.staff_token('auditor'))['items']
                if e['subject'].endswith(call['id']) and e['actorKind'] == 'staff']
    assert answered, 'nobody answered at the service'


def a_case_to_take_over(city, desktop, resident, notifier):
    number, clerk = resident.file_once()['cases'][0], city.staff_token('clerk')
    path = f'/v1/cases/{number}'
    assert not desktop.wait('Filed without a card', number)[3], 'nothing can be done before they come'
    city.request('GET', path, token=clerk)
    city.request('POST', f'{path}/transitions', {'event': 'identify', 'cardNumber': CARD}, clerk,
                 headers={'If-Match': city.etag()})
    shown = desktop.wait('New case', number)
    desktop.click(shown[0], 'accept')
    desktop.wait(number, 'yours')
    assert city.request('GET', path, token=clerk)['state'] == 'accepted'


def nothing_is_left_waiting(city, desktop, resident, notifier):
    secret = next(d['secret'] for d in SAMPLE['devices'] if d['id'] == 'notifier-1')
    token, until = city.log_in_device('notifier-1', secret), time.monotonic() + 20
    while time.monotonic() < until:
        waiting = city.request('GET', '/v1/outbox?state=waiting', token=token)['items']
        if not waiting:
            return
        GLib.MainContext.default().iteration(False)
        time.sleep(0.05)
    raise AssertionError(waiting)


def it_ends_though_the_service_hangs(city, desktop, resident, notifier):
    city.request('POST', '/v1/staff-calls', {'page': 'home', 'language': 'ja'}, resident.device)
    city.service.process.send_signal(signal.SIGSTOP)
    try:
        time.sleep(1)
        notifier.terminate()
        assert notifier.wait(timeout=15) == 0
    finally:
        city.service.process.send_signal(signal.SIGCONT)


CASES = [a_call_for_staff, a_case_to_take_over, nothing_is_left_waiting, it_ends_though_the_service_hangs]


def main():
    if os.environ.get('MADO_TEST_BUS') != '1':           # a bus of its own
        os.execvpe('dbus-run-session', ['dbus-run-session', '--', sys.executable, *sys.argv],
                   dict(os.environ, MADO_TEST_BUS='1'))
    with City('sqlite', {'DBUS_SESSION_BUS_ADDRESS': ''}, arguments=['--limits', '0']) as city:
        resident = Resident(city, city.device_token(), lambda: [city.service.port])
        keys = city.folder / 'keys'
        keys.write_text(f'[{city.url}]\nstaff={city.staff_token("clerk")}\n')
        keys.chmod(0o600)
        secret = next(d['secret'] for d in SAMPLE['devices'] if d['id'] == 'notifier-1')
        desktop = Desktop()
        notifier = subprocess.Popen(['mado-notifier', '--service', city.url, '--device', 'notifier-1',
                                     '--key-file', keys], env=dict(os.environ, MADO_NOTIFIER_SECRET=secret))
        try:
            return run_cases(CASES, city, desktop, resident, notifier)
        finally:
            notifier.kill()


if __name__ == '__main__':
    sys.exit(main())
