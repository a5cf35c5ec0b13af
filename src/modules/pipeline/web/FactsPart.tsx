// The facts of an opportunity, each changed where it stands. What a stage decides by itself says so.
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../../../kernel/contract/problem.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { call } from '../../../kernel/web/call.ts';
import { refresh } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  InlineEdit,
  KeyValueList,
  Money,
  MoneyField,
  NumberField,
  Select,
  toast,
} from '../../../ui/index.ts';
import { MemberField } from '../../accounts/web/index.ts';
import { getOpportunity, OPEN_CATEGORIES, type OpportunityPage, type Stage, updateOpportunity } from '../api.ts';
import { currencyChoices } from './currencies.ts';
import { ProductField } from './pickers.tsx';
import { REFRESHES } from './useOpportunity.ts';
import { CATEGORY_WORDS, FIELD_WORDS, LOST_WORDS, optionsOf, TYPE_WORDS } from './words.ts';

type Change = Omit<NonNullable<CallInput<typeof updateOpportunity>['body']>, 'version'>;

/** Saves one change at once; throws with what the server said, so that the field keeps what was typed. */
function useChange(of: OpportunityPage): (change: Change) => Promise<void> {
  const client = useQueryClient();
  return async (change) => {
    const key = [getOpportunity.id, { params: { id: of.id } }];
    try {
      const made = await call(updateOpportunity, { params: { id: of.id }, body: { version: of.version, ...change } });
      client.setQueryData(key, made);
      void refresh(client, REFRESHES);
    } catch (error) {
      await refresh(client, REFRESHES);
      if (error instanceof Problem && error.code === 'version_conflict') {
        const fields = Object.keys(change).map((f) => FIELD_WORDS[f] ?? f);
        throw new Error(
          `A colleague changed this meanwhile; it is shown as it stands now. Enter ${fields.join(', ').toLowerCase()} again if it should be yours.`,
        );
      }
      throw new Error(asProblem(error).message);
    }
  };
}

export function FactsPart({ of, stages }: { of: OpportunityPage; stages: readonly Stage[] }) {
  const save = useChange(of);
  const isFixed = !of.can.update || of.state !== 'open';
  const set = (change: Change) =>
    void save(change).catch((error: Error) => toast.show({ title: 'Not saved', text: error.message, tone: 'poor' }));
  const stage = stages.find((s) => s.id === of.stageId);
  return (
    <div className="flex flex-col gap-4 pt-3">
      {of.state === 'lost' && of.lostReason && (
        <Banner tone="poor" title={`Lost: ${LOST_WORDS[of.lostReason]}`}>
          {of.lostNote || 'Nothing more is written down.'}
        </Banner>
      )}
      {of.state === 'won' && (
        <Banner tone="good" title="Won">
          {of.contractId ? (
            <Button variant="quiet" size="sm" href={`/contracts/${of.contractId}`}>
              Open the contract
            </Button>
          ) : (
            'No contract line was made of it.'
          )}
        </Banner>
      )}
      {of.overdue && <Banner tone="watch">The close day is past. Set the day on which it is to close now.</Banner>}
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="Stage"
          value={of.stageId}
          isDisabled={isFixed}
          options={stages
            .filter((s) => s.outcome === 'open' || s.id === of.stageId)
            .map((s) => ({ value: s.id, label: s.name, description: `${s.probability} %` }))}
          onChange={(stageId) => stageId !== of.stageId && set({ stageId })}
          description={`${of.daysInStage} ${of.daysInStage === 1 ? 'day' : 'days'} in this stage`}
        />
        <DatePicker
          label={of.closedOn ? 'Was to close on' : 'Expected to close on'}
          value={of.closesOn}
          isDisabled={isFixed}
          onChange={(closesOn) => closesOn && closesOn !== of.closesOn && set({ closesOn })}
          {...(of.pushes > 0 ? { description: `Put off ${of.pushes === 1 ? 'once' : `${of.pushes} times`}` } : {})}
        />
        <div className="flex flex-col gap-1">
          <Select
            label="Forecast category"
            value={of.category}
            isDisabled={isFixed}
            options={(of.state === 'open' ? OPEN_CATEGORIES : (['closed', 'omitted'] as const)).map((value) => ({
              value,
              label: CATEGORY_WORDS[value],
            }))}
            onChange={(category) => category !== 'closed' && category !== of.category && set({ category })}
          />
          <ByHand
            isHand={of.categoryByHand && of.state === 'open'}
            isFixed={isFixed}
            onBack={() => set({ category: null })}
          >
            {stage ? CATEGORY_WORDS[stage.category] : null}
          </ByHand>
        </div>
        <div className="flex flex-col gap-1">
          <NumberField
            label="Probability"
            unit="%"
            value={of.probability}
            isDisabled={isFixed}
            minValue={0}
            maxValue={100}
            onChange={(probability) => probability !== null && probability !== of.probability && set({ probability })}
          />
          <ByHand
            isHand={of.probabilityByHand && of.state === 'open'}
            isFixed={isFixed}
            onBack={() => set({ probability: null })}
          >
            {stage ? `${stage.probability} %` : null}
          </ByHand>
        </div>
        {of.amountOfLines ? (
          <KeyValueList
            layout="stacked"
            items={[{ label: 'Amount', value: <Money value={of.amount} style="full" />, hint: 'The sum of the lines' }]}
          />
        ) : (
          <MoneyField
            label="Amount"
            value={of.amount}
            isDisabled={isFixed}
            currencies={currencyChoices(of.currency)}
            onChange={(amount) =>
              (amount?.amount !== of.amount?.amount || amount?.currency !== of.amount?.currency) && set({ amount })
            }
            description="Of recurring business the value of a year"
          />
        )}
        <Select
          label="Type"
          value={of.type}
          isDisabled={!of.can.update}
          options={optionsOf(TYPE_WORDS)}
          onChange={(type) => type !== of.type && set({ type })}
        />
        <MemberField
          label="Owner"
          value={of.ownerId ? { value: of.ownerId, label: of.ownerName ?? 'A colleague' } : null}
          isDisabled={!of.can.update}
          onChange={(owner) => (owner?.value ?? null) !== of.ownerId && set({ ownerId: owner?.value ?? null })}
        />
        <ProductField
          label="Product"
          value={of.productId ? { value: of.productId, label: of.productName ?? 'A product' } : null}
          isDisabled={!of.can.update}
          onChange={(product) =>
            (product?.value ?? null) !== of.productId && set({ productId: product?.value ?? null })
          }
        />
      </div>
      <KeyValueList
        items={[
          {
            label: 'Next step',
            value: (
              <InlineEdit
                kind="text"
                label="Next step"
                value={of.nextStep}
                isReadOnly={!of.can.update}
                placeholder="What happens next"
                onSave={(nextStep) => save({ nextStep })}
              />
            ),
          },
          {
            label: 'Next step on',
            value: (
              <InlineEdit
                kind="date"
                label="Next step on"
                value={of.nextStepOn ?? ''}
                isReadOnly={!of.can.update}
                placeholder="When"
                onSave={(day) => save({ nextStepOn: day || null })}
              />
            ),
          },
          {
            label: 'Competitor',
            value: (
              <InlineEdit
                kind="text"
                label="Competitor"
                value={of.competitor}
                isReadOnly={!of.can.update}
                placeholder="Who else is asked"
                onSave={(competitor) => save({ competitor })}
              />
            ),
          },
          {
            label: 'Name',
            value: (
              <InlineEdit
                kind="text"
                label="Name"
                value={of.name}
                isReadOnly={!of.can.update}
                validate={(value) => (value.trim() ? null : 'Required')}
                onSave={(name) => save({ name })}
              />
            ),
          },
          {
            label: 'Description',
            value: (
              <InlineEdit
                kind="textarea"
                label="Description"
                value={of.description}
                isReadOnly={!of.can.update}
                placeholder="What it is about"
                onSave={(description) => save({ description })}
              />
            ),
          },
        ]}
      />
      {of.source && (
        <p className="text-sm text-muted">
          From {of.source.system}, {of.source.id}
        </p>
      )}
    </div>
  );
}

/** Who decided a value: the stage, or a person, who can give the word back. */
function ByHand({
  isHand,
  isFixed,
  onBack,
  children,
}: {
  isHand: boolean;
  isFixed: boolean;
  onBack: () => void;
  children: ReactNode;
}) {
  if (isFixed) return null;
  if (!isHand) return <p className="text-sm text-muted">As the stage says</p>;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
      Set by a person: stages leave it alone.
      <Button variant="quiet" size="sm" onPress={onBack}>
        Use the stage’s ({children})
      </Button>
    </p>
  );
}
