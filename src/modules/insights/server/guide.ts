// The page about all figures, written from their definitions, so that it cannot say anything else than the product does.
import type { MetricDefinition } from '../../../kernel/contract/metrics.ts';

const UNITS: Record<MetricDefinition['unit'], string> = {
  money: 'money in minor units with its currency',
  ratio: 'ratio with six decimal places (1 = 100 %)',
  count: 'count',
  days: 'days',
  score: 'score',
};

const HEAD = `# Figures

Every figure on a page, in an export and in the API comes from one registry. This page is written from it.

Ask for a figure with \`GET /api/v1/metrics/{id}\`, for the rows behind it with \`GET /api/v1/metrics/{id}/rows\`.

- **Days.** Figures of a period compare the balance of the day \`from\` with the balance of the day \`to\`, both days themselves. Without \`to\` the period ends today
  (or on \`asOf\`), without \`from\` it is twelve months long. \`asOf\`, where it is given, is the last day that is looked at. Figures of one day take \`asOf\`.
- **Months** (\`groupBy=month\`) lie between the first day asked for, each last day of a month in between, and the last day; a month starts where the one before it
  ended. The month is that of its last day.
- **Segments** (\`groupBy=segment\`) are industries, tiers or countries, as the workspace has chosen under Settings; every figure that can be parted by these can be
  parted by segment.
- **Cohorts** (\`GET /api/v1/revenue/cohorts\`) are the accounts that first paid in the same month, quarter or year; what they pay is read at the last day of each period,
  the present period at \`asOf\`, and compared with the end of their first period.
- **Recurring revenue** is kept as the amount of a year in minor units; a month is a twelfth of it, rounded half to even when it is shown. Movements are rounded so that
  they add up to the cent.
- **Sources.** Recurring contract lines, imported subscriptions, and recurring invoices of accounts that have neither. Where an account has contracts and subscriptions
  both count, or the one that the workspace has chosen under Settings; the same product in both is named in \`warnings\` (\`in_both\`).
- **Accounts that came back** are not part of NRR. \`includeReactivation\` asks for it either way; without it the workspace's choice holds.
- **Currencies** are converted at the last rate known on the day that an amount is about; \`constantCurrency=true\` takes the rates of the first day for both ends. Amounts
  without a rate are left out and named in \`warnings\`; unlike currencies are never added.
- **One record.** A figure of one contract, renewal or offer is asked for with its id, \`of=…\`, and stands in its own currency.
- **Not enough data** is \`null\`, never 0 or 100 %.
- **Rights.** A member's figures are sums over the accounts that this member sees.
- **Versions.** A definition that changes gets a new version; each workspace keeps what a figure meant from when on.
`;

const section = (d: MetricDefinition): string =>
  [
    `### ${d.label} (\`${d.id}\`, version ${d.version})`,
    '',
    d.meaning,
    '',
    `- Formula: ${d.formula}`,
    ...(d.includes.length ? [`- In it: ${d.includes.join('; ')}.`] : []),
    ...(d.excludes.length ? [`- Not in it: ${d.excludes.join('; ')}.`] : []),
    `- Unit: ${UNITS[d.unit]}; about ${d.over === 'day' ? 'one day' : 'a period'}${d.better ? `; ${d.better} is better` : ''}.`,
    ...(d.of ? [`- \`of\`: the id of one ${d.of}.`] : []),
    ...(d.groupBy.length ? [`- \`groupBy\`: ${d.groupBy.join(', ')}.`] : []),
    '',
  ].join('\n');

/** The guide as Markdown. */
export function guideText(definitions: readonly MetricDefinition[]): string {
  const rooms = [...new Set(definitions.map((d) => d.room))].sort();
  return [
    HEAD,
    ...rooms.flatMap((room) => [
      `## ${room.charAt(0).toUpperCase()}${room.slice(1)}`,
      '',
      ...definitions.filter((d) => d.room === room).map(section),
    ]),
  ].join('\n');
}
