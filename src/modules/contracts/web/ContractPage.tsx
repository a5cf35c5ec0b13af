// One contract: terms, lines with their history, amendments, papers, and what was given and got.
import { useParams } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import {
  Badge,
  Button,
  Card,
  DateText,
  ErrorState,
  KeyValueList,
  Link,
  Menu,
  Missing,
  Money,
  Num,
  PageHeader,
  SkeletonRows,
  StatusPill,
  Switch,
} from '../../../ui/index.ts';
import { getContract, type ContractPage as Page } from '../api.ts';
import { GiveGet } from './GiveGet.tsx';
import { LineTable } from './LineTable.tsx';
import { Papers } from './Papers.tsx';
import { AMENDMENT, STATUS } from './words.ts';

const AmendDialog = lazy(() => import('./AmendDialog.tsx'));
const CancelDialog = lazy(() => import('./CancelDialog.tsx'));
const AddContract = lazy(() => import('./AddContract.tsx'));

export default function ContractPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const contract = useCall(getContract, { params: { id } });
  const c = contract.data;
  usePlace(
    c
      ? {
          title: c.name,
          above: [{ label: c.accountName, href: `/accounts/${c.accountId}?tab=contracts` }],
          isThing: true,
        }
      : null,
  );
  if (contract.error) return <ErrorState text={contract.error.message} onRetry={() => void contract.refetch()} />;
  if (!c) return <SkeletonRows rows={10} columns={3} />;
  return <Loaded contract={c} />;
}

function Loaded({ contract: c }: { contract: Page }) {
  const [open, setOpen] = useState<'amend' | 'cancel' | 'edit' | null>(null);
  const [showsPast, setShowsPast] = useState(false);
  const past = c.lines.filter((l) => l.state === 'past').length;
  const lines = showsPast ? c.lines : c.lines.filter((l) => l.state !== 'past');
  const close = () => setOpen(null);
  return (
    <div className="flex flex-col">
      <PageHeader
        title={c.name}
        subtitle={
          <>
            <Link href={`/accounts/${c.accountId}?tab=contracts`}>{c.accountName}</Link>
            {c.number && ` · ${c.number}`}
          </>
        }
        badges={<StatusPill tone={STATUS[c.status].tone} label={STATUS[c.status].label} />}
        actions={
          <>
            {c.renewalId && <Button href={`/renewals/${c.renewalId}`}>Renewal</Button>}
            {c.can.update && (
              <>
                <Button variant="primary" onPress={() => setOpen('amend')}>
                  Amend
                </Button>
                <Menu
                  label="More"
                  trigger={<Button>More</Button>}
                  items={[
                    { id: 'edit', label: 'Edit terms', icon: <Pencil />, onAction: () => setOpen('edit') },
                    { id: 'cancel', label: 'Cancel the contract…', tone: 'danger', onAction: () => setOpen('cancel') },
                  ]}
                />
              </>
            )}
          </>
        }
      />
      <div className="mx-auto grid w-full max-w-7xl gap-4 p-4 md:p-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card
            title="Lines"
            subtitle={
              <>
                <MetricButton metric="contract-value" query={{ of: c.id }} label="Value of a year">
                  <Money value={c.arr} />
                </MetricButton>{' '}
                a year today
              </>
            }
            actions={
              past > 0 && <Switch label={`Past lines (${past})`} isSelected={showsPast} onChange={setShowsPast} />
            }
          >
            <LineTable lines={lines} />
          </Card>
          <Card title="Amendments" subtitle="Every change keeps what was in force before">
            {c.amendments.length === 0 ? (
              <p className="text-muted">
                Nothing was changed yet. Amend it to upgrade, reduce or co-term lines from a day on.
              </p>
            ) : (
              <ol className="flex flex-col divide-y divide-line">
                {c.amendments.map((a) => (
                  <li key={a.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2.5">
                    <span className="tabular w-28 text-sm text-muted">
                      <DateText value={a.effectiveOn} />
                    </span>
                    <span className="font-medium">{AMENDMENT[a.kind]}</span>
                    <span className="min-w-0 flex-1 text-muted">{a.note}</span>
                    <span className="tabular whitespace-nowrap">
                      <MetricButton metric="amendment-effect" query={{ of: a.id }} label="Before and after">
                        <Money value={a.before} style="compact" /> → <Money value={a.after} style="compact" />
                      </MetricButton>
                    </span>
                    <span className="w-full text-sm text-muted">{a.madeByName ?? 'The system'}</span>
                  </li>
                ))}
              </ol>
            )}
          </Card>
          <GiveGet accountId={c.accountId} contractId={c.id} mayWrite={c.can.update} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Terms contract={c} />
          <Papers accountId={c.accountId} contractId={c.id} mayWrite={c.can.update} />
        </div>
      </div>
      <Suspense fallback={null}>
        {open === 'amend' && <AmendDialog contract={c} onClose={close} />}
        {open === 'cancel' && <CancelDialog contract={c} onClose={close} />}
        {open === 'edit' && <AddContract contract={c} onClose={close} />}
      </Suspense>
    </div>
  );
}

function Terms({ contract: c }: { contract: Page }) {
  return (
    <Card title="Terms">
      <div className="flex flex-col gap-4">
        <KeyValueList
          columns={2}
          layout="stacked"
          items={[
            { label: 'From', value: <DateText value={c.startsOn} /> },
            { label: 'Until', value: c.endsOn ? <DateText value={c.endsOn} /> : 'Open-ended' },
            {
              label: 'Notice deadline',
              value: c.noticeDeadlineOn ? (
                <MetricButton metric="contract-notice" query={{ of: c.id }} label="Days until the notice deadline">
                  <DateText value={c.noticeDeadlineOn} />
                </MetricButton>
              ) : (
                <Missing label="No notice period" />
              ),
              ...(c.noticeDays === null ? {} : { hint: `${c.noticeDays} days before the end` }),
            },
            { label: 'Next term', value: c.termMonths ? `${c.termMonths} months` : <Missing label="Not said" /> },
            { label: 'Renews by itself', value: c.autoRenews ? 'Yes' : 'No' },
            {
              label: 'Uplift clause',
              value: c.upliftPercent === null ? <Missing label="None" /> : <Num value={c.upliftPercent} unit="%" />,
            },
            { label: 'Signed', value: c.signedOn ? <DateText value={c.signedOn} /> : <Missing label="Not yet" /> },
            { label: 'Currency', value: c.currency },
          ]}
        />
        {c.signatories.length > 0 && (
          <ul className="flex flex-col gap-2">
            {c.signatories.map((s) => (
              <li key={`${s.side} ${s.name}`} className="flex flex-wrap items-center gap-2">
                <Badge tone={s.side === 'ours' ? 'accent' : 'neutral'}>{s.side === 'ours' ? 'Ours' : 'Theirs'}</Badge>
                <span>{s.name}</span>
                <span className="text-sm text-muted">{s.title}</span>
              </li>
            ))}
          </ul>
        )}
        {c.cancelReason && <p className="text-sm">Cancelled: {c.cancelReason}</p>}
        {c.notes && <p className="text-sm whitespace-pre-line text-muted">{c.notes}</p>}
      </div>
    </Card>
  );
}
