// The fields of an account, edited where they stand.
import { type ReactNode, useId, useState } from 'react';
import { useSession } from '../../../kernel/web/session.ts';
import {
  Button,
  InlineEdit,
  type InlineEditProps,
  MoneyField,
  type MoneyValue,
  type Option,
  Popover,
} from '../../../ui/index.ts';
import type { AccountPage } from '../api.ts';
import { currenciesWith } from './currencies.ts';
import { AccountField, MemberField } from './pickers.tsx';
import { refusal, useProfile } from './useProfile.tsx';
import type { Change } from './values.ts';
import { FIELD_WORDS } from './words.ts';

/** Remembers what was seen when typing begins inside. */
export function Editing({ children }: { children: ReactNode }) {
  const { begin } = useProfile();
  return (
    <div
      className="min-w-0"
      onFocusCapture={(event) => {
        const target = event.target as HTMLElement;
        if (target.matches('input, textarea, [role="listbox"] *, [role="option"]')) begin();
      }}
    >
      {children}
    </div>
  );
}

type Plain = Exclude<
  keyof Change,
  'custom' | 'tags' | 'arr' | 'potential' | 'annualRevenue' | 'ownerId' | 'sponsorId' | 'parentId' | 'employees'
>;

const saving = async (work: () => Promise<void>) => {
  try {
    await work();
  } catch (error) {
    throw new Error(refusal(error));
  }
};

type TextProps = Pick<InlineEditProps, 'kind' | 'options' | 'placeholder' | 'maxLength' | 'display' | 'validate'> & {
  field: Plain;
  /** '' cannot be saved: the name. */
  isRequired?: boolean;
};

/** Text, a date or a choice. */
export function TextValue({ field, isRequired = false, ...rest }: TextProps) {
  const { account, mayEdit, save } = useProfile();
  return (
    <Editing>
      <InlineEdit
        {...rest}
        label={FIELD_WORDS[field] ?? field}
        value={String(account[field] ?? '')}
        isReadOnly={!mayEdit}
        placeholder={mayEdit ? (rest.placeholder ?? 'Add') : 'Not known'}
        validate={rest.validate ?? ((text) => (isRequired && text.trim() === '' ? 'A name is needed.' : null))}
        onSave={(text) =>
          saving(() => save({ [field]: text === '' && field !== 'description' ? null : text } as Change))
        }
      />
    </Editing>
  );
}

export function EmployeesValue() {
  const { account, mayEdit, save } = useProfile();
  return (
    <Editing>
      <InlineEdit
        kind="number"
        label="Employees"
        value={account.employees === null ? '' : String(account.employees)}
        isReadOnly={!mayEdit}
        placeholder={mayEdit ? 'Add' : 'Not known'}
        validate={(text) => (text === '' || /^\d{1,10}$/.test(text) ? null : 'Write a whole number.')}
        onSave={(text) => saving(() => save({ employees: text === '' ? null : Number(text) }))}
      />
    </Editing>
  );
}

/** A value that opens a small form: amounts, colleagues, parents. */
export function PickValue({
  label,
  display,
  isEmpty,
  children,
}: {
  label: string;
  display: ReactNode;
  isEmpty: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const { mayEdit, begin, isDisputed } = useProfile();
  const [isOpen, setOpen] = useState(false);
  if (!mayEdit) return <div className="py-1">{isEmpty ? <span className="text-faint">Not known</span> : display}</div>;
  return (
    <Popover
      label={label}
      className="w-80"
      // The question about two versions stands over the page; the little form steps aside.
      isOpen={isOpen && !isDisputed}
      onOpenChange={(next) => {
        if (next) begin();
        setOpen(next);
      }}
      trigger={
        <Button
          variant="quiet"
          className="-mx-1.5 h-auto! min-h-7 min-w-12 justify-start! rounded-inner! px-1.5! py-1! text-left [font:inherit]! text-ink!"
        >
          <span className="sr-only">{label}: </span>
          {isEmpty ? <span className="text-faint">Add</span> : display}
        </Button>
      }
    >
      {(close) => children(close)}
    </Popover>
  );
}

type FormProps = { onSave: () => Promise<void>; close: () => void; children: ReactNode };

/** The form inside: Enter saves, the refusal stands below the field. */
export function PickForm({ onSave, close, children }: FormProps) {
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return (
    <form
      id={id}
      className="flex flex-col gap-3"
      onSubmit={async (event) => {
        event.preventDefault();
        setBusy(true);
        setError(null);
        try {
          await onSave();
          close();
        } catch (reason) {
          setError(refusal(reason));
          setBusy(false);
        }
      }}
    >
      {children}
      {error && (
        <p role="alert" className="text-sm text-poor-text">
          {error}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="quiet" onPress={close}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit" isLoading={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}

export function MoneyValueField({
  field,
  display,
}: {
  field: 'arr' | 'potential' | 'annualRevenue';
  display: ReactNode;
}) {
  const { account } = useProfile();
  const label = FIELD_WORDS[field] ?? field;
  // The sum of what stands in its contracts and subscriptions is not for typing.
  if (field === 'arr' && account.arrFromLines) return <div className="py-1">{display}</div>;
  return (
    <PickValue label={label} display={display} isEmpty={account[field] === null}>
      {(close) => <MoneyForm field={field} label={label} close={close} />}
    </PickValue>
  );
}

function MoneyForm({
  field,
  label,
  close,
}: {
  field: 'arr' | 'potential' | 'annualRevenue';
  label: string;
  close: () => void;
}) {
  const { account, save } = useProfile();
  const { workspace } = useSession();
  const [value, setValue] = useState<MoneyValue | null>(account[field]);
  return (
    <PickForm close={close} onSave={() => save({ [field]: value } as Change)}>
      <MoneyField
        label={label}
        value={value}
        onChange={setValue}
        currencies={currenciesWith(account[field]?.currency ?? workspace.currency)}
        description="Leave it empty if you do not know."
        autoFocus
      />
    </PickForm>
  );
}

export function MemberValue({ field, display }: { field: 'ownerId' | 'sponsorId'; display: ReactNode }) {
  const { account } = useProfile();
  const label = FIELD_WORDS[field] ?? field;
  if (field === 'ownerId' && !account.can.assign) return <div className="py-1">{display}</div>;
  return (
    <PickValue label={label} display={display} isEmpty={account[field] === null}>
      {(close) => <MemberForm field={field} label={label} close={close} />}
    </PickValue>
  );
}

const nameField = { ownerId: 'ownerName', sponsorId: 'sponsorName' } as const;

function MemberForm({ field, label, close }: { field: 'ownerId' | 'sponsorId'; label: string; close: () => void }) {
  const { account, save } = useProfile();
  const name = account[nameField[field]];
  const [value, setValue] = useState<Option | null>(
    account[field] && name ? { value: account[field], label: name } : null,
  );
  return (
    <PickForm
      close={close}
      onSave={() => save({ [field]: value?.value ?? null } as Change, { [nameField[field]]: value?.label ?? null })}
    >
      <MemberField label={label} value={value} onChange={setValue} autoFocus description="Empty it to leave it open." />
    </PickForm>
  );
}

export function ParentValue({ display }: { display: ReactNode }) {
  const { account } = useProfile();
  return (
    <PickValue label="Parent account" display={display} isEmpty={account.parentId === null}>
      {(close) => <ParentForm account={account} close={close} />}
    </PickValue>
  );
}

function ParentForm({ account, close }: { account: AccountPage; close: () => void }) {
  const { save } = useProfile();
  const [value, setValue] = useState<Option | null>(
    account.parentId && account.parentName ? { value: account.parentId, label: account.parentName } : null,
  );
  return (
    <PickForm
      close={close}
      onSave={() => save({ parentId: value?.value ?? null }, { parentName: value?.label ?? null })}
    >
      <AccountField
        label="Parent account"
        value={value}
        onChange={setValue}
        except={account.id}
        autoFocus
        description="Empty it to stand at the top."
      />
    </PickForm>
  );
}

export function TagsValue({ display, known }: { display: ReactNode; known: readonly string[] }) {
  const { account } = useProfile();
  return (
    <PickValue label="Tags" display={display} isEmpty={account.tags.length === 0}>
      {(close) => <TagsForm known={known} close={close} />}
    </PickValue>
  );
}

function TagsForm({ known, close }: { known: readonly string[]; close: () => void }) {
  const { account, save } = useProfile();
  const [text, setText] = useState(account.tags.join(', '));
  const tags = [
    ...new Set(
      text
        .split(',')
        .map((t) => t.trim())
        .filter(Boolean),
    ),
  ];
  const more = known.filter((tag) => !tags.includes(tag)).slice(0, 12);
  return (
    <PickForm close={close} onSave={() => save({ tags })}>
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        Tags, separated by commas
        <input
          // biome-ignore lint/a11y/noAutofocus: the panel was opened to type.
          autoFocus
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
          className="h-control rounded-ui border border-line-strong bg-surface px-3 text-base font-normal outline-offset-0"
        />
      </label>
      {more.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {more.map((tag) => (
            <Button key={tag} size="sm" onPress={() => setText([...tags, tag].join(', '))}>
              {tag}
            </Button>
          ))}
        </div>
      )}
    </PickForm>
  );
}
