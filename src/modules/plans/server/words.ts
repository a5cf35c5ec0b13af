/** Text made safe and short for print: no control characters, no lost halves of characters, words that can break. */

const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
/** A word this long cannot be trusted to fit a column: it may break anywhere after every twelfth character. */
const LONG_WORD = /\S{20,}/gu;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line of clean text: control characters and runs of white space become one space. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\ufffd/g, '')
    .replace(CONTROL, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Clean text of at most `most` columns (wide characters count twice), cut at a word where possible, with an ellipsis. */
export function short(text: string, most: number): string {
  const whole = clean(text);
  let width = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(whole)) {
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Extended_Pictographic}/u.test(
        segment,
      )
        ? 2
        : 1;
    if (width <= most - 1) end = index + segment.length;
    if (width > most) {
      const cut = whole.slice(0, end);
      const space = cut.lastIndexOf(' ');
      const kept = space > cut.length * 0.6 ? cut.slice(0, space) : cut;
      return breakable(`${kept.replace(/[\s.,;:·–-]+$/u, '')}…`);
    }
  }
  return breakable(whole);
}

/** Lets very long words break, by a space that has no width. */
function breakable(text: string): string {
  return text.replace(LONG_WORD, (word) => {
    const parts = [...segmenter.segment(word)].map(({ segment }) => segment);
    return parts.map((part, at) => (at > 0 && at % 12 === 0 ? `\u200b${part}` : part)).join('');
  });
}
