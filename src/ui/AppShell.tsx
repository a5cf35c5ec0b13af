// The frame of the signed-in app: side navigation (folds away), top bar, main part; on a phone a bottom bar and a drawer.
import { Menu as MenuIcon, PanelLeftClose, PanelLeftOpen, Search, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link as AriaLink, Button, Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { Kbd } from './Kbd.tsx';
import { Logo } from './Logo.tsx';
import { useShortcuts } from './shortcuts.ts';
import { scrim } from './styles.ts';
import { Tooltip } from './Tooltip.tsx';
import { useOpenHref } from './uiContext.ts';

export type NavItem = {
  id: string;
  href: string;
  label: string;
  icon: ReactNode;
  /** Number behind the label: what waits there. */
  count?: number;
  shortcut?: string;
};

export type NavGroup = { label?: string; items: readonly NavItem[] };

export type AppShellProps = {
  productName: string;
  homeHref?: string;
  nav: readonly NavGroup[];
  /** Id of the item whose page is open. */
  currentId?: string;
  /** Opens the search palette. */
  onSearch?: () => void;
  searchLabel?: string;
  breadcrumbs?: ReactNode;
  /** Bell, usually an IconButton with a count. */
  notifications?: ReactNode;
  /** Avatar with menu. */
  userMenu?: ReactNode;
  /** Line over everything: offline, trial data. */
  banner?: ReactNode;
  /** Bottom of the side navigation: workspace, settings. */
  navFooter?: ReactNode;
  /** Up to four item ids for the bar at the bottom of a phone. */
  phoneNavIds?: readonly string[];
  children: ReactNode;
};

const foldedKey = 'ui.navFolded';

function readFolded(): boolean {
  try {
    return localStorage.getItem(foldedKey) === '1';
  } catch {
    return false;
  }
}

function NavLink({
  item,
  isCurrent,
  isFolded,
  onPress,
}: {
  item: NavItem;
  isCurrent: boolean;
  isFolded: boolean;
  onPress?: () => void;
}) {
  const link = (
    <AriaLink
      href={item.href}
      onPress={onPress}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={isFolded ? item.label : undefined}
      className={cx(
        'flex h-control items-center gap-2.5 rounded-ui text-base no-underline transition-colors [&_svg]:size-4.5 [&_svg]:shrink-0',
        isFolded ? 'w-control justify-center' : 'px-2.5',
        isCurrent ? 'bg-pressed font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {item.icon}
      {!isFolded && (
        <>
          <span className="min-w-0 flex-1 truncate">{item.label}</span>
          {item.count !== undefined && item.count > 0 && (
            <span className="tabular rounded-full bg-accent-soft px-1.5 text-xs leading-4.5 font-medium text-accent-text">
              {item.count > 99 ? '99+' : item.count}
              <span className="sr-only"> waiting</span>
            </span>
          )}
        </>
      )}
    </AriaLink>
  );
  if (!isFolded) return link;
  return (
    <Tooltip text={item.label} shortcut={item.shortcut} placement="right" delayMs={100}>
      {link}
    </Tooltip>
  );
}

function NavList({
  nav,
  currentId,
  isFolded,
  onPress,
}: Pick<AppShellProps, 'nav' | 'currentId'> & { isFolded: boolean; onPress?: () => void }) {
  return (
    <>
      {nav.map((group, index) => (
        <div key={group.label ?? `group-${index}`} className="flex flex-col gap-0.5">
          {group.label &&
            (isFolded ? (
              <div className="mx-2 my-1.5 border-t border-line" />
            ) : (
              <div className="px-2.5 pt-4 pb-1 text-xs font-medium text-faint">{group.label}</div>
            ))}
          {group.items.map((item) => (
            <NavLink
              key={item.id}
              item={item}
              isCurrent={item.id === currentId}
              isFolded={isFolded}
              onPress={onPress}
            />
          ))}
        </div>
      ))}
    </>
  );
}

function PhoneNav({
  nav,
  currentId,
  phoneNavIds = [],
  onMore,
}: Pick<AppShellProps, 'nav' | 'currentId' | 'phoneNavIds'> & { onMore: () => void }) {
  const all = nav.flatMap((group) => group.items);
  const items = phoneNavIds.flatMap((id) => all.filter((item) => item.id === id)).slice(0, 4);
  const cell =
    'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-ui text-xs no-underline outline-offset-[-2px] [&_svg]:size-5';
  return (
    <nav
      aria-label="Main, short"
      className="flex h-14 shrink-0 border-t border-line bg-surface px-1 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {items.map((item) => (
        <AriaLink
          key={item.id}
          href={item.href}
          aria-current={item.id === currentId ? 'page' : undefined}
          className={cx(cell, item.id === currentId ? 'font-medium text-accent-text' : 'text-muted')}
        >
          {item.icon}
          <span className="max-w-full truncate">{item.label}</span>
        </AriaLink>
      ))}
      <Button onPress={onMore} className={cx(cell, 'text-muted')}>
        <MenuIcon aria-hidden="true" />
        More
      </Button>
    </nav>
  );
}

function NavDrawer({
  isOpen,
  onOpenChange,
  children,
}: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={onOpenChange} isDismissable className={scrim}>
      <Modal className="h-full w-72 max-w-[85vw] border-r border-line bg-surface shadow-float entering:animate-slide-start">
        <Dialog aria-label="Navigation" data-modal="true" className="flex h-full flex-col outline-none">
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

export function AppShell({
  productName,
  homeHref = '/',
  nav,
  currentId,
  onSearch,
  searchLabel = 'Search',
  breadcrumbs,
  notifications,
  userMenu,
  banner,
  navFooter,
  phoneNavIds,
  children,
}: AppShellProps) {
  const [isFolded, setFolded] = useState(readFolded);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const open = useOpenHref();
  useShortcuts([
    ...nav.flatMap((group) =>
      group.items.flatMap((item) =>
        item.shortcut
          ? [{ keys: item.shortcut, label: item.label, group: 'Go to', onTrigger: () => open(item.href) }]
          : [],
      ),
    ),
    ...(onSearch ? [{ keys: 'mod+k', label: searchLabel, group: 'Everywhere', onTrigger: onSearch }] : []),
  ]);
  const fold = (next: boolean) => {
    setFolded(next);
    try {
      localStorage.setItem(foldedKey, next ? '1' : '0');
    } catch {
      // Forgetting it is harmless.
    }
  };
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-canvas print:h-auto print:overflow-visible">
      <a
        href="#main"
        className="fixed top-2 left-2 z-70 -translate-y-16 rounded-ui bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      {banner}
      <div className="flex min-h-0 flex-1">
        <nav
          aria-label="Main"
          className={cx(
            'hidden shrink-0 flex-col border-r border-line bg-canvas md:flex',
            isFolded ? 'w-15 items-center' : 'w-58',
          )}
        >
          <div
            className={cx('flex h-14 shrink-0 items-center', isFolded ? 'justify-center' : 'justify-between pr-2 pl-4')}
          >
            <AriaLink href={homeHref} aria-label={`${productName}, home`} className="rounded-ui">
              <Logo name={isFolded ? undefined : productName} />
            </AriaLink>
            {!isFolded && (
              <IconButton
                label="Fold navigation"
                size="sm"
                icon={<PanelLeftClose />}
                onPress={() => fold(true)}
                tooltipPlacement="right"
              />
            )}
          </div>
          <div
            className={cx(
              'scroll-quiet flex min-h-0 flex-1 flex-col gap-1 overflow-y-auto py-1',
              isFolded ? 'px-1' : 'px-2',
            )}
          >
            <NavList nav={nav} currentId={currentId} isFolded={isFolded} />
          </div>
          {isFolded ? (
            <div className="flex flex-col items-center gap-1 py-2">
              <IconButton
                label="Unfold navigation"
                icon={<PanelLeftOpen />}
                onPress={() => fold(false)}
                tooltipPlacement="right"
              />
            </div>
          ) : (
            navFooter && <div className="border-t border-line p-2">{navFooter}</div>
          )}
        </nav>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-surface px-4 md:px-6">
            <AriaLink href={homeHref} aria-label={`${productName}, home`} className="mr-1 rounded-ui md:hidden">
              <Logo />
            </AriaLink>
            <div className="min-w-0 flex-1">{breadcrumbs}</div>
            {onSearch && (
              <>
                <Button
                  onPress={onSearch}
                  className="hidden h-control w-64 items-center gap-2 rounded-ui border border-line bg-canvas pr-2 pl-3 text-base text-muted transition-colors hover:border-line-strong lg:flex"
                >
                  <Search aria-hidden="true" className="size-4" />
                  <span className="flex-1 truncate text-left">{searchLabel}</span>
                  <Kbd keys="mod+k" />
                </Button>
                <IconButton
                  className="lg:hidden"
                  label={searchLabel}
                  shortcut="mod+k"
                  icon={<Search />}
                  onPress={onSearch}
                />
              </>
            )}
            {notifications}
            {userMenu}
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="relative min-h-0 flex-1 overflow-y-auto outline-none print:overflow-visible"
          >
            {children}
          </main>
          <PhoneNav nav={nav} currentId={currentId} phoneNavIds={phoneNavIds} onMore={() => setDrawerOpen(true)} />
        </div>
      </div>
      <NavDrawer isOpen={isDrawerOpen} onOpenChange={setDrawerOpen}>
        <div className="flex h-14 shrink-0 items-center justify-between pr-2 pl-4">
          <Logo name={productName} />
          <IconButton label="Close navigation" hideTooltip icon={<X />} onPress={() => setDrawerOpen(false)} />
        </div>
        <nav
          aria-label="All pages"
          className="scroll-quiet flex min-h-0 flex-1 flex-col gap-1 overflow-y-auto px-2 pb-4"
        >
          <NavList nav={nav} currentId={currentId} isFolded={false} onPress={() => setDrawerOpen(false)} />
        </nav>
        {navFooter && <div className="border-t border-line p-2">{navFooter}</div>}
      </NavDrawer>
    </div>
  );
}
