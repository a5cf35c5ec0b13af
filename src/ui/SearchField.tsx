// A box to search in what is on the page.
import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { SearchField as AriaSearchField, Button, Group, Input } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldLabel, type FieldProps, fieldClass } from './Field.tsx';
import { Kbd } from './Kbd.tsx';
import { useShortcuts } from './shortcuts.ts';
import { controlBox, controlHeight, controlHeightSmall, controlInput } from './styles.ts';

export type SearchFieldProps = Pick<FieldProps, 'label' | 'isDisabled' | 'autoFocus' | 'size' | 'className'> & {
  value: string;
  onChange: (value: string) => void;
  onSubmit?: (value: string) => void;
  placeholder?: string;
  /** Key that jumps here, usually "/". */
  shortcut?: string;
  showLabel?: boolean;
};

export function SearchField({
  label,
  size = 'md',
  className,
  placeholder,
  shortcut,
  showLabel = false,
  ...rest
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts(
    shortcut ? [{ keys: shortcut, label, group: 'This page', onTrigger: () => input.current?.focus() }] : [],
  );
  return (
    <AriaSearchField {...rest} className={fieldClass(className)}>
      <FieldLabel label={label} hideLabel={!showLabel} />
      <Group className={cx(controlBox, size === 'sm' ? controlHeightSmall : controlHeight)}>
        <Search aria-hidden="true" className="ml-2.5 size-4 shrink-0 text-faint" />
        <Input
          ref={input}
          placeholder={placeholder ?? label}
          className={cx(controlInput, 'px-2 [&::-webkit-search-cancel-button]:hidden')}
        />
        {rest.value !== '' ? (
          <Button className="mr-1 grid size-6 shrink-0 place-items-center rounded-inner text-muted hover:bg-hover">
            <X aria-hidden="true" className="size-3.5" />
          </Button>
        ) : (
          shortcut && <Kbd keys={shortcut} className="mr-2 max-md:hidden" />
        )}
      </Group>
    </AriaSearchField>
  );
}
