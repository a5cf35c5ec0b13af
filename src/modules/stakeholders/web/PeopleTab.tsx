// The people at one account: role coverage, list or reporting lines, one person in a drawer. The address holds what is open.
import { Download, ListTree, Table2, UserPlus, Users } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useMay } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import {
  Button,
  Checkbox,
  EmptyState,
  ErrorState,
  IconButton,
  Menu,
  SearchField,
  SegmentedControl,
  SkeletonRows,
} from '../../../ui/index.ts';
import { CoverageHeader } from './CoverageHeader.tsx';
import { peopleColumns } from './columns.tsx';
import { exportPeople } from './exporting.ts';
import { type AtAccount, usePeopleAt } from './peopleAt.ts';

const AddPerson = lazy(() => import('./AddPerson.tsx'));
const EditPerson = lazy(() => import('./EditPerson.tsx'));
const ReportsTree = lazy(() => import('./ReportsTree.tsx'));
const columns = peopleColumns(true);
const rowId = ({ person }: AtAccount) => person.id;

export default function PeopleTab({ accountId }: { accountId: string }) {
  const [state, setState] = useUrlState();
  const mayWrite = useMay()('stakeholders.write');
  const [isAdding, setAdding] = useState(false);
  const [text, setText] = useState('');
  const withFormer = state.former === 'true';
  const view = state.people === 'lines' ? 'lines' : 'list';
  const people = usePeopleAt(accountId, withFormer);
  const open = people.rows.find(({ person }) => person.id === state.person);
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return people.rows;
    return people.rows.filter(({ person, role }) =>
      [person.name, person.email, role.title, role.department].some((t) => t?.toLowerCase().includes(wanted)),
    );
  }, [people.rows, text]);
  const show = (id: string | undefined) => setState({ person: id });
  const add = (
    <Button variant="primary" icon={<UserPlus />} onPress={() => setAdding(true)}>
      Add person
    </Button>
  );

  if (people.isPending) return <SkeletonRows rows={8} columns={5} />;
  if (people.isError && people.rows.length === 0)
    return <ErrorState text={people.error.message} onRetry={() => void people.refetch()} />;
  const isEmpty = people.rows.length === 0 && !withFormer;
  const toolbar = (
    <>
      {view === 'list' && (
        <SearchField
          label="Find a person here"
          placeholder="Find by name or title"
          shortcut="/"
          value={text}
          onChange={setText}
          className="w-56 max-md:flex-1"
        />
      )}
      <Checkbox
        isSelected={withFormer}
        onChange={(isOn) => setState({ former: isOn ? 'true' : undefined })}
        className="px-1"
      >
        Also who left
      </Checkbox>
      <span className="flex-1" />
      <SegmentedControl
        label="Show as"
        hideText
        value={view}
        options={[
          { value: 'list', label: 'List', icon: <Table2 /> },
          { value: 'lines', label: 'Reporting lines', icon: <ListTree /> },
        ]}
        onChange={(next) => setState({ people: next === 'list' ? undefined : next })}
      />
      <Menu
        label="Export"
        placement="bottom end"
        trigger={<IconButton label="Export these people" icon={<Download />} variant="secondary" />}
        items={[
          {
            heading: 'Export the people of this account',
            items: (['xlsx', 'csv'] as const).map((format) => ({
              id: format,
              label: format === 'xlsx' ? 'Excel (XLSX)' : 'Text (CSV)',
              onAction: () => exportPeople(format, { accountId: [accountId], ...(withFormer ? { ended: true } : {}) }),
            })),
          },
        ]}
      />
      {mayWrite && add}
    </>
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {isEmpty ? (
        <EmptyState
          icon={<Users />}
          title="Nobody is known here yet"
          text="Start with whoever signs, whoever decides, and whoever speaks for you."
          actions={mayWrite ? add : undefined}
        />
      ) : (
        <>
          <CoverageHeader accountId={accountId} />
          {view === 'lines' ? (
            <>
              <div className="flex min-w-0 flex-wrap items-center gap-2">{toolbar}</div>
              <Suspense fallback={<SkeletonRows rows={6} columns={3} />}>
                <ReportsTree people={people.rows} onOpen={show} />
              </Suspense>
            </>
          ) : (
            <DataGrid<AtAccount>
              label="People at this account"
              columns={columns}
              rows={shown}
              rowId={rowId}
              onOpen={({ person }) => show(person.id)}
              toolbar={toolbar}
              empty={
                <EmptyState
                  size="sm"
                  title="Nobody matches"
                  actions={<Button onPress={() => setText('')}>Clear</Button>}
                />
              }
            />
          )}
        </>
      )}
      <Suspense>
        {isAdding && <AddPerson accountId={accountId} onClose={() => setAdding(false)} stays />}
        {open && (
          <EditPerson
            key={open.person.id}
            personId={open.person.id}
            accountId={accountId}
            people={people.rows}
            onClose={() => show(undefined)}
          />
        )}
      </Suspense>
    </div>
  );
}
