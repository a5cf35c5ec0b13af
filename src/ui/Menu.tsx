// A menu of actions behind a button.
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  Header,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { Kbd } from './Kbd.tsx';
import { floatingHeading, floatingItem, floatingPanel } from './styles.ts';

export type MenuAction = {
  id: string;
  label: string;
  icon?: ReactNode;
  description?: string;
  shortcut?: string;
  tone?: 'danger';
  href?: string;
  onAction?: () => void;
  isDisabled?: boolean;
  /** Shows a tick: for choices inside a menu. */
  isSelected?: boolean;
};

export type MenuEntry = MenuAction | { separator: true; id: string } | { heading: string; items: MenuAction[] };

export type MenuProps = {
  label: string;
  /** A Button or IconButton. */
  trigger: ReactNode;
  items: readonly MenuEntry[];
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end' | 'right top';
};

function Entry({ action }: { action: MenuAction }) {
  return (
    <MenuItem
      id={action.id}
      textValue={action.label}
      href={action.href}
      isDisabled={action.isDisabled}
      onAction={action.onAction}
      className={cx(floatingItem, 'pr-3 no-underline', action.tone === 'danger' && 'text-poor-text')}
    >
      {action.icon && (
        <span className={cx('flex [&_svg]:size-4', action.tone !== 'danger' && 'text-muted')}>{action.icon}</span>
      )}
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate">{action.label}</span>
        {action.description && <span className="text-xs text-muted">{action.description}</span>}
      </span>
      {action.isSelected && (
        <>
          <Check aria-hidden="true" className="size-4 text-accent-text" />
          <span className="sr-only">chosen</span>
        </>
      )}
      {action.shortcut && <Kbd keys={action.shortcut} className="ml-3" />}
    </MenuItem>
  );
}

export function Menu({ label, trigger, items, placement = 'bottom start' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={6} className={cx(floatingPanel, 'min-w-48')}>
        <AriaMenu aria-label={label} className="scroll-quiet max-h-[70vh] overflow-y-auto p-1 outline-none">
          {items.map((entry) => {
            if ('separator' in entry) return <Separator key={entry.id} className="mx-1 my-1 border-t border-line" />;
            if ('heading' in entry) {
              return (
                <MenuSection key={entry.heading}>
                  <Header className={floatingHeading}>{entry.heading}</Header>
                  {entry.items.map((action) => (
                    <Entry key={action.id} action={action} />
                  ))}
                </MenuSection>
              );
            }
            return <Entry key={entry.id} action={entry} />;
          })}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
