// What the account spends in our categories, and how much of it with us: every estimate with its source, day and confidence.
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { invalid } from '../../../kernel/contract/problem.ts';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { SumButton } from '../../../kernel/web/SumStat.tsx';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  Card,
  DateText,
  Dialog,
  EmptyState,
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
import { listSeries } from '../../products/api.ts';
import type { Confidence } from '../api.ts';
import { addEstimate, type Estimate, getWallet, removeEstimate } from '../api-money.ts';
import { CONFIDENCE_WORDS, confidenceOptions, currenciesWith } from './words.ts';

const refreshes = ['growth.', 'insights.'];
const nameOf = (e: { seriesName: string | null }) => e.seriesName ?? 'Everything we sell';

type Share = AnswerOf<typeof getWallet>['shares'][number];
const shareRow = (s: Share) => ({
  key: s.seriesId ?? 'all',
  label: `${nameOf(s)} · ${s.estimate.source}, ${s.estimate.estimatedOn}`,
  accountId: null,
  href: null,
  parts: { revenue: s.revenue, spend: s.spend, share: s.share },
});

export function WalletCard({ accountId }: { accountId: string }) {
  const wallet = useCall(getWallet, { query: { accountId } });
  const [isAdding, setAdding] = useState(false);
  const remove = useVerb(removeEstimate, { refreshes });
  const restore = useVerb(addEstimate, { refreshes });
  const drop = (e: Estimate) =>
    remove.mutate(
      { params: { id: e.id } },
      {
        onSuccess: () =>
          toast.show({
            title: 'Estimate removed',
            text: nameOf(e),
            action: {
              label: 'Undo',
              onAction: () =>
                restore.mutate({
                  body: {
                    accountId,
                    seriesId: e.seriesId,
                    spend: e.spend,
                    estimatedOn: e.estimatedOn,
                    source: e.source,
                    confidence: e.confidence,
                    note: e.note,
                  },
                }),
            },
          }),
        onError: (error) => toast.show({ title: 'Not removed', text: error.message, tone: 'poor' }),
      },
    );
  return (
    <Card
      title="Share of wallet"
      subtitle="Our revenue of twelve months against what they spend"
      actions={
        wallet.data?.can.update ? (
          <Button size="sm" icon={<Plus />} onPress={() => setAdding(true)}>
            Add estimate
          </Button>
        ) : undefined
      }
    >
      {wallet.isPending ? (
        <SkeletonRows rows={3} columns={3} />
      ) : wallet.isError ? (
        <ErrorState text={wallet.error.message} onRetry={() => void wallet.refetch()} />
      ) : wallet.data.estimates.length === 0 ? (
        <EmptyState
          size="sm"
          title="Nobody has said what they spend"
          text="Add an estimate with its source: an annual report, a tender, a talk with purchasing."
        />
      ) : (
        <div className="flex flex-col gap-4">
          {wallet.data.warnings.map((w) => (
            <Banner key={w.message} tone="watch" title={w.message} />
          ))}
          <ul className="flex flex-col gap-4">
            {wallet.data.shares.map((s) => (
              <li key={s.seriesId ?? 'all'}>
                <Meter
                  label={nameOf(s)}
                  value={s.share === null ? 0 : Math.min(1, Number(s.share))}
                  max={1}
                  valueText={s.share === null ? 'Not known' : `${(Number(s.share) * 100).toFixed(1)} %`}
                />
                <p className="mt-1 text-sm text-muted">
                  <SumButton
                    label={`Share of wallet, ${nameOf(s)}`}
                    value={
                      <>
                        <Money value={s.revenue} /> of <Money value={s.spend} />
                      </>
                    }
                    sum={{
                      metric: 'share-of-wallet',
                      value: s.share,
                      asOf: wallet.data.asOf,
                      filters: ['this account', nameOf(s).toLowerCase()],
                      of: { items: [shareRow(s)] },
                    }}
                  />{' '}
                  · {CONFIDENCE_WORDS[s.estimate.confidence].toLowerCase()} confidence,{' '}
                  <DateText value={s.estimate.estimatedOn} />, {s.estimate.source}
                </p>
              </li>
            ))}
          </ul>
          <details>
            <summary className="cursor-pointer text-sm text-muted">
              All estimates ({wallet.data.estimates.length})
            </summary>
            <ul className="mt-2 flex flex-col gap-1">
              {wallet.data.estimates.map((e) => (
                <li key={e.id} className="flex items-center gap-3 text-sm">
                  <span className="min-w-0 flex-1 truncate">
                    {nameOf(e)} · {e.source}
                  </span>
                  <DateText value={e.estimatedOn} />
                  <Money value={e.spend} />
                  {wallet.data.can.update && (
                    <IconButton
                      label={`Remove the estimate of ${e.estimatedOn}`}
                      icon={<Trash2 />}
                      size="sm"
                      onPress={() => drop(e)}
                    />
                  )}
                </li>
              ))}
            </ul>
          </details>
        </div>
      )}
      {isAdding && wallet.data && (
        <AddEstimate
          accountId={accountId}
          currency={wallet.data.currency}
          today={wallet.data.asOf}
          onClose={() => setAdding(false)}
        />
      )}
    </Card>
  );
}

function AddEstimate({
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
  const series = useCall(listSeries, {});
  const add = useVerb(addEstimate, { refreshes });
  const [seriesId, setSeries] = useState<string | null>(null);
  const [spend, setSpend] = useState<MoneyValue | null>(null);
  const [estimatedOn, setOn] = useState<string | null>(today);
  const [source, setSource] = useState('');
  const [confidence, setConfidence] = useState<Confidence>('low');
  const submit = useSubmit(async () => {
    if (!spend) throw invalid({ field: 'spend', message: 'Enter what they spend' });
    await add.mutateAsync({
      body: { accountId, seriesId, spend, estimatedOn: estimatedOn!, source, confidence },
    });
    toast.show({ title: 'Estimate added', tone: 'good' });
    onClose();
  });
  const error = (field: string) => (submit.fieldError(field) ? { error: submit.fieldError(field)! } : {});
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add estimate"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isLoading={submit.isBusy}
            isDisabled={!estimatedOn || !source.trim()}
            onPress={() => void submit.run()}
          >
            Add estimate
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('spend', 'estimatedOn', 'source', 'seriesId') && (
          <Banner tone="poor" title="Not added">
            {submit.message('spend', 'estimatedOn', 'source', 'seriesId')}
          </Banner>
        )}
        <Select
          label="Category"
          value={seriesId}
          options={(series.data?.items ?? []).map((s) => ({ value: s.id, label: s.name }))}
          onChange={setSeries}
          onClear={() => setSeries(null)}
          placeholder="Everything we sell"
          {...error('seriesId')}
        />
        <MoneyField
          label="They spend in a year, with anybody"
          value={spend}
          onChange={setSpend}
          currencies={currenciesWith(currency)}
          isRequired
          {...error('spend')}
        />
        <DatePicker label="As of" value={estimatedOn} onChange={setOn} isRequired {...error('estimatedOn')} />
        <TextField
          label="Source"
          value={source}
          onChange={setSource}
          isRequired
          maxLength={500}
          placeholder="Annual report, tender, purchasing"
          {...error('source')}
        />
        <Select
          label="Confidence"
          value={confidence}
          options={confidenceOptions}
          onChange={(c) => c && setConfidence(c)}
        />
      </div>
    </Dialog>
  );
}
