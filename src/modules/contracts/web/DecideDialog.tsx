// Deciding a renewal. Renewed: on an offer or on the contract's own terms. Lost: the post-mortem is part of the decision.
import { useState } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem, useSubmit } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import { formatDate } from '../../../ui/format.ts';
import {
  Banner,
  Button,
  Checkbox,
  Dialog,
  Money,
  RadioGroup,
  Select,
  TextArea,
  TextField,
  toast,
  useFormatSettings,
} from '../../../ui/index.ts';
import { LOSS_REASONS } from '../api.ts';
import { decideRenewal, listOffers, undoDecision } from '../api-offers.ts';
import type { RenewalPage } from '../api-renewals.ts';
import { termsText } from './Effects.tsx';
import { DECIDED, LOSS, OUTCOME } from './words.ts';

type What = 'renewed' | 'lost' | 'cancelled';
type Form = {
  what: What;
  offer: string;
  signedOn: string | null;
  note: string;
  reason: (typeof LOSS_REASONS)[number] | null;
  competitor: string;
  detail: string;
  lesson: string;
  avoidable: boolean;
};

const CLAUSE = 'clause';
const FLAT = 'flat';

export default function DecideDialog({
  renewal: r,
  offerId,
  onClose,
}: {
  renewal: RenewalPage;
  offerId: string | null;
  onClose: () => void;
}) {
  const { locale } = useFormatSettings();
  const offers = useCall(listOffers, { params: { id: r.id } });
  const [draft, setDraft] = useDraft<Form>(`decide.${r.id}`);
  const start: Form = {
    what: 'renewed',
    offer: offerId ?? (r.clausePercent ? CLAUSE : FLAT),
    signedOn: null,
    note: '',
    reason: null,
    competitor: '',
    detail: '',
    lesson: '',
    avoidable: false,
  };
  const [chosen, setChosen] = useState(offerId);
  const form: Form = { ...start, ...draft, ...(chosen ? { offer: chosen, what: 'renewed' as const } : {}) };
  const set = (change: Partial<Form>) => {
    setChosen(null);
    setDraft({ ...form, ...change });
  };
  const offer = offers.data?.items.find((o) => o.id === form.offer);
  const after = offer?.effect.arr.amount ?? (form.offer === CLAUSE ? null : r.due.amount);
  // The outcome follows from the terms: the page never asks for what it can reckon.
  const renewedAs =
    form.offer === CLAUSE
      ? (r.clausePercent ?? 0) > 0
        ? 'renewed_uplift'
        : 'reduced'
      : after! > r.due.amount
        ? 'renewed_uplift'
        : after! < r.due.amount
          ? 'reduced'
          : 'renewed_flat';
  const decide = useVerb(decideRenewal, { refreshes: DECIDED });
  const undo = useVerb(undoDecision, { refreshes: DECIDED });
  const submit = useSubmit(async () => {
    const outcome = form.what === 'renewed' ? renewedAs : form.what;
    await decide.mutateAsync({
      params: { id: r.id },
      body: {
        version: r.version,
        outcome,
        ...(form.what === 'renewed'
          ? {
              ...(offer
                ? { offerId: offer.id }
                : form.offer === CLAUSE
                  ? { terms: { upliftPercent: r.clausePercent ?? 0 } }
                  : { terms: {} }),
              signedOn: form.signedOn,
              ...(form.note ? { note: form.note } : {}),
            }
          : {
              loss: {
                reason: form.reason!,
                detail: form.detail,
                lesson: form.lesson,
                avoidable: form.avoidable,
                ...(form.competitor.trim() ? { competitor: form.competitor.trim() } : {}),
              },
            }),
      },
    });
    setDraft(null);
    toast.show({
      title: `${r.accountName}: ${OUTCOME[outcome].label.toLowerCase()}`,
      tone: form.what === 'renewed' ? 'good' : 'neutral',
      action: {
        label: 'Undo',
        onAction: () =>
          void undo
            .mutateAsync({ params: { id: r.id }, body: {} })
            .then(() => toast.show({ title: 'The decision is taken back', tone: 'neutral' }))
            .catch((error: unknown) =>
              toast.show({ title: 'Not taken back', text: asProblem(error).message, tone: 'poor' }),
            ),
      },
    });
    onClose();
  });
  const isLoss = form.what !== 'renewed';
  const isReady = isLoss
    ? form.reason !== null && form.detail.trim() !== ''
    : form.offer === CLAUSE || form.offer === FLAT || Boolean(offer);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Decide: ${r.accountName}`}
      description={`${r.contractName}, term until ${formatDate(r.dueOn, locale, 'medium')}`}
      footer={
        <Button
          variant={isLoss ? 'danger' : 'primary'}
          isLoading={submit.isBusy}
          isDisabled={!isReady}
          onPress={() => void submit.run()}
        >
          {form.what === 'renewed' ? OUTCOME[renewedAs].label : form.what === 'lost' ? 'It is lost' : 'It is cancelled'}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {submit.message('loss') && <Banner tone="poor">{submit.message('loss')}</Banner>}
        <RadioGroup<What>
          label="What becomes of it"
          value={form.what}
          options={[
            { value: 'renewed', label: 'Renewed', description: 'The next term and its lines begin' },
            { value: 'lost', label: 'Lost', description: 'They leave, or do not renew' },
            { value: 'cancelled', label: 'Cancelled', description: 'Both sides let it end' },
          ]}
          onChange={(what) => what && set({ what })}
        />
        {isLoss ? (
          <fieldset className="flex flex-col gap-4">
            <legend className="mb-2 text-base font-semibold">Post-mortem</legend>
            <Select
              label="Why"
              isRequired
              value={form.reason}
              placeholder="Choose the main reason"
              options={LOSS_REASONS.map((value) => ({ value, label: LOSS[value] }))}
              onChange={(reason) => set({ reason })}
              error={submit.fieldError('loss.reason') ?? ''}
            />
            <TextField
              label="Who they went to"
              value={form.competitor}
              onChange={(competitor) => set({ competitor })}
              maxLength={200}
            />
            <TextArea
              label="What happened"
              isRequired
              value={form.detail}
              onChange={(detail) => set({ detail })}
              rows={3}
              maxLength={5000}
              error={submit.fieldError('loss.detail') ?? ''}
            />
            <TextArea
              label="What we learn from it"
              value={form.lesson}
              onChange={(lesson) => set({ lesson })}
              rows={2}
              maxLength={5000}
            />
            <Checkbox isSelected={form.avoidable} onChange={(avoidable) => set({ avoidable })}>
              We could have kept them
            </Checkbox>
          </fieldset>
        ) : (
          <>
            <RadioGroup
              label="At which terms"
              value={form.offer}
              options={[
                ...(offers.data?.items ?? []).map((o) => ({
                  value: o.id,
                  label: o.name,
                  description: `${termsText(o)}${o.needs.length > 0 && o.approval.status !== 'approved' ? '; needs approval first' : ''}`,
                  isDisabled: !o.can.decide,
                })),
                ...(r.clausePercent
                  ? [
                      {
                        value: CLAUSE,
                        label: `As the contract says: ${r.clausePercent} %`,
                        description: 'The uplift clause',
                      },
                    ]
                  : []),
                { value: FLAT, label: 'As it is', description: 'Same prices, same quantities' },
              ]}
              onChange={(value) => value && set({ offer: value })}
            />
            {after !== null && (
              <p className="text-base">
                <Money value={r.due} /> a year becomes{' '}
                <strong>{<Money value={{ amount: after, currency: r.currency }} />}</strong>
              </p>
            )}
            <DatePicker label="Signed on" value={form.signedOn} onChange={(signedOn) => set({ signedOn })} />
            <TextField label="Note" value={form.note} onChange={(note) => set({ note })} maxLength={5000} />
          </>
        )}
      </div>
    </Dialog>
  );
}
