// The choice which Select, ComboBox, MultiSelect, RadioGroup and filters offer.
import type { ReactNode } from 'react';

export type Option<V extends string = string> = {
  value: V;
  label: string;
  description?: string;
  icon?: ReactNode;
  isDisabled?: boolean;
  /** Heading under which it stands; options of one group must follow each other. */
  group?: string;
};

export type OptionGroup<V extends string> = { group: string | null; options: Option<V>[] };

/** Options in runs of the same heading. */
export function groupOptions<V extends string>(options: readonly Option<V>[]): OptionGroup<V>[] {
  const groups: OptionGroup<V>[] = [];
  for (const option of options) {
    const group = option.group ?? null;
    const last = groups.at(-1);
    if (last && last.group === group) last.options.push(option);
    else groups.push({ group, options: [option] });
  }
  return groups;
}
