// One renewal: where it stands, what is to be done until when, the offers side by side, and its decision.

import { useParams } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Badge,
  Banner,
  Button,
  Card,
  ConfirmDialog,
  DateText,
  ErrorState,
  InlineEdit,
  KeyValueList,
  Link,
  Missing,
  Money,
  Num,
  PageHeader,
  Select,
  SkeletonRows,
  toast,
} from '../../../ui/index.ts';
import { STAGES } from '../api.ts';
import { undoDecision } from '../api-offers.ts';
import { getRenewal, type RenewalPage as Page, updateRenewal } from '../api-renewals.ts';
import { Checkpoints } from './Checkpoints.tsx';
import { daysText } from './days.ts';
import { GiveGet } from './GiveGet.tsx';
import { Judgement } from './Judgement.tsx';
import { LineTable } from './LineTable.tsx';
import { StandPill } from './parts.tsx';
import { Scenarios } from './Scenarios.tsx';
import { DECIDED, LOSS, OUTCOME, optionsOf, STAGE } from './words.ts';

const DecideDialog = lazy(() => import('./DecideDialog.tsx'));

export default function RenewalPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const renewal = useCall(getRenewal, { params: { id } });
  const r = renewal.data;
  usePlace(
    r
      ? {
          title: `${r.accountName}, ${r.contractName}`,
          above: [{ label: 'Renewals', href: '/renewals' }],
          isThing: true,
        }
      : null,
  );
  if (renewal.error) return <ErrorState text={renewal.error.message} onRetry={() => void renewal.refetch()} />;
  if (!r) return <SkeletonRows rows={10} columns={3} />;
  return <Loaded renewal={r} />;
}

function Loaded({ renewal: r }: { renewal: Page }) {
  const [state, setState] = useUrlState();
  // What a decision starts from: an offer, or nothing.
  const [offerId, setOfferId] = useState<string | null>(null);
  const isDeciding = state.decide === '1' && r.can.decide;
  const decide = (offer: string | null) => {
    setOfferId(offer);
    setState({ decide: '1' });
  };
  return (
    <div className="flex flex-col">
      <PageHeader
        title={r.accountName}
        subtitle={
          <>
            <Link href={`/contracts/${r.contractId}`}>{r.contractName}</Link> · term ends <DateText value={r.dueOn} />
          </>
        }
        badges={<StandPill renewal={r} />}
        actions={
          <>
            <Button href={`/accounts/${r.accountId}?tab=contracts`}>Account</Button>
            {r.can.decide && (
              <Button variant="primary" onPress={() => decide(null)}>
                Decide
              </Button>
            )}
          </>
        }
      />
      <div className="mx-auto grid w-full max-w-7xl gap-4 p-4 md:p-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {r.disagreement && (
            <Banner tone="watch" title="Person and figures disagree">
              {r.can.resolve
                ? 'Your word counts: answer at the checkpoint.'
                : 'The head was told and decides which of the two counts.'}
            </Banner>
          )}
          {r.state === 'decided' && <Decided renewal={r} />}
          <Scenarios renewal={r} onDecide={decide} />
          <Card title="Lines that fall due" subtitle="In force on the last day of the term">
            <LineTable lines={r.lines} />
          </Card>
          <GiveGet
            accountId={r.accountId}
            renewalId={r.id}
            contractId={r.contractId}
            mayWrite={r.can.update || r.state === 'decided'}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Standing renewal={r} />
          <Judgement renewal={r} />
          <Checkpoints renewal={r} />
        </div>
      </div>
      {isDeciding && (
        <Suspense fallback={null}>
          <DecideDialog renewal={r} offerId={offerId} onClose={() => setState({ decide: undefined })} />
        </Suspense>
      )}
    </div>
  );
}

function Decided({ renewal: r }: { renewal: Page }) {
  const outcome = OUTCOME[r.outcome!];
  const [isAsking, setAsking] = useState(false);
  const undo = useVerb(undoDecision, { refreshes: DECIDED });
  const takeBack = async () => {
    await undo.mutateAsync({ params: { id: r.id }, body: { version: r.version } });
    toast.show({ title: `${r.accountName}: the decision is taken back`, tone: 'neutral' });
  };
  return (
    <Card
      title={outcome.label}
      subtitle={<DateText value={r.decidedOn} />}
      actions={
        r.canUndo ? (
          <Button size="sm" icon={<Undo2 />} onPress={() => setAsking(true)}>
            Take back
          </Button>
        ) : undefined
      }
    >
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title="Take the decision back?"
        confirmLabel="Take it back"
        text={`${r.contractName} and its lines stand as before, and the renewal is open again.`}
        onConfirm={takeBack}
      />
      <KeyValueList
        columns={3}
        layout="stacked"
        items={[
          { label: 'Fell due', value: <Due renewal={r} /> },
          {
            label: 'Renewed at',
            value: (
              <MetricButton metric="renewal-renewed" query={{ of: r.id }} label="Renewed at">
                <Money value={r.renewed} />
              </MetricButton>
            ),
          },
          { label: 'Next term ends', value: <DateText value={r.newEndsOn} /> },
          ...(r.upliftPercent ? [{ label: 'Uplift', value: <Num value={r.upliftPercent} unit="%" /> }] : []),
          ...(r.discountPercent ? [{ label: 'Discount', value: <Num value={r.discountPercent} unit="%" /> }] : []),
          ...(r.signedOn ? [{ label: 'Signed', value: <DateText value={r.signedOn} /> }] : []),
          ...(r.loss
            ? [
                { label: 'Why', value: LOSS[r.loss.reason] },
                ...(r.loss.competitor ? [{ label: 'Went to', value: r.loss.competitor }] : []),
                { label: 'What happened', value: r.loss.detail },
                ...(r.loss.lesson ? [{ label: 'What we learn', value: r.loss.lesson }] : []),
              ]
            : []),
        ]}
      />
    </Card>
  );
}

function Due({ renewal: r }: { renewal: Page }) {
  return (
    <MetricButton metric="renewal-due" query={{ of: r.id }} label="Falls due">
      <Money value={r.due} />
    </MetricButton>
  );
}

/** Dates, stage, target, next step: changed in place. */
function Standing({ renewal: r }: { renewal: Page }) {
  const update = useVerb(updateRenewal, { refreshes: ['renewals.', 'insights.'] });
  type Body = Parameters<typeof update.mutateAsync>[0]['body'];
  const save = async (body: Body) => {
    try {
      await update.mutateAsync({ params: { id: r.id }, body });
    } catch (reason) {
      toast.show({ title: 'It could not be saved', text: asProblem(reason).message, tone: 'poor' });
    }
  };
  const isReadOnly = !r.can.update;
  const deadline = r.noticeDeadlineOn ? 'Notice deadline' : 'Term ends (no notice period)';
  return (
    <Card title="Where it stands">
      <div className="flex flex-col gap-4">
        <KeyValueList
          columns={2}
          layout="stacked"
          items={[
            {
              label: deadline,
              value: (
                <>
                  <DateText value={r.actByOn} />
                  {r.state === 'open' && (
                    <span
                      className={`block text-sm ${r.daysLeft < 0 ? 'text-poor-text' : r.daysLeft <= 30 ? 'text-watch-text' : 'text-muted'}`}
                    >
                      <MetricButton metric="renewal-days-left" query={{ of: r.id }} label="Days left">
                        {daysText(r.daysLeft)}
                      </MetricButton>
                    </span>
                  )}
                </>
              ),
            },
            { label: 'Falls due', value: <Due renewal={r} />, hint: 'a year' },
            { label: 'Owner', value: r.ownerName ?? <Missing label="Nobody" /> },
            { label: 'Renews by itself', value: r.autoRenews ? 'Yes' : 'No' },
          ]}
        />
        {r.state === 'open' && (
          <>
            <Select
              label="Stage"
              value={r.stage}
              isDisabled={isReadOnly}
              options={STAGES.filter((s) => s !== 'decided').map((value) => ({ value, label: STAGE[value] }))}
              onChange={(stage) => stage && stage !== 'decided' && void save({ stage })}
            />
            <Select
              label="What we want"
              value={r.target}
              placeholder="No target yet"
              isDisabled={isReadOnly}
              options={optionsOf(OUTCOME)}
              onClear={() => void save({ target: null })}
              onChange={(target) => void save({ target })}
            />
            <DatePicker
              label="Decision expected"
              description={r.pushes > 0 ? `Put off ${r.pushes === 1 ? 'once' : `${r.pushes} times`}` : ''}
              value={r.expectedOn}
              isDisabled={isReadOnly}
              onChange={(expectedOn) => void save({ expectedOn })}
            />
            <div>
              <p className="mb-1 text-sm font-medium">Next step</p>
              <InlineEdit
                kind="textarea"
                label="Next step"
                value={r.nextStep}
                placeholder="What happens next, and who does it"
                isReadOnly={isReadOnly}
                onSave={async (nextStep) => {
                  await update.mutateAsync({ params: { id: r.id }, body: { nextStep } });
                }}
              />
            </div>
          </>
        )}
        {r.pendingApproval && (
          <span className="self-start">
            <Badge tone="watch">Waits for approval</Badge>
          </span>
        )}
      </div>
    </Card>
  );
}
