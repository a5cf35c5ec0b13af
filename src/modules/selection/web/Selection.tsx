// Choosing key accounts: matrix, review, decisions, watch list, model, readiness. The address holds tab and open account.
import { Scale } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { gather, useModules } from '../../../kernel/web/module.ts';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useGo, useUrlState } from '../../../kernel/web/urlState.ts';
import { Button, EmptyState, ErrorState, PageHeader, SkeletonRows, Tabs, toast } from '../../../ui/index.ts';
import { getMatrix } from '../api.ts';
import { AccountDrawer } from './AccountDrawer.tsx';
import { FirstModel } from './FirstModel.tsx';
import { MatrixTab } from './MatrixTab.tsx';

const ReviewTab = lazy(() => import('./ReviewTab.tsx'));
const DecisionsTab = lazy(() => import('./DecisionsTab.tsx'));
const WatchTab = lazy(() => import('./WatchTab.tsx'));
const ModelTab = lazy(() => import('./ModelTab.tsx'));
const ReadinessTab = lazy(() => import('./ReadinessTab.tsx'));

const TABS = [
  { id: 'matrix', label: 'Matrix' },
  { id: 'review', label: 'Review' },
  { id: 'decisions', label: 'Decisions' },
  { id: 'watch', label: 'Watch list' },
  { id: 'model', label: 'Model' },
  { id: 'readiness', label: 'Readiness' },
] as const;
type TabId = (typeof TABS)[number]['id'];

export default function Selection() {
  usePlace({ title: 'Selection' });
  const [state, setState] = useUrlState();
  const matrix = useCall(getMatrix, {}, { keepPrevious: true });
  const tab: TabId = TABS.find((t) => t.id === state.tab)?.id ?? 'matrix';
  const openAccount = (id: string) => setState({ account: id }, { push: true });
  const standsAlone = tab === 'decisions' || tab === 'readiness' || tab === 'model';

  const content = () => {
    if (tab === 'decisions') return <DecisionsTab onOpen={openAccount} />;
    if (tab === 'readiness') return <ReadinessTab />;
    if (matrix.error && !matrix.data)
      return <ErrorState text={matrix.error.message} onRetry={() => void matrix.refetch()} />;
    if (!matrix.data) return <SkeletonRows rows={10} columns={6} label="Loading the selection" />;
    if (tab === 'model') return <ModelTab />;
    if (matrix.data.rows.length === 0) return <NoAccounts />;
    return (
      <>
        {matrix.data.model.number === 0 && <FirstModel model={matrix.data.model} />}
        {tab === 'matrix' && <MatrixTab matrix={matrix.data} onOpen={openAccount} />}
        {tab === 'review' && <ReviewTab matrix={matrix.data} onOpen={openAccount} />}
        {tab === 'watch' && <WatchTab onOpen={openAccount} />}
      </>
    );
  };
  return (
    <>
      <PageHeader
        title="Selection"
        subtitle="Which accounts deserve key status, and why"
        tabs={
          <Tabs
            label="Parts of the selection"
            selected={tab}
            items={TABS.map(({ id, label }) => ({
              id,
              label,
              href: id === 'matrix' ? '/selection' : `/selection?tab=${id}`,
            }))}
          />
        }
      />
      <div className={standsAlone || tab !== 'matrix' ? 'p-4 md:p-6' : 'p-4 md:px-6 md:py-5'}>
        <Suspense fallback={<SkeletonRows rows={8} columns={4} />}>{content()}</Suspense>
      </div>
      {typeof state.account === 'string' && (
        <AccountDrawer key={state.account} accountId={state.account} onClose={() => setState({ account: undefined })} />
      )}
    </>
  );
}

/** Nothing to choose from yet: the ways to begin. */
function NoAccounts() {
  const modules = useModules();
  const may = useMay();
  const go = useGo();
  const beginnings = gather(modules, 'beginnings', may);
  return (
    <EmptyState
      icon={<Scale />}
      title="No accounts to choose from yet"
      text="Key accounts are chosen among all accounts. Bring in your list, or look around with a sample."
      actions={
        <>
          {beginnings.map((beginning, at) => (
            <Button
              key={beginning.id}
              variant={at === 0 ? 'primary' : 'secondary'}
              icon={<beginning.icon />}
              onPress={() =>
                void (beginning.run?.() ?? Promise.resolve()).then(
                  () => go(beginning.href),
                  (error: Error) => toast.show({ title: 'That did not work', text: error.message, tone: 'poor' }),
                )
              }
            >
              {beginning.label}
            </Button>
          ))}
          <Button href="/">Go to the portfolio</Button>
        </>
      }
    />
  );
}
