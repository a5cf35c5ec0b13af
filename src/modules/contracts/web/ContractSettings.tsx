// Discount limits by role, who decides above them, and what scenarios assume where nothing better is known.
import { useState } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Card, ErrorState, NumberField, PaneHeader, SkeletonRows, toast } from '../../../ui/index.ts';
import { MultiSelect } from '../../../ui/MultiSelect.tsx';
import { listMembers } from '../../people/api.ts';
import { getContractSettings, type ContractSettings as Settings, updateContractSettings } from '../api-offers.ts';

const ROLES: Record<keyof Settings['limits'], string> = {
  kam: 'Account manager',
  head: 'Head',
  admin: 'Admin',
  sponsor: 'Sponsor',
  partner: 'Partner',
};

export default function ContractSettings() {
  const settings = useCall(getContractSettings, {});
  return (
    <div className="flex flex-col gap-4">
      <PaneHeader
        title="Discounts and approvals"
        text="What each role may give without asking, who agrees above that, and what scenarios assume."
      />
      {settings.error ? (
        <ErrorState text={settings.error.message} onRetry={() => void settings.refetch()} />
      ) : settings.data ? (
        <Form key={settings.data.version} settings={settings.data} />
      ) : (
        <SkeletonRows rows={6} columns={2} />
      )}
    </div>
  );
}

function Form({ settings: s }: { settings: Settings }) {
  const [limits, setLimits] = useState(s.limits);
  const [heads, setHeads] = useState(s.headApproverIds);
  const [finance, setFinance] = useState(s.financeApproverIds);
  const [remindAfterDays, setRemind] = useState<number | null>(s.remindAfterDays);
  const [cost, setCost] = useState<number | null>(s.assumedCostPercent);
  const [grr, setGrr] = useState<number | null>(s.assumedGrrPercent);
  const members = useCall(listMembers, { query: { limit: 200 } });
  const options = (members.data?.items ?? [])
    .filter((m) => m.role !== 'viewer' && m.role !== 'recruiter')
    .map((m) => ({ value: m.id, label: m.name }));
  const update = useVerb(updateContractSettings, {
    refreshes: ['contractSettings.', 'renewals.', 'offers.', 'insights.'],
  });
  const submit = useSubmit(async () => {
    await update.mutateAsync({
      body: {
        version: s.version,
        limits,
        headApproverIds: heads,
        financeApproverIds: finance,
        remindAfterDays: remindAfterDays ?? s.remindAfterDays,
        assumedCostPercent: cost ?? s.assumedCostPercent,
        assumedGrrPercent: grr ?? s.assumedGrrPercent,
      },
    });
    toast.show({ title: 'Saved', tone: 'good' });
  });
  const isDisabled = !s.can.update;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit.run();
      }}
    >
      {submit.message('headApproverIds', 'financeApproverIds') && (
        <Banner tone="poor">{submit.message('headApproverIds', 'financeApproverIds')}</Banner>
      )}
      <Card
        title="Limits"
        subtitle="A discount above one’s limit asks a head; above the head’s limit it asks finance and legal as well."
      >
        <div className="grid gap-4 sm:grid-cols-3 lg:grid-cols-5">
          {(Object.keys(ROLES) as (keyof Settings['limits'])[]).map((role) => (
            <NumberField
              key={role}
              label={ROLES[role]}
              unit="%"
              minValue={0}
              maxValue={100}
              digits={2}
              value={limits[role]}
              isDisabled={isDisabled}
              onChange={(value) => setLimits({ ...limits, [role]: value ?? 0 })}
            />
          ))}
        </div>
      </Card>
      <Card
        title="Who agrees"
        subtitle="Any one of those named decides a step. Nobody approves what they asked for themselves."
      >
        <div className="flex flex-col gap-4">
          <MultiSelect
            label="Heads"
            placeholder="Every head"
            value={heads}
            options={options}
            isDisabled={isDisabled}
            onChange={setHeads}
            error={submit.fieldError('headApproverIds') ?? ''}
          />
          <MultiSelect
            label="Finance and legal"
            placeholder="Every admin"
            value={finance}
            options={options}
            isDisabled={isDisabled}
            onChange={setFinance}
            error={submit.fieldError('financeApproverIds') ?? ''}
          />
          <NumberField
            label="Remind after"
            unit="days"
            minValue={1}
            maxValue={60}
            value={remindAfterDays}
            isDisabled={isDisabled}
            onChange={setRemind}
          />
        </div>
      </Card>
      <Card
        title="Assumptions of scenarios"
        subtitle="Used where a product has no delivery cost, and where retention is not known. Every scenario says that it uses them."
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label="Delivery cost, share of today’s price"
            unit="%"
            minValue={0}
            maxValue={100}
            value={cost}
            isDisabled={isDisabled}
            onChange={setCost}
          />
          <NumberField
            label="Gross retention of a year"
            unit="%"
            minValue={0}
            maxValue={100}
            value={grr}
            isDisabled={isDisabled}
            onChange={setGrr}
          />
        </div>
      </Card>
      {s.can.update && (
        <Button type="submit" variant="primary" className="self-start" isLoading={submit.isBusy}>
          Save
        </Button>
      )}
    </form>
  );
}
