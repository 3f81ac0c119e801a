#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator of a QR wallet: the paths of the PayPay Open Payment API that a city calls, and a page where a person
"pays" the code that is shown. No money moves. It misbehaves on command (POST /simulator/faults):

    {"path": "/v2/codes", "do": "500", "times": 1}     answers 500; "slow": after seconds; "drop": does it, says nothing
    {"webhook": "none" | "twice" | "forged" | "late"}  what becomes of its notices
    {"expired": "pays"}                                a code that has run out can be paid all the same
    {"do": "well"}                                     no more of these faults
    {"do": "die"}                                      the process ends at once
"""
import argparse
import base64
import hashlib
import hmac
import html
import http.server
import json
import os
import threading
import time
import urllib.parse
import urllib.request
import uuid

PAGE = '''<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:20px/1.6 sans-serif;max-width:24em;margin:3em auto;text-align:center}}
b{{font-size:3em;display:block}}button{{font:inherit;padding:.6em 2em;border-radius:12px}}small{{color:#555}}</style>
<p><small>決済アプリの模擬装置です。お金は動きません。<br>A simulator: no money moves.</small>
<p>{words}<b>¥{yen:,}</b>{button}</html>'''
BUTTON = '<form method="post"><button>支払う / Pay</button></form>'
STATES = {'CREATED': '', 'COMPLETED': '支払いました / Paid', 'EXPIRED': '期限切れです / Expired',
          'CANCELED': '取り消されました / Cancelled', 'FAILED': '支払えませんでした / Failed'}


class Wallet:
    """What it knows. One lock: a simulator is not in a hurry."""

    def __init__(self, options):
        self.options, self.lock = options, threading.RLock()
        self.payments, self.codes, self.refunds, self.nonces, self.seen = {}, {}, {}, set(), []
        self.faults, self.webhook, self.expired = [], 'once', 'refuses'

    def stand(self, payment):
        if payment['status'] == 'CREATED' and payment['expiryDate'] <= time.time():
            payment['status'] = 'EXPIRED'
        return payment

    def create(self, asked, base):
        if asked['merchantPaymentId'] in self.payments:
            return 400, 'DUPLICATE_DYNAMIC_QR_REQUEST', None
        code = uuid.uuid4().hex[:24]
        payment = {'merchantPaymentId': asked['merchantPaymentId'], 'codeId': code, 'amount': asked['amount'],
                   'orderDescription': asked.get('orderDescription', ''), 'codeType': 'ORDER_QR',
                   'requestedAt': asked['requestedAt'], 'expiryDate': int(time.time()) + self.options.life,
                   'url': f'{base}/pay/{code}', 'status': 'CREATED', 'paymentId': None}
        self.payments[payment['merchantPaymentId']] = self.codes[code] = payment
        shown = {k: payment[k] for k in ('codeId', 'url', 'expiryDate', 'merchantPaymentId', 'amount', 'codeType',
                                         'orderDescription', 'requestedAt')}
        return 201, 'SUCCESS', shown

    def ask(self, name):
        payment = self.payments.get(name)
        if not payment:
            return 404, 'DYNAMIC_QR_PAYMENT_NOT_FOUND', None
        payment = self.stand(payment)
        return 200, 'SUCCESS', {k: payment[k] for k in ('paymentId', 'status', 'merchantPaymentId', 'amount',
                                                        'requestedAt') if payment[k] is not None}

    def drop(self, code):
        payment = self.codes.get(code)
        if not payment:
            return 404, 'DYNAMIC_QR_NOT_FOUND', None
        if self.stand(payment)['status'] != 'CREATED':
            return 400, 'DYNAMIC_QR_BAD_REQUEST', None
        payment['status'] = 'CANCELED'
        return 200, 'SUCCESS', None

    def cancel(self, name):
        payment = self.payments.get(name)
        if not payment:
            return 404, 'PAYMENT_NOT_FOUND', None
        payment['status'] = 'CANCELED'
        return 200, 'REQUEST_ACCEPTED', None

    def refund(self, asked):
        name = asked['merchantRefundId']
        payment = next((p for p in self.payments.values() if p['paymentId'] == asked['paymentId']), None)
        given = sum(r['amount']['amount'] for r in self.refunds.values() if r['paymentId'] == asked['paymentId'])
        if name in self.refunds:
            return 400, 'DUPLICATE_REQUEST_ID', None
        if not payment or payment['status'] not in ('COMPLETED', 'REFUNDED'):
            return 404, 'ORDER_NOT_FOUND', None
        if given + asked['amount']['amount'] > payment['amount']['amount']:
            return 400, 'REFUND_LIMIT_EXCEEDED', None
        self.refunds[name] = {'status': 'REFUNDED', 'acceptedAt': int(time.time()), **asked}
        payment['status'] = 'REFUNDED'
        return 200, 'SUCCESS', self.refunds[name]

    def ask_refund(self, name):
        refund = self.refunds.get(name)
        return (200, 'SUCCESS', refund) if refund else (404, 'NO_SUCH_REFUND_ORDER', None)

    def pay(self, code):
        with self.lock:
            payment = self.codes.get(code)
            payable = payment and (self.stand(payment)['status'] == 'CREATED'
                                   or (payment['status'] == 'EXPIRED' and self.expired == 'pays'))
            if payable:
                payment.update(status='COMPLETED', paymentId=str(uuid.uuid4().int)[:20])
        if payable:
            threading.Thread(target=self.notify, args=(payment,), daemon=True).start()
        return payment

    def notify(self, payment):
        how = self.webhook
        if how == 'none' or not self.options.webhook:
            return
        if how == 'late':
            time.sleep(5)
        notice = {'notification_type': 'Transaction', 'merchant_id': 'simulator', 'order_id': payment['paymentId'],
                  'merchant_order_id': payment['merchantPaymentId'], 'state': payment['status'],
                  'order_amount': payment['amount']['amount'] + (how == 'forged'), 'paid_at': int(time.time())}
        for _ in range(2 if how == 'twice' else 1):
            request = urllib.request.Request(self.options.webhook, json.dumps(notice).encode(),
                                             {'Content-Type': 'application/json'})
            try:
                urllib.request.urlopen(request, timeout=10).close()
            except OSError as problem:
                print('webhook:', problem, flush=True)

    def fault(self, path):
        with self.lock:
            for one in self.faults:
                if path.startswith(one.get('path', '')) and one.get('times', 1) > 0:
                    one['times'] = one.get('times', 1) - 1
                    return one
        return {}


def signature(secret, path, method, nonce, epoch, content_type, body):
    digest = 'empty'
    if body:
        digest = base64.b64encode(hashlib.md5(content_type.encode() + body).digest()).decode()
    text = '\n'.join((path, method, nonce, epoch, content_type if body else 'empty', digest))
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), 'sha256').digest()).decode(), digest


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    wallet = None

    def log_message(self, *_):
        pass

    def send(self, status, body, kind='application/json'):
        data = body.encode()
        self.send_response(status)
        self.send_header('Content-Type', kind + '; charset=utf-8')
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def authentic(self, path, body):
        """As the published protocol has it; a nonce is good for once and two minutes."""
        scheme, _, rest = self.headers.get('Authorization', '').partition('hmac OPA-Auth:')
        parts = rest.split(':')
        if scheme or len(parts) != 5 or parts[0] != self.wallet.options.key:
            return False
        _, mac, nonce, epoch, digest = parts
        kind = self.headers.get('Content-Type', '')
        wanted = signature(self.wallet.options.secret, path, self.command, nonce, epoch, kind, body)
        fresh = epoch.isdigit() and abs(time.time() - int(epoch)) <= 120 and nonce not in self.wallet.nonces
        self.wallet.nonces.add(nonce)
        return fresh and hmac.compare_digest(mac, wanted[0]) and digest == wanted[1]

    def api(self, path, body):
        parts, wallet = path.strip('/').split('/')[1:], self.wallet
        if not self.authentic(path, body):
            return 401, 'UNAUTHORIZED', None
        asked = json.loads(body) if body else None
        name = urllib.parse.unquote(parts[-1])
        if self.command == 'POST' and parts == ['codes']:
            return wallet.create(asked, f'http://{self.headers["Host"]}')
        if self.command == 'GET' and parts[:2] == ['codes', 'payments']:
            return wallet.ask(name)
        if self.command == 'DELETE' and parts[:1] == ['codes']:
            return wallet.drop(name)
        if self.command == 'DELETE' and parts[:1] == ['payments']:
            return wallet.cancel(name)
        if self.command == 'POST' and parts == ['refunds']:
            return wallet.refund(asked)
        if self.command == 'GET' and parts[:1] == ['refunds']:
            return wallet.ask_refund(name)
        return 404, 'RESOURCE_NOT_FOUND', None

    def answer_api(self, path, body):
        self.wallet.seen.append({'method': self.command, 'path': path, 'body': body.decode() or None,
                                 'authorization': self.headers.get('Authorization')})
        fault = self.wallet.fault(path)
        if fault.get('do') == '500':
            return self.send(500, '{"resultInfo":{"code":"INTERNAL_SERVER_ERROR"}}')
        if fault.get('do') == 'slow':
            time.sleep(fault.get('seconds', 3))
        with self.wallet.lock:
            status, word, data = self.api(path, body)
        if fault.get('do') == 'drop':
            self.close_connection = True
            return None
        self.send(status, json.dumps({'resultInfo': {'code': word, 'message': word, 'codeId': '0'}, 'data': data}))

    def command_simulator(self, path, body):
        asked, wallet = json.loads(body or b'{}'), self.wallet
        if asked.get('do') == 'die':
            os._exit(1)
        if path == '/simulator/faults':
            wallet.webhook = asked.get('webhook', wallet.webhook)
            wallet.expired = asked.get('expired', wallet.expired)
            if asked.get('do') == 'well':
                wallet.faults.clear()
            elif 'do' in asked:
                wallet.faults.append(asked)
        if path == '/simulator/expire':
            for payment in wallet.payments.values():
                payment['expiryDate'] = 0
        self.send(200, json.dumps(wallet.seen if path == '/simulator/seen' else list(wallet.payments.values())))

    def page(self, path):
        payment = self.wallet.codes.get(path.split('/')[2])
        if not payment:
            return self.send(404, 'no such code', 'text/plain')
        if self.command == 'POST':
            payment = self.wallet.pay(payment['codeId'])
        state = self.wallet.stand(payment)['status']
        payable = state == 'CREATED' or (state == 'EXPIRED' and self.wallet.expired == 'pays')
        words = html.escape(payment['orderDescription'])
        self.send(200, PAGE.format(title='Wallet simulator', words=words, yen=payment['amount']['amount'],
                                   button=BUTTON if payable else html.escape(STATES.get(state, state))), 'text/html')

    def handle_any(self):
        path = urllib.parse.urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        if path.startswith('/v2/'):
            self.answer_api(path, body)
        elif path.startswith('/simulator/'):
            self.command_simulator(path, body)
        elif path.startswith('/pay/'):
            self.page(path)
        else:
            self.send(404, 'not here', 'text/plain')

    do_GET = do_POST = do_DELETE = handle_any


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--key', default='sample-wallet-key')
    parser.add_argument('--secret', default='sample-wallet-secret')
    parser.add_argument('--webhook', default='', help='where it tells that somebody paid')
    parser.add_argument('--life', type=int, default=300, help='seconds a code can be paid')
    Handler.wallet = Wallet(parser.parse_args())
    server = http.server.ThreadingHTTPServer(('127.0.0.1', Handler.wallet.options.port), Handler)
    server.daemon_threads = True
    print(f'Wallet simulator on http://127.0.0.1:{server.server_port}', flush=True)
    server.serve_forever()


if __name__ == '__main__':
    main()
