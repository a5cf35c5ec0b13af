// Named versions of the plan, the difference between any two in words, sign-off, and what every save changed.
import { PenLine } from 'lucide-react';
import { useState } from 'react';
import { useCall, useList, useVerb } from '../../../kernel/web/queries.ts';
import {
  Badge,
  Banner,
  Button,
  DateText,
  Drawer,
  EmptyState,
  ErrorState,
  Select,
  SkeletonRows,
  Tabs,
  TextField,
  Timeline,
  toast,
} from '../../../ui/index.ts';
import { comparePlan, listVersions, planHistory, saveVersion, signOffVersion } from '../api.ts';
import { type BlockDifference, differenceInWords } from '../rules.ts';
import { usePlan } from './usePlan.tsx';

export default function Versions({ onClose }: { onClose: () => void }) {
  const { accountName } = usePlan().view.page;
  const [tab, setTab] = useState('versions');
  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="md"
      title="Versions"
      description={`Plan of ${accountName}`}
    >
      <Tabs
        label="What is shown"
        selected={tab}
        onChange={setTab}
        items={[
          { id: 'versions', label: 'Versions', content: <Named onCompare={() => setTab('difference')} /> },
          { id: 'difference', label: 'Difference', content: <Difference /> },
          { id: 'history', label: 'Every save', content: <Saves /> },
        ]}
      />
    </Drawer>
  );
}

function Named({ onCompare }: { onCompare: () => void }) {
  const { desk, view, canEdit } = usePlan();
  const params = { id: view.page.id };
  const versions = useList(listVersions, { params, query: {} });
  const [note, setNote] = useState('');
  const save = useVerb(saveVersion, { refreshes: ['plans.'] });
  const sign = useVerb(signOffVersion, { refreshes: ['plans.'] });
  const keep = async () => {
    if (!(await desk.flush())) {
      toast.show({ title: 'Save first', text: 'Your last changes are not saved yet.', tone: 'watch' });
      return;
    }
    save.mutate(
      { params, body: { note: note.trim() } },
      {
        onSuccess: ({ number }) => {
          setNote('');
          toast.show({ title: `Version ${number} saved`, tone: 'good' });
        },
      },
    );
  };
  return (
    <div className="flex flex-col gap-4 pt-4">
      {canEdit && (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <TextField
            label="Keep the plan as it stands"
            value={note}
            onChange={setNote}
            placeholder="What this version is: Before the budget round"
            maxLength={500}
            className="flex-1"
          />
          <Button type="submit" variant="primary" isLoading={save.isPending}>
            Save version
          </Button>
        </form>
      )}
      {(save.error ?? sign.error) && (
        <Banner tone="poor" title="Not done">
          {(save.error ?? sign.error)?.message}
        </Banner>
      )}
      {versions.isPending ? (
        <SkeletonRows rows={3} columns={2} />
      ) : versions.error ? (
        <ErrorState text={versions.error.message} onRetry={() => void versions.refetch()} />
      ) : versions.items.length === 0 ? (
        <EmptyState
          size="sm"
          title="No version yet"
          text="Save one before a review or a big change: later you see in words what became different, and a sponsor can sign it off."
        />
      ) : (
        <ol className="flex flex-col divide-y divide-line">
          {versions.items.map((version) => (
            <li key={version.number} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3">
              <div className="min-w-0 flex-1">
                <p className="font-medium break-words">
                  Version {version.number}
                  {version.note && <span className="font-normal"> · {version.note}</span>}
                </p>
                <p className="text-sm text-muted">
                  {version.madeBy ?? 'A former member'} · <DateText value={version.madeAt} />
                </p>
                {version.signedOffAt && (
                  <p className="text-sm text-good-text">
                    Signed off by {version.signedOffBy ?? 'a former member'} · <DateText value={version.signedOffAt} />
                  </p>
                )}
              </div>
              {version.signedOffAt ? (
                <Badge tone="good">Signed off</Badge>
              ) : (
                view.page.can.signOff && (
                  <Button
                    size="sm"
                    icon={<PenLine />}
                    isLoading={sign.isPending && sign.variables?.params.number === version.number}
                    onPress={() =>
                      sign.mutate(
                        { params: { ...params, number: version.number } },
                        {
                          onSuccess: () => toast.show({ title: `Version ${version.number} signed off`, tone: 'good' }),
                        },
                      )
                    }
                  >
                    Sign off
                  </Button>
                )
              )}
            </li>
          ))}
        </ol>
      )}
      {versions.hasNextPage && (
        <Button onPress={() => void versions.fetchNextPage()} isLoading={versions.isFetchingNextPage}>
          Older versions
        </Button>
      )}
      {versions.items.length > 0 && (
        <Button variant="quiet" onPress={onCompare} className="self-start">
          What changed since?
        </Button>
      )}
    </div>
  );
}

function Difference() {
  const { page } = usePlan().view;
  const params = { id: page.id };
  const versions = useList(listVersions, { params, query: { limit: 200 } });
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState('today');
  const first = from ?? (versions.items[0] ? String(versions.items[0].number) : null);
  const difference = useCall(
    comparePlan,
    { params, query: { from: Number(first ?? 1), ...(to === 'today' ? {} : { to: Number(to) }) } },
    { enabled: first !== null, keepPrevious: true, staleTime: 0 },
  );
  if (versions.isPending) return <SkeletonRows rows={3} columns={2} />;
  if (!first) return <EmptyState size="sm" title="Nothing to compare yet" text="Save a version first." />;
  const options = versions.items.map(({ number, note }) => ({
    value: String(number),
    label: note ? `${number} · ${note}` : `Version ${number}`,
  }));
  return (
    <div className="flex flex-col gap-4 pt-4">
      <div className="grid grid-cols-2 gap-3">
        <Select label="From" options={options} value={first} onChange={setFrom} />
        <Select
          label="To"
          options={[{ value: 'today', label: 'The plan today' }, ...options]}
          value={to}
          onChange={setTo}
        />
      </div>
      {difference.error ? (
        <ErrorState text={difference.error.message} onRetry={() => void difference.refetch()} />
      ) : !difference.data ? (
        <SkeletonRows rows={3} columns={1} />
      ) : difference.data.difference.length === 0 ? (
        <EmptyState size="sm" title="They say the same" />
      ) : (
        difference.data.difference.map((block) => <InWords key={block.block} difference={block as BlockDifference} />)
      )}
    </div>
  );
}

function InWords({ difference }: { difference: BlockDifference }) {
  const { say } = usePlan();
  return (
    <section>
      <h3 className="text-sm font-semibold">{difference.name}</h3>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        {differenceInWords(difference, say).map((sentence) => (
          <li key={sentence} className="break-words">
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Saves() {
  const { view, say } = usePlan();
  const history = useList(planHistory, { params: { id: view.page.id }, query: { limit: 30 } });
  if (history.isPending) return <SkeletonRows rows={4} columns={1} />;
  if (history.error) return <ErrorState text={history.error.message} onRetry={() => void history.refetch()} />;
  if (history.items.length === 0)
    return <EmptyState size="sm" title="Nothing was changed since the plan was started" />;
  return (
    <div className="pt-4">
      <Timeline
        label="Saves"
        groupByDay
        items={history.items.map((save) => ({
          id: save.id,
          at: save.at,
          title: save.difference.map(({ name }) => name).join(', ') || save.title,
          text: (save.difference as BlockDifference[]).flatMap((block) => differenceInWords(block, say)).join(' · '),
          ...(save.by ? { by: save.by } : {}),
        }))}
        hasMore={history.hasNextPage}
        onLoadMore={() => void history.fetchNextPage()}
      />
    </div>
  );
}
