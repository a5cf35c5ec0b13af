// The gallery page: one section at a time inside the app shell, with theme and density to choose.
import {
  Bell,
  ChartColumn,
  LayoutGrid,
  Moon,
  MousePointerClick,
  Rows3,
  Sun,
  Table2,
  TextCursorInput,
} from 'lucide-react';
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import {
  AppShell,
  AuthLayout,
  Avatar,
  Breadcrumbs,
  Button,
  IconButton,
  Menu,
  PageHeader,
  setDensity,
  setTheme,
  TextField,
  useDensity,
  useResolvedTheme,
} from '../index.ts';

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
    id: 'grid',
    label: 'Data grid',
    icon: <Table2 />,
    page: lazy(() => import('./GridSection.tsx').then((m) => ({ default: m.GridSection }))),
  },
];

export const sectionIds = sections.map((section) => section.id);

export function Gallery() {
  const wanted = new URLSearchParams(window.location.search).get('section') ?? 'actions';
  const theme = useResolvedTheme();
  const density = useDensity();
  if (wanted === 'auth') return <AuthExample />;
  const section = sections.find((candidate) => candidate.id === wanted) ?? sections[0];
  if (!section) return null;
  const Page = section.page;
  return (
    <AppShell
      productName="Gallery"
      homeHref="?section=actions"
      nav={[
        { items: sections.slice(0, 3).map(({ id, label, icon }) => ({ id, label, icon, href: `?section=${id}` })) },
        {
          label: 'Heavy parts',
          items: sections.slice(3).map(({ id, label, icon }) => ({
            id,
            label,
            icon,
            href: `?section=${id}`,
            count: id === 'grid' ? 5 : undefined,
          })),
        },
        {
          label: 'Whole pages',
          items: [{ id: 'auth', label: 'Sign in', icon: <ChartColumn />, href: '?section=auth' }],
        },
      ]}
      currentId={section.id}
      phoneNavIds={['actions', 'fields', 'showing', 'grid']}
      onSearch={() => {}}
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
    <AuthLayout
      productName="Gallery"
      title="Sign in"
      text="Use your work address."
      footer="No account yet? Ask your admin."
    >
      <form className="flex flex-col gap-4" onSubmit={(event) => event.preventDefault()}>
        <TextField label="Email" type="email" autoComplete="username" isRequired />
        <Button variant="primary" type="submit" fullWidth>
          Continue
        </Button>
      </form>
    </AuthLayout>
  );
}
