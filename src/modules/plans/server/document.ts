/** The one-page plan as PDF: text chosen and cut to fit here, set by `plan.typ` in the typesetter's thread. */
import { readFileSync } from 'node:fs';
import type { PlanDocument } from '../rules.ts';
import { type Density, pageOf } from './page.ts';
import { typeset } from './typeset.ts';
import type { PageSettings } from './writing.ts';

export interface PlanPaper extends PageSettings {
  readonly paper: 'a4' | 'letter';
}

const DENSITIES: readonly Density[] = [0, 1, 2, 3];

/**
 * How hard the content is pressed together: a short plan gets larger type, a full one smaller type, then shorter texts
 * and fewer lines. The last attempt is cut at the end of the page, so that there is one page whatever was written.
 */
const ATTEMPTS: readonly { readonly density: Density; readonly scale: number; readonly fit: 'flow' | 'clip' }[] = [
  ...([1.12, 1.06, 1, 0.95, 0.9] as const).map((scale) => ({ density: 0, scale, fit: 'flow' }) as const),
  ...([0.95, 0.9, 0.86] as const).map((scale) => ({ density: 1, scale, fit: 'flow' }) as const),
  ...([0.9, 0.86, 0.8] as const).map((scale) => ({ density: 2, scale, fit: 'flow' }) as const),
  ...([0.86, 0.8] as const).map((scale) => ({ density: 3, scale, fit: 'flow' }) as const),
  { density: 3, scale: 0.75, fit: 'clip' },
];

let template: string | undefined;

/**
 * Sets a plan on exactly one page and gives the PDF back. Text stays text (selectable, searchable), title, author,
 * keywords, language and date are in its metadata. `locale` decides how money and dates are written and is the
 * document's language; `generatedAt` is an instant (ISO), shown in `timeZone`.
 */
export async function renderPlan(plan: PlanDocument, settings: PlanPaper): Promise<Uint8Array<ArrayBuffer>> {
  template ??= readFileSync(new URL('./plan.typ', import.meta.url), 'utf8');
  const paper = settings.paper === 'letter' ? 'us-letter' : 'a4';
  const data = DENSITIES.map((density) => JSON.stringify({ ...pageOf(plan, settings, density), paper }));
  const attempts = ATTEMPTS.map(({ density, scale, fit }) => ({
    data: density,
    inputs: { scale: String(scale), fit },
  }));
  const { pdf } = await typeset({ source: template, data, attempts, pages: 1 });
  return pdf;
}
