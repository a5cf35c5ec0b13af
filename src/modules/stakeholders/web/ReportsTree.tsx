// Who reports to whom at one account, as a tree; a line is moved by drag, by keyboard, or in the person's drawer.
import { useMemo } from 'react';
import { EmptyState } from '../../../ui/index.ts';
import { TreeList, type TreeNode } from '../../../ui/TreeList.tsx';
import { InfluenceMark, StanceMark } from './marks.tsx';
import type { AtAccount } from './peopleAt.ts';
import { useRoleVerbs } from './roleVerbs.ts';

export default function ReportsTree({
  people,
  onOpen,
}: {
  people: readonly AtAccount[];
  onOpen: (id: string) => void;
}) {
  const { reportTo } = useRoleVerbs();
  const byId = useMemo(() => new Map(people.map((p) => [p.person.id, p])), [people]);
  const nodes = useMemo(() => {
    const below = new Map<string | null, AtAccount[]>();
    for (const one of people) {
      const manager = one.role.reportsToId && byId.has(one.role.reportsToId) ? one.role.reportsToId : null;
      below.set(manager, [...(below.get(manager) ?? []), one]);
    }
    const nodesBelow = (manager: string | null): TreeNode[] =>
      (below.get(manager) ?? []).map(({ person, role }) => {
        const children = nodesBelow(person.id);
        return {
          id: person.id,
          label: role.title ? `${person.name}, ${role.title}` : person.name,
          detail: (
            <span className="flex items-center gap-4">
              <span className="w-20 max-md:hidden">
                <InfluenceMark role={role} />
              </span>
              <span className="md:w-40">
                <StanceMark role={role} />
              </span>
            </span>
          ),
          ...(children.length > 0 ? { children } : {}),
        };
      });
    return nodesBelow(null);
  }, [people, byId]);
  const mayMove = people.some(({ person }) => person.can.update);
  if (people.length === 0) return <EmptyState size="sm" title="Nobody is known here yet" />;
  return (
    <div className="flex flex-col gap-2">
      {mayMove && (
        <p className="text-sm text-muted">
          Drag a person onto their manager, or open the person and choose “Reports to”.
        </p>
      )}
      <TreeList
        key={people.length}
        label="Reporting lines"
        nodes={nodes}
        defaultExpanded={people.map(({ person }) => person.id)}
        onSelect={onOpen}
        {...(mayMove
          ? {
              onMove: (id: string, parentId: string | null) => {
                const moved = byId.get(id);
                if (moved && moved.role.reportsToId !== parentId)
                  void reportTo(moved, parentId ? (byId.get(parentId) ?? null) : null);
              },
            }
          : {})}
      />
    </div>
  );
}
