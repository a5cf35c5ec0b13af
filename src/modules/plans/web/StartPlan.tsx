// An account without a plan: what we know already, and one button that starts the plan with it.
import { NotebookText } from 'lucide-react';
import { useState } from 'react';
import { newId } from '../../../kernel/contract/ids.ts';
import { call } from '../../../kernel/web/call.ts';
import { queryClient, refresh, useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import {
  Banner,
  Button,
  Card,
  Checkbox,
  DateText,
  EmptyState,
  KeyValueList,
  Missing,
  Money,
} from '../../../ui/index.ts';
import { getAccount } from '../../accounts/api.ts';
import { listPeople } from '../../stakeholders/api.ts';
import { createPlan } from '../api.ts';
import { emptyPlan } from '../rules.ts';

/** As many people as the one page shows. */
const PEOPLE = 5;

export function StartPlan({ accountId }: { accountId: string }) {
  const may = useMay();
  const account = useCall(getAccount, { params: { id: accountId } });
  const people = useCall(
    listPeople,
    { query: { accountId: [accountId], limit: 50 } },
    { enabled: may('stakeholders.read') },
  );
  const [withPeople, setWithPeople] = useState(true);
  // Those with a part in the decision first: they are whom a plan is about.
  const ranked = [...(people.data?.items ?? [])]
    .map((person) => ({ person, role: person.accounts.find((role) => role.accountId === accountId) }))
    .sort((a, b) => weigh(b.role) - weigh(a.role))
    .slice(0, PEOPLE);
  const start = useSubmit(async () => {
    const { relationships } = emptyPlan().content;
    await call(createPlan, {
      body: {
        accountId,
        ...(withPeople && ranked.length
          ? {
              content: {
                relationships: {
                  ...relationships,
                  people: ranked.map(({ person }) => ({ id: newId(), personId: person.id, note: '' })),
                },
              },
            }
          : {}),
      },
    });
    await refresh(queryClient, ['plans.']);
  });
  if (!may('plans.write')) {
    return (
      <EmptyState
        icon={<NotebookText />}
        title="This account has no plan yet"
        text="Its key account manager can start one: a single page with goals, people, actions and risks."
      />
    );
  }
  const facts = account.data;
  return (
    <div className="mx-auto max-w-2xl">
      <EmptyState
        size="sm"
        icon={<NotebookText />}
        title="This account has no plan yet"
        text="A plan is one page: their top three goals, the people who decide, what we do, what could go wrong. Ten minutes for a first version."
      />
      <Card
        title="It starts with what we know"
        footer={
          <>
            <Button variant="primary" isLoading={start.isBusy} onPress={() => void start.run()}>
              Start the plan
            </Button>
            <span>Everything can be changed on the page and saves itself.</span>
          </>
        }
      >
        {start.message() && (
          <Banner tone="poor" title="Not started">
            {start.message()}
          </Banner>
        )}
        <KeyValueList
          columns={2}
          items={[
            { label: 'ARR', value: <Money value={facts?.arr ?? null} /> },
            { label: 'Renewal', value: <DateText value={facts?.renewalOn ?? null} /> },
            { label: 'Block owner', value: facts?.ownerName ?? <Missing label="Nobody yet" /> },
            { label: 'Sponsor', value: facts?.sponsorName ?? <Missing label="Nobody yet" /> },
          ]}
        />
        {ranked.length > 0 && (
          <div className="mt-4">
            <Checkbox
              isSelected={withPeople}
              onChange={setWithPeople}
              description={ranked
                .map(({ person, role }) => [person.name, role?.title].filter(Boolean).join(', '))
                .join(' · ')}
            >
              Bring the people we know there
            </Checkbox>
          </div>
        )}
      </Card>
    </div>
  );
}

const weigh = (role: { part: string | null; influence: number | null } | undefined) =>
  (role?.part && role.part !== 'none' ? 10 : 0) + (role?.influence ?? 0);
