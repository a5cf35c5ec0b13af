// What the account brings and costs in twelve months, what was spent on it, and what may be spent.
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { invalid } from '../../../kernel/contract/problem.ts';
import type { MetricAsk } from '../../../kernel/web/Figure.tsx';
import { MetricButton } from '../../../kernel/web/MetricStat.tsx';
import { useCall, useList, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  Card,
  DateText,
  Dialog,
  ErrorState,
  IconButton,
  Meter,
  Money,
  MoneyField,
  type MoneyValue,
  Select,
  SkeletonRows,
  TextField,
  toast,
} from '../../../ui/index.ts';
import { addExpense, type Expense, getPnl, listExpenses, type Pnl, putBudget, removeExpense } from '../api-money.ts';
import { currenciesWith, KIND_WORDS, kindOptions } from './words.ts';

const refreshes = ['growth.', 'insights.'];

export function PnlCard({ accountId, withChildren }: { accountId: string; withChildren: boolean }) {
  const pnl = useCall(getPnl, { query: { accountId, ...(withChildren ? { withChildren: 'true' } : {}) } });
  const [dialog, setDialog] = useState<'expense' | 'budget' | null>(null);
  return (
    <Card
      title="Profit and loss"
      {...(pnl.data ? { subtitle: <Period from={pnl.data.from} to={pnl.data.to} /> } : {})}
      actions={
        pnl.data?.can.update ? (
          <Button size="sm" icon={<Plus />} onPress={() => setDialog('expense')}>
            Add expense
          </Button>
        ) : undefined
      }
    >
      {pnl.isPending ? (
        <SkeletonRows rows={5} columns={2} />
      ) : pnl.isError ? (
        <ErrorState text={pnl.error.message} onRetry={() => void pnl.refetch()} />
      ) : (
        <div className="flex flex-col gap-4">
          {pnl.data.warnings.map((w) => (
            <Banner key={w.message} tone="watch" title={w.message} />
          ))}
          <Lines pnl={pnl.data} ask={{ accountId, ...(withChildren ? { withChildren: 'true' } : {}) }} />
          {pnl.data.budget ? (
            <div>
              <Meter
                label={`Budget ${pnl.data.budget.year}`}
                value={Math.max(0, pnl.data.budget.spent.amount)}
                max={Math.max(1, pnl.data.budget.budget.amount)}
                tone={pnl.data.budget.spent.amount > pnl.data.budget.budget.amount ? 'poor' : 'good'}
                valueText={`${Math.round((100 * pnl.data.budget.spent.amount) / Math.max(1, pnl.data.budget.budget.amount))} %`}
              />
              <p className="mt-1 text-sm text-muted">
                <Money value={pnl.data.budget.spent} /> of <Money value={pnl.data.budget.budget} /> spent,{' '}
                <Period from={pnl.data.budget.from} to={pnl.data.budget.to} />
              </p>
            </div>
          ) : (
            <p className="text-sm text-muted">No budget is set for this account.</p>
          )}
          {pnl.data.can.budget && (
            <Button size="sm" variant="quiet" className="self-start" onPress={() => setDialog('budget')}>
              {pnl.data.budget ? 'Change budget' : 'Set budget'}
            </Button>
          )}
          <Expenses accountId={accountId} />
        </div>
      )}
      {dialog === 'expense' && pnl.data && (
        <AddExpense
          accountId={accountId}
          currency={pnl.data.currency}
          today={pnl.data.to}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'budget' && pnl.data && (
        <SetBudget accountId={accountId} pnl={pnl.data} onClose={() => setDialog(null)} />
      )}
    </Card>
  );
}

const Period = ({ from, to }: { from: string; to: string }) => (
  <>
    <DateText value={from} /> to <DateText value={to} />
  </>
);

function Lines({ pnl, ask }: { pnl: Pnl; ask: MetricAsk }) {
  const query = { ...ask, from: pnl.from, to: pnl.to };
  const minus = (m: MoneyValue | null) => (m === null ? null : { ...m, amount: 0 - m.amount });
  const rows: { label: string; value: MoneyValue | null; part?: string; isStrong?: boolean; isPart?: boolean }[] = [
    { label: 'Revenue', value: pnl.revenue, part: 'revenue' },
    ...(pnl.oneOff?.amount ? [{ label: 'of it one-off', value: pnl.oneOff, part: 'oneOff', isPart: true }] : []),
    { label: 'Cost of delivery', value: minus(pnl.deliveryCost), part: 'deliveryCost' },
    { label: 'Cost to serve', value: minus(pnl.costToServe), part: 'costToServe' },
    ...pnl.expenses.map((e) => ({
      label: KIND_WORDS[e.kind],
      value: minus(e.amount),
      part: 'costToServe',
      isPart: true,
    })),
    {
      label: pnl.marginShare === null ? 'Margin' : `Margin, ${(Number(pnl.marginShare) * 100).toFixed(1)} % of revenue`,
      value: pnl.margin,
      isStrong: true,
    },
  ];
  return (
    <table className="w-full">
      <tbody>
        {rows.map((r) => (
          <tr key={r.label} className={r.isStrong ? 'border-t border-line font-semibold' : ''}>
            <th
              scope="row"
              className={`py-1 text-left ${r.isStrong ? '' : 'font-normal'} ${r.isPart ? 'pl-4 text-sm text-muted' : ''}`}
            >
              {r.label}
            </th>
            <td className={`py-1 text-right ${r.isPart ? 'text-sm text-muted' : ''}`}>
              <MetricButton
                metric="account-margin"
                query={query}
                {...(r.part ? { part: r.part } : {})}
                label={r.isStrong ? 'Margin' : r.label}
              >
                <Money value={r.value} />
              </MetricButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Expenses({ accountId }: { accountId: string }) {
  const list = useList(listExpenses, { query: { accountId: [accountId], limit: 10 } });
  const remove = useVerb(removeExpense, { refreshes });
  const add = useVerb(addExpense, { refreshes });
  if (list.items.length === 0) return null;
  const drop = (e: Expense) =>
    remove.mutate(
      { params: { id: e.id } },
      {
        onSuccess: () =>
          toast.show({
            title: 'Expense removed',
            text: e.description || KIND_WORDS[e.kind],
            action: {
              label: 'Undo',
              onAction: () =>
                add.mutate({
                  body: {
                    accountId,
                    kind: e.kind,
                    spentOn: e.spentOn,
                    amount: e.amount,
                    description: e.description,
                    memberId: e.memberId,
                  },
                }),
            },
          }),
        onError: (error) => toast.show({ title: 'Not removed', text: error.message, tone: 'poor' }),
      },
    );
  return (
    <details>
      <summary className="cursor-pointer text-sm text-muted">Expenses</summary>
      <ul className="mt-2 flex flex-col gap-1">
        {list.items.map((e) => (
          <li key={e.id} className="flex items-center gap-3 text-sm">
            <DateText value={e.spentOn} />
            <span className="min-w-0 flex-1 truncate">
              {[KIND_WORDS[e.kind], e.description, e.memberName].filter(Boolean).join(' · ')}
            </span>
            <Money value={e.amount} />
            {e.can.update && (
              <IconButton
                label={`Remove the expense of ${e.spentOn}`}
                icon={<Trash2 />}
                size="sm"
                onPress={() => drop(e)}
              />
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="sm" variant="quiet" isLoading={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </details>
  );
}

function AddExpense({
  accountId,
  currency,
  today,
  onClose,
}: {
  accountId: string;
  currency: string;
  today: string;
  onClose: () => void;
}) {
  const add = useVerb(addExpense, { refreshes });
  const [kind, setKind] = useState<Expense['kind']>('travel');
  const [amount, setAmount] = useState<MoneyValue | null>(null);
  const [spentOn, setOn] = useState<string | null>(today);
  const [description, setDescription] = useState('');
  const submit = useSubmit(async () => {
    if (!amount) throw invalid({ field: 'amount', message: 'Enter the amount' });
    await add.mutateAsync({ body: { accountId, kind, amount, spentOn: spentOn!, description } });
    toast.show({ title: 'Expense added', tone: 'good' });
    onClose();
  });
  const error = (field: string) => (submit.fieldError(field) ? { error: submit.fieldError(field)! } : {});
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add expense"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" isLoading={submit.isBusy} isDisabled={!spentOn} onPress={() => void submit.run()}>
            Add expense
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('amount', 'spentOn', 'description') && (
          <Banner tone="poor" title="Not added">
            {submit.message('amount', 'spentOn', 'description')}
          </Banner>
        )}
        <Select label="Kind" value={kind} options={kindOptions} onChange={(k) => k && setKind(k)} />
        <MoneyField
          label="Amount"
          value={amount}
          onChange={setAmount}
          currencies={currenciesWith(currency)}
          allowNegative
          isRequired
          {...error('amount')}
        />
        <DatePicker label="Day" value={spentOn} onChange={setOn} isRequired {...error('spentOn')} />
        <TextField
          label="What for"
          value={description}
          onChange={setDescription}
          maxLength={1000}
          {...error('description')}
        />
      </div>
    </Dialog>
  );
}

function SetBudget({ accountId, pnl, onClose }: { accountId: string; pnl: Pnl; onClose: () => void }) {
  const put = useVerb(putBudget, { refreshes });
  const [budget, setBudget] = useState<MoneyValue | null>(pnl.budget?.budget ?? null);
  const year = pnl.budget?.year ?? Number(pnl.to.slice(0, 4));
  const submit = useSubmit(async () => {
    await put.mutateAsync({
      body: { accountId, year, budget, ...(pnl.budget ? { version: pnl.budget.version } : {}) },
    });
    toast.show({ title: budget ? 'Budget set' : 'Budget taken away', tone: 'good' });
    onClose();
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Budget ${year}`}
      description="What may be spent on this account in the fiscal year. Empty takes the budget away."
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isLoading={submit.isBusy}
            isDisabled={!budget && !pnl.budget}
            onPress={() => void submit.run()}
          >
            Save
          </Button>
        </>
      }
    >
      {submit.message() && (
        <Banner tone="poor" title="Not saved">
          {submit.message()}
        </Banner>
      )}
      <MoneyField label="Budget" value={budget} onChange={setBudget} currencies={currenciesWith(pnl.currency)} />
    </Dialog>
  );
}
