// SPDX-License-Identifier: GPL-3.0-or-later
// The official SDK as client of the simulator, and as judge of what we signed. Prints JSON.
//
//     node sdk.js walk PORT KEY SECRET          a code made, asked for and dropped, through the SDK
//     node sdk.js sign REQUESTS KEY SECRET      [{method, path, body, nonce, epoch}]: the headers the SDK makes of them
const http = require('http');

let nonce = null;
const uuid = require('uuid');
require.cache[require.resolve('uuid')].exports = { v4: () => nonce || uuid.v4() };
const { PayPayRestSDK } = require('@paypayopa/paypayopa-sdk-node/dist/lib/paypay-rest-sdk');
const { Conf } = require('@paypayopa/paypayopa-sdk-node/dist/lib/conf');

function connect(port, key, secret) {
  const sdk = new PayPayRestSDK();
  sdk.configure({ clientId: key, clientSecret: secret, merchantId: 'shop',
                  conf: new Conf({ hostName: '127.0.0.1', portNumber: port }) });
  sdk.httpsClient = { httpsCall({ apiKey, ...options }, payload, done) {   // as the SDK's own, without TLS
    const request = http.request(options, (answer) => {
      let body = '';
      answer.on('data', (part) => { body += part; });
      answer.on('end', () => done({ STATUS: answer.statusCode, BODY: JSON.parse(body) }));
    });
    if (options.method === 'POST')
      request.write(JSON.stringify(payload));
    request.end();
  } };
  return sdk;
}

async function walk(port, key, secret) {
  const sdk = connect(Number(port), key, secret), id = 'sdk-' + uuid.v4();
  const made = await sdk.qrCodeCreate({ merchantPaymentId: id, amount: { amount: 300, currency: 'JPY' },
                                        codeType: 'ORDER_QR', orderDescription: '住民票の写し' });
  const asked = await sdk.getCodePaymentDetails([id]);
  const dropped = made.STATUS === 201 ? await sdk.qrCodeDelete([made.BODY.data.codeId]) : made;
  const after = await sdk.getCodePaymentDetails([id]);
  const refund = await sdk.getRefundDetails(['nothing']);
  return { made, asked, dropped, after, refund };
}

function sign(requests, key, secret) {
  const sdk = connect(1, key, secret), now = Date.now;
  return JSON.parse(requests).map((request) => {
    nonce = request.nonce;
    Date.now = () => request.epoch * 1000;
    const header = sdk.createAuthHeader(request.method, request.path, request.body ? JSON.parse(request.body) : null);
    Date.now = now;
    return header;
  });
}

const [command, ...words] = process.argv.slice(2);
Promise.resolve({ walk, sign }[command](...words)).then((result) => console.log(JSON.stringify(result)));
