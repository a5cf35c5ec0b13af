// Delimited text of any encoding and dialect as numbered rows, streamed in flat memory.

import type { DialectGuess } from './dialect.ts';
import { detectDialect, firstRecords } from './dialect.ts';
import type { EncodingGuess } from './encoding.ts';
import { detectEncoding } from './encoding.ts';
import type { Limits } from './problem.ts';
import { UnreadableFile } from './problem.ts';
import type { RawBatch, RawTable } from './raw.ts';
import { batchRows, headRows, isBlankRow } from './raw.ts';
import type { ByteSource } from './source.ts';
import type { DecodingTally, Encoding } from './text.ts';
import { decodeChunks } from './text.ts';
import { createTokeniser } from './tokenise.ts';

export type CsvChoice = { encoding?: Encoding; delimiter?: string };

export type CsvTable = RawTable & { encoding: EncodingGuess; dialect: DialectGuess; tally: DecodingTally };

const sampleChars = 256 * 1024;

/** `nameOf` names a column in messages; it is asked only when something is wrong, so it may learn the header later. */
export async function openCsv(
  source: ByteSource,
  limits: Limits,
  choice: CsvChoice,
  nameOf: (column: number) => string,
): Promise<CsvTable> {
  const guessed = await detectEncoding(source);
  const encoding: EncodingGuess = choice.encoding
    ? {
        ...guessed,
        encoding: choice.encoding,
        bomBytes: choice.encoding === guessed.encoding ? guessed.bomBytes : 0,
        confidence: 1,
      }
    : guessed;
  const sample = await startOfText(source, encoding);
  if (sample.trim() === '') {
    throw new UnreadableFile('empty_file', `${source.name} has no text in it, only spaces or line breaks.`);
  }
  const guess = detectDialect(sample);
  const dialect: DialectGuess = choice.delimiter ? { ...guess, delimiter: choice.delimiter, confidence: 1 } : guess;
  const tally: DecodingTally = { nullCharacters: 0, unreadable: 0 };
  const warnings: string[] = [];
  const head: RawTable['head'] = [];
  firstRecords(sample.slice(dialect.skipCharacters), dialect, headRows * 2).forEach((cells, i) => {
    if (head.length < headRows && !isBlankRow(cells)) head.push({ number: i + 1, cells });
  });
  if (encoding.damaged) {
    warnings.push(
      'Some characters could not be read and show as �. Export the file again as UTF-8 to have them right.',
    );
  } else if (encoding.confidence < 0.6) {
    warnings.push(
      `The encoding looks like ${encoding.encoding}, but that is not sure. Look at the accents in the preview.`,
    );
  }
  if (convertedTwice(sample)) {
    warnings.push('Accents look broken in the file itself (“Ã¼” for “ü”). Export the file again as UTF-8.');
  }
  return {
    kind: 'csv',
    bytesTotal: source.size,
    head,
    warnings,
    encoding,
    dialect,
    tally,
    batches: (signal) => batches(source, encoding, dialect, limits, nameOf, tally, signal),
  };
}

async function startOfText(source: ByteSource, encoding: EncodingGuess): Promise<string> {
  let text = '';
  const tally = { nullCharacters: 0, unreadable: 0 };
  for await (const piece of decodeChunks(source.chunks(encoding.bomBytes), encoding.encoding, tally)) {
    text += piece;
    if (text.length >= sampleChars && text.trim() !== '') break;
  }
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function convertedTwice(sample: string): boolean {
  return (sample.match(/Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ“”]/g) ?? []).length >= 2;
}

async function* batches(
  source: ByteSource,
  encoding: EncodingGuess,
  dialect: DialectGuess,
  limits: Limits,
  nameOf: (column: number) => string,
  tally: DecodingTally,
  signal?: AbortSignal,
): AsyncGenerator<RawBatch> {
  tally.nullCharacters = 0;
  tally.unreadable = 0;
  let bytesRead = encoding.bomBytes;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of source.chunks(encoding.bomBytes)) {
      if (signal?.aborted) throw new UnreadableFile('cancelled', 'Reading was cancelled.');
      bytesRead += chunk.length;
      yield chunk;
    }
  }
  let number = 0;
  let batch: RawBatch = { rows: [], numbers: [], oddQuotes: [], bytesRead: 0 };
  const ready: RawBatch[] = [];
  const cap = { cellChars: limits.cellChars, columns: limits.columns, nameOf };
  const tokeniser = createTokeniser(dialect, cap, (cells, odd) => {
    number++;
    if (cells.length === 1 || cells[0] === '') if (isBlankRow(cells)) return;
    if (number > limits.rows) {
      throw new UnreadableFile(
        'too_many_rows',
        `The file has more than ${limits.rows.toLocaleString('en')} rows. Split it and import the parts.`,
      );
    }
    if (odd) batch.oddQuotes.push(number);
    batch.rows.push(cells);
    batch.numbers.push(number);
    if (batch.rows.length >= batchRows) {
      ready.push(batch);
      batch = { rows: [], numbers: [], oddQuotes: [], bytesRead: 0 };
    }
  });
  let toSkip = -1;
  for await (const piece of decodeChunks(counted(), encoding.encoding, tally)) {
    let text = piece;
    if (toSkip === -1) toSkip = dialect.skipCharacters + (text.startsWith('\ufeff') ? 1 : 0);
    if (toSkip > 0) {
      const now = Math.min(toSkip, text.length);
      text = text.slice(now);
      toSkip -= now;
    }
    tokeniser.push(text);
    for (const full of ready.splice(0)) yield { ...full, bytesRead };
  }
  tokeniser.end();
  for (const full of ready) yield { ...full, bytesRead };
  if (batch.rows.length > 0) yield { ...batch, bytesRead };
}
