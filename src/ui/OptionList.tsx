// The list of options inside Select, ComboBox and MultiSelect. Not for pages.
import { Check } from 'lucide-react';
import { Header, ListBox, ListBoxItem, type ListBoxProps, ListBoxSection } from 'react-aria-components';
import { cx } from './cx.ts';
import { groupOptions, type Option } from './options.ts';
import { floatingHeading, floatingItem } from './styles.ts';

export function OptionItem({ option }: { option: Option }) {
  return (
    <ListBoxItem id={option.value} textValue={option.label} isDisabled={option.isDisabled} className={floatingItem}>
      {({ isSelected }) => (
        <>
          {option.icon && <span className="flex text-muted [&_svg]:size-4">{option.icon}</span>}
          <span className="flex min-w-0 flex-1 flex-col">
            <span className="truncate">{option.label}</span>
            {option.description && <span className="truncate text-xs text-muted">{option.description}</span>}
          </span>
          <Check aria-hidden="true" className={cx('size-4 shrink-0 text-accent-text', !isSelected && 'invisible')} />
        </>
      )}
    </ListBoxItem>
  );
}

export function OptionList({
  options,
  className,
  ...rest
}: Omit<ListBoxProps<Option>, 'children' | 'items' | 'className'> & {
  options: readonly Option[];
  className?: string;
}) {
  return (
    // Escape closes the list; it must not take away what was chosen.
    <ListBox
      escapeKeyBehavior="none"
      {...rest}
      className={cx('scroll-quiet max-h-72 overflow-y-auto p-1 outline-none', className)}
    >
      {groupOptions(options).map(({ group, options: members }) =>
        group === null ? (
          members.map((option) => <OptionItem key={option.value} option={option} />)
        ) : (
          <ListBoxSection key={group} id={`group:${group}`}>
            <Header className={floatingHeading}>{group}</Header>
            {members.map((option) => (
              <OptionItem key={option.value} option={option} />
            ))}
          </ListBoxSection>
        ),
      )}
    </ListBox>
  );
}
