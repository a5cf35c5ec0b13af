// The list of members: searched, narrowed to a state, opened one by one.
import { Users } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useList } from '../../../kernel/web/queries.ts';
import { useMay, useSession } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid, type GridColumn } from '../../../ui/DataGrid.tsx';
import { Avatar, Badge, Button, EmptyState, Num, SearchField, Select, StatusPill } from '../../../ui/index.ts';
import { listMembers, type Member } from '../api.ts';
import { MemberDrawer } from './MemberDrawer.tsx';
import { LEVEL_WORDS, levelLabel, roleLabel, STATE_WORDS } from './roleWords.ts';
import { type Team, teamPath } from './teamTree.ts';

type State = Member['state'];
const STATES = Object.keys(STATE_WORDS) as State[];

function columnsOf(teams: readonly Team[], ownId: string): GridColumn<Member>[] {
  const team = (member: Member) => teamPath(teams, member.teamId).join(' › ');
  return [
    {
      id: 'name',
      header: 'Name',
      width: 200,
      minWidth: 170,
      text: (m) => m.name,
      cell: (m) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={m.name} size="sm" isDecorative />
          <span className="min-w-0 truncate">{m.name}</span>
          {m.id === ownId && <Badge tone="accent">You</Badge>}
        </span>
      ),
    },
    {
      id: 'state',
      header: 'State',
      width: 115,
      card: 'side',
      text: (m) => STATE_WORDS[m.state].label,
      cell: (m) => <StatusPill variant="plain" tone={STATE_WORDS[m.state].tone} label={STATE_WORDS[m.state].label} />,
    },
    { id: 'role', header: 'Role', width: 170, text: (m) => roleLabel(m.role), cell: (m) => roleLabel(m.role) },
    {
      id: 'level',
      header: 'Sees',
      width: 125,
      text: (m) => levelLabel(m.level),
      cell: (m) => <span title={levelLabel(m.level)}>{LEVEL_WORDS[m.level].short}</span>,
    },
    {
      id: 'team',
      header: 'Team',
      width: 135,
      text: team,
      cell: (m) => <span className={team(m) ? 'truncate' : 'text-faint'}>{team(m) || 'No team'}</span>,
    },
    {
      id: 'capacity',
      header: 'Capacity',
      hint: 'How many key accounts they can look after. Empty: the workspace’s number.',
      width: 95,
      align: 'end',
      sortValue: (m) => m.capacity,
      text: (m) => (m.capacity === null ? '' : String(m.capacity)),
      cell: (m) => (m.capacity === null ? <span className="text-faint">Usual</span> : <Num value={m.capacity} />),
    },
    { id: 'email', header: 'E-mail', width: 220, isHidden: true, text: (m) => m.email, cell: (m) => m.email },
    { id: 'title', header: 'Title', width: 180, isHidden: true, text: (m) => m.title, cell: (m) => m.title },
  ];
}

export function MemberTable({ teams, onInvite }: { teams: readonly Team[]; onInvite: () => void }) {
  const mayManage = useMay()('members.manage');
  const { member: me } = useSession();
  const [url, setUrl] = useUrlState();
  const q = typeof url.q === 'string' ? url.q : '';
  const asked = useDeferredValue(q.trim());
  const state = STATES.find((s) => s === url.state);
  const list = useList(listMembers, {
    query: {
      limit: 200,
      includeDeactivated: String(state === 'deactivated'),
      ...(asked ? { q: asked } : {}),
      ...(state ? { state } : {}),
    },
  });
  const columns = useMemo(() => columnsOf(teams, me.id), [teams, me.id]);
  const opened = typeof url.member === 'string' ? url.member : null;
  const isNarrowed = asked !== '' || state !== undefined;
  const isAlone = !isNarrowed && list.items.length === 1;

  return (
    <div className="flex flex-col gap-4">
      <DataGrid
        label="Members"
        columns={columns}
        rows={list.items}
        rowId={(m) => m.id}
        onOpen={(m) => setUrl({ member: m.id }, { push: true })}
        isLoading={list.isPending}
        {...(list.error ? { error: list.error.message, onRetry: () => void list.refetch() } : {})}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
        toolbar={
          <>
            <SearchField
              label="Search members"
              size="sm"
              shortcut="/"
              value={q}
              onChange={(next) => setUrl({ q: next || undefined })}
              className="w-56 max-sm:w-full"
            />
            <Select
              label="State"
              hideLabel
              size="sm"
              variant="quiet"
              value={state ?? null}
              onChange={(next) => setUrl({ state: next })}
              onClear={() => setUrl({ state: undefined })}
              clearLabel="All who are here"
              placeholder="All who are here"
              options={STATES.map((s) => ({
                value: s,
                label: STATE_WORDS[s].label,
                description: STATE_WORDS[s].text,
              }))}
            />
          </>
        }
        empty={
          <EmptyState
            icon={<Users />}
            title={isNarrowed ? 'Nobody fits' : 'Nobody is here yet'}
            {...(isNarrowed ? { text: 'Try another name, or another state.' } : {})}
            actions={
              isNarrowed && (
                <Button onPress={() => setUrl({ q: undefined, state: undefined })}>Show all who are here</Button>
              )
            }
          />
        }
      />
      {isAlone && mayManage && (
        <EmptyState
          size="sm"
          icon={<Users />}
          title="You are alone here so far"
          text="Invite your key account managers. Their names may be here already after an import of accounts with owners."
          actions={
            <Button variant="primary" onPress={onInvite}>
              Invite somebody
            </Button>
          }
        />
      )}
      {opened && <MemberDrawer key={opened} id={opened} teams={teams} onClose={() => setUrl({ member: undefined })} />}
    </div>
  );
}
