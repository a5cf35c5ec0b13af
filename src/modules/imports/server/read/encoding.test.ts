import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectEncoding } from './encoding.ts';
import { openSource } from './source.ts';
import type { Encoding } from './text.ts';
import { decodeBytes, decodeChunks } from './text.ts';

/** Bytes of a text in an encoding, by searching the decoder backwards. */
function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const bytes = new Map<string, number[]>();
  for (let i = 0; i < 256; i++) bytes.set(decodeBytes(Buffer.from([i]), encoding), [i]);
  if (['shift_jis', 'gb18030', 'big5', 'euc-kr'].includes(encoding)) {
    for (let a = 0x81; a < 0xff; a++) {
      for (let b = 0x40; b < 0xff; b++) {
        const char = decodeBytes(Buffer.from([a, b]), encoding);
        if (Array.from(char).length === 1) bytes.set(char, [a, b]);
      }
    }
  }
  return Buffer.from(Array.from(text).flatMap((char) => bytes.get(char) ?? [0x3f]));
}

const guess = async (bytes: Buffer) => detectEncoding(await openSource(bytes, 'list.csv'));

const german = 'Kunde;Straße;Ort\nMüller Söhne GmbH;Hauptstraße 5;Köln\nBäckerei Größ;Am Bühl 7;Zürich\n';
const french = 'Société;Ville\nCafé Élysée;Orléans\nÉtablissements Béchamel;Besançon\nHôtel de la Forêt;Nîmes\n';
const spanish = 'Razón social;País\nCompañía Española de Café;España\nLácteos Añón;Perú\n';

describe('encoding of a text file', () => {
  it.each([
    ['windows-1252', german],
    ['windows-1252', french],
    ['windows-1252', spanish],
    ['macintosh', german],
    ['macintosh', french],
    ['cp850', german],
    ['cp850', spanish],
    ['windows-1250', 'Nazwa;Miasto\nSpółka Źródło;Łódź\nZakład Usług Cięcia;Świętochłowice\n'],
    ['windows-1250', 'Název;Město\nŘeznictví Šťastný;Plzeň\nDům knihy;Příbram\n'],
    ['windows-1254', 'Müşteri;Şehir\nIşık Gıda Sanayi;Eskişehir\nDoğuş Yapı;Muğla\n'],
    ['windows-1251', 'Название;Город\nОбщество Ромашка;Москва\nЗавод Прогресс;Екатеринбург\n'],
    ['koi8-r', 'Название;Город\nОбщество Ромашка;Москва\nЗавод Прогресс;Екатеринбург\n'],
    ['windows-1253', 'Όνομα;Πόλη\nΕταιρεία Ελλάδος;Αθήνα\nΚαφές Πάτρας;Πάτρα\n'],
    ['shift_jis', '会社名,都市\n株式会社日本電機製作所,大阪市\nトヨタ自動車,愛知県\n'],
    ['gb18030', '公司名称,城市\n上海电子科技有限公司,上海\n北京贸易集团,北京\n'],
    ['big5', '公司名稱,城市\n台灣電子科技股份有限公司,臺北\n高雄貿易公司,高雄市\n'],
    ['euc-kr', '회사명,도시\n주식회사 한국전자,서울\n부산산업,부산\n'],
  ] as [Encoding, string][])('a list saved as %s is recognised', async (encoding, text) => {
    const found = await guess(encode(text, encoding));
    expect(found.encoding).toBe(encoding);
    expect(found.confidence).toBeGreaterThan(0.5);
  });

  it('a euro sign of ISO 8859-15 is not read as a currency mark of Windows-1252', async () => {
    const found = await guess(encode('Kunde;Umsatz\nMüller;1200 €\nJäger;500 €\n', 'iso-8859-15'));
    expect(found.encoding).toBe('iso-8859-15');
  });

  it('one accent on the last line of a long ASCII file decides', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`name,city\n${'Acme,Paris\n'.repeat(50_000)}`),
      encode('Müller,Köln\n', 'windows-1252'),
    ]);
    expect((await guess(bytes)).encoding).toBe('windows-1252');
  });

  it.each(['utf-16le', 'utf-16be'] as const)('%s is found with and without a byte order mark', async (encoding) => {
    expect((await guess(encode(german, encoding))).encoding).toBe(encoding);
    const marked = await guess(encode(`\ufeff${german}`, encoding));
    expect(marked).toMatchObject({ encoding, bomBytes: 2 });
  });

  it('UTF-8 with a byte order mark, without one, and plain ASCII are UTF-8', async () => {
    expect(await guess(Buffer.from(`\ufeff${german}`))).toMatchObject({
      encoding: 'utf-8',
      bomBytes: 3,
      damaged: false,
    });
    expect(await guess(Buffer.from(german))).toMatchObject({ encoding: 'utf-8', bomBytes: 0, damaged: false });
    expect(await guess(Buffer.from('a,b\n1,2\n'))).toMatchObject({ encoding: 'utf-8', damaged: false });
  });

  it('UTF-8 with one broken byte among many good ones stays UTF-8 and is called damaged', async () => {
    const bytes = Buffer.concat([Buffer.from(german.repeat(20)), Buffer.from([0xff, 0x0a])]);
    expect(await guess(bytes)).toMatchObject({ encoding: 'utf-8', damaged: true });
  });

  it('a character that is split between chunks stays whole, in every encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be'),
        fc.integer({ min: 1, max: 5 }),
        async (text, encoding, size) => {
          const wanted = text.replaceAll('\0', '');
          const bytes = encode(text, encoding);
          async function* pieces() {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
          }
          let decoded = '';
          for await (const piece of decodeChunks(pieces(), encoding, { nullCharacters: 0, unreadable: 0 }))
            decoded += piece;
          expect(decoded).toBe(wanted);
        },
      ),
    );
  });
});
