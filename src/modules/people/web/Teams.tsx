// The tree of teams: add, rename, move by drag or by choice, remove. A team decides who sees whose accounts.
import type { UseQueryResult } from '@tanstack/react-query';
import { Network, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../../kernel/contract/problem.ts';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useList, useVerb } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import {
  Avatar,
  Button,
  Card,
  EmptyState,
  ErrorState,
  InlineEdit,
  Link,
  Select,
  SkeletonRows,
  toast,
} from '../../../ui/index.ts';
import { TreeList } from '../../../ui/TreeList.tsx';
import { createTeam, deleteTeam, listMembers, type listTeams, updateTeam } from '../api.ts';
import { AddTeam } from './AddTeam.tsx';
import { roleLabel } from './roleWords.ts';
import { type Team, teamNodes, teamOptions } from './teamTree.ts';
import { asProblem } from './useSubmit.ts';

const refreshes = ['teams.', 'members.'];
const failed = (title: string) => (error: unknown) =>
  void toast.show({ title, text: asProblem(error).message, tone: 'poor' });

export function Teams({ teams }: { teams: UseQueryResult<AnswerOf<typeof listTeams>, Problem> }) {
  const mayManage = useMay()('members.manage');
  const [url, setUrl] = useUrlState();
  const [adding, setAdding] = useState<{ parentId: string | null } | null>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const update = useVerb(updateTeam, { refreshes });

  if (!teams.data) {
    return teams.error ? (
      <ErrorState
        title="The teams could not be loaded"
        text={teams.error.message}
        onRetry={() => void teams.refetch()}
      />
    ) : (
      <SkeletonRows rows={4} columns={1} />
    );
  }
  const all = teams.data.items;
  const selected = all.find((t) => t.id === url.team) ?? null;
  const open = new Set(all.map((t) => t.id).filter((id) => !closed.has(id)));

  const move = async (team: Team, parentId: string | null) => {
    if (team.parentId === parentId) return;
    const from = team.parentId;
    try {
      const after = await update.mutateAsync({ params: { id: team.id }, body: { version: team.version, parentId } });
      toast.show({
        title: parentId
          ? `${team.name} is part of ${all.find((t) => t.id === parentId)?.name} now`
          : `${team.name} stands on its own now`,
        action: {
          label: 'Undo',
          onAction: () =>
            void update
              .mutateAsync({ params: { id: team.id }, body: { version: after.version, parentId: from } })
              .catch(failed('Not undone')),
        },
      });
    } catch (error) {
      await teams.refetch();
      failed(`${team.name} was not moved`)(error);
    }
  };

  if (all.length === 0) {
    return (
      <>
        <EmptyState
          icon={<Network />}
          title="No teams yet"
          text="Teams form a tree, such as Europe with Nordics below. Members who see their team’s accounts also see those of the teams below."
          actions={
            mayManage && (
              <Button variant="primary" icon={<Plus />} onPress={() => setAdding({ parentId: null })}>
                Add a team
              </Button>
            )
          }
        />
        {adding && <AddTeam {...adding} teams={all} onClose={() => setAdding(null)} />}
      </>
    );
  }
  return (
    <div className="grid items-start gap-4 md:grid-cols-[minmax(16rem,2fr)_3fr]">
      <Card
        title="Teams"
        {...(mayManage ? { subtitle: 'Drag a team, or press Enter on its handle, to move it.' } : {})}
        actions={
          mayManage && (
            <Button size="sm" icon={<Plus />} onPress={() => setAdding({ parentId: null })}>
              Add
            </Button>
          )
        }
      >
        <TreeList
          label="Teams"
          nodes={teamNodes(all, (team) => (team.memberCount > 0 ? team.memberCount : ''))}
          expanded={open}
          onExpandedChange={(ids) => setClosed(new Set(all.map((t) => t.id).filter((id) => !ids.has(id))))}
          selected={selected?.id ?? null}
          onSelect={(id) => setUrl({ team: id })}
          {...(mayManage
            ? {
                onMove: (id: string, parentId: string | null) => {
                  const team = all.find((t) => t.id === id);
                  if (team) void move(team, parentId);
                },
              }
            : {})}
        />
      </Card>
      {selected ? (
        <OneTeam
          key={selected.id}
          team={selected}
          teams={all}
          mayManage={mayManage}
          onMove={(parentId) => void move(selected, parentId)}
          onAddBelow={() => setAdding({ parentId: selected.id })}
          onRemoved={() => setUrl({ team: undefined })}
        />
      ) : (
        <EmptyState size="sm" title="Choose a team to see who is in it" />
      )}
      {adding && (
        <AddTeam {...adding} teams={all} onClose={() => setAdding(null)} onAdded={(id) => setUrl({ team: id })} />
      )}
    </div>
  );
}

type OneTeamProps = {
  team: Team;
  teams: readonly Team[];
  mayManage: boolean;
  onMove: (parentId: string | null) => void;
  onAddBelow: () => void;
  onRemoved: () => void;
};

function OneTeam({ team, teams, mayManage, onMove, onAddBelow, onRemoved }: OneTeamProps) {
  const rename = useVerb(updateTeam, { refreshes });
  const create = useVerb(createTeam, { refreshes });
  const remove = useVerb(deleteTeam, { refreshes });
  const members = useList(listMembers, { query: { limit: 200 } });
  const inTeam = members.items.filter((m) => m.teamId === team.id);
  const hasBelow = teams.some((t) => t.parentId === team.id);
  const isInUse = hasBelow || team.memberCount > 0;

  const removeIt = async () => {
    const { name, parentId } = team;
    try {
      await remove.mutateAsync({ params: { id: team.id } });
      onRemoved();
      toast.show({
        title: `${name} removed`,
        action: {
          label: 'Undo',
          onAction: () => void create.mutateAsync({ body: { name, parentId } }).catch(failed('Not undone')),
        },
      });
    } catch (error) {
      failed(`${name} was not removed`)(error);
    }
  };

  return (
    <Card
      title={team.name}
      actions={
        mayManage && (
          <Button size="sm" variant="quiet" icon={<Plus />} onPress={onAddBelow}>
            Add a team below
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <div className="min-w-0">
            <div className="text-sm font-medium">Name</div>
            <InlineEdit
              label="Name of the team"
              value={team.name}
              maxLength={200}
              isReadOnly={!mayManage}
              validate={(value) => (value.trim() ? null : 'A team needs a name')}
              onSave={(name) =>
                rename.mutateAsync({ params: { id: team.id }, body: { version: team.version, name: name.trim() } })
              }
            />
          </div>
          <Select
            label="Part of"
            options={teamOptions(teams, team.id)}
            value={team.parentId}
            onChange={onMove}
            onClear={() => onMove(null)}
            clearLabel="No other team"
            placeholder="No other team"
            isDisabled={!mayManage}
          />
        </div>
        <section aria-label={`Members of ${team.name}`}>
          <h3 className="pb-1 text-sm font-medium">Members</h3>
          {members.isPending ? (
            <SkeletonRows rows={2} columns={1} />
          ) : inTeam.length === 0 ? (
            <p className="text-base text-muted">Nobody yet.{mayManage && ' Open a member and choose this team.'}</p>
          ) : (
            <ul className="divide-y divide-line">
              {inTeam.map((m) => (
                <li key={m.id} className="flex min-h-row items-center gap-2.5">
                  <Avatar name={m.name} size="sm" isDecorative />
                  <Link href={`/settings/members?member=${m.id}`} tone="text" className="min-w-0 truncate">
                    {m.name}
                  </Link>
                  <span className="ml-auto truncate text-sm text-muted">{roleLabel(m.role)}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
        {mayManage && (
          <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
            <Button size="sm" variant="quiet" icon={<Trash2 />} isDisabled={isInUse} onPress={() => void removeIt()}>
              Remove team
            </Button>
            {isInUse && (
              <span className="text-sm text-muted">
                Move its {[team.memberCount > 0 && 'members', hasBelow && 'teams below'].filter(Boolean).join(' and ')}{' '}
                first.
              </span>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}
