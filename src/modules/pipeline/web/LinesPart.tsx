// What is offered: read, or changed as a whole and saved with one press.
import { useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Money, toast } from '../../../ui/index.ts';
import { type OpportunityPage, saveLines } from '../api.ts';
import { type LineForm, LinesFields, lineFormOf, lineOf, totalOf } from './LinesFields.tsx';
import { REFRESHES } from './useOpportunity.ts';
import { BILLING_WORDS } from './words.ts';

export function LinesPart({ of }: { of: OpportunityPage }) {
  const [form, setForm] = useState<LineForm[] | null>(null);
  const verb = useVerb(saveLines, { refreshes: REFRESHES });
  const lines = form ?? of.lines.map((l) => lineFormOf(l));
  const save = useSubmit(async () => {
    await verb.mutateAsync({ params: { id: of.id }, body: { version: of.version, lines: lines.map(lineOf) } });
    toast.show({ title: 'Lines saved', tone: 'good' });
    setForm(null);
  });
  const isFixed = !of.can.update || of.state !== 'open';
  if (isFixed)
    return (
      <ul className="flex flex-col gap-2 pt-3">
        {of.lines.length === 0 && <li className="text-muted">No lines were offered.</li>}
        {of.lines.map((l) => (
          <li key={l.id} className="flex flex-wrap items-baseline justify-between gap-2 border-b border-line py-2">
            <span>
              {l.productName ?? l.description}
              <span className="text-sm text-muted">
                {' '}
                · {l.quantity} × <Money value={{ amount: l.unitPriceMinor, currency: of.currency }} />{' '}
                {BILLING_WORDS[l.billing]}
                {l.discountPercent > 0 && ` − ${l.discountPercent} %`}
              </span>
            </span>
            <Money value={l.amount} style="full" />
          </li>
        ))}
      </ul>
    );
  const message = save.problem?.code === 'version_conflict' ? save.problem.message : save.message('lines');
  return (
    <div className="flex flex-col gap-3 pt-3">
      {message && <Banner tone="poor">{message}</Banner>}
      {lines.length === 0 && (
        <p className="text-muted">
          Lines say what exactly is offered. With them the amount is their sum, and winning makes contract lines of
          them.
        </p>
      )}
      <LinesFields
        lines={lines}
        currency={of.currency}
        onChange={setForm}
        hasDates
        error={(i, field) => save.fieldError(`lines.${i}.${field}`)}
      />
      {form && (
        <div className="flex flex-wrap items-center justify-end gap-3">
          <span className="tabular text-muted">
            Together <Money value={{ amount: totalOf(lines), currency: of.currency }} style="full" />
          </span>
          <Button variant="quiet" onPress={() => setForm(null)} isDisabled={save.isBusy}>
            Discard
          </Button>
          <Button variant="primary" onPress={() => void save.run()} isLoading={save.isBusy}>
            Save the lines
          </Button>
        </div>
      )}
    </div>
  );
}
