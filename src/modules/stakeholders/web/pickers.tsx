// A field that finds a person by typing.
import { useCallback } from 'react';
import { call } from '../../../kernel/web/call.ts';
import { ComboBox, type LoadOptions, type Option } from '../../../ui/index.ts';
import { listPeople } from '../api.ts';

type Props = {
  label: string;
  value: Option | null;
  onChange: (value: Option | null) => void;
  /** Leaves one out: the person themselves. */
  except?: string;
  autoFocus?: boolean;
};

export function PersonField({ except, ...props }: Props) {
  const load = useCallback<LoadOptions>(
    async (q, signal) => {
      const { items } = await call(listPeople, { query: { limit: 20, ...(q ? { q } : {}) } }, { signal });
      return items
        .filter((p) => p.id !== except)
        .map((p) => ({
          value: p.id,
          label: p.name,
          description: [p.accounts[0]?.title, p.accounts[0]?.accountName, p.email].filter(Boolean).join(' · '),
        }));
    },
    [except],
  );
  return <ComboBox placeholder="Find a person" {...props} load={load} />;
}
