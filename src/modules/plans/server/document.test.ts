/** The printed plan: one page whatever was written, text that can be selected, and words that stay words. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { acmeDocument, acmeFacts } from '../../../../test/fixtures/acme.ts';
import { readPdf } from '../../../../test/pdf.ts';
import { composeDocument, emptyPlan, type PlanDocument } from '../rules.ts';
import { type PlanPaper, renderPlan } from './document.ts';
import { stopTypesetter, typeset } from './typeset.ts';

const settings: PlanPaper = {
  paper: 'a4',
  locale: 'en-US',
  timeZone: 'America/New_York',
  generatedAt: '2026-11-22T14:05:00Z',
};
const print = async (plan: PlanDocument, other: Partial<PlanPaper> = {}) =>
  readPdf(await renderPlan(plan, { ...settings, ...other }));

const SENTENCE =
  'Operational excellence across all sites needs follow-up with everybody who decides and evidence that holds. ';
const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(4);

/** The worked example with `count` of everything and `text` behind every text. */
function swollen(count: number, text: string): PlanDocument {
  const many = <T extends object>(items: readonly T[]): T[] =>
    Array.from({ length: count }, (_, at) => {
      const copy = { ...items[at % items.length] } as Record<string, unknown>;
      for (const key of [
        'text',
        'name',
        'title',
        'measure',
        'mitigation',
        'note',
        'owner',
        'part',
        'contact',
        'stance',
      ]) {
        if (typeof copy[key] === 'string') copy[key] = `${copy[key]} ${at + 1} ${text}`;
      }
      return copy as T;
    });
  const { account, business } = acmeDocument;
  return {
    ...acmeDocument,
    account: { ...account, name: `Acme ${text}`, tier: text },
    owner: `Jordan ${text}`,
    sponsor: text,
    signedOff: { by: text, on: '2026-03-31' },
    summary: text.repeat(5),
    renewal: { ...acmeDocument.renewal, outcome: text },
    people: many(acmeDocument.people),
    relationships: { summary: text.repeat(3), couldDerail: text.repeat(3) },
    business: {
      goals: text,
      initiatives: text,
      market: text,
      finances: text,
      swot: many(business.swot),
      competitors: many(business.competitors),
    },
    wonAndLost: text,
    growthAreas: text,
    goals: many(acmeDocument.goals),
    actions: many(acmeDocument.actions),
    risks: many(acmeDocument.risks),
    milestones: many(acmeDocument.milestones).map((item, at) => ({
      ...item,
      quarter: `${2026 + (at >> 2)}-Q${(at % 4) + 1}`,
    })),
    expansion: many(acmeDocument.expansion),
  };
}

afterAll(() => stopTypesetter());

describe('the worked example in print', () => {
  it('says on one page what was agreed: goals, people, renewal, risks, actions', async () => {
    const { pages, text } = await print(acmeDocument);
    expect(pages).toBe(1);
    for (const words of [
      'Acme Corp',
      '$2.5M',
      'Oct 15, 2026',
      '+15%',
      'Jordan Lee',
      'Ines Moreau',
      'Reduce operating cost by 15 %',
      'Automate order processing',
      'Better SLAs',
      'Dana Whitfield',
      ', CFO',
      ', Head of Ops',
      ', IT Director',
      'Delayed integrations',
      'Low adoption in Ops',
      'High 16',
      'Work through the integration checklist with IT',
      'Adoption training in month 2 for the Ops team',
      'Order automation at two more sites',
      '$375K',
      'Q4 2026',
      'Renewal signed',
      'Signed off by Ines Moreau, Mar 31, 2026',
      'Printed Nov 22, 2026, 9:05',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/and \d+ more/);
  });

  it('puts the heaviest risk first', async () => {
    const { text } = await print(acmeDocument);
    expect(text.indexOf('Low adoption in Ops')).toBeLessThan(text.indexOf('Delayed integrations'));
  });

  it('knows its title, author, keywords, language and date', async () => {
    expect(await print(acmeDocument)).toMatchObject({
      title: 'Account plan: Acme Corp',
      author: 'Jordan Lee',
      keywords: 'account plan, Acme Corp, Strategic',
      language: 'en',
      created: expect.stringContaining('20261122140500'),
    });
  });

  it('comes in A4 and in Letter', async () => {
    expect((await print(acmeDocument)).size.map(Math.round)).toEqual([595, 842]);
    expect((await print(acmeDocument, { paper: 'letter' })).size.map(Math.round)).toEqual([612, 792]);
  });

  it('is set in the bundled typeface alone, whatever fonts the machine has', async () => {
    const { fonts } = await print(acmeDocument);
    expect(new Set(fonts)).toEqual(new Set(['Inter-Regular', 'Inter-SemiBold']));
  });

  it('writes money, dates and times as the reader does', async () => {
    const { text, language } = await print(acmeDocument, { locale: 'de-DE', timeZone: 'Europe/Berlin' });
    expect(language).toBe('de');
    expect(text).toMatch(/2,5\sMio\.\s\$/);
    expect(text).toContain('15.10.2026');
    expect(text).toContain('22.11.2026, 15:05');
  });

  it('falls back to English and UTC where it does not know the setting', async () => {
    const { text } = await print(acmeDocument, { locale: 'not a locale', timeZone: 'Nowhere/Land' });
    expect(text).toContain('Printed Nov 22, 2026, 2:05');
  });
});

describe('one page, always', () => {
  const papers = ['a4', 'letter'] as const;

  it.each(papers)('an empty plan on %s says how to begin', async (paper) => {
    const plan = composeDocument(emptyPlan(), { ...acmeFacts, owner: null, sponsor: null, signedOff: null });
    const { pages, text, author } = await print(plan, { paper });
    expect(pages).toBe(1);
    expect(author).toBeNull();
    expect(text).toContain('This plan is still to be written.');
    expect(text).toContain('Draft, not signed off');
  });

  it.each(papers)('a plan with too much of everything on %s counts what it leaves out', async (paper) => {
    const { pages, text } = await print(swollen(40, SENTENCE.repeat(4)), { paper });
    expect(pages).toBe(1);
    expect(text).toContain('and 37 more');
    expect(text).toContain('and 35 more');
    expect(text).toContain('…');
  });

  it.each(papers)('words without an end on %s break', async (paper) => {
    expect((await print(swollen(8, WORD), { paper })).pages).toBe(1);
  });

  it('holds for any number of lines and any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 400 }), fc.constant(SENTENCE)),
        fc.constantFrom(...papers),
        async (count, text, paper) => {
          expect((await print(swollen(count, text), { paper })).pages).toBe(1);
        },
      ),
      { numRuns: 8 },
    );
  }, 60_000);
});

describe('words stay words', () => {
  const named = (name: string): PlanDocument => ({ ...acmeDocument, account: { ...acmeDocument.account, name } });

  it.each([
    '#panic("stop")',
    '*bold* _thin_ $x^2$ `raw`',
    '#read("/etc/hostname")',
    '#set page(width: 1pt)',
    '= Heading - list + enum / term: x',
    '<label> @reference \\ ~ -- ---',
    '// comment /* and more */ ]}) #',
    '"quoted" and \'single\'',
  ])('%s is printed as it was typed', async (name) => {
    const { pages, lines } = await print(named(name));
    expect(pages).toBe(1);
    expect(lines).toContain(name);
  });

  it('Cyrillic, Greek, Vietnamese and accents are printed and can be selected', async () => {
    const names = [
      'Київстар Україна',
      'Ελληνικά Ταχυδρομεία',
      'Nguyễn Thị Hằng',
      'Łódź Ærøskøbing Straße Çelik',
      'Žilina Ősz Țară',
    ];
    for (const name of names) expect((await print(named(name))).lines).toContain(name);
  });

  it('scripts that no font covers leave the page whole', async () => {
    const { pages, text } = await print({
      ...acmeDocument,
      summary: '顧客は運用コストを削減したい。 고객은 비용 العميل ลูกค้า 🚀',
    });
    expect(pages).toBe(1);
    expect(text).toContain('Better SLAs');
  });

  it('control characters, turned writing and broken halves of characters are taken out', async () => {
    const { lines, title } = await print(named('Ac\u0000me\u202e\n\tCorp \ud800'));
    expect(lines).toContain('Ac me Corp');
    expect(title).toBe('Account plan: Ac me Corp');
  });
});

describe('the typesetter', () => {
  it('keeps documents apart that are asked for at the same time', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `Account number ${at}`);
    const printed = await Promise.all(
      names.map((name) => print({ ...acmeDocument, account: { ...acmeDocument.account, name } })),
    );
    expect(printed.map(({ title }) => title)).toEqual(names.map((name) => `Account plan: ${name}`));
  });

  it('says what is wrong with a template, and goes on with the next document', async () => {
    const broken = { data: ['{}'], attempts: [{ data: 0, inputs: {} }], pages: 1 };
    await expect(typeset({ ...broken, source: '#unknown-thing' })).rejects.toThrow('unknown variable');
    await expect(typeset({ ...broken, source: 'one #pagebreak() two' })).rejects.toThrow('No attempt made 1 page');
    expect((await print(acmeDocument)).pages).toBe(1);
  });

  it('gives a template nothing but its own folder to read', async () => {
    const job = { data: ['{}'], attempts: [{ data: 0, inputs: {} }], pages: 1 };
    await expect(typeset({ ...job, source: '#read("../plan.typ")' })).rejects.toThrow('The template does not compile');
    await expect(typeset({ ...job, source: '#read("/etc/passwd")' })).rejects.toThrow('The template does not compile');
  });

  it('starts again after it was stopped, and rejects what was in work', async () => {
    const working = renderPlan(acmeDocument, settings);
    const stopped = expect(working).rejects.toThrow('The typesetter was stopped.');
    await stopTypesetter();
    await stopped;
    expect((await print(acmeDocument)).pages).toBe(1);
  });

  it('gives its memory back: 200 more documents do not pile up', async () => {
    // In a process of its own, because the memory of the test runner moves by itself.
    const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const script = `
      const { renderPlan } = await import(${from('./document.ts')});
      const { composeDocument, emptyPlan } = await import(${from('../rules.ts')});
      const { acmeFacts } = await import(${from('../../../../test/fixtures/acme.ts')});
      const plan = composeDocument(emptyPlan(), acmeFacts);
      const rounds = async (count) => {
        for (let at = 0; at < count; at += 1) {
          await renderPlan({ ...plan, summary: 'Round ' + at }, ${JSON.stringify(settings)});
        }
        return process.memoryUsage().rss / 1e6;
      };
      const before = await rounds(120);
      console.log((await rounds(200)) - before);
      process.exit(0);
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--eval', `(async () => {${script}})()`], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(Number(stdout)).toBeLessThan(50);
  }, 60_000);
});
