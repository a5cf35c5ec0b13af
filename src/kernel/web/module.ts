// What a room hands to the browser app: pages, places in the navigation, and parts for the pages of lower rooms.
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';

type Loader<P> = () => Promise<{ default: ComponentType<P> }>;

export type Page = {
  /** TanStack Router path: `/accounts/$id`. */
  path: string;
  title: string;
  load: Loader<Record<never, never>>;
  /** Who may open it; without it, every member. */
  permission?: string;
  /** Pages for people who are not signed in have no shell around them. */
  isPublic?: boolean;
  /** The id of the navigation entry that is lit on this page. */
  nav?: string;
};

export type NavEntry = {
  id: string;
  href: string;
  label: string;
  icon: ComponentType<{ className?: string }>;
  order: number;
  group?: string;
  permission?: string;
  shortcut?: string;
  onPhone?: boolean;
  /** Draws nothing and tells how much waits there. */
  count?: Loader<{ onCount: (count: number) => void }>;
};

/** A tab on the account page. */
export type AccountTab = {
  id: string;
  label: string;
  order: number;
  load: Loader<{ accountId: string }>;
  permission?: string;
};
/** A card on the account's overview. */
export type AccountCard = {
  id: string;
  order: number;
  column: 'main' | 'side';
  load: Loader<{ accountId: string }>;
  permission?: string;
};
/** A page below Settings. */
export type SettingsPage = {
  id: string;
  label: string;
  group: 'You' | 'Workspace' | 'Data';
  order: number;
  load: Loader<Record<never, never>>;
  permission?: string;
};
/** Something the palette and the `c` key can make: opens its own dialog. */
export type Creator = {
  id: string;
  label: string;
  icon: ComponentType<{ className?: string }>;
  load: Loader<{ onClose: () => void; accountId?: string }>;
  permission?: string;
  order: number;
};
/** A way to begin, offered once after set-up: import, sample portfolio. */
export type Beginning = {
  id: string;
  title: string;
  text: string;
  icon: ComponentType<{ className?: string }>;
  order: number;
  /** The button; opens `href` after `run` has succeeded. */
  label: string;
  href: string;
  run?: () => Promise<unknown>;
  permission?: string;
};

/** A card on the page under Settings where data comes in and goes out: exports, things to remove. */
export type DataCard = { id: string; order: number; load: Loader<Record<never, never>>; permission?: string };

/** Another way to look at the portfolio, beside table and tree. `filter` has the words of `accounts.list`. */
export type PortfolioView = {
  id: string;
  label: string;
  icon: ComponentType<{ className?: string }>;
  order: number;
  load: Loader<{ filter: Record<string, unknown> }>;
  permission?: string;
};

/** Figures over the portfolio, beside its own: one or more tiles, each with `className`. `filter` has the words of `accounts.list`. */
export type PortfolioFigures = {
  id: string;
  order: number;
  load: Loader<{ filter: Record<string, unknown>; className: string }>;
  permission?: string;
};

export type LoggedChange = {
  what: string;
  action: 'insert' | 'update' | 'delete';
  changes: readonly { field: string; before: string | null; after: string | null }[];
};

export type WebModule = {
  name: string;
  pages?: Page[];
  nav?: NavEntry[];
  accountTabs?: AccountTab[];
  accountCards?: AccountCard[];
  settings?: SettingsPage[];
  creators?: Creator[];
  beginnings?: Beginning[];
  portfolioViews?: PortfolioView[];
  portfolioFigures?: PortfolioFigures[];
  dataCards?: DataCard[];
  /** Where a search hit of this type leads. */
  hits?: Record<
    string,
    {
      label: string;
      href: (hit: { id: string; accountId: string | null }) => string;
      icon: ComponentType<{ className?: string }>;
    }
  >;
  /** How the things whose changes show on an account's timeline are called: table → word. */
  changes?: Record<string, string>;
  /** Rows of the log that say nothing which another row does not say better: the number of the newest version beside the version itself. */
  isNoise?: (change: LoggedChange) => boolean;
  /** Live events by prefix (`account.`) → prefixes of operation ids to ask again. */
  live?: Record<string, string[]>;
};

const Modules = createContext<readonly WebModule[]>([]);
export const ModulesProvider = Modules.Provider;
/** All rooms of the app; pages with slots gather from here. */
export const useModules = (): readonly WebModule[] => useContext(Modules);

type Slot =
  | 'nav'
  | 'accountTabs'
  | 'accountCards'
  | 'settings'
  | 'creators'
  | 'beginnings'
  | 'portfolioViews'
  | 'portfolioFigures'
  | 'dataCards';

/** All contributions of one kind that the member may use, in their order. */
export function gather<K extends Slot>(
  modules: readonly WebModule[],
  kind: K,
  may: (permission: string | undefined) => boolean,
): NonNullable<WebModule[K]>[number][] {
  type Item = NonNullable<WebModule[K]>[number];
  return modules
    .flatMap((m) => (m[kind] ?? []) as Item[])
    .filter((item) => may(item.permission))
    .sort((a, b) => a.order - b.order);
}

export type Children = { children: ReactNode };
