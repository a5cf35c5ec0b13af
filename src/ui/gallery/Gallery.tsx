// The gallery page: one section at a time inside the app shell, with theme and density to choose.
import {
  Bell,
  CalendarDays,
  ChartColumn,
  KeyRound,
  LayoutGrid,
  ListTree,
  Moon,
  MousePointerClick,
  Rows3,
  Sun,
  Table2,
  TextCursorInput,
} from 'lucide-react';
import { type ComponentType, lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { type Command, CommandPalette } from '../CommandPalette.tsx';
import {
  AppShell,
  AuthLayout,
  Avatar,
  Breadcrumbs,
  Button,
  IconButton,
  KeyboardHelp,
  Menu,
  PageHeader,
  setDensity,
  setTheme,
  TextField,
  useDensity,
  useResolvedTheme,
} from '../index.ts';
import { wait } from './Part.tsx';

type Section = { id: string; label: string; icon: ReactNode; page: ComponentType };

const sections: Section[] = [
  {
    id: 'actions',
    label: 'Actions',
    icon: <MousePointerClick />,
    page: lazy(() => import('./ActionsSection.tsx').then((m) => ({ default: m.ActionsSection }))),
  },
  {
    id: 'fields',
    label: 'Fields',
    icon: <TextCursorInput />,
    page: lazy(() => import('./FieldsSection.tsx').then((m) => ({ default: m.FieldsSection }))),
  },
  {
    id: 'showing',
    label: 'Showing',
    icon: <LayoutGrid />,
    page: lazy(() => import('./ShowingSection.tsx').then((m) => ({ default: m.ShowingSection }))),
  },
  {
    id: 'pickers',
    label: 'Pickers',
    icon: <CalendarDays />,
    page: lazy(() => import('./MoreFieldsSection.tsx').then((m) => ({ default: m.MoreFieldsSection }))),
  },
  {
    id: 'lists',
    label: 'Lists',
    icon: <ListTree />,
    page: lazy(() => import('./ListsSection.tsx').then((m) => ({ default: m.ListsSection }))),
  },
  {
    id: 'grid',
    label: 'Data grid',
    icon: <Table2 />,
    page: lazy(() => import('./GridSection.tsx').then((m) => ({ default: m.GridSection }))),
  },
  {
    id: 'charts',
    label: 'Charts',
    icon: <ChartColumn />,
    page: lazy(() => import('./ChartsSection.tsx').then((m) => ({ default: m.ChartsSection }))),
  },
];

const navItem = ({ id, label, icon }: Section) => ({
  id,
  label,
  icon,
  href: `?section=${id}`,
  shortcut: `g ${label[0]?.toLowerCase()}`,
  count: id === 'grid' ? 5 : undefined,
});

export function Gallery() {
  const wanted = new URLSearchParams(window.location.search).get('section') ?? 'actions';
  const theme = useResolvedTheme();
  const density = useDensity();
  const [isPalette, setPalette] = useState(wanted === 'palette');
  const [isHelp, setHelp] = useState(wanted === 'help');
  const search = useCallback(async (query: string) => {
    await wait(250);
    return [1, 2, 3].map(
      (number): Command => ({
        id: `found-${number}`,
        label: `${query} ${number}`,
        group: 'From the server',
        hint: 'Somewhere',
        href: '?section=showing',
      }),
    );
  }, []);
  if (wanted === 'auth') return <AuthExample />;
  const section = sections.find((candidate) => candidate.id === wanted) ?? sections[0];
  if (!section) return null;
  const Page = section.page;
  return (
    <AppShell
      productName="Gallery"
      homeHref="?section=actions"
      nav={[
        { items: sections.slice(0, 3).map(navItem) },
        {
          label: 'Heavy parts',
          items: sections.slice(3).map(navItem),
        },
        {
          label: 'Whole pages',
          items: [{ id: 'auth', label: 'Sign in', icon: <KeyRound />, href: '?section=auth' }],
        },
      ]}
      currentId={section.id}
      phoneNavIds={['actions', 'fields', 'showing', 'grid']}
      onSearch={() => setPalette(true)}
      searchLabel="Search or jump to…"
      breadcrumbs={<Breadcrumbs items={[{ label: 'Gallery', href: '?section=actions' }, { label: section.label }]} />}
      notifications={<IconButton label="Notifications" icon={<Bell />} />}
      userMenu={
        <Menu
          label="You"
          placement="bottom end"
          trigger={
            <Button variant="quiet" size="sm" aria-label="Your menu">
              <Avatar name="Ada Lovelace" isDecorative />
            </Button>
          }
          items={[{ id: 'out', label: 'Sign out' }]}
        />
      }
    >
      <PageHeader
        title={section.label}
        subtitle="Every component in every state"
        actions={
          <>
            <IconButton
              label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
              icon={theme === 'dark' ? <Sun /> : <Moon />}
              variant="secondary"
              onPress={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
            />
            <IconButton
              label={density === 'compact' ? 'Comfortable rows' : 'Compact rows'}
              icon={<Rows3 />}
              variant="secondary"
              aria-pressed={density === 'compact'}
              onPress={() => setDensity(density === 'compact' ? 'comfortable' : 'compact')}
            />
          </>
        }
      />
      <CommandPalette
        isOpen={isPalette}
        onOpenChange={setPalette}
        search={search}
        recent={[
          {
            id: 'recent',
            label: 'Northwind Traders',
            hint: 'Opened an hour ago',
            icon: <LayoutGrid />,
            href: '?section=showing',
          },
        ]}
        commands={[
          ...sections.map(
            (one): Command => ({
              id: one.id,
              label: one.label,
              group: 'Go to',
              icon: one.icon,
              href: `?section=${one.id}`,
              shortcut: `g ${one.label[0]?.toLowerCase()}`,
            }),
          ),
          {
            id: 'theme',
            label: 'Change the theme',
            group: 'Actions',
            icon: <Moon />,
            keywords: ['dark', 'light'],
            onRun: () => setTheme(theme === 'dark' ? 'light' : 'dark'),
          },
        ]}
      />
      <KeyboardHelp isOpen={isHelp} onOpenChange={setHelp} />
      <div className="grid grid-cols-1 items-start gap-6 p-4 md:p-6 xl:grid-cols-2" data-ready={section.id}>
        <Suspense fallback={null}>
          <Page />
        </Suspense>
      </div>
    </AppShell>
  );
}

function AuthExample() {
  return (
    <AuthLayout productName="Gallery" title="Sign in" text="Use your work address." footer="New here? Ask your admin.">
      <form className="flex flex-col gap-4" onSubmit={(event) => event.preventDefault()}>
        <TextField label="Email" type="email" autoComplete="username" isRequired />
        <Button variant="primary" type="submit" fullWidth>
          Continue
        </Button>
      </form>
    </AuthLayout>
  );
}
