// Decides for one account or several: which way, why, and when to look again. Going over capacity needs an explicit yes.
import { useId, useState } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import { Banner, Button, Checkbox, Dialog, type Option, RadioGroup, TextArea } from '../../../ui/index.ts';
import type { Decision } from '../rules.ts';
import { type DecisionItem, useDecide } from './useDecide.ts';
import { counted, DECISION_TEXT, DECISION_WORD, DECISIONS } from './words.ts';

export type Candidate = {
  accountId: string;
  name: string;
  isKey: boolean;
  suggestion: { decision: Decision; reason: string };
};
type Way = Decision | 'suggested';
type Props = {
  candidates: readonly Candidate[];
  /** Chosen when the dialog opens. */
  start?: Decision;
  /** What the server said already, when a one-click decision met the capacity. */
  warning?: string;
  onClose: () => void;
  onDone?: () => void;
};

export function DecideDialog({ candidates, start, warning, onClose, onDone }: Props) {
  const id = useId();
  const [first] = candidates;
  const isOne = candidates.length === 1 && first !== undefined;
  const [way, setWay] = useState<Way>(start ?? (isOne ? first.suggestion.decision : 'suggested'));
  const [draft, setDraft] = useDraft<string>(`selection:reason:${isOne ? first.accountId : 'many'}`);
  const [nextReviewOn, setNextReviewOn] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(warning ?? null);
  const [isAccepted, setAccepted] = useState(false);
  const { decide } = useDecide();
  const prefilled = isOne && way === first.suggestion.decision ? first.suggestion.reason : '';
  const reason = draft ?? prefilled;
  const submit = useSubmit(async () => {
    const items = candidates.map((c): DecisionItem => {
      const decision = way === 'suggested' ? c.suggestion.decision : way;
      const own = reason.trim();
      return {
        accountId: c.accountId,
        name: c.name,
        decision,
        reason: way === 'suggested' && own === '' ? c.suggestion.reason : own,
        ...(nextReviewOn ? { nextReviewOn } : {}),
      };
    });
    try {
      await decide(items, isAccepted);
    } catch (error) {
      const problem = error as { code?: string; message: string };
      if (problem.code === 'over_capacity') setOver(problem.message);
      throw error;
    }
    setDraft(null);
    onDone?.();
    onClose();
  });
  const options: Option<Way>[] = [
    ...(isOne
      ? []
      : [{ value: 'suggested' as const, label: 'As suggested', description: 'Each account as its reviews say.' }]),
    ...DECISIONS.filter((d) => !isOne || (first.isKey ? d !== 'promote' : d !== 'scale_back')).map((value) => ({
      value,
      label:
        isOne && value === first.suggestion.decision ? `${DECISION_WORD[value]} (suggested)` : DECISION_WORD[value],
      description: DECISION_TEXT[value],
    })),
  ];
  const needsReason = way !== 'suggested';
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="md"
      title={isOne ? `Decide on ${first.name}` : `Decide on ${counted(candidates.length, 'account')}`}
      description="Promotions are easy to announce, going back is not: the reason and the date stay in the log."
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form={id}
            isLoading={submit.isBusy}
            isDisabled={over !== null && !isAccepted}
          >
            {way === 'suggested' ? 'Decide as suggested' : DECISION_WORD[way]}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit.run();
        }}
      >
        <RadioGroup
          label="Decision"
          value={way}
          options={options}
          onChange={(value) => {
            setWay(value);
            setOver(null);
            setAccepted(false);
          }}
        />
        {way === 'promote' && isOne && first.suggestion.decision !== 'promote' && (
          <p className="text-sm text-muted">The reviews do not suggest this yet: {first.suggestion.reason}</p>
        )}
        <TextArea
          label="Reason"
          description={needsReason ? undefined : 'Leave it empty to keep the reason that the reviews give.'}
          value={reason}
          onChange={setDraft}
          isRequired={needsReason}
          rows={2}
          maxLength={2000}
          {...(submit.fieldError('items') ? { error: submit.fieldError('items')! } : {})}
        />
        <DatePicker
          label="Look again on"
          description="Empty: at the next regular review."
          value={nextReviewOn}
          onChange={setNextReviewOn}
          {...(submit.fieldError('nextReviewOn') ? { error: submit.fieldError('nextReviewOn')! } : {})}
        />
        {over !== null && (
          <Banner tone="watch" title="More than the team can carry">
            <p>{over}</p>
            <Checkbox isSelected={isAccepted} onChange={setAccepted} className="mt-2">
              Decide all the same
            </Checkbox>
          </Banner>
        )}
        {submit.problem && submit.problem.code !== 'over_capacity' && submit.message('items', 'nextReviewOn') && (
          <p role="alert" className="text-sm text-poor-text">
            {submit.message('items', 'nextReviewOn')}
          </p>
        )}
      </form>
    </Dialog>
  );
}
