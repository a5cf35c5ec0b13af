// Lines of a CSV that spreadsheets open rightly: a byte order mark for Excel, quotes where needed, no text that could run as a formula.
import { escapeFormula } from '../../../kernel/contract/csv-safety.ts';
import type { ExportCell } from '../../../kernel/server/exporting.ts';

export const BOM = '\ufeff';

export function csvLine(cells: readonly ExportCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: ExportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'object') return 'day' in cell ? cell.day : decimal(cell.minor, cell.digits);
  const safe = escapeFormula(cell);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Minor units as the amount they are, exactly: 123450 with 2 digits is 1234.50. */
export function decimal(minor: number, digits: number): string {
  if (digits === 0) return String(minor);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return `${minor < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
