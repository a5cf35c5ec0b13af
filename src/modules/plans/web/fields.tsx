// Values of a plan, edited where they stand: quiet until pointed at, saved with every key.
import { CalendarDays, UserRound, X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { Button as PlainButton } from 'react-aria-components';
import { formatDate, formatMoney, formatNumber } from '../../../ui/format.ts';
import { Avatar, Button, cx, MoneyField, type MoneyValue, Popover, useFormatSettings } from '../../../ui/index.ts';
import { MemberField } from '../../accounts/web/index.ts';
import { rememberMember, usePlan } from './usePlan.tsx';

const quiet =
  'rounded-inner bg-transparent text-ink outline-offset-0 transition-colors placeholder:text-faint hover:bg-hover focus:bg-surface focus-visible:bg-surface focus-visible:outline-2 focus-visible:outline-focus print:placeholder:text-transparent';

type TextProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  maxLength: number;
  /** Several lines; else Enter leaves the field and calls `onEnter`. */
  isLong?: boolean;
  onEnter?: () => void;
  onMove?: (by: -1 | 1) => void;
  isReadOnly?: boolean;
  className?: string;
  id?: string;
  inputRef?: Ref<HTMLTextAreaElement>;
};

export function TextValue({
  label,
  value,
  onChange,
  placeholder,
  maxLength,
  isLong = false,
  onEnter,
  onMove,
  isReadOnly = false,
  className,
  id,
  inputRef,
}: TextProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.altKey && onMove && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      onMove(event.key === 'ArrowUp' ? -1 : 1);
    } else if (event.key === 'Enter' && !isLong) {
      event.preventDefault();
      if (onEnter) onEnter();
      else event.currentTarget.blur();
    } else if (event.key === 'Escape') event.currentTarget.blur();
  };
  if (isReadOnly) {
    return value ? (
      <p id={id} className={cx('min-w-0 py-1 text-base break-words whitespace-pre-wrap text-ink', className)}>
        {value}
      </p>
    ) : null;
  }
  return (
    <textarea
      id={id}
      ref={inputRef}
      aria-label={label}
      title={onMove ? 'Alt and ↑ or ↓ move it' : undefined}
      value={value}
      rows={1}
      maxLength={maxLength}
      placeholder={placeholder}
      onChange={(event) => onChange(isLong ? event.target.value : event.target.value.replace(/\s*\n\s*/g, ' '))}
      onKeyDown={onKeyDown}
      className={cx(
        quiet,
        '-mx-1.5 field-sizing-content block w-[calc(100%+0.75rem)] min-w-0 cursor-text resize-none px-1.5 py-1 text-base',
        className,
      )}
    />
  );
}

/** A number as typed; kept as text while it is no number yet. */
export function NumberValue({
  label,
  value,
  onChange,
  placeholder = '–',
  isReadOnly = false,
  isSigned = false,
  suffix,
  min,
  max,
  className,
  id,
}: {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
  placeholder?: string;
  isReadOnly?: boolean;
  isSigned?: boolean;
  suffix?: string;
  min?: number;
  max?: number;
  className?: string;
  id?: string;
}) {
  const { locale } = useFormatSettings();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = value === null ? '' : formatNumber(value, locale, { sign: isSigned });
  if (isReadOnly)
    return <span className="tabular text-ink">{value === null ? '–' : `${shown}${suffix ? ` ${suffix}` : ''}`}</span>;
  const text = typed ?? shown;
  const parse = (now: string) => {
    const number = Number(now.trim().replace(/\s/g, '').replace(',', '.').replace('−', '-'));
    if (now.trim() === '') onChange(null);
    else if (Number.isFinite(number) && number >= (min ?? number) && number <= (max ?? number)) onChange(number);
  };
  return (
    <span className="inline-flex items-baseline">
      <input
        id={id}
        aria-label={label}
        inputMode="decimal"
        value={text}
        placeholder={placeholder}
        onFocus={(event) => {
          setTyped(value === null ? '' : String(value));
          const input = event.currentTarget;
          requestAnimationFrame(() => input.select());
        }}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.target.value);
          parse(event.target.value);
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        style={{ width: `calc(${Math.max(2, text.length || placeholder.length)}ch + 0.75rem)` }}
        className={cx(quiet, 'tabular px-1 py-0.5', className)}
      />
      {suffix && value !== null && <span className="text-muted">{suffix}</span>}
    </span>
  );
}

/** A day: shown in words, typed or picked as the browser offers it. */
export function DateValue({
  label,
  value,
  onChange,
  placeholder = 'Due date',
  isReadOnly = false,
  className,
  id,
}: {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
  isReadOnly?: boolean;
  className?: string;
  id?: string;
}) {
  const { locale } = useFormatSettings();
  const [isEditing, setEditing] = useState(false);
  const shown = value ? formatDate(value, locale) : null;
  if (isReadOnly) return <span className={cx('tabular whitespace-nowrap text-muted', className)}>{shown ?? ''}</span>;
  if (isEditing) {
    return (
      <input
        id={id}
        type="date"
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was just pressed.
        autoFocus
        defaultValue={value ?? ''}
        max="2999-12-31"
        onChange={(event) => {
          const next = event.target.value;
          if (next === '' || next >= '1900-01-01') onChange(next || null);
        }}
        onBlur={() => setEditing(false)}
        onKeyDown={(event) => (event.key === 'Enter' || event.key === 'Escape') && setEditing(false)}
        className={cx('h-7 rounded-inner bg-surface px-1 text-sm text-ink outline-2 outline-focus', className)}
      />
    );
  }
  return (
    <PlainButton
      id={id}
      onPress={() => setEditing(true)}
      className={cx(
        quiet,
        'tabular inline-flex h-7 items-center gap-1 px-1.5 text-sm whitespace-nowrap',
        shown ? 'text-muted' : 'text-faint print:hidden',
        className,
      )}
    >
      <span className="sr-only">{label}: </span>
      {!shown && <CalendarDays aria-hidden="true" className="size-3.5" />}
      {shown ?? placeholder}
    </PlainButton>
  );
}

export function ChoiceValue<V extends string>({
  label,
  value,
  options,
  onChange,
  isReadOnly = false,
  className,
}: {
  label: string;
  value: V;
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
  isReadOnly?: boolean;
  className?: string;
}) {
  const chosen = options.find((option) => option.value === value)?.label ?? '';
  if (isReadOnly) return <span className={cx('text-sm text-muted', className)}>{chosen}</span>;
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as V)}
      className={cx(
        quiet,
        'field-sizing-content h-7 max-w-full appearance-none truncate px-1.5 text-sm text-muted hover:text-ink',
        className,
      )}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} className="bg-raised text-ink">
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** Whose it is: a face; pressing it finds another colleague. */
export function OwnerValue({
  label,
  value,
  onChange,
  isReadOnly = false,
  showName = false,
  id,
}: {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  isReadOnly?: boolean;
  showName?: boolean;
  id?: string;
}) {
  const { names } = usePlan();
  const name = value ? (names.members.get(value) ?? 'Former member') : null;
  const face = name ? (
    <>
      <Avatar name={name} size="xs" isDecorative />
      <span className={showName ? 'truncate text-sm text-muted' : 'sr-only'}>{name}</span>
    </>
  ) : null;
  if (isReadOnly)
    return (
      face && (
        <span className="inline-flex items-center gap-1.5" title={name ?? undefined}>
          {face}
        </span>
      )
    );
  return (
    <Popover
      label={label}
      placement="bottom end"
      trigger={
        <PlainButton
          id={id}
          className={cx(
            quiet,
            'inline-flex h-7 max-w-full min-w-7 items-center justify-center gap-1.5 px-1',
            !name && 'text-faint print:hidden',
          )}
        >
          <span className="sr-only">{label}: </span>
          {face ?? (
            <>
              <UserRound aria-hidden="true" className="size-3.5" />
              <span className={showName ? 'text-sm' : 'sr-only'}>{showName ? 'Owner' : 'nobody'}</span>
            </>
          )}
        </PlainButton>
      }
    >
      {(close) => (
        <div className="flex w-64 flex-col gap-2">
          <MemberField
            label={label}
            autoFocus
            value={value && name ? { value, label: name } : null}
            onChange={(option) => {
              if (option) {
                rememberMember(option.value, option.label);
                onChange(option.value);
                close();
              }
            }}
          />
          {value && (
            <Button
              size="sm"
              variant="quiet"
              icon={<X />}
              onPress={() => {
                onChange(null);
                close();
              }}
            >
              Nobody
            </Button>
          )}
        </div>
      )}
    </Popover>
  );
}

/** An amount; pressing it opens the field with its currency. */
export function MoneyValueField({
  label,
  value,
  onChange,
  currencies,
  isReadOnly = false,
}: {
  label: string;
  value: MoneyValue | null;
  onChange: (value: MoneyValue | null) => void;
  currencies: readonly string[];
  isReadOnly?: boolean;
}) {
  const { locale } = useFormatSettings();
  const shown = value ? formatMoney(value, locale, 'whole') : null;
  if (isReadOnly) return <span className="tabular whitespace-nowrap text-ink">{shown ?? ''}</span>;
  return (
    <Popover
      label={label}
      placement="bottom end"
      trigger={
        <PlainButton
          className={cx(quiet, 'tabular h-7 px-1.5 text-base whitespace-nowrap', !shown && 'text-faint print:hidden')}
        >
          <span className="sr-only">{label}: </span>
          {shown ?? 'Value'}
        </PlainButton>
      }
    >
      {(close) => (
        <form
          className="flex w-60 flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            close();
          }}
        >
          <MoneyField label={label} autoFocus value={value} onChange={onChange} currencies={currencies} />
          <Button type="submit" size="sm" variant="primary">
            Done
          </Button>
        </form>
      )}
    </Popover>
  );
}
