// SPDX-License-Identifier: GPL-3.0-or-later
// About as many words as our record has, on one page, with npm pdfkit and the same fonts.
//   node peer.mjs N
import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';

const folder = '/usr/share/fonts/opentype/noto';
const bold = readFileSync(`${folder}/NotoSansCJK-Bold.ttc`), text = readFileSync(`${folder}/NotoSansCJK-Regular.ttc`);
const rows = [
  ['氏名', '髙﨑 𠮷郎'], ['フリガナ', 'タカサキ ヨシロウ'], ['生年月日', '昭和62年4月9日'], ['電話番号', '090-0000-0001'],
  ['引っ越した日', '令和8年11月10日'], ['新しい住所', '神奈川県藤沢市鵠沼海岸二丁目3番4号 葛城荘101'],
  ['前の住所', '神奈川県鎌倉市御成町18番10号'], ['いっしょに引っ越した人', '渡邉 花子（妻）、髙﨑 一郎（子）'],
  ['次にすること・起こること', '係が内容を確認します。確認できたら、届出は終わりです。'], ['いつまで', '令和8年11月27日'],
  ['次にすること・起こること', '窓口で手数料を払うと、この端末か窓口で証明書を受け取れます。'], ['手数料', '300円'],
];

function record() {
  return new Promise(resolve => {
    const doc = new PDFDocument({ size: 'A4', margin: 51 });
    let size = 0;
    doc.on('data', chunk => { size += chunk.length; });
    doc.on('end', () => resolve(size));
    doc.registerFont('bold', bold, 'NotoSansCJKjp-Bold');
    doc.registerFont('text', text, 'NotoSansCJKjp-Regular');
    doc.font('bold').fontSize(22).text('申請の控え').fontSize(40).text('K7M4-R29');
    for (const [label, value] of rows) {
      doc.font('text').fontSize(9.5).text(label).font('text').fontSize(10.5).text(value);
      doc.moveTo(51, doc.y).lineTo(544, doc.y).stroke();
    }
    doc.end();
  });
}

const n = Number(process.argv[2] ?? 20);
let size = await record();
const start = performance.now();
for (let i = 0; i < n; i++) size = await record();
console.log(`pdfkit\t${((performance.now() - start) / n).toFixed(2)}\tms a page\t1 page, ${Math.round(size / 1024)} KB`);
