// What was conceded to an account, and what was received for it.
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { useCall, useList, useVerb } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { asProblem, useSubmit } from '../../../kernel/web/submit.ts';
import {
  Badge,
  Banner,
  Button,
  Card,
  DateText,
  Dialog,
  IconButton,
  Missing,
  Money,
  MoneyField,
  SegmentedControl,
  Select,
  TextField,
  toast,
} from '../../../ui/index.ts';
import {
  balanceConcessions,
  type Concession,
  createConcession,
  listConcessions,
  removeConcession,
} from '../api-offers.ts';
import { useToday } from './days.ts';
import { CONCESSION, optionsOf } from './words.ts';

type Props = { accountId: string; renewalId?: string; contractId?: string; mayWrite: boolean };

export function GiveGet({ accountId, renewalId, contractId, mayWrite }: Props) {
  const list = useList(listConcessions, { query: { accountId, limit: 50 } });
  const balance = useCall(balanceConcessions, { query: { accountId } });
  const [isAdding, setAdding] = useState(false);
  return (
    <Card
      title="Give and get"
      subtitle={
        balance.data ? (
          <>
            Given{' '}
            <MetricButton metric="given" query={{ accountId }} label="Given">
              <Money value={balance.data.given} />
            </MetricButton>
            , got{' '}
            <MetricButton metric="got" query={{ accountId }} label="Got">
              <Money value={balance.data.got} />
            </MetricButton>
            {balance.data.unvalued > 0 && `, ${balance.data.unvalued} without a value`}
          </>
        ) : (
          'What we conceded to this account, and what we received for it'
        )
      }
      actions={
        mayWrite && (
          <Button size="sm" icon={<Plus />} onPress={() => setAdding(true)}>
            Add entry
          </Button>
        )
      }
    >
      {list.items.length === 0 ? (
        <p className="text-muted">
          Nothing written down. A discount that a renewal gives comes here by itself; add what you got for it.
        </p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {list.items.map((c) => (
            <Entry key={c.id} entry={c} answers={list.items.find((x) => x.id === c.answersId)} />
          ))}
        </ul>
      )}
      {isAdding && (
        <AddEntry
          accountId={accountId}
          renewalId={renewalId ?? null}
          contractId={contractId ?? null}
          others={list.items}
          onClose={() => setAdding(false)}
        />
      )}
    </Card>
  );
}

function Entry({ entry: c, answers }: { entry: Concession; answers: Concession | undefined }) {
  const remove = useVerb(removeConcession, { refreshes: ['concessions.', 'insights.'] });
  const create = useVerb(createConcession, { refreshes: ['concessions.', 'insights.'] });
  const gone = async () => {
    try {
      await remove.mutateAsync({ params: { id: c.id } });
      const { accountId, contractId, renewalId, side, what, kind, value, on, note } = c;
      toast.show({
        title: `Removed: ${c.what}`,
        action: {
          label: 'Undo',
          onAction: () =>
            void create.mutateAsync({ body: { accountId, contractId, renewalId, side, what, kind, value, on, note } }),
        },
      });
    } catch (reason) {
      toast.show({ title: 'It could not be removed', text: asProblem(reason).message, tone: 'poor' });
    }
  };
  return (
    <li className="flex items-start gap-3 py-2">
      <Badge tone={c.side === 'give' ? 'watch' : 'good'}>{c.side === 'give' ? 'Give' : 'Get'}</Badge>
      <div className="min-w-0 flex-1">
        <p>{c.what}</p>
        <p className="text-sm text-muted">
          <DateText value={c.on} /> · {CONCESSION[c.kind]}
          {answers && ` · for: ${answers.what}`}
        </p>
      </div>
      <span className="tabular font-medium">{c.value ? <Money value={c.value} /> : <Missing label="No value" />}</span>
      {c.can.update && (
        <IconButton label={`Remove ${c.what}`} icon={<Trash2 />} size="sm" onPress={() => void gone()} />
      )}
    </li>
  );
}

type AddProps = {
  accountId: string;
  renewalId: string | null;
  contractId: string | null;
  others: readonly Concession[];
  onClose: () => void;
};

function AddEntry({ accountId, renewalId, contractId, others, onClose }: AddProps) {
  const { workspace } = useSession();
  const today = useToday();
  const [side, setSide] = useState<Concession['side']>('get');
  const [what, setWhat] = useState('');
  const [kind, setKind] = useState<Concession['kind']>('other');
  const [value, setValue] = useState<Concession['value']>(null);
  const [answersId, setAnswers] = useState<string | null>(null);
  const create = useVerb(createConcession, { refreshes: ['concessions.', 'insights.'] });
  const submit = useSubmit(async () => {
    await create.mutateAsync({
      body: { accountId, renewalId, contractId, side, what, kind, value, on: today, answersId },
    });
    toast.show({ title: `Written down: ${what}`, tone: 'good' });
    onClose();
  });
  const counter = others.filter((o) => o.side !== side);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Give or get"
      footer={
        <Button variant="primary" isLoading={submit.isBusy} isDisabled={!what.trim()} onPress={() => void submit.run()}>
          Add entry
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('what', 'value', 'answersId') && (
          <Banner tone="poor">{submit.message('what', 'value', 'answersId')}</Banner>
        )}
        <SegmentedControl
          label="Side"
          value={side}
          options={[
            { value: 'get', label: 'We get' },
            { value: 'give', label: 'We give' },
          ]}
          onChange={(next) => {
            setSide(next);
            setAnswers(null);
          }}
        />
        <TextField
          label="What"
          isRequired
          autoFocus
          value={what}
          onChange={setWhat}
          maxLength={500}
          placeholder={
            side === 'get' ? 'Reference call, longer term, more volume' : 'Discount, free service, longer payment'
          }
          error={submit.fieldError('what') ?? ''}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Kind"
            value={kind}
            options={optionsOf(CONCESSION)}
            onChange={(next) => next && setKind(next)}
          />
          <MoneyField
            label="Value"
            value={value}
            currencies={[workspace.currency]}
            onChange={setValue}
            error={submit.fieldError('value') ?? ''}
          />
        </div>
        {counter.length > 0 && (
          <Select
            label="In return for"
            value={answersId}
            placeholder="Nothing in particular"
            onClear={() => setAnswers(null)}
            options={counter.map((o) => ({ value: o.id, label: o.what }))}
            onChange={setAnswers}
          />
        )}
      </div>
    </Dialog>
  );
}
