// One opportunity beside the list: facts that are edited in place, what is offered, who decides, what is known, what happened.
import { Archive, Ellipsis, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import {
  Button,
  Drawer,
  ErrorState,
  IconButton,
  Link,
  Menu,
  type MenuEntry,
  SkeletonRows,
  StatusPill,
  Tabs,
} from '../../../ui/index.ts';
import { getOpportunity, listStages, type OpportunityPage } from '../api.ts';
import { DecisionPart } from './DecisionPart.tsx';
import { FactsPart } from './FactsPart.tsx';
import { HistoryPart } from './HistoryPart.tsx';
import { LinesPart } from './LinesPart.tsx';
import { LoseDialog } from './LoseDialog.tsx';
import { useOpportunityVerbs } from './useOpportunity.ts';
import { WinDialog } from './WinDialog.tsx';
import { STATE_WORDS, TYPE_WORDS } from './words.ts';

export function OpportunityDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useCall(getOpportunity, { params: { id } });
  const [closing, setClosing] = useState<'won' | 'lost' | null>(null);
  const o = found.data;
  if (!o)
    return (
      <Drawer isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Opportunity" size="lg">
        {found.error ? (
          <ErrorState
            title="This opportunity cannot be shown"
            text={found.error.message}
            onRetry={() => void found.refetch()}
          />
        ) : (
          <SkeletonRows rows={8} columns={2} />
        )}
      </Drawer>
    );
  return (
    <>
      <Drawer
        isOpen={closing === null}
        onOpenChange={(isOpen) => !isOpen && closing === null && onClose()}
        size="lg"
        title={o.name}
        description={
          <span className="flex flex-wrap items-center gap-x-2">
            <Link href={`/accounts/${o.accountId}?tab=pipeline`} tone="muted">
              {o.accountName}
            </Link>
            <span aria-hidden="true">·</span>
            {TYPE_WORDS[o.type]}
            <StatusPill variant="plain" tone={STATE_WORDS[o.state].tone} label={STATE_WORDS[o.state].label} />
          </span>
        }
        actions={<More of={o} onClose={onClose} />}
        footer={
          o.can.win && (
            <>
              <Button onPress={() => setClosing('lost')}>Lost…</Button>
              <Button variant="primary" onPress={() => setClosing('won')}>
                Won…
              </Button>
            </>
          )
        }
      >
        <Body of={o} />
      </Drawer>
      {closing === 'won' && <WinDialog id={o.id} onClose={() => setClosing(null)} />}
      {closing === 'lost' && <LoseDialog of={o} onClose={() => setClosing(null)} />}
    </>
  );
}

function More({ of, onClose }: { of: OpportunityPage; onClose: () => void }) {
  const verbs = useOpportunityVerbs();
  const items: MenuEntry[] = [
    ...(of.can.reopen
      ? [{ id: 'reopen', label: 'Reopen', icon: <RotateCcw />, onAction: () => void verbs.reopen(of) }]
      : []),
    ...(of.can.archive && !of.archivedAt
      ? [
          {
            id: 'archive',
            label: 'Put away',
            icon: <Archive />,
            onAction: () => {
              onClose();
              void verbs.archive(of);
            },
          },
        ]
      : []),
  ];
  if (!items.length) return null;
  return (
    <Menu
      label={`More for ${of.name}`}
      placement="bottom end"
      items={items}
      trigger={<IconButton label="More" icon={<Ellipsis />} size="sm" className="mt-1" />}
    />
  );
}

function Body({ of }: { of: OpportunityPage }) {
  const stages = useCall(listStages, {}, { staleTime: 60_000 });
  const [tab, setTab] = useState('facts');
  return (
    <Tabs
      label="Parts of the opportunity"
      selected={tab}
      onChange={setTab}
      items={[
        { id: 'facts', label: 'Facts', content: <FactsPart of={of} stages={stages.data?.items ?? []} /> },
        { id: 'lines', label: 'Lines', count: of.lines.length, content: <LinesPart key={of.version} of={of} /> },
        { id: 'decision', label: 'Decision', count: of.people.length, content: <DecisionPart of={of} /> },
        { id: 'history', label: 'History', content: <HistoryPart of={of} /> },
      ]}
    />
  );
}
