// The fields of the workspace: how it is called and counts, and what it takes for usual.
import { useCallback, useMemo, useState } from 'react';
import { currencyOptions } from '../../../ui/currencies.ts';
import { formatDate, formatMoney } from '../../../ui/format.ts';
import { rank } from '../../../ui/fuzzy.ts';
import { Card, ComboBox, NumberField, Select, Switch, TextField, useFormatSettings } from '../../../ui/index.ts';
import { fiscalYearOf, localeNames, monthOptions, sampleOf, zoneLabel, zoneNames, zoneNow } from './formats.ts';
import type { FormProps } from './workspaceForm.ts';

export function General({ value, onChange, error, isReadOnly }: FormProps) {
  const { locale } = useFormatSettings();
  const [now] = useState(() => new Date());
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: value.zone }).format(now);
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const locales = useMemo(() => localeNames(value.locale, locale), [value.locale, locale]);
  const loadLocales = useCallback(
    async (query: string) =>
      rank(locales, query, (l) => [l.label, l.value]).map((l) => ({
        ...l,
        description: sampleOf(l.value, today, value.currency),
      })),
    [locales, today, value.currency],
  );
  const loadZones = useCallback(
    async (query: string) =>
      rank(zoneNames(value.zone), query, (zone) => [zoneLabel(zone)])
        .slice(0, 60)
        .map((zone) => ({ value: zone, label: zoneLabel(zone), description: zoneNow(zone, now, locale) })),
    [value.zone, now, locale],
  );
  const zone = useMemo(() => ({ value: value.zone, label: zoneLabel(value.zone) }), [value.zone]);
  const year = fiscalYearOf(today, value.fiscalYearStartMonth);
  const day = (iso: string) => formatDate(iso, value.locale, 'long');

  return (
    <Card title="General">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          className="sm:col-span-2"
          value={value.name}
          onChange={(name) => onChange({ name })}
          error={error('name')}
          maxLength={200}
          isRequired
          isReadOnly={isReadOnly}
        />
        <ComboBox
          label="Reporting currency"
          description="Sums over several currencies are shown in it. Accounts keep their own."
          options={currencies}
          value={currencies.find((c) => c.value === value.currency) ?? null}
          onChange={(chosen) => chosen && onChange({ currency: chosen.value })}
          error={error('currency')}
          isDisabled={isReadOnly}
          isRequired
        />
        <Select
          label="Fiscal year starts in"
          description={`This one: ${day(year.from)} to ${day(year.to)}.`}
          options={monthOptions(locale)}
          value={String(value.fiscalYearStartMonth)}
          onChange={(month) => onChange({ fiscalYearStartMonth: Number(month) })}
          error={error('fiscalYearStartMonth')}
          isDisabled={isReadOnly}
        />
        <ComboBox
          label="Dates and numbers as in"
          load={loadLocales}
          value={locales.find((l) => l.value === value.locale) ?? null}
          onChange={(chosen) => chosen && onChange({ locale: chosen.value })}
          error={error('locale')}
          isDisabled={isReadOnly}
          isRequired
        />
        <ComboBox
          label="Time zone"
          description="Decides which day it is for deadlines."
          load={loadZones}
          value={zone}
          onChange={(chosen) => chosen && onChange({ zone: chosen.value })}
          error={error('zone')}
          isDisabled={isReadOnly}
          isRequired
        />
        <p className="text-sm text-muted sm:col-span-2">
          So it reads: {formatDate(today, value.locale, 'weekday')}, {zoneNow(value.zone, now, value.locale)},{' '}
          {formatMoney({ amount: 123_456_789, currency: value.currency }, value.locale, 'full')}
        </p>
      </div>
    </Card>
  );
}

const SEGMENTS = [
  { value: 'industry', label: 'Industries' },
  { value: 'tier', label: 'Tiers' },
  { value: 'country', label: 'Countries' },
] as const;
const REVENUE_FROM = [
  { value: 'both', label: 'Both count' },
  { value: 'contracts', label: 'Contracts count' },
  { value: 'subscriptions', label: 'Subscriptions count' },
] as const;
const CADENCE = [
  ['champion', 'Champions'],
  ['decision_maker', 'Decision makers'],
  ['executive_sponsor', 'Executive sponsors'],
  ['other', 'Everybody else'],
] as const;

export function Usual({ value, onChange, error, isReadOnly }: FormProps) {
  const number = (
    field: 'accountsPerKam' | 'selectionReviewMonths' | 'planAgeingAfterDays' | 'planStaleAfterDays',
    label: string,
    unit: string,
    description: string,
    maxValue: number,
  ) => (
    <NumberField
      label={label}
      unit={unit}
      description={description}
      value={value[field]}
      onChange={(next) => next !== null && onChange({ [field]: next })}
      minValue={1}
      maxValue={maxValue}
      digits={0}
      error={error(field)}
      isReadOnly={isReadOnly}
    />
  );
  return (
    <Card title="What is usual here" subtitle="Where nothing else is said for a member, an account or a plan.">
      <div className="flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-2">
          {number(
            'accountsPerKam',
            'Key accounts per manager',
            'accounts',
            'The cut line of the selection counts with it.',
            200,
          )}
          {number(
            'selectionReviewMonths',
            'Look at the selection again after',
            'months',
            'Who is a key account is not for ever.',
            36,
          )}
          <Select
            label="Segments are"
            description="Figures by segment go by it."
            options={SEGMENTS}
            value={value.segment}
            onChange={(segment) => onChange({ segment: segment as (typeof SEGMENTS)[number]['value'] })}
            error={error('segment')}
            isDisabled={isReadOnly}
          />
          <Select
            label="Accounts with contracts and subscriptions"
            description="Choose one when both name the same business, which would count twice."
            options={REVENUE_FROM}
            value={value.revenueFrom}
            onChange={(revenueFrom) => onChange({ revenueFrom: revenueFrom as (typeof REVENUE_FROM)[number]['value'] })}
            error={error('revenueFrom')}
            isDisabled={isReadOnly}
          />
          <Switch
            label="Net retention counts accounts that came back"
            isSelected={value.returningInNrr}
            onChange={(returningInNrr) => onChange({ returningInNrr })}
            isDisabled={isReadOnly}
            className="sm:col-span-2"
          />
          {number('planAgeingAfterDays', 'A part of a plan is ageing after', 'days', 'Since its last review.', 3650)}
          {number('planStaleAfterDays', 'And stale after', 'days', 'It then shows grey and asks for a review.', 3650)}
        </div>
        <fieldset>
          <legend className="pb-2 text-sm font-medium text-ink">Days between two contacts at most</legend>
          <div className="grid gap-4 sm:grid-cols-2">
            {CADENCE.map(([role, label]) => (
              <NumberField
                key={role}
                label={label}
                unit="days"
                value={value.cadenceDays[role]}
                onChange={(next) => next !== null && onChange({ cadenceDays: { ...value.cadenceDays, [role]: next } })}
                minValue={1}
                maxValue={3650}
                digits={0}
                isReadOnly={isReadOnly}
              />
            ))}
          </div>
          {error('cadenceDays') && (
            <p role="alert" className="pt-1.5 text-sm text-poor-text">
              {error('cadenceDays')}
            </p>
          )}
        </fieldset>
      </div>
    </Card>
  );
}
