// Text in a CSV that a spreadsheet would run as a formula gets a marker on the way out, which is taken off on the way in.

const dangerous = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const marked = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * For text cells of an exported CSV. Puts `'` before a leading = + - @ (also full width), tab or line break. Text that already has
 * quotation marks there gets one more, so that `unescapeFormula(escapeFormula(text)) === text` for every text.
 * Numbers and dates that are written as such need no marker; cells of an XLSX neither, since they have a type.
 */
export function escapeFormula(text: string): string {
  return dangerous.test(text) ? `'${text}` : text;
}

/** Takes off exactly what `escapeFormula` put on; nothing else that begins with `'` is touched. */
export function unescapeFormula(text: string): string {
  return text.charCodeAt(0) === 39 && marked.test(text) ? text.slice(1) : text;
}
