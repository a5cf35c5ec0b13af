// A value that is edited where it stands. Enter saves, Escape gives the old value back; the new one shows at once.
import { Check, CircleAlert } from 'lucide-react';
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { cx } from './cx.ts';
import { formatDate, formatNumber } from './format.ts';
import type { Option } from './options.ts';
import { Select } from './Select.tsx';
import { Spinner } from './Spinner.tsx';
import { useFormatSettings } from './uiContext.ts';

export type InlineEditKind = 'text' | 'textarea' | 'select' | 'date' | 'number';

export type InlineEditProps = {
  kind?: InlineEditKind;
  /** Name of the value for screen readers. */
  label: string;
  /** '' is empty. Dates are `YYYY-MM-DD`, numbers a decimal with a point. */
  value: string;
  /** Resolve when stored; throw an Error whose message tells what to do. */
  onSave: (value: string) => Promise<unknown> | unknown;
  /** How the value is shown; default: as text. */
  display?: (value: string) => ReactNode;
  options?: readonly Option[];
  /** Shown when empty: "Add a goal". */
  placeholder?: string;
  /** Checks while typing ends; the text is the error. */
  validate?: (value: string) => string | null;
  isReadOnly?: boolean;
  maxLength?: number;
  className?: string;
};

type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved' }
  | { kind: 'failed'; message: string; typed: string };

export function InlineEdit(props: InlineEditProps) {
  const {
    kind = 'text',
    label,
    value,
    onSave,
    options = [],
    placeholder = 'Add',
    validate,
    isReadOnly = false,
    className,
  } = props;
  const { locale } = useFormatSettings();
  const [shown, setShown] = useState(value);
  const [isEditing, setEditing] = useState(false);
  const [state, setState] = useState<SaveState>({ kind: 'idle' });
  const trigger = useRef<HTMLButtonElement>(null);
  const refocus = useRef(false);

  useEffect(() => setShown(value), [value]);
  useEffect(() => {
    if (state.kind !== 'saved') return;
    const timer = setTimeout(() => setState({ kind: 'idle' }), 1600);
    return () => clearTimeout(timer);
  }, [state.kind]);
  useEffect(() => {
    if (isEditing || !refocus.current) return;
    refocus.current = false;
    trigger.current?.focus();
  }, [isEditing]);

  const stop = (giveFocusBack: boolean) => {
    refocus.current = giveFocusBack;
    setEditing(false);
  };
  const save = async (next: string, giveFocusBack: boolean) => {
    const problem = validate?.(next) ?? null;
    if (problem) {
      setState({ kind: 'failed', message: problem, typed: next });
      return;
    }
    stop(giveFocusBack);
    if (next === shown && state.kind !== 'failed') return;
    const before = value;
    setShown(next);
    setState({ kind: 'saving' });
    try {
      await onSave(next);
      setState({ kind: 'saved' });
    } catch (reason) {
      setShown(before);
      setState({
        kind: 'failed',
        message: reason instanceof Error ? reason.message : 'Not saved. Try again.',
        typed: next,
      });
    }
  };

  const text = () => {
    if (shown === '') return <span className="text-faint">{placeholder}</span>;
    if (props.display) return props.display(shown);
    if (kind === 'select') return options.find((option) => option.value === shown)?.label ?? shown;
    if (kind === 'date') return formatDate(shown, locale);
    if (kind === 'number') return formatNumber(Number(shown), locale);
    return <span className={kind === 'textarea' ? 'whitespace-pre-wrap' : undefined}>{shown}</span>;
  };

  const status = (
    <span role="status" className="inline-flex shrink-0 items-center text-xs">
      {state.kind === 'saving' && (
        <>
          <Spinner size={12} className="text-muted" />
          <span className="sr-only">Saving</span>
        </>
      )}
      {state.kind === 'saved' && (
        <span className="inline-flex items-center gap-1 text-good-text">
          <Check aria-hidden="true" className="size-3.5" />
          Saved
        </span>
      )}
    </span>
  );
  const failure = state.kind === 'failed' && (
    <div role="alert" className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-poor-text">
      <CircleAlert aria-hidden="true" className="size-3.5" />
      {state.message}
      {!isEditing && (
        <Button onPress={() => setEditing(true)} className="rounded-inner font-medium underline underline-offset-2">
          Edit again
        </Button>
      )}
    </div>
  );

  if (isReadOnly) return <div className={cx('min-w-0 py-1', className)}>{text()}</div>;
  if (isEditing) {
    const start = state.kind === 'failed' ? state.typed : shown;
    return (
      <div className={cx('min-w-0', className)}>
        {kind === 'select' ? (
          <Select
            label={label}
            hideLabel
            size="sm"
            autoFocus
            defaultOpen
            options={options}
            value={start || null}
            onChange={(next) => void save(next, true)}
            onOpenChange={(isOpen) => !isOpen && stop(true)}
          />
        ) : (
          <Editor
            {...props}
            kind={kind}
            start={start}
            onDone={(next, focus) => void save(next, focus)}
            onCancel={() => {
              setState({ kind: 'idle' });
              stop(true);
            }}
          />
        )}
        {failure}
      </div>
    );
  }
  return (
    <div className={cx('min-w-0', className)}>
      <div className={cx('flex min-w-0 gap-2', kind === 'textarea' ? 'items-start' : 'items-center')}>
        <Button
          ref={trigger}
          onPress={() => setEditing(true)}
          className="-mx-1.5 min-h-7 min-w-12 cursor-text rounded-inner px-1.5 py-1 text-left break-words hover:bg-hover"
        >
          <span className="sr-only">{label}: </span>
          {text()}
          <span className="sr-only">. Edit</span>
        </Button>
        {status}
      </div>
      {failure}
    </div>
  );
}

type EditorProps = Pick<InlineEditProps, 'label' | 'maxLength'> & {
  kind: InlineEditKind;
  start: string;
  onDone: (value: string, giveFocusBack: boolean) => void;
  onCancel: () => void;
};

function Editor({ kind, label, maxLength, start, onDone, onCancel }: EditorProps) {
  const [draft, setDraft] = useState(start);
  const finished = useRef(false);
  const done = (giveFocusBack: boolean) => {
    if (finished.current) return;
    finished.current = true;
    onDone(draft.trim(), giveFocusBack);
    // Still mounted means that the value was refused: then it may end again.
    queueMicrotask(() => {
      finished.current = false;
    });
  };
  const shared = {
    'aria-label': label,
    value: draft,
    maxLength,
    autoFocus: true,
    onFocus: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      if (kind !== 'date') event.target.select();
    },
    onBlur: () => done(false),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        finished.current = true;
        onCancel();
      } else if (event.key === 'Enter' && (kind !== 'textarea' || event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        event.stopPropagation();
        done(true);
      }
    },
    className:
      '-mx-1.5 w-[calc(100%+0.75rem)] rounded-inner border-0 bg-surface px-1.5 py-1 text-base text-ink outline-2 outline-offset-0 outline-focus',
  };
  if (kind === 'textarea') {
    return (
      <>
        <textarea
          {...shared}
          rows={3}
          onChange={(event) => setDraft(event.target.value)}
          className={cx(shared.className, 'field-sizing-content max-h-80 resize-none')}
        />
        <div className="mt-1 text-xs text-faint">Ctrl or ⌘ and Enter saves, Esc cancels</div>
      </>
    );
  }
  return (
    <input
      {...shared}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      onChange={(event) => setDraft(kind === 'number' ? event.target.value.replace(',', '.') : event.target.value)}
    />
  );
}
