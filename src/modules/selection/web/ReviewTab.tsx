// Reviews: hold one, see what follows from the last two, decide one by one or many at once.
import { CalendarCheck } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useCall, useList, useVerb } from '../../../kernel/web/queries.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import {
  Badge,
  Button,
  Card,
  Checkbox,
  ConfirmDialog,
  DateText,
  EmptyState,
  Missing,
  TextArea,
  toast,
} from '../../../ui/index.ts';
import { listReviews, suggestions as suggestionsRoute, takeReview } from '../api.ts';
import { CapacityLine } from './CapacityLine.tsx';
import { type Candidate, DecideDialog } from './DecideDialog.tsx';
import { useDecide } from './useDecide.ts';
import { counted, DECISION_TONE, DECISION_WORD, type Matrix } from './words.ts';

type Item = AnswerOf<typeof suggestionsRoute>['items'][number];
type Asked = { candidates: Candidate[]; warning?: string };

const candidateOf = (i: Item): Candidate => ({
  accountId: i.accountId,
  name: i.name,
  isKey: i.isKey,
  suggestion: { decision: i.decision, reason: i.reason },
});

export default function ReviewTab({ matrix, onOpen }: { matrix: Matrix; onOpen: (id: string) => void }) {
  const suggested = useCall(suggestionsRoute, {}, { keepPrevious: true });
  const [isTaking, setTaking] = useState(false);
  const [isOnlyOpen, setOnlyOpen] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [selection, setSelection] = useState<Set<string>>(new Set());
  const { decide } = useDecide();
  const { can, number } = matrix.model;
  const all = suggested.data?.items ?? [];
  const changes = all.filter((i) => i.decision !== 'hold' && i.decidedSince === null).length;
  const items = isOnlyOpen ? all.filter((i) => i.decision !== 'hold' && i.decidedSince === null) : all;

  const asSuggested = async (item: Item) => {
    try {
      await decide([{ accountId: item.accountId, name: item.name, decision: item.decision, reason: item.reason }]);
    } catch (error) {
      const problem = error as { code?: string; message: string };
      if (problem.code === 'over_capacity') setAsked({ candidates: [candidateOf(item)], warning: problem.message });
      else toast.show({ title: 'Not decided', text: problem.message, tone: 'poor' });
    }
  };
  const columns: GridColumn<Item>[] = [
    {
      id: 'name',
      header: 'Account',
      width: 220,
      text: (i) => i.name,
      cell: (i) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate">{i.name}</span>
          {i.isKey && <Badge tone="accent">Key</Badge>}
        </span>
      ),
      card: 'title',
    },
    {
      id: 'place',
      header: 'Place',
      align: 'end',
      width: 84,
      minWidth: 84,
      sortValue: (i) => i.place,
      text: (i) => (i.place === null ? '' : String(i.place)),
      cell: (i) => i.place ?? <Missing label="Not ranked" />,
      card: 'side',
    },
    {
      id: 'decision',
      header: 'Suggestion',
      width: 120,
      minWidth: 110,
      text: (i) => DECISION_WORD[i.decision],
      cell: (i) => <Badge tone={DECISION_TONE[i.decision]}>{DECISION_WORD[i.decision]}</Badge>,
    },
    {
      id: 'reason',
      header: 'Why',
      width: 420,
      minWidth: 260,
      text: (i) => i.reason,
      cell: (i) => (
        <span className="truncate" title={i.reason}>
          {i.reason}
        </span>
      ),
    },
    {
      id: 'do',
      header: 'Decision',
      width: 210,
      minWidth: 200,
      text: (i) => (i.decidedSince ? `Decided: ${DECISION_WORD[i.decidedSince]}` : ''),
      cell: (i) =>
        i.decidedSince ? (
          <span className="text-muted">Decided: {DECISION_WORD[i.decidedSince].toLowerCase()}</span>
        ) : can.decide ? (
          <span className="flex gap-1">
            <Button size="sm" aria-label={`${DECISION_WORD[i.decision]} ${i.name}`} onPress={() => void asSuggested(i)}>
              {DECISION_WORD[i.decision]}
            </Button>
            <Button
              size="sm"
              variant="quiet"
              aria-label={`Decide otherwise on ${i.name}`}
              onPress={() => setAsked({ candidates: [candidateOf(i)] })}
            >
              Otherwise…
            </Button>
          </span>
        ) : (
          <Missing label="Open" />
        ),
    },
  ];
  return (
    <div className="flex flex-col gap-4">
      <CapacityLine matrix={matrix} />
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title="How a review decides">
          <p className="text-base text-muted">
            A review keeps where every account stands on that day. One good or bad review changes nothing: an account is
            suggested for promotion when it was{' '}
            <strong className="font-medium text-ink">above the line in two reviews in a row</strong>, and for scaling
            back when it was <strong className="font-medium text-ink">below the lower line in two in a row</strong>. So
            key status does not flicker. You decide; the suggestion and your reason stay in the log.
          </p>
        </Card>
        <PastReviews
          action={
            can.review && number > 0 ? (
              <Button variant="primary" size="sm" icon={<CalendarCheck />} onPress={() => setTaking(true)}>
                Hold a review
              </Button>
            ) : undefined
          }
          hint={number === 0 ? 'Choose the model first, then hold the first review.' : undefined}
        />
      </div>
      <DataGrid<Item>
        label="Suggestions"
        columns={columns}
        rows={items}
        rowId={(i) => i.accountId}
        onOpen={(i) => onOpen(i.accountId)}
        isLoading={suggested.isPending}
        error={suggested.error?.message}
        onRetry={() => void suggested.refetch()}
        hideColumnChooser
        toolbar={
          all.length > 0 && (
            <>
              <span className="text-base text-muted">
                {changes === 0
                  ? 'Every suggestion is decided, or nothing changes.'
                  : `${counted(changes, 'suggestion')} to decide`}
              </span>
              <Checkbox isSelected={isOnlyOpen} onChange={setOnlyOpen}>
                Only what is to decide
              </Checkbox>
            </>
          )
        }
        {...(can.decide
          ? {
              selection,
              onSelectionChange: setSelection,
              bulkActions: (ids: string[]) => (
                <Button
                  size="sm"
                  variant="primary"
                  onPress={() =>
                    setAsked({ candidates: all.filter((i) => ids.includes(i.accountId)).map(candidateOf) })
                  }
                >
                  Decide…
                </Button>
              ),
            }
          : {})}
        empty={
          <EmptyState
            icon={<CalendarCheck />}
            title={isOnlyOpen ? 'Nothing left to decide' : 'No review held yet'}
            text={
              isOnlyOpen
                ? 'Accounts on which nothing changes are hidden.'
                : 'Hold the first one to keep where every account stands; the second one brings suggestions.'
            }
          />
        }
      />
      {isTaking && <TakeReview matrix={matrix} onClose={() => setTaking(false)} />}
      {asked && (
        <DecideDialog
          candidates={asked.candidates}
          {...(asked.warning ? { warning: asked.warning } : {})}
          onClose={() => setAsked(null)}
          onDone={() => setSelection(new Set())}
        />
      )}
    </div>
  );
}

function TakeReview({ matrix, onClose }: { matrix: Matrix; onClose: () => void }) {
  const [note, setNote] = useState('');
  const take = useVerb(takeReview, { refreshes: ['selection.'] });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      tone="primary"
      title="Hold a review today?"
      confirmLabel="Hold the review"
      text={
        <div className="flex flex-col gap-4">
          <p>
            Kept for good: score and place of {counted(matrix.rows.length, 'account')} by model version{' '}
            {matrix.model.number}, and the line at {matrix.capacity}. No account changes its tier by this.
          </p>
          <TextArea label="Note" value={note} onChange={setNote} maxLength={500} rows={2} />
        </div>
      }
      onConfirm={async () => {
        const made = await take.mutateAsync({ body: { note: note.trim() } });
        toast.show({ title: `Review ${made.number} is kept`, text: `${made.ranked} accounts ranked.`, tone: 'good' });
      }}
    />
  );
}

function PastReviews({ action, hint }: { action: ReactNode; hint: string | undefined }) {
  const past = useList(listReviews, { query: { limit: 10 } });
  const shown = useMemo(() => past.items.slice(0, 3), [past.items]);
  return (
    <Card title="Reviews held" actions={action}>
      {past.isPending ? (
        <p className="text-base text-muted">Loading…</p>
      ) : shown.length === 0 ? (
        <p className="text-base text-muted">{hint ?? 'None yet. Usual are two a year.'}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {shown.map((r) => (
            <li key={r.id} className="flex flex-wrap items-baseline gap-x-2 text-base">
              <span className="font-medium">Review {r.number}</span>
              <span className="text-sm text-muted">
                <DateText value={r.reviewedOn} /> · {r.ranked} of {r.accounts} ranked · line at {r.lines.upper} · model{' '}
                {r.modelNumber}
                {r.madeBy && ` · ${r.madeBy}`}
                {r.note && ` · ${r.note}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
