// SPDX-License-Identifier: GPL-3.0-or-later
// What another program reads in a merchant's code. Prints JSON.
//
//     node code.js PAYLOAD
const { Parse } = require('emvco-merchant-parse');

console.log(JSON.stringify(Parse(process.argv[2])));
