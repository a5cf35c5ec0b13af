// The account's overview: profile and description to edit in place, colleagues around it, and cards of the rooms above.
import { Suspense } from 'react';
import { gather, useModules } from '../../../kernel/web/module.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { Slot } from '../../../kernel/web/slot.tsx';
import {
  Badge,
  Card,
  DateText,
  type KeyValueItem,
  KeyValueList,
  Link,
  Missing,
  Money,
  Num,
  SkeletonRows,
} from '../../../ui/index.ts';
import { getWorkspace, listFields } from '../../settings/api.ts';
import { accountFacets, STATUSES } from '../api.ts';
import { CustomFields } from './CustomFields.tsx';
import { Status, Tags } from './columns.tsx';
import { DuplicatesCard } from './DuplicatesCard.tsx';
import { EmployeesValue, MoneyValueField, ParentValue, TagsValue, TextValue } from './fields.tsx';
import { TeamCard } from './TeamCard.tsx';
import { useProfile } from './useProfile.tsx';
import { FIELD_WORDS, STATUS_WORDS, tierWords } from './words.ts';

function Cards({ column, accountId }: { column: 'main' | 'side'; accountId: string }) {
  const modules = useModules();
  const may = useMay();
  return gather(modules, 'accountCards', may)
    .filter((card) => card.column === column)
    .map((card) => (
      <Suspense
        key={card.id}
        fallback={
          <Card>
            <SkeletonRows rows={3} columns={2} />
          </Card>
        }
      >
        <Slot load={card.load} props={{ accountId }} />
      </Suspense>
    ));
}

const webAddress = (text: string) => (/^https?:\/\//i.test(text) ? text : `https://${text}`);

export default function Overview({ accountId }: { accountId: string }) {
  const { account } = useProfile();
  const custom = useCall(listFields, { query: { entity: 'accounts' } }, { staleTime: 60_000 });
  const settings = useCall(getWorkspace, {}, { staleTime: 60_000 });
  const facets = useCall(accountFacets, {}, { staleTime: 60_000 });
  const tiers = tierWords(settings.data?.preferences.tiers ?? [], facets.data?.tiers ?? []);
  const fact = (field: string, value: KeyValueItem['value']): KeyValueItem => ({
    label: FIELD_WORDS[field] ?? field,
    value,
  });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <Cards column="main" accountId={accountId} />
        <Card title="Profile">
          <KeyValueList
            columns={2}
            items={[
              fact(
                'tier',
                <TextValue
                  field="tier"
                  kind="select"
                  options={tiers.map((tier) => ({ value: tier, label: tier }))}
                  display={(tier) => <Badge tone="outline">{tier}</Badge>}
                />,
              ),
              fact(
                'status',
                <TextValue
                  field="status"
                  kind="select"
                  options={STATUSES.map((value) => ({ value, label: STATUS_WORDS[value].label }))}
                  display={() => <Status status={account.status} />}
                />,
              ),
              fact('parentId', <ParentValue display={account.parentName ?? <Missing label="No parent" />} />),
              fact('type', <TextValue field="type" maxLength={100} />),
              fact('industry', <TextValue field="industry" maxLength={200} />),
              fact('employees', <EmployeesValue />),
              fact(
                'annualRevenue',
                <MoneyValueField
                  field="annualRevenue"
                  display={<Money value={account.annualRevenue} style="compact" />}
                />,
              ),
              fact(
                'customerSince',
                <TextValue field="customerSince" kind="date" display={(value) => <DateText value={value} />} />,
              ),
              fact(
                'tags',
                <TagsValue known={facets.data?.tags ?? []} display={<Tags tags={account.tags} max={6} />} />,
              ),
              fact(
                'website',
                <span className="flex min-w-0 items-center gap-2">
                  <TextValue field="website" maxLength={500} />
                  {account.website && (
                    <Link href={webAddress(account.website)} isExternal className="text-sm">
                      Open
                    </Link>
                  )}
                </span>,
              ),
              fact('phone', <TextValue field="phone" maxLength={60} />),
              fact('street', <TextValue field="street" maxLength={300} />),
              fact('postalCode', <TextValue field="postalCode" maxLength={30} />),
              fact('city', <TextValue field="city" maxLength={100} />),
              fact('region', <TextValue field="region" maxLength={100} />),
              fact('country', <TextValue field="country" maxLength={100} />),
            ]}
          />
        </Card>
        <CustomFields fields={custom.data?.items ?? []} />
        <Card title="About this account">
          <TextValue
            field="description"
            kind="textarea"
            maxLength={20_000}
            placeholder="What a colleague should know before the first call"
          />
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <TeamCard account={account} />
        <DuplicatesCard account={account} />
        <Cards column="side" accountId={accountId} />
        {account.children.length > 0 && (
          <Card title="Accounts below" padding="none">
            <ul>
              {account.children.slice(0, 8).map((child) => (
                <li key={child.id} className="flex items-center gap-3 border-t border-line px-pad py-2">
                  <span className="min-w-0 flex-1 truncate">
                    <Link href={`/accounts/${child.id}`} tone="text">
                      {child.name}
                    </Link>
                  </span>
                  {child.tier && <Badge tone="outline">{child.tier}</Badge>}
                  <Money value={child.arr} style="compact" />
                </li>
              ))}
              {account.children.length > 8 && (
                <li className="border-t border-line px-pad py-2 text-sm">
                  <Link href={`/accounts/${account.id}?tab=tree`}>
                    All <Num value={account.children.length} /> in the tree
                  </Link>
                </li>
              )}
            </ul>
          </Card>
        )}
        <Card title="Record">
          <KeyValueList
            items={[
              { label: 'Added', value: <DateText value={account.createdAt} /> },
              { label: 'Updated', value: <DateText value={account.updatedAt} /> },
              ...account.externalIds.map((x) => ({
                label: `Id in ${x.system}`,
                value: <span className="tabular text-sm break-all">{x.id}</span>,
              })),
            ]}
          />
        </Card>
      </div>
    </div>
  );
}
