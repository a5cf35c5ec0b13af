// Fields that pick a colleague or an account by typing. Other rooms use them through this room's door.
import { useCallback } from 'react';
import { call } from '../../../kernel/web/call.ts';
import type { FieldProps } from '../../../ui/Field.tsx';
import { Avatar, ComboBox, type Option } from '../../../ui/index.ts';
import type { LoadOptions } from '../../../ui/useAsyncOptions.ts';
import { listMembers } from '../../people/api.ts';
import { listAccounts } from '../api.ts';

/** Members as choices, for filters and fields. */
export const loadMembers: LoadOptions = async (q, signal) => {
  const { items } = await call(listMembers, { query: { limit: 50, ...(q ? { q } : {}) } }, { signal });
  return items.map((m) => ({
    value: m.id,
    label: m.name,
    ...(m.title ? { description: m.title } : {}),
    icon: <Avatar name={m.name} size="xs" isDecorative />,
  }));
};

type PickProps = Pick<
  FieldProps,
  'label' | 'hideLabel' | 'size' | 'description' | 'error' | 'isDisabled' | 'autoFocus' | 'isRequired'
> & {
  value: Option | null;
  onChange: (value: Option | null) => void;
  placeholder?: string;
};

/** A colleague. */
export function MemberField(props: PickProps) {
  return <ComboBox placeholder="Find a colleague" {...props} load={loadMembers} />;
}

/** An account that the member sees; `except` leaves one out, as the account itself when a parent is chosen. */
export function AccountField({ except, ...props }: PickProps & { except?: string }) {
  const load = useCallback<LoadOptions>(
    async (q, signal) => {
      const { items } = await call(listAccounts, { query: { limit: 20, ...(q ? { q } : {}) } }, { signal });
      return items
        .filter((a) => a.id !== except)
        .map((a) => ({
          value: a.id,
          label: a.name,
          ...(a.parentName || a.city ? { description: [a.parentName, a.city].filter(Boolean).join(' · ') } : {}),
        }));
    },
    [except],
  );
  return <ComboBox placeholder="Find an account" {...props} load={load} />;
}
