// Offers side by side: what each does to value, margin, lifetime value, NRR and GRR, and who has to agree.
import { FlaskConical, Plus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { asProblem, useSubmit } from '../../../kernel/web/submit.ts';
import {
  Banner,
  Button,
  Card,
  cx,
  DateText,
  Dialog,
  EmptyState,
  ErrorState,
  IconButton,
  Money,
  Num,
  Skeleton,
  StatusPill,
  TextArea,
  toast,
} from '../../../ui/index.ts';
import { listOffers, type Offer, type OfferEffect, removeOffer, requestApproval } from '../api-offers.ts';
import type { RenewalPage } from '../api-renewals.ts';
import { useToday } from './days.ts';
import { changeOf, Effect, EffectPair, ROWS, type Row, termsText } from './Effects.tsx';

const OfferDialog = lazy(() => import('./OfferDialog.tsx'));

export function Scenarios({ renewal: r, onDecide }: { renewal: RenewalPage; onDecide: (offerId: string) => void }) {
  const offers = useCall(listOffers, { params: { id: r.id } });
  const [editing, setEditing] = useState<Offer | 'new' | null>(null);
  const [asking, setAsking] = useState<Offer | null>(null);
  const data = offers.data;
  const mayAdd = r.can.update && (data?.items.length ?? 0) < 4;
  return (
    <Card
      title="Scenarios"
      subtitle={
        data && (
          <>
            Effect on the quarter to <DateText value={data.quarter.to} />
          </>
        )
      }
      actions={
        mayAdd && (
          <Button size="sm" icon={<Plus />} onPress={() => setEditing('new')}>
            Add scenario
          </Button>
        )
      }
    >
      {offers.error ? (
        <ErrorState text={offers.error.message} onRetry={() => void offers.refetch()} />
      ) : !data ? (
        <Skeleton className="h-40 w-full" />
      ) : data.items.length === 0 ? (
        <EmptyState
          icon={<FlaskConical />}
          size="sm"
          title="Model the offer before you make it"
          text={`A rise, a discount, another term, a bundle: see the effect on margin, NRR and GRR first. You may give up to ${r.discountLimit} % yourself.`}
          actions={
            r.can.update ? (
              <Button variant="primary" onPress={() => setEditing('new')}>
                Add scenario
              </Button>
            ) : undefined
          }
        />
      ) : (
        <div className="flex flex-col gap-4">
          <Compared
            renewalId={r.id}
            before={data.before}
            offers={data.items}
            onEdit={setEditing}
            onAsk={setAsking}
            onDecide={onDecide}
          />
          <details className="text-sm text-muted">
            <summary className="cursor-pointer">What is assumed</summary>
            <ul className="mt-2 list-disc pl-5">
              {data.assumptions.map((a) => (
                <li key={a.code + a.text}>{a.text}</li>
              ))}
            </ul>
          </details>
        </div>
      )}
      {editing && (
        <Suspense fallback={null}>
          <OfferDialog
            renewal={r}
            {...(editing === 'new' ? {} : { offer: editing })}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
      {asking && data && <AskDialog offer={asking} before={data.before} onClose={() => setAsking(null)} />}
    </Card>
  );
}

function Change({ value, unit, currency }: { value: number | null; unit: Row['unit']; currency: string }) {
  if (!value) return null;
  return (
    <span className={cx('block text-sm', value > 0 ? 'text-good-text' : 'text-poor-text')}>
      {value > 0 ? '+' : '−'}
      {unit === 'money' ? (
        <Money value={{ amount: Math.abs(value), currency }} style="compact" />
      ) : (
        <Num value={Math.abs(value)} digits={1} unit="points" />
      )}
    </span>
  );
}

type ComparedProps = {
  renewalId: string;
  before: OfferEffect;
  offers: readonly Offer[];
  onEdit: (offer: Offer) => void;
  onAsk: (offer: Offer) => void;
  onDecide: (offerId: string) => void;
};

function Compared({ renewalId, before, offers, onEdit, onAsk, onDecide }: ComparedProps) {
  return (
    <section
      aria-label="Scenarios side by side"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      className="scroll-quiet -mx-2 overflow-x-auto rounded-inner px-2"
    >
      <table className="w-full text-left" style={{ minWidth: `${16 + offers.length * 10}rem` }}>
        <thead>
          <tr className="border-b border-line align-bottom">
            <th className="py-2 pr-4 text-sm font-medium text-muted">
              <span className="sr-only">Figure</span>
            </th>
            <th className="py-2 pr-4 text-right font-semibold">
              Before
              <span className="block text-sm font-normal text-muted">as it is</span>
            </th>
            {offers.map((o) => (
              <th key={o.id} className="py-2 pr-4 text-right font-semibold last:pr-0">
                {o.name}
                <span className="block text-sm font-normal text-muted">{termsText(o)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.label} className="border-b border-line align-top">
              <th scope="row" className="py-2 pr-4 text-left text-base font-normal text-muted">
                {row.label}
                {row.hint && <span className="block text-sm">{row.hint}</span>}
              </th>
              <td className="tabular py-2 pr-4 text-right">
                <MetricButton metric={row.metric} query={{ of: renewalId }} label={`${row.label}, before`}>
                  <Effect row={row} of={before} />
                </MetricButton>
              </td>
              {offers.map((o) => (
                <td key={o.id} className="tabular py-2 pr-4 text-right font-medium last:pr-0">
                  <MetricButton metric={row.metric} query={{ of: o.id }} label={`${row.label}, ${o.name}`}>
                    <Effect row={row} of={o.effect} />
                  </MetricButton>
                  <Change value={changeOf(row, o.effect, before)} unit={row.unit} currency={before.arr.currency} />
                </td>
              ))}
            </tr>
          ))}
          <tr className="align-top">
            <th scope="row" className="py-3 pr-4 text-left text-base font-normal text-muted">
              Who agrees
            </th>
            <td />
            {offers.map((o) => (
              <td key={o.id} className="py-3 pr-4 last:pr-0">
                <div className="flex flex-col items-end gap-2">
                  <ApprovalPill offer={o} />
                  {o.can.request && (
                    <Button size="sm" variant="primary" onPress={() => onAsk(o)}>
                      Ask for approval
                    </Button>
                  )}
                  {o.can.decide && (
                    <Button size="sm" onPress={() => onDecide(o.id)}>
                      Decide on this
                    </Button>
                  )}
                  {o.can.update && (
                    <div className="flex">
                      <Button size="sm" variant="quiet" onPress={() => onEdit(o)}>
                        Edit
                      </Button>
                      <RemoveOffer offer={o} />
                    </div>
                  )}
                </div>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function RemoveOffer({ offer: o }: { offer: Offer }) {
  const remove = useVerb(removeOffer, { refreshes: ['offers.', 'renewals.', 'insights.'] });
  return (
    <IconButton
      label={`Remove ${o.name}`}
      icon={<Trash2 />}
      size="sm"
      onPress={() =>
        void remove
          .mutateAsync({ params: { id: o.id } })
          .then(() => toast.show({ title: `Removed: ${o.name}` }))
          .catch((reason: unknown) =>
            toast.show({ title: 'It could not be removed', text: asProblem(reason).message, tone: 'poor' }),
          )
      }
    />
  );
}

function ApprovalPill({ offer: o }: { offer: Offer }) {
  const { status } = o.approval;
  if (status === 'approved') return <StatusPill tone="good" label="Approved" />;
  if (status === 'pending') return <StatusPill tone="watch" label="Waits for approval" />;
  if (status === 'refused') return <StatusPill tone="poor" label="Refused" />;
  if (o.needs.length === 0) return <StatusPill tone="good" variant="plain" label="Within your limit" />;
  const who = o.needs.map((n) => (n === 'head' ? 'Head' : 'finance')).join(', then ');
  return (
    <span className="flex flex-col items-end gap-1">
      <StatusPill tone="watch" label="Needs approval" />
      <span className="text-right text-sm text-muted">
        {o.discountAsked} % is above {o.limit} %: {who}
      </span>
    </span>
  );
}

function AskDialog({ offer: o, before, onClose }: { offer: Offer; before: OfferEffect; onClose: () => void }) {
  const today = useToday();
  const [reason, setReason] = useState(o.note);
  const mayName = useMay()('contracts.settings');
  const ask = useVerb(requestApproval, { refreshes: ['offers.', 'renewals.', 'approvals.'] });
  const submit = useSubmit(async () => {
    await ask.mutateAsync({ params: { id: o.id }, body: { reason } });
    toast.show({ title: 'Asked for approval', text: 'You hear as soon as it is decided.', tone: 'good' });
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Ask for ${o.discountAsked} % discount`}
      description={`Your limit is ${o.limit} %. The scenario goes along as it is now.`}
      footer={
        <Button
          variant="primary"
          isLoading={submit.isBusy}
          isDisabled={!reason.trim()}
          onPress={() => void submit.run()}
        >
          Ask for approval
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('reason') && (
          <Banner
            tone="poor"
            actions={
              submit.problem?.code === 'no_approver' && mayName ? (
                <Button size="sm" href="/settings/contracts">
                  Name approvers
                </Button>
              ) : undefined
            }
          >
            {submit.message('reason')}
          </Banner>
        )}
        <EffectPair before={before} after={o.effect} asOf={today} />
        <TextArea
          label="Why"
          isRequired
          autoFocus
          value={reason}
          onChange={setReason}
          rows={3}
          maxLength={5000}
          error={submit.fieldError('reason') ?? ''}
          placeholder="What do we get for it?"
        />
      </div>
    </Dialog>
  );
}
