// Won: shows which contract lines it becomes, lets a person correct them, and does it when that is confirmed.
import { useState } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  Checkbox,
  Dialog,
  KeyValueList,
  Money,
  Select,
  SkeletonRows,
  toast,
} from '../../../ui/index.ts';
import { getOpportunity } from '../api.ts';
import { winOpportunity } from '../api-closing.ts';
import { type LineForm, LinesFields, lineFormOf, lineOf, totalOf } from './LinesFields.tsx';
import { REFRESHES } from './useOpportunity.ts';
import { usePreview } from './usePreview.ts';

const NEW = 'new';

export function WinDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const go = useGo();
  const found = useCall(getOpportunity, { params: { id } });
  const preview = usePreview(id);
  const [closedOn, setClosedOn] = useState<string | null>(null);
  const [contract, setContract] = useState<string | null>(null);
  const [lines, setLines] = useState<LineForm[] | null>(null);
  const [isWanted, setWanted] = useState(true);
  const win = useVerb(winOpportunity, { refreshes: [...REFRESHES, 'contracts.', 'revenue.', 'accounts.'] });
  const shown = preview.data;
  const currency = shown?.opportunity.currency ?? 'EUR';
  const form = lines ?? (shown ? shown.lines.map((l) => lineFormOf(l)) : []);
  const chosen = contract ?? shown?.contractId ?? NEW;
  const save = useSubmit(async () => {
    if (!shown) return;
    const done = await win.mutateAsync({
      params: { id },
      body: {
        confirm: true,
        version: shown.opportunity.version,
        closedOn: closedOn ?? shown.closedOn,
        contractId: chosen === NEW ? null : chosen,
        lines: isWanted ? form.map(lineOf) : [],
      },
    });
    toast.show({
      title: `${done.opportunity.name} is won`,
      tone: 'good',
      ...(done.contractId
        ? {
            text: `${done.lineIds.length} contract ${done.lineIds.length === 1 ? 'line was' : 'lines were'} made.`,
            action: { label: 'Open the contract', onAction: () => go(`/contracts/${done.contractId}`) },
          }
        : {}),
    });
    onClose();
  });
  const makes = shown?.makesContract ?? false;

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Won"
      description={found.data ? `${found.data.name} · ${found.data.accountName}` : ' '}
      size="lg"
      footer={
        <Button variant="primary" onPress={() => void save.run()} isLoading={save.isBusy} isDisabled={!shown}>
          {makes && isWanted && form.length > 0 ? 'Confirm: won, make the contract lines' : 'Confirm: won'}
        </Button>
      }
    >
      {preview.error ? (
        <Banner tone="poor">{preview.error.message}</Banner>
      ) : !shown ? (
        <SkeletonRows rows={4} columns={2} />
      ) : (
        <div className="flex flex-col gap-4">
          {save.message('closedOn', 'contractId', 'lines') && (
            <Banner tone="poor">{save.message('closedOn', 'contractId', 'lines')}</Banner>
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            <DatePicker
              label="Signed on"
              value={closedOn ?? shown.closedOn}
              onChange={setClosedOn}
              error={save.fieldError('closedOn')}
            />
            {makes && (
              <Select
                label="Contract"
                value={chosen}
                options={[
                  { value: NEW, label: 'A new contract' },
                  ...shown.contracts.map((c) => ({
                    value: c.id,
                    label: c.name,
                    description: c.endsOn ? `until ${c.endsOn}` : 'open-ended',
                  })),
                ]}
                onChange={(next) => setContract(next)}
                description={
                  chosen === NEW && isWanted && form.some((l) => l.billing !== 'once' && !l.endsOn)
                    ? 'Open-ended: without a day until which it runs, no renewal falls due'
                    : ''
                }
                error={save.fieldError('contractId')}
              />
            )}
          </div>
          {makes ? (
            <>
              <Checkbox isSelected={isWanted} onChange={setWanted}>
                It becomes contract lines
              </Checkbox>
              {isWanted && (
                <LinesFields
                  lines={form}
                  currency={currency}
                  onChange={setLines}
                  hasDates
                  error={(i, field) => save.fieldError(`lines.${i}.${field}`)}
                />
              )}
            </>
          ) : (
            <Banner tone="info">Contracts are not kept here, so none is made.</Banner>
          )}
          <KeyValueList
            layout="inline"
            items={[
              {
                label: isWanted && form.length > 0 ? 'The lines bring' : 'Amount of the opportunity',
                value:
                  isWanted && form.length > 0 ? (
                    <Money value={{ amount: totalOf(form), currency }} style="full" />
                  ) : (
                    <Money value={shown.opportunity.amount} style="full" />
                  ),
                hint: 'Of recurring business the value of a year',
              },
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}
