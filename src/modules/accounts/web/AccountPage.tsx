// One account: what matters in a strip, then tabs: its own and those of the rooms above. The address holds the tab.
import { useParams } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { Suspense } from 'react';
import { type AccountTab, gather, useModules } from '../../../kernel/web/module.ts';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { Slot } from '../../../kernel/web/slot.tsx';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import {
  Avatar,
  Badge,
  Banner,
  Button,
  EmptyState,
  ErrorState,
  Link,
  PageHeader,
  Skeleton,
  SkeletonRows,
  Tabs,
  toast,
  useIsPhone,
  useShortcuts,
} from '../../../ui/index.ts';
import { type AccountPage as Account, getAccount, restoreAccount } from '../api.ts';
import { AccountActions } from './AccountActions.tsx';
import { AccountStrip } from './AccountStrip.tsx';
import { Status } from './columns.tsx';
import { TextValue } from './fields.tsx';
import { ProfileProvider } from './useProfile.tsx';

const own: AccountTab[] = [
  { id: 'overview', label: 'Overview', order: 0, load: () => import('./Overview.tsx') },
  { id: 'tree', label: 'Tree', order: 900, load: () => import('./TreeTab.tsx') },
  { id: 'timeline', label: 'Timeline', order: 910, load: () => import('./TimelineTab.tsx') },
];
export default function AccountPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const account = useCall(getAccount, { params: { id } });
  usePlace(
    account.data
      ? {
          title: account.data.name,
          above: [
            { label: 'Portfolio', href: '/' },
            ...(account.data.parentId && account.data.parentName
              ? [{ label: account.data.parentName, href: `/accounts/${account.data.parentId}` }]
              : []),
          ],
          isThing: true,
        }
      : null,
  );
  if (account.error && !account.data) {
    return account.error.status === 404 || account.error.status === 422 ? (
      <EmptyState
        title="There is no such account, or you may not see it"
        text="It may have been given to somebody else. Ask your head of key accounts."
        actions={<Button href="/">Go to the portfolio</Button>}
      />
    ) : (
      <ErrorState text={account.error.message} onRetry={() => void account.refetch()} />
    );
  }
  if (!account.data) return <Loading />;
  return (
    <ProfileProvider key={id} account={account.data}>
      <Shown account={account.data} />
    </ProfileProvider>
  );
}

function Shown({ account }: { account: Account }) {
  const modules = useModules();
  const may = useMay();
  const isPhone = useIsPhone();
  const [state, setState] = useUrlState();
  const tabs = [...own, ...gather(modules, 'accountTabs', may)].sort((a, b) => a.order - b.order);
  const tab = tabs.find((t) => t.id === state.tab) ?? tabs[0]!;
  const step = (by: number) => {
    const next = tabs[tabs.indexOf(tab) + by];
    if (next) setState({ tab: next.id === 'overview' ? undefined : next.id });
  };
  useShortcuts([
    { keys: ']', label: 'Next tab', group: 'This page', onTrigger: () => step(1) },
    { keys: '[', label: 'Tab before', group: 'This page', onTrigger: () => step(-1) },
  ]);
  return (
    <>
      <PageHeader
        leading={isPhone ? undefined : <Avatar name={account.name} size="lg" shape="square" isDecorative />}
        title={<TextValue field="name" isRequired maxLength={200} />}
        badges={
          <>
            {account.tier && <Badge tone="outline">{account.tier}</Badge>}
            <Status status={account.status} />
            {account.archivedAt && <Badge tone="watch">Archived</Badge>}
          </>
        }
        subtitle={
          account.parentId && account.parentName ? (
            <>
              Part of <Link href={`/accounts/${account.parentId}`}>{account.parentName}</Link>
            </>
          ) : undefined
        }
        actions={<AccountActions account={account} />}
        tabs={
          <Tabs
            label="Parts of the account"
            selected={tab.id}
            items={tabs.map((t) => ({
              id: t.id,
              label: t.label,
              href: `/accounts/${account.id}${t.id === 'overview' ? '' : `?tab=${t.id}`}`,
              ...(t.id === 'tree' && account.children.length > 0 ? { count: account.children.length } : {}),
            }))}
          />
        }
      />
      {account.archivedAt && <Archived account={account} />}
      {tab.id === 'overview' && <AccountStrip account={account} />}
      <div className="p-4 md:p-6">
        <Suspense fallback={<SkeletonRows rows={6} columns={3} />}>
          <Slot load={tab.load} props={{ accountId: account.id }} />
        </Suspense>
      </div>
    </>
  );
}

function Archived({ account }: { account: Account }) {
  const restore = useVerb(restoreAccount);
  return (
    <div className="px-4 pt-4 md:px-6">
      <Banner
        tone="watch"
        title={account.mergedIntoId ? 'This account was merged into another' : 'This account is archived'}
        actions={
          <>
            {account.mergedIntoId && (
              <Button size="sm" href={`/accounts/${account.mergedIntoId}`}>
                Open the other account
              </Button>
            )}
            {account.can.archive && (
              <Button
                size="sm"
                icon={<Archive />}
                isLoading={restore.isPending}
                onPress={() =>
                  restore.mutate(
                    { params: { id: account.id } },
                    {
                      onSuccess: () => toast.show({ title: `${account.name} is back`, tone: 'good' }),
                      onError: (error) => toast.show({ title: 'Not restored', text: error.message, tone: 'poor' }),
                    },
                  )
                }
              >
                Restore
              </Button>
            )}
          </>
        }
      >
        {account.mergedIntoId
          ? 'What hung on it is with the other account now.'
          : 'It is out of lists and sums. Nothing of it is lost.'}
      </Banner>
    </div>
  );
}

function Loading() {
  return (
    <div aria-busy="true" className="px-4 pt-5 md:px-6">
      <div className="flex items-center gap-4">
        <Skeleton className="size-11" />
        <Skeleton className="h-7 w-64" />
      </div>
      <Skeleton className="mt-6 h-20 w-full" />
      <div className="mt-6">
        <SkeletonRows rows={6} columns={3} />
      </div>
    </div>
  );
}
