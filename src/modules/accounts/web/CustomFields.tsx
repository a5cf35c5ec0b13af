// The workspace's own fields of an account, edited in place by their type.
import { useState } from 'react';
import { useSession } from '../../../kernel/web/session.ts';
import { Card, InlineEdit, KeyValueList, Link, MoneyField, type MoneyValue } from '../../../ui/index.ts';
import { type CustomField, CustomValue } from './columns.tsx';
import { currenciesWith } from './currencies.ts';
import { Editing, PickForm, PickValue } from './fields.tsx';
import { plainText } from './plain.ts';
import { refusal, useProfile } from './useProfile.tsx';

export function CustomFields({ fields }: { fields: readonly CustomField[] }) {
  if (fields.length === 0) return null;
  return (
    <Card title="More about it">
      <KeyValueList
        columns={2}
        items={fields.map((field) => ({ label: field.label, value: <Value field={field} /> }))}
      />
    </Card>
  );
}

function Value({ field }: { field: CustomField }) {
  const { account, mayEdit, save } = useProfile();
  const value = account.custom[field.key] ?? null;
  const shown = <CustomValue field={field} value={value} />;
  if (field.type === 'money') {
    return (
      <PickValue label={field.label} display={shown} isEmpty={value === null}>
        {(close) => <MoneyForm field={field} close={close} />}
      </PickValue>
    );
  }
  const put = async (text: string) => {
    const next =
      text === '' ? null : field.type === 'number' ? Number(text) : field.type === 'boolean' ? text === 'true' : text;
    try {
      await save({ custom: { [field.key]: next } });
    } catch (error) {
      throw new Error(refusal(error));
    }
  };
  const choices =
    field.type === 'boolean'
      ? [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]
      : field.choices.map((choice) => ({ value: choice, label: choice }));
  const kind =
    field.type === 'choice' || field.type === 'boolean'
      ? 'select'
      : field.type === 'date' || field.type === 'number'
        ? field.type
        : 'text';
  return (
    <Editing>
      <span className="flex min-w-0 items-center gap-2">
        <InlineEdit
          kind={kind}
          label={field.label}
          value={value === null ? '' : plainText(value)}
          isReadOnly={!mayEdit}
          placeholder={mayEdit ? 'Add' : 'Not known'}
          display={() => shown}
          {...(kind === 'select' ? { options: choices } : {})}
          {...(kind === 'number'
            ? { validate: (text: string) => (text === '' || Number.isFinite(Number(text)) ? null : 'Write a number.') }
            : {})}
          onSave={put}
        />
        {field.type === 'url' && value !== null && (
          <Link href={plainText(value)} isExternal className="text-sm">
            Open
          </Link>
        )}
      </span>
    </Editing>
  );
}

function MoneyForm({ field, close }: { field: CustomField; close: () => void }) {
  const { account, save } = useProfile();
  const { workspace } = useSession();
  const [value, setValue] = useState<MoneyValue | null>((account.custom[field.key] as MoneyValue | undefined) ?? null);
  return (
    <PickForm close={close} onSave={() => save({ custom: { [field.key]: value } })}>
      <MoneyField
        label={field.label}
        value={value}
        onChange={setValue}
        currencies={currenciesWith(value?.currency ?? workspace.currency)}
        autoFocus
      />
    </PickForm>
  );
}
