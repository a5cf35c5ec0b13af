// The figure of an account's people: how many of the parts that every key account needs are filled.
import { notFound } from '../../../kernel/contract/problem.ts';
import { type MeasuredRow, type Metric, noFigure, recordMetric } from '../../../kernel/server/measuring.ts';
import { MUST_HAVE_PARTS } from '../api.ts';
import { coverage } from './reading.ts';

const words = (part: string) => part.charAt(0).toUpperCase() + part.slice(1).replaceAll('_', ' ');

export const metrics: readonly Metric[] = [
  recordMetric(
    {
      id: 'role-coverage',
      version: 1,
      label: 'Role coverage',
      meaning: 'How many of the parts that every key account needs are filled by somebody who is there now.',
      formula: `parts with at least one person / ${MUST_HAVE_PARTS.length}`,
      includes: [
        MUST_HAVE_PARTS.map(words).join(', '),
        'People who are confirmed in the part, and people assumed to be',
      ],
      excludes: ['People who have left', 'Other parts', 'Judgements that you may not read'],
      unit: 'ratio',
      better: 'higher',
      of: 'account',
    },
    async (ctx, id, q) => {
      const [found] = await coverage(ctx, [id]);
      if (!found) throw notFound('account');
      if (q.asOf < ctx.today)
        return noFigure({ code: 'no_history', message: 'Role coverage is known as of today only.' });
      return {
        value: found.ratio.toFixed(6),
        parts: { filled: found.filled, parts: found.of, people: found.people },
        rows: found.parts.map(
          ({ part, people }): MeasuredRow => ({
            key: part,
            label: `${words(part)}: ${people.map((p) => (p.confirmed ? p.name : `${p.name} (assumed)`)).join(', ') || 'nobody yet'}`,
            accountId: id,
            href: `/accounts/${id}?tab=people`,
            parts: { filled: people.length > 0 ? 1 : 0 },
          }),
        ),
      };
    },
  ),
];
