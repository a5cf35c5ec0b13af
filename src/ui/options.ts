// The choice which Select, ComboBox, MultiSelect, RadioGroup and filters offer.
import type { ReactNode } from 'react';

export type Option<V extends string = string> = {
  value: V;
  label: string;
  description?: string;
  icon?: ReactNode;
  isDisabled?: boolean;
  /** Heading under which it stands. */
  group?: string;
};

export type OptionGroup<V extends string> = { group: string | null; options: Option<V>[] };

/** Options under their headings, each heading once: a search orders options by fit, and twice the same section is no list. */
export function groupOptions<V extends string>(options: readonly Option<V>[]): OptionGroup<V>[] {
  const groups = new Map<string | null, OptionGroup<V>>();
  for (const option of options) {
    const group = option.group ?? null;
    const known = groups.get(group);
    if (known) known.options.push(option);
    else groups.set(group, { group, options: [option] });
  }
  return [...groups.values()];
}
