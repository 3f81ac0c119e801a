# SPDX-License-Identifier: GPL-3.0-or-later
"""Who pays in these tests."""
import time

from city import Problem

CARD, PIN = '901420510744', '8507'


class Payer:
    """Somebody at a kiosk who has filed for a certificate and owes its fee."""

    def __init__(self, city):
        self.city = city
        visit = city.request('POST', '/v1/visits', {'language': 'ja'}, city.device_token())
        self.token, path = visit['token'], f'/v1/visits/{visit["id"]}'
        known = self.ask('POST', f'{path}/identification', {'cardNumber': CARD, 'pin': PIN})['facts']
        procedure = city.request('GET', '/v1/procedures/juminhyo')
        answers = {fact: known[fact]['value'] for fact in ('applicant.fullName', 'applicant.dateOfBirth',
                                                           'currentAddress.streetAddress', 'currentAddress.cityBlock')}
        answers.update({'certificate.scope': 'all', 'certificate.include': [], 'certificate.copies': 1})
        filing = {'procedures': [{'id': 'juminhyo', 'revision': procedure['revision']}], 'answers': answers}
        self.case = self.ask('POST', f'{path}/submission', filing)['cases'][0]
        self.charge = self.owed()[0]

    def ask(self, method, path, body=None, raw=False):
        return self.city.request(method, path, body, self.token, raw=raw)

    def owed(self):
        return [c for c in self.ask('GET', '/v1/charges')['items'] if c['state'] == 'open']

    def begin(self, method='qr-wallet'):
        self.payment = self.ask('POST', f'/v1/charges/{self.charge["number"]}/payments',
                                {'method': method, 'language': 'ja'})['id']
        return self.payment

    def wait(self, *states, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            payment = self.ask('GET', f'/v1/payments/{self.payment}')
            if payment['state'] in states:
                return payment
            time.sleep(0.1)
        raise AssertionError(f'{payment} is not {states}')

    def certificate(self):
        return self.ask('GET', f'/v1/cases/{self.case["number"]}/document?kind=result', raw=True)

    def has_certificate(self):
        try:
            return self.certificate().startswith(b'%PDF')
        except Problem:
            return False
