// The period, the day, the currency and whose accounts: everything that the figures of the page are asked with.
import { useCallback, useState } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import type { UrlState } from '../../../kernel/web/urlState.ts';
import { currencyOptions } from '../../../ui/currencies.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import { Button, type Option, Select, Switch } from '../../../ui/index.ts';
import { MemberField } from '../../accounts/web/index.ts';
import { getWorkspace } from '../../settings/api.ts';
import { PERIOD_WORDS, PERIODS } from './periods.ts';
import type { Asked } from './useAsk.ts';

type Props = { asked: Asked; set: (change: UrlState) => void };

export default function Toolbar({ asked, set }: Props) {
  const { workspace } = useSession();
  const settings = useCall(getWorkspace, {}, { staleTime: 300_000 });
  const usual = settings.data?.preferences.returningInNrr ?? false;
  const [owner, setOwner] = useState<Option | null>(null);
  const pickOwner = useCallback(
    (option: Option | null) => {
      setOwner(option);
      set({ owner: option?.value });
    },
    [set],
  );
  const isFiltered = asked.ownerId || asked.tier;
  return (
    <div className="grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:flex sm:flex-wrap">
      <Select
        label="Period"
        size="sm"
        className="sm:w-44"
        value={asked.period}
        onChange={(period) =>
          set(
            period === 'custom'
              ? { period, from: asked.from, to: asked.to }
              : { period, from: undefined, to: undefined },
          )
        }
        options={PERIODS.map((value) => ({ value, label: PERIOD_WORDS[value] }))}
      />
      {asked.period === 'custom' ? (
        <>
          <DatePicker
            label="From"
            size="sm"
            value={asked.from}
            maxValue={asked.to}
            onChange={(from) => from && set({ from })}
          />
          <DatePicker
            label="To"
            size="sm"
            value={asked.to}
            minValue={asked.from}
            onChange={(to) => to && set({ to })}
          />
        </>
      ) : (
        <DatePicker label="As of" size="sm" value={asked.asOf} onChange={(asOf) => set({ asOf: asOf ?? undefined })} />
      )}
      <Select
        label="Currency"
        size="sm"
        className="sm:w-40"
        value={asked.currency}
        onChange={(currency) => set({ currency: currency === workspace.currency ? undefined : currency })}
        options={currencyOptions(workspace.locale)}
      />
      <div className="sm:w-48">
        <MemberField
          label="Owner"
          size="sm"
          placeholder={asked.ownerId ? 'One colleague' : 'Everybody'}
          value={asked.ownerId && owner?.value === asked.ownerId ? owner : null}
          onChange={pickOwner}
        />
      </div>
      <Select
        label="Tier"
        size="sm"
        className="sm:w-36"
        value={asked.tier}
        onChange={(tier) => set({ tier })}
        onClear={() => set({ tier: undefined })}
        clearLabel="All tiers"
        placeholder="All tiers"
        options={(settings.data?.preferences.tiers ?? []).map((value) => ({ value, label: value }))}
      />
      <div className="basis-full max-sm:hidden 2xl:hidden" />
      <div className="flex h-control-sm items-center max-sm:col-span-2">
        <Switch
          label="Constant currency"
          isSelected={asked.constant}
          onChange={(on) => set({ constant: on ? '1' : undefined })}
        />
      </div>
      <div className="flex h-control-sm items-center max-sm:col-span-2">
        <Switch
          label="NRR with returning accounts"
          isSelected={asked.returning ?? usual}
          onChange={(on) => set({ returning: on === usual ? undefined : on ? '1' : '0' })}
        />
      </div>
      {isFiltered && (
        <Button variant="quiet" size="sm" onPress={() => set({ owner: undefined, tier: undefined })}>
          All accounts
        </Button>
      )}
    </div>
  );
}
