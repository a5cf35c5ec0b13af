// Which character encoding a text file is in, decided from the bytes of the whole file.
import { isUtf8 } from 'node:buffer';
import type { ByteSource } from './source.ts';
import type { Encoding } from './text.ts';
import { decodeBytes, unfinishedTail } from './text.ts';

export type EncodingGuess = {
  encoding: Encoding;
  /** Bytes of the byte order mark, to be passed over. */
  bomBytes: number;
  /** 0–1: how sure we are. */
  confidence: number;
  /** The share of bytes that are not valid in this encoding is above zero. */
  damaged: boolean;
};

type Evidence = {
  sequences: number;
  invalid: number;
  /** Words of the file that hold bytes above 127, joined by line feeds. */
  words: Buffer;
};

const wordsWanted = 64 * 1024;

/** Reads all bytes once (gigabytes a second for valid UTF-8), since one accent on the last line decides. */
export async function detectEncoding(source: ByteSource): Promise<EncodingGuess> {
  const head = await source.read(0, 64 * 1024);
  const marked = byteOrderMark(head);
  if (marked && marked.encoding !== 'utf-8') return marked;
  const wide = wideWithoutMark(head);
  if (wide) return wide;
  const evidence = await gather(source, marked?.bomBytes ?? 0);
  if (marked) return { ...marked, damaged: evidence.invalid > 0 };
  if (evidence.invalid === 0) {
    return { encoding: 'utf-8', bomBytes: 0, confidence: evidence.sequences > 0 ? 0.99 : 1, damaged: false };
  }
  // A few broken bytes among many good sequences: UTF-8 that was cut or patched, not another encoding.
  if (evidence.sequences > 10 * evidence.invalid) {
    return { encoding: 'utf-8', bomBytes: 0, confidence: 0.9, damaged: true };
  }
  return fromWords(evidence.words);
}

function byteOrderMark(head: Buffer): EncodingGuess | null {
  const sure = { confidence: 1, damaged: false };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3, ...sure };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2, ...sure };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2, ...sure };
  return null;
}

/** Latin text in UTF-16 has a zero in every second byte. */
function wideWithoutMark(head: Buffer): EncodingGuess | null {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  if (pairs < 2) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) evenZeros++;
    if (head[i + 1] === 0) oddZeros++;
  }
  if (oddZeros > pairs * 0.4 && evenZeros < pairs * 0.05) {
    return { encoding: 'utf-16le', bomBytes: 0, confidence: 0.95, damaged: false };
  }
  if (evenZeros > pairs * 0.4 && oddZeros < pairs * 0.05) {
    return { encoding: 'utf-16be', bomBytes: 0, confidence: 0.95, damaged: false };
  }
  return null;
}

async function gather(source: ByteSource, from: number): Promise<Evidence> {
  const evidence: Evidence = { sequences: 0, invalid: 0, words: Buffer.alloc(0) };
  const words: Buffer[] = [];
  let wordBytes = 0;
  let carried = Buffer.alloc(0);
  for await (const chunk of source.chunks(from)) {
    const joined = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk;
    const whole = joined.length - unfinishedTail(joined);
    const part = joined.subarray(0, whole);
    carried = Buffer.from(joined.subarray(whole));
    if (evidence.invalid === 0 && isUtf8(part)) {
      if (evidence.sequences === 0 && hasHighByte(part)) evidence.sequences = countSequences(part).sequences;
      continue;
    }
    const counted = countSequences(part);
    evidence.sequences += counted.sequences;
    evidence.invalid += counted.invalid;
    if (wordBytes < wordsWanted) {
      const found = highWords(part, wordsWanted - wordBytes);
      wordBytes += found.length;
      words.push(found);
    }
  }
  if (carried.length > 0) evidence.invalid++;
  evidence.words = Buffer.concat(words.length > 0 ? words : [carried]);
  return evidence;
}

function hasHighByte(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return true;
  return false;
}

function countSequences(bytes: Uint8Array): { sequences: number; invalid: number } {
  let sequences = 0;
  let invalid = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte < 0x80) continue;
    const more =
      byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xc2 && byte < 0xe0 ? 1 : 0;
    let good = more > 0;
    for (let k = 1; k <= more && good; k++) good = ((bytes[i + k] ?? 0) & 0xc0) === 0x80;
    if (good) {
      sequences++;
      i += more;
    } else {
      invalid++;
    }
  }
  return { sequences, invalid };
}

/** Words are cut at bytes below 0x30, which never are the second byte of a character in the encodings below. */
function highWords(bytes: Buffer, wanted: number): Buffer {
  const found: Buffer[] = [];
  let size = 0;
  let start = 0;
  let high = false;
  for (let i = 0; i <= bytes.length && size < wanted; i++) {
    const byte = i < bytes.length ? bytes[i]! : 0x0a;
    if (byte >= 0x80) high = true;
    if (byte >= 0x30) continue;
    if (high) {
      const word = Buffer.concat([bytes.subarray(start, i), lineFeed]);
      found.push(word);
      size += word.length;
    }
    start = i + 1;
    high = false;
  }
  return Buffer.concat(found);
}

const lineFeed = Buffer.from('\n');

const western = 'äöüßÄÖÜéèêëàâçîïôùûÉÈÊÀÂÇÎÔñÑáíóúÁÍÓÚãõÃÕåøæÅØÆìòœŒ';
const candidates: { encoding: Encoding; common: string; script: 'latin' | 'other' | 'east' }[] = [
  { encoding: 'windows-1252', common: western, script: 'latin' },
  { encoding: 'iso-8859-15', common: `${western}ŠšŽžŸ€`, script: 'latin' },
  { encoding: 'macintosh', common: western, script: 'latin' },
  { encoding: 'cp850', common: western, script: 'latin' },
  {
    encoding: 'windows-1250',
    common: 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰöüÖÜăşĂŞ',
    script: 'latin',
  },
  { encoding: 'windows-1254', common: 'ğışĞİŞöüçÖÜÇâîû', script: 'latin' },
  {
    encoding: 'windows-1251',
    common: 'абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯёЁіїєІЇЄ',
    script: 'other',
  },
  { encoding: 'koi8-r', common: 'абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯёЁ', script: 'other' },
  { encoding: 'windows-1253', common: 'αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ', script: 'other' },
  { encoding: 'shift_jis', common: '株式会社有限日本東京大阪市県区商事工業電機製作所の・ー店部長', script: 'east' },
  {
    encoding: 'gb18030',
    common: '公司有限责任股份集团中国北京上海广州深圳市省科技贸易工业电子的经理部',
    script: 'east',
  },
  { encoding: 'big5', common: '公司有限責任股份集團中國台灣臺北高雄市縣科技貿易工業電子的經理部', script: 'east' },
  { encoding: 'euc-kr', common: '주식회사한국서울부산대구전자산업이사장부시구', script: 'east' },
];

function fromWords(words: Buffer): EncodingGuess {
  const scored = candidates
    .map((candidate) => ({ candidate, text: decodeBytes(words, candidate.encoding), score: 0 }))
    .map((one) => ({ ...one, score: plausibility(one.text, one.candidate) }))
    .sort((a, b) => b.score - a.score);
  const best = scored[0]!;
  // Encodings that read these bytes alike do not contradict each other.
  const margin = best.score - (scored.find((one) => one.text !== best.text)?.score ?? 0);
  const confidence = best.score <= 0 ? 0.3 : Math.min(0.95, 0.55 + margin);
  return { encoding: best.candidate.encoding, bomBytes: 0, confidence, damaged: best.score <= 0 };
}

const fittingSigns = '€£§°®©™–—“”„‘’‚…·«»²³ºª\u00a0¿¡•';

/** Mean worth of the characters above 127: letters that this encoding's languages use, in places where letters stand. */
function plausibility(text: string, candidate: { common: string; script: 'latin' | 'other' | 'east' }): number {
  let sum = 0;
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    const char = text[i]!;
    const before = text[i - 1] ?? '\n';
    const after = text[i + 1] ?? '\n';
    seen++;
    if (code === 0xfffd || code < 0xa0 || (code >= 0xe000 && code < 0xf900)) sum -= 6;
    else if (/\p{L}|\p{M}/u.test(char)) sum += letterWorth(char, before, after, candidate);
    else if (isLetter(before) && isLetter(after)) sum += char === '’' || char === '·' || char === '・' ? 0.5 : -1.5;
    else sum += fittingSigns.includes(char) ? 0.5 : -0.5;
  }
  return seen === 0 ? 0 : sum / seen;
}

function letterWorth(
  char: string,
  before: string,
  after: string,
  candidate: { common: string; script: 'latin' | 'other' | 'east' },
): number {
  const common = candidate.common.includes(char);
  if (candidate.script === 'east') {
    if (/[a-z]/.test(before) || /[a-z]/.test(after)) return -2;
    if (/[\uff61-\uff9f]/.test(char)) return -0.5;
    const alone = before.charCodeAt(0) < 0x80 && after.charCodeAt(0) < 0x80;
    return (common ? 1.5 : /[\u3040-\u30ff\uac00-\ud7a3]/.test(char) ? 0.9 : 0.45) - (alone ? 1 : 0);
  }
  let worth = common ? 1 : -0.6;
  if (isLower(before) && isUpper(char)) worth -= 1.5;
  if (candidate.script === 'latin' && before.charCodeAt(0) >= 0x80) worth -= 0.6;
  if (candidate.script === 'other' && /[a-z]/i.test(before)) worth -= 1.2;
  return worth;
}

const isLetter = (char: string): boolean => /\p{L}/u.test(char);
const isLower = (char: string): boolean => char !== char.toUpperCase();
const isUpper = (char: string): boolean => char !== char.toLowerCase();
