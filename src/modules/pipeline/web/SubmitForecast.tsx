// Saying one's forecast: by kind of business, with what stands in the pipeline filled in and one's own past bias in sight.
import { useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Dialog, Money, MoneyField, TextArea, toast } from '../../../ui/index.ts';
import {
  callForecast,
  type Figures,
  getAccuracy,
  type OwnerRow,
  type Period,
  submitForecast,
} from '../api-forecast.ts';
import type { ShownKind } from './forecastTable.ts';
import { BIAS_WORDS, KIND_WORDS, periodLabel } from './words.ts';

const REFRESHES = ['forecast.', 'insights.'];
type Amounts = { commit: number | null; best: number | null };

/** How the calls of one owner came out: the sentence that stands above the fields. */
function OwnBias({ ownerId, isMe }: { ownerId: string; isMe: boolean }) {
  const found = useCall(getAccuracy, { query: { ownerId: [ownerId], periods: 4 } } as CallInput<typeof getAccuracy>);
  if (!found.data) return null;
  const at = found.data.all.find((h) => h.horizon === 30);
  if (!at?.accuracy || !at.bias || !at.biasWord)
    return (
      <Banner tone="info">
        {isMe ? 'You have' : 'There is'} no ended quarter with a submission yet: from the next one on you see here how
        near it came.
      </Banner>
    );
  const percent = (text: string) => `${Math.abs(Number(text) * 100).toFixed(0)} %`;
  const quarters = at.pairs === 1 ? 'the last quarter' : `the last ${at.pairs} quarters`;
  const who = isMe ? 'you' : 'they';
  return (
    <Banner tone={at.biasWord === 'on_the_mark' ? 'good' : 'watch'}>
      In {quarters} {who}{' '}
      {at.biasWord === 'on_the_mark' ? 'called what came' : `${BIAS_WORDS[at.biasWord]} by ${percent(at.bias)}`} thirty
      days before the end; accuracy {percent(at.accuracy)}.
    </Banner>
  );
}

type Props = {
  row: OwnerRow;
  period: Period;
  currency: string;
  kinds: readonly ShownKind[];
  isMe: boolean;
  onClose: () => void;
};

export function SubmitForecast({ row, period, currency, kinds, isMe, onClose }: Props) {
  type Form = { kinds: Record<string, Amounts>; note: string };
  const [draft, setDraft] = useDraft<Form>(`forecast.${period.id}.${row.ownerId}`);
  const [start] = useState<Form>(() => ({
    kinds: Object.fromEntries(
      kinds.map((k) => [k, { commit: row.kinds[k]?.upToCommit ?? 0, best: row.kinds[k]?.upToBest ?? 0 }]),
    ),
    note: '',
  }));
  const form = draft ?? start;
  const amounts = (k: string): Amounts => form.kinds[k] ?? { commit: 0, best: 0 };
  const set = (k: string, change: Partial<Amounts>) =>
    setDraft({ ...form, kinds: { ...form.kinds, [k]: { ...amounts(k), ...change } } });
  const sum = (key: keyof Amounts) => kinds.reduce((s, k) => s + (amounts(k)[key] ?? 0), 0);
  const verb = useVerb(submitForecast, { refreshes: REFRESHES });
  const save = useSubmit(async () => {
    await verb.mutateAsync({
      body: {
        period: period.id,
        ...(isMe || !row.ownerId ? {} : { ownerId: row.ownerId }),
        kinds: kinds.map((kind) => ({
          kind,
          commit: amounts(kind).commit ?? 0,
          best: Math.max(amounts(kind).best ?? 0, 0),
        })),
        note: form.note,
      },
    });
    setDraft(null);
    toast.show({
      title: `Forecast of ${periodLabel(period.id)} submitted`,
      text: 'A snapshot was taken with it.',
      tone: 'good',
    });
    onClose();
  });
  const message = save.message('kinds', 'commit', 'best', 'note');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={
        isMe ? `My forecast of ${periodLabel(period.id)}` : `Forecast of ${row.ownerName}, ${periodLabel(period.id)}`
      }
      description="Everything is cumulative: what is closed already counts in."
      size="lg"
      footer={
        <Button variant="primary" onPress={() => void save.run()} isLoading={save.isBusy}>
          Submit
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {message && <Banner tone="poor">{message}</Banner>}
        {row.ownerId && <OwnBias ownerId={row.ownerId} isMe={isMe} />}
        {kinds.map((kind, i) => (
          <fieldset key={kind} className="grid gap-3 sm:grid-cols-[8rem_1fr_1fr] sm:items-end">
            <legend className="sr-only">{KIND_WORDS[kind]}</legend>
            <span className="font-medium text-ink sm:pb-2">{KIND_WORDS[kind]}</span>
            <MoneyField
              label={`${KIND_WORDS[kind]}: commit`}
              value={amount(amounts(kind).commit, currency)}
              currencies={[currency]}
              onChange={(m) => set(kind, { commit: m?.amount ?? null })}
              error={save.fieldError(`kinds.${i}.commit`)}
            />
            <MoneyField
              label={`${KIND_WORDS[kind]}: best case`}
              value={amount(amounts(kind).best, currency)}
              currencies={[currency]}
              onChange={(m) => set(kind, { best: m?.amount ?? null })}
              error={save.fieldError(`kinds.${i}.best`)}
            />
          </fieldset>
        ))}
        <p className="tabular text-right text-muted">
          Together: commit <Money value={{ amount: sum('commit'), currency }} style="full" />, best case{' '}
          <Money value={{ amount: sum('best'), currency }} style="full" />. The pipeline says{' '}
          <Money value={{ amount: row.total.upToCommit, currency }} style="full" /> and{' '}
          <Money value={{ amount: row.total.upToBest, currency }} style="full" />.
        </p>
        <TextArea
          label="Note"
          description="What it stands or falls with"
          value={form.note}
          onChange={(note) => setDraft({ ...form, note })}
          rows={3}
          maxLength={5000}
          error={save.fieldError('note')}
        />
      </div>
    </Dialog>
  );
}

const amount = (minor: number | null, currency: string) => (minor === null ? null : { amount: minor, currency });

type CallProps = {
  of: { ownerId?: string; teamId?: string; name: string; figures: Figures };
  period: Period;
  currency: string;
  onClose: () => void;
};

/** A manager's call for an owner, a team, or everybody. */
export function ManagerCall({ of, period, currency, onClose }: CallProps) {
  const [commit, setCommit] = useState<number | null>(of.figures.upToCommit);
  const [best, setBest] = useState<number | null>(of.figures.upToBest);
  const [note, setNote] = useState('');
  const verb = useVerb(callForecast, { refreshes: REFRESHES });
  const save = useSubmit(async () => {
    await verb.mutateAsync({
      body: {
        period: period.id,
        commit: commit ?? 0,
        best: Math.max(best ?? 0, commit ?? 0),
        note,
        ...(of.ownerId ? { ownerId: of.ownerId } : {}),
        ...(of.teamId ? { teamId: of.teamId } : {}),
      },
    });
    toast.show({ title: `Called for ${of.name}`, tone: 'good' });
    onClose();
  });
  const message = save.message('commit', 'best', 'note');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Manager’s call: ${of.name}, ${periodLabel(period.id)}`}
      description="It stands beside what owners say and changes nothing of it."
      footer={
        <Button variant="primary" onPress={() => void save.run()} isLoading={save.isBusy}>
          Call
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {message && <Banner tone="poor">{message}</Banner>}
        {of.ownerId && <OwnBias ownerId={of.ownerId} isMe={false} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <MoneyField
            label="Commit"
            value={amount(commit, currency)}
            currencies={[currency]}
            onChange={(m) => setCommit(m?.amount ?? null)}
            error={save.fieldError('commit')}
          />
          <MoneyField
            label="Best case"
            value={amount(best, currency)}
            currencies={[currency]}
            onChange={(m) => setBest(m?.amount ?? null)}
            error={save.fieldError('best')}
          />
        </div>
        <TextArea
          label="Why"
          value={note}
          onChange={setNote}
          rows={2}
          maxLength={5000}
          error={save.fieldError('note')}
        />
      </div>
    </Dialog>
  );
}
