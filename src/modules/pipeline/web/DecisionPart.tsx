// Who decides and what is known of the decision: people with their part, and the questions of MEDDIC, none of which has to be answered.
import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { call } from '../../../kernel/web/call.ts';
import { refresh, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { IconButton, InlineEdit, KeyValueList, Link, Select, toast } from '../../../ui/index.ts';
import { MEDDIC_FIELDS, type OpportunityPage, PARTS, savePeople, updateOpportunity } from '../api.ts';
import { PersonField } from './pickers.tsx';
import { REFRESHES } from './useOpportunity.ts';
import { PART_WORDS } from './words.ts';

const QUESTIONS: Record<(typeof MEDDIC_FIELDS)[number], { label: string; hint: string }> = {
  metrics: { label: 'Metrics', hint: 'Which figure gets better, and by how much' },
  economicBuyer: { label: 'Economic buyer', hint: 'Who can say yes when everybody else says no' },
  decisionCriteria: { label: 'Decision criteria', hint: 'By what they will compare' },
  decisionProcess: { label: 'Decision process', hint: 'Who does what until when' },
  paperProcess: { label: 'Paper process', hint: 'Legal, security, purchasing: the steps to a signature' },
  pain: { label: 'Pain', hint: 'What happens if they do nothing' },
  champion: { label: 'Champion', hint: 'Who sells for us when we are not there' },
  competition: { label: 'Competition', hint: 'Against whom, or against what' },
};

export function DecisionPart({ of }: { of: OpportunityPage }) {
  const client = useQueryClient();
  const people = useVerb(savePeople, { refreshes: REFRESHES });
  const put = (list: { personId: string; part: (typeof PARTS)[number]; note: string }[]) =>
    void people
      .mutateAsync({ params: { id: of.id }, body: { people: list } })
      .catch((error: unknown) => toast.show({ title: 'Not saved', text: asProblem(error).message, tone: 'poor' }));
  const listed = of.people.map(({ personId, part, note }) => ({ personId, part, note }));
  const isFixed = !of.can.update;
  return (
    <div className="flex flex-col gap-5 pt-3">
      <section className="flex flex-col gap-2" aria-labelledby="deciders">
        <h3 id="deciders" className="text-base font-semibold text-ink">
          People
        </h3>
        {of.people.length === 0 && (
          <p className="text-muted">Nobody is named yet. Who decides, who helps, who stands in the way?</p>
        )}
        <ul className="flex flex-col gap-2">
          {of.people.map((p) => (
            <li key={p.personId} className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 flex-1">
                <Link href={`/people/${p.personId}`} tone="text">
                  {p.name}
                </Link>
                {p.title && <span className="text-sm text-muted"> · {p.title}</span>}
              </span>
              <Select
                label={`Part of ${p.name}`}
                hideLabel
                value={p.part}
                isDisabled={isFixed}
                options={PARTS.map((value) => ({ value, label: PART_WORDS[value] }))}
                onChange={(part) => put(listed.map((x) => (x.personId === p.personId ? { ...x, part } : x)))}
              />
              {!isFixed && (
                <IconButton
                  label={`Remove ${p.name}`}
                  icon={<Trash2 />}
                  onPress={() => put(listed.filter((x) => x.personId !== p.personId))}
                />
              )}
            </li>
          ))}
        </ul>
        {!isFixed && (
          <PersonField
            label="Add a person of the account"
            accountId={of.accountId}
            value={null}
            onChange={(person) =>
              person &&
              !listed.some((x) => x.personId === person.value) &&
              put([...listed, { personId: person.value, part: 'none', note: '' }])
            }
          />
        )}
      </section>
      <section className="flex flex-col gap-2" aria-labelledby="meddic">
        <h3 id="meddic" className="text-base font-semibold text-ink">
          What is known of the decision
        </h3>
        <KeyValueList
          items={MEDDIC_FIELDS.map((field) => ({
            label: QUESTIONS[field].label,
            hint: QUESTIONS[field].hint,
            value: (
              <InlineEdit
                kind="textarea"
                label={QUESTIONS[field].label}
                value={of.meddic[field] ?? ''}
                isReadOnly={isFixed}
                placeholder="Not known yet"
                onSave={async (value) => {
                  try {
                    await call(updateOpportunity, { params: { id: of.id }, body: { meddic: { [field]: value } } });
                  } catch (error) {
                    throw new Error(asProblem(error).message);
                  }
                  await refresh(client, ['pipeline.']);
                }}
              />
            ),
          }))}
        />
      </section>
    </div>
  );
}
