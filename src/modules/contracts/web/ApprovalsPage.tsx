// Approvals: what waits for me, what I asked for, and everything that I may see. Each with the scenario before and after.
import { BadgePercent } from 'lucide-react';
import { useState } from 'react';
import { usePlace } from '../../../kernel/web/place.ts';
import { useList, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import {
  Banner,
  Button,
  Card,
  DateText,
  Dialog,
  EmptyState,
  ErrorState,
  Link,
  type Option,
  PageHeader,
  RelativeTime,
  SegmentedControl,
  SkeletonRows,
  StatusPill,
  TextArea,
  toast,
} from '../../../ui/index.ts';
import { MemberField } from '../../accounts/web/index.ts';
import {
  type Approval,
  approveOffer,
  delegateApproval,
  listApprovals,
  refuseOffer,
  withdrawApproval,
} from '../api-offers.ts';
import { EffectPair, termsText } from './Effects.tsx';

type Box = 'forMe' | 'byMe' | 'all';
const STATUS: Record<Approval['status'], { label: string; tone: 'good' | 'watch' | 'poor' | 'neutral' }> = {
  pending: { label: 'Waiting', tone: 'watch' },
  approved: { label: 'Approved', tone: 'good' },
  refused: { label: 'Refused', tone: 'poor' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
};
const REFRESHES = ['approvals.', 'offers.', 'renewals.'];

export default function ApprovalsPage() {
  usePlace({ title: 'Approvals' });
  const [state, setState] = useUrlState();
  const box: Box =
    state.box === 'byMe' || state.box === 'all' ? state.box : typeof state.approval === 'string' ? 'all' : 'forMe';
  const list = useList(listApprovals, { query: { box, limit: 30 } });
  return (
    <div className="flex flex-col">
      <PageHeader title="Approvals" subtitle="Discounts above a limit: a head agrees first, then finance" />
      <div className="flex w-full max-w-4xl flex-col gap-4 p-4 md:p-6">
        <SegmentedControl<Box>
          label="Which approvals"
          className="self-start"
          value={box}
          options={[
            { value: 'forMe', label: 'Waiting for me' },
            { value: 'byMe', label: 'I asked' },
            { value: 'all', label: 'All' },
          ]}
          onChange={(next) => setState({ box: next, approval: undefined })}
        />
        {list.isPending ? (
          <SkeletonRows rows={4} columns={3} />
        ) : list.error ? (
          <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />
        ) : list.items.length === 0 ? (
          <EmptyState
            icon={<BadgePercent />}
            title={
              box === 'forMe' ? 'Nothing waits for you' : box === 'byMe' ? 'You asked for nothing' : 'No approvals yet'
            }
            text="When somebody models an offer above their discount limit and asks for it, it comes here with its effect on margin, NRR and GRR."
          />
        ) : (
          list.items.map((a) => (
            <ApprovalCard key={a.id} approval={a} isOpen={a.id === state.approval || a.can.decide} />
          ))
        )}
        {list.hasNextPage && (
          <Button variant="quiet" isLoading={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </div>
  );
}

function ApprovalCard({ approval: a, isOpen }: { approval: Approval; isOpen: boolean }) {
  const [asks, setAsks] = useState<'approve' | 'refuse' | 'delegate' | null>(null);
  const withdraw = useVerb(withdrawApproval, { refreshes: REFRESHES });
  const takeBack = useSubmit(() => withdraw.mutateAsync({ params: { id: a.id }, body: {} }));
  return (
    <Card
      title={
        <>
          {a.discountPercent} % discount · {a.accountName}
        </>
      }
      subtitle={
        <>
          {a.requestedBy?.name ?? 'Somebody'}, <RelativeTime value={a.requestedAt} /> · {a.contractName}, term ends{' '}
          <DateText value={a.dueOn} />
        </>
      }
      actions={<StatusPill tone={STATUS[a.status].tone} label={STATUS[a.status].label} />}
    >
      <div className="flex flex-col gap-4">
        <p className="whitespace-pre-line">{a.reason}</p>
        <p className="text-sm text-muted">
          {a.offerName}: {termsText({ terms: a.scenario.terms })}. The limit of who asked is {a.limitPercent} %.{' '}
          {a.accountId && <Link href={`/renewals/${a.renewalId}`}>Open the renewal</Link>}
        </p>
        <details open={isOpen}>
          <summary className="cursor-pointer text-sm font-medium">Before and after</summary>
          <div className="mt-2">
            <EffectPair before={a.scenario.before} after={a.scenario.after} asOf={a.requestedAt.slice(0, 10)} />
          </div>
        </details>
        <ol className="flex flex-col gap-2">
          {a.steps.map((s) => (
            <li key={s.number} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-l-2 border-line pl-3">
              <span className="font-medium">
                {s.number}. {s.kind === 'head' ? 'Head' : 'Finance and legal'}
              </span>
              <span className="text-sm text-muted">
                {s.decidedBy ? s.decidedBy.name : s.approvers.map((p) => p.name).join(', ')}
                {s.delegatedBy && `, handed on by ${s.delegatedBy.name}`}
              </span>
              <StatusPill
                variant="plain"
                tone={
                  s.status === 'approved'
                    ? 'good'
                    : s.status === 'refused'
                      ? 'poor'
                      : s.status === 'pending' && a.status === 'pending'
                        ? 'watch'
                        : 'neutral'
                }
                label={
                  s.status === 'approved'
                    ? 'Agreed'
                    : s.status === 'refused'
                      ? 'Refused'
                      : s.status === 'pending' && a.status === 'pending'
                        ? 'To decide'
                        : 'Not yet'
                }
              />
              {s.remindedAt && s.status === 'pending' && (
                <span className="text-sm text-muted">
                  reminded <RelativeTime value={s.remindedAt} />
                </span>
              )}
              {s.note && <span className="w-full text-sm">{s.note}</span>}
            </li>
          ))}
        </ol>
        {takeBack.problem && <Banner tone="poor">{takeBack.problem.message}</Banner>}
        {(a.can.decide || a.can.withdraw) && (
          <div className="flex flex-wrap gap-2 border-t border-line pt-3">
            {a.can.decide && (
              <>
                <Button variant="primary" onPress={() => setAsks('approve')}>
                  Agree
                </Button>
                <Button onPress={() => setAsks('refuse')}>Refuse</Button>
                <Button variant="quiet" onPress={() => setAsks('delegate')}>
                  Hand on
                </Button>
              </>
            )}
            {a.can.withdraw && (
              <Button variant="quiet" isLoading={takeBack.isBusy} onPress={() => void takeBack.run()}>
                Take it back
              </Button>
            )}
          </div>
        )}
      </div>
      {asks === 'delegate' && <HandOn approval={a} onClose={() => setAsks(null)} />}
      {(asks === 'approve' || asks === 'refuse') && (
        <Verdict approval={a} verdict={asks} onClose={() => setAsks(null)} />
      )}
    </Card>
  );
}

function Verdict({
  approval: a,
  verdict,
  onClose,
}: {
  approval: Approval;
  verdict: 'approve' | 'refuse';
  onClose: () => void;
}) {
  const [note, setNote] = useState('');
  const approve = useVerb(approveOffer, { refreshes: REFRESHES });
  const refuse = useVerb(refuseOffer, { refreshes: REFRESHES });
  const isRefusal = verdict === 'refuse';
  const submit = useSubmit(async () => {
    const done = await (isRefusal ? refuse : approve).mutateAsync({ params: { id: a.id }, body: { note } });
    toast.show({
      title:
        done.status === 'pending'
          ? 'Agreed: the next step begins'
          : `${a.accountName}: ${STATUS[done.status].label.toLowerCase()}`,
      tone: isRefusal ? 'neutral' : 'good',
    });
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isRefusal ? 'Refuse the discount' : 'Agree to the discount'}
      description={`${a.discountPercent} % for ${a.accountName}`}
      footer={
        <Button
          variant={isRefusal ? 'danger' : 'primary'}
          isLoading={submit.isBusy}
          isDisabled={isRefusal && !note.trim()}
          onPress={() => void submit.run()}
        >
          {isRefusal ? 'Refuse' : 'Agree'}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('note') && <Banner tone="poor">{submit.message('note')}</Banner>}
        <TextArea
          label={isRefusal ? 'Why not' : 'Note'}
          isRequired={isRefusal}
          autoFocus
          value={note}
          onChange={setNote}
          rows={3}
          maxLength={5000}
          error={submit.fieldError('note') ?? ''}
        />
      </div>
    </Dialog>
  );
}

function HandOn({ approval: a, onClose }: { approval: Approval; onClose: () => void }) {
  const [member, setMember] = useState<Option | null>(null);
  const [note, setNote] = useState('');
  const delegate = useVerb(delegateApproval, { refreshes: REFRESHES });
  const submit = useSubmit(async () => {
    await delegate.mutateAsync({ params: { id: a.id }, body: { memberId: member!.value, note } });
    toast.show({ title: `Handed on to ${member!.label}`, tone: 'good' });
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Hand on"
      description="They see the request and its scenario, and may decide this step."
      footer={
        <Button variant="primary" isLoading={submit.isBusy} isDisabled={!member} onPress={() => void submit.run()}>
          Hand on
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('memberId') && <Banner tone="poor">{submit.message('memberId')}</Banner>}
        <MemberField
          label="To"
          isRequired
          autoFocus
          value={member}
          onChange={setMember}
          error={submit.fieldError('memberId') ?? ''}
        />
        <TextArea label="Note" value={note} onChange={setNote} rows={2} maxLength={5000} />
      </div>
    </Dialog>
  );
}
