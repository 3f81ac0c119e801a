#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator of a card and IC terminal, in the protocol of docs/payments.md: lines of JSON over a socket. No money
moves. A page (the port above) has the cards a person may hold to it, and takes commands (POST /simulator/faults):

    {"do": "slow", "seconds": 12}    its next answer is late; with "to": "pay" only the next answer to that
    {"do": "drop"}                   it does what is asked and says nothing
    {"do": "twice"}                  it says another payment's old answer first, and its own twice
    {"do": "rubbish"}                it says something that is no report
    {"do": "lose"}                   a card left too early: it does not know itself, until {"do": "find"}
    {"do": "well"}                   no more of these faults
    {"do": "die"}                    the process ends at once; what it took it knows again from --memory
"""
import argparse
import html
import http.server
import json
import os
import pathlib
import socketserver
import threading
import time

PAGE = '''<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2"><title>Terminal simulator</title><style>body{{font:20px/1.6 sans-serif;
max-width:24em;margin:3em auto;text-align:center}}b{{font-size:3em;display:block}}
button{{font:inherit;padding:.6em 1em;margin:.2em;border-radius:12px}}small{{color:#555}}</style>
<p><small>カード端末の模擬装置です。お金は動きません。<br>A simulator: no money moves.</small><p>{words}{buttons}</html>'''
CARDS = {'suica': 'ICカードをかざす / Touch a card', 'poor': '残高の足りないカード / A card without money',
         'early': '早く離す / Take it away too early'}


class Terminal:
    """What it knows. One lock: a simulator is not in a hurry."""

    def __init__(self, options):
        self.options, self.lock = options, threading.RLock()
        self.payments, self.refunds, self.faults, self.seen, self.serial = {}, {}, [], [], 8000
        self.load()

    def load(self):
        memory = self.options.memory
        if memory and memory.exists():
            known = json.loads(memory.read_text())
            self.payments, self.refunds, self.serial = known['payments'], known['refunds'], known['serial']

    def save(self):
        if self.options.memory:
            text = json.dumps({'payments': self.payments, 'refunds': self.refunds, 'serial': self.serial})
            self.options.memory.write_text(text)

    def shown(self):
        """(nullable) The one whose card it waits for."""
        self.tidy()
        return next((p for p in self.payments.values() if p['is'] == 'waiting'), None)

    def tidy(self):
        for payment in self.payments.values():
            if payment['is'] == 'waiting' and payment['until'] < time.time():
                payment.update({'is': 'cancelled', 'reason': 'timeout'})

    def pay(self, asked):
        busy = self.shown()
        if asked['id'] not in self.payments:
            free = {'is': 'waiting', 'until': time.time() + self.options.life}
            state = {'is': 'refused', 'reason': 'busy'} if busy else free
            self.payments[asked['id']] = {'id': asked['id'], 'yen': asked['yen'], **state}
        return self.payments[asked['id']]

    def ask(self, asked):
        self.tidy()
        return self.payments.get(asked['id']) or {'id': asked['id'], 'is': 'none'}

    def cancel(self, asked):
        payment = self.payments.setdefault(asked['id'], {'id': asked['id'], 'yen': 0, 'is': 'waiting', 'until': 0})
        if payment['is'] == 'waiting':
            payment.update({'is': 'cancelled', 'reason': 'not-wanted'})
        return payment

    def refund(self, asked):
        payment, known = self.payments.get(asked['id']), self.refunds.get(asked['refund'])
        given = sum(r['yen'] for r in self.refunds.values() if r['of'] == asked['id'])
        if known:
            return known
        if not payment or payment['is'] != 'paid' or given + asked['yen'] > payment['yen']:
            return {'id': asked['refund'], 'is': 'refused', 'reason': 'not-paid'}
        self.serial += 1
        self.refunds[asked['refund']] = {'id': asked['refund'], 'of': asked['id'], 'is': 'refunded',
                                         'yen': asked['yen'], 'reference': str(self.serial)}
        return self.refunds[asked['refund']]

    def touch(self, card):
        with self.lock:
            payment = self.shown()
            if not payment:
                return None
            self.serial += 1
            payment.update({'suica': {'is': 'paid', 'brand': 'suica', 'reference': str(self.serial)},
                            'poor': {'is': 'refused', 'reason': 'no-funds'},
                            'early': {'is': 'unknown', 'brand': 'suica', 'reference': str(self.serial)}}[card])
            self.save()
            return payment

    def find(self):
        """The network has told what became of the card that left too early."""
        with self.lock:
            for payment in self.payments.values():
                if payment['is'] == 'unknown':
                    payment['is'] = 'paid'
            self.save()

    def fault(self, verb):
        with self.lock:
            found = next((f for f in self.faults if f.get('to', verb) == verb), None)
            if found:
                self.faults.remove(found)
            return found or {}

    def answer(self, line):
        asked = json.loads(line)
        fault = self.fault(asked['do'])
        with self.lock:
            self.seen.append(asked)
            report = {'v': 1, **getattr(self, asked['do'])(asked)}
            self.save()
        text = json.dumps({k: v for k, v in report.items() if k not in ('until', 'of')}) + '\n'
        if fault.get('do') == 'slow':
            time.sleep(fault['seconds'])
        if fault.get('do') == 'twice':
            text = '{"v":1,"id":"another","is":"paid","yen":1}\n' + text + text
        if fault.get('do') == 'rubbish':
            text = 'ERROR 77\n'
        return '' if fault.get('do') == 'drop' else text


class Line(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            answer = self.server.terminal.answer(line)
            if not answer:
                return
            try:
                self.wfile.write(answer.encode())
            except OSError:
                return


class Lines(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class Page(http.server.BaseHTTPRequestHandler):
    terminal = None

    def log_message(self, *_):
        pass

    def send(self, body, kind):
        self.send_response(200)
        self.send_header('Content-Type', kind + '; charset=utf-8')
        self.end_headers()
        self.wfile.write(body.encode())

    def show(self):
        payment = self.terminal.shown()
        words = f'<b>¥{payment["yen"]:,}</b>' if payment else 'お待ちください / Nothing to pay'
        buttons = ''.join(f'<form method="post" action="/touch/{card}"><button>{html.escape(label)}</button></form>'
                          for card, label in CARDS.items()) if payment else ''
        self.send(PAGE.format(words=words, buttons=buttons), 'text/html')

    def do_GET(self):
        self.show()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        if self.path.startswith('/touch/') and self.path[7:] in CARDS:
            self.terminal.touch(self.path[7:])
            return self.show()
        asked = json.loads(body or b'{}')
        if asked.get('do') == 'die':
            os._exit(1)
        if asked.get('do') == 'well':
            self.terminal.faults.clear()
        elif asked.get('do') == 'find':
            self.terminal.find()
        elif 'do' in asked:
            self.terminal.faults.append(asked)
        return self.send(json.dumps({'payments': list(self.terminal.payments.values()), 'seen': self.terminal.seen,
                                     'refunds': list(self.terminal.refunds.values())}), 'application/json')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--port', type=int, default=0, help='of the protocol; 0: a free one')
    parser.add_argument('--page', type=int, default=0, help='of the page; 0: a free one')
    parser.add_argument('--life', type=int, default=60, help='seconds it waits for a card')
    parser.add_argument('--memory', type=pathlib.Path, help='file of what it took, so that it may die and come back')
    Page.terminal = Terminal(parser.parse_args())
    lines = Lines(('127.0.0.1', Page.terminal.options.port), Line)
    lines.terminal = Page.terminal
    page = http.server.ThreadingHTTPServer(('127.0.0.1', Page.terminal.options.page), Page)
    page.daemon_threads = True
    print(f'Terminal simulator on port {lines.server_address[1]}, http://127.0.0.1:{page.server_port}', flush=True)
    threading.Thread(target=lines.serve_forever, daemon=True).start()
    page.serve_forever()


if __name__ == '__main__':
    main()
