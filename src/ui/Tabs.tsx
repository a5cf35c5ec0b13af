// Tabs: either panels on one page, or links where each tab has its own address.
import { type ReactNode, useEffect, useRef } from 'react';
import { Link as AriaLink, Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import { cx } from './cx.ts';

export type TabItem = {
  id: string;
  label: string;
  icon?: ReactNode;
  /** Small number behind the label. */
  count?: number;
  /** With it the tab is a link and the page renders what belongs to it. */
  href?: string;
  isDisabled?: boolean;
  content?: ReactNode;
};

export type TabsProps = {
  label: string;
  items: readonly TabItem[];
  selected?: string;
  defaultSelected?: string;
  onChange?: (id: string) => void;
  className?: string;
  /** Extra classes for the panel: padding usually. */
  panelClassName?: string;
};

const look =
  'relative flex h-10 shrink-0 cursor-default items-center gap-1.5 rounded-inner px-2.5 text-base font-medium whitespace-nowrap text-muted no-underline outline-offset-[-2px] transition-colors ' +
  'hover:text-ink [&_svg]:size-4 ' +
  'after:absolute after:inset-x-2.5 after:bottom-[-1px] after:h-0.5 after:rounded-full';

function TabLabel({ item, isSelected }: { item: TabItem; isSelected: boolean }) {
  return (
    <>
      {item.icon}
      {item.label}
      {item.count !== undefined && (
        <span
          className={cx(
            'tabular rounded-full px-1.5 text-xs',
            isSelected ? 'bg-accent-soft text-accent-text' : 'bg-sunken text-muted',
          )}
        >
          {item.count}
        </span>
      )}
    </>
  );
}

export function Tabs({ label, items, selected, defaultSelected, onChange, className, panelClassName }: TabsProps) {
  const hasLinks = items.some((item) => item.href !== undefined);
  if (hasLinks) return <TabLinks label={label} items={items} selected={selected} className={className} />;
  return (
    <AriaTabs
      selectedKey={selected}
      defaultSelectedKey={defaultSelected}
      onSelectionChange={(key) => onChange?.(String(key))}
      className={cx('flex min-w-0 flex-col', className)}
    >
      <TabList aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]">
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            isDisabled={item.isDisabled}
            className={({ isSelected, isDisabled }) =>
              cx(look, isSelected && 'text-ink after:bg-accent', isDisabled && 'opacity-50 hover:text-muted')
            }
          >
            {({ isSelected }) => <TabLabel item={item} isSelected={isSelected} />}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={cx('min-w-0 rounded-inner pt-4', panelClassName)}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

function TabLinks({
  label,
  items,
  selected,
  className,
}: Pick<TabsProps, 'label' | 'items' | 'selected' | 'className'>) {
  const nav = useRef<HTMLElement>(null);
  // Where there are more tabs than fit, the one that is open is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another place to scroll to
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (!nav.current || !current) return;
    const { left, width } = current.getBoundingClientRect();
    const box = nav.current.getBoundingClientRect();
    nav.current.scrollLeft += left - box.left - (box.width - width) / 2;
  }, [selected]);
  return (
    <nav ref={nav} aria-label={label} className={cx('flex gap-1 overflow-x-auto [scrollbar-width:none]', className)}>
      {items.map((item) => (
        <TabLink key={item.id} item={item} isSelected={item.id === selected} />
      ))}
    </nav>
  );
}

function TabLink({ item, isSelected }: { item: TabItem; isSelected: boolean }) {
  return (
    <AriaLink
      href={item.href}
      aria-current={isSelected ? 'page' : undefined}
      isDisabled={item.isDisabled}
      className={cx(look, isSelected && 'text-ink after:bg-accent')}
    >
      <TabLabel item={item} isSelected={isSelected} />
    </AriaLink>
  );
}
