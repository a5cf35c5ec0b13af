// The whole tree that the account belongs to: own and total money at every node; moved by drag, by keyboard and by menu.
import { useQueryClient } from '@tanstack/react-query';
import { FolderInput } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { keyOf, useCall } from '../../../kernel/web/queries.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import {
  Badge,
  Banner,
  Button,
  Card,
  EmptyState,
  ErrorState,
  IconButton,
  Money,
  SkeletonRows,
  toast,
} from '../../../ui/index.ts';
import { TreeList, type TreeNode } from '../../../ui/TreeList.tsx';
import { accountTree } from '../api.ts';
import { type Branch, forestOf } from './forest.ts';
import { moveProblem, useMove } from './MoveAccount.tsx';
import { useProfile } from './useProfile.tsx';

const MoveAccount = lazy(() => import('./MoveAccount.tsx'));
type Answer = AnswerOf<typeof accountTree>;
type Node = Answer['nodes'][number];

export default function TreeTab({ accountId }: { accountId: string }) {
  const { account } = useProfile();
  const client = useQueryClient();
  const go = useGo();
  const input = { params: { id: accountId } };
  const tree = useCall(accountTree, input);
  const { run } = useMove();
  const [moving, setMoving] = useState<Node | null>(null);
  const [expanded, setExpanded] = useState<Set<string> | null>(null);
  const nodes = useMemo(() => tree.data?.nodes ?? [], [tree.data]);
  const forest = useMemo(() => forestOf(nodes), [nodes]);
  const mayMove = account.can.update && !account.archivedAt;

  if (tree.isPending) return <SkeletonRows rows={6} columns={3} />;
  if (tree.isError) return <ErrorState text={tree.error.message} onRetry={() => void tree.refetch()} />;
  const nameOf = (id: string | null) => nodes.find((n) => n.id === id)?.name ?? null;

  const onMove = async (id: string, parentId: string | null) => {
    const node = nodes.find((n) => n.id === id);
    // Beside the root there is no place within this tree; order among siblings is by name.
    const parent = parentId ?? (id === tree.data.rootId ? null : tree.data.rootId);
    if (!node || node.parentId === parent) return;
    const key = keyOf(accountTree, input);
    const before = client.getQueryData<Answer>(key);
    client.setQueryData<Answer>(key, (now) =>
      now ? { ...now, nodes: now.nodes.map((n) => (n.id === id ? { ...n, parentId: parent } : n)) } : now,
    );
    try {
      await run(node, parent ? { value: parent, label: nameOf(parent) ?? 'its parent' } : null);
    } catch (error) {
      client.setQueryData(key, before);
      toast.show({
        title: 'Not moved',
        text: moveProblem(error as Error, node.name, nameOf(parent)),
        tone: 'poor',
      });
    }
  };
  const nodeOf = ({ item, children }: Branch<Node>): TreeNode => ({
    id: item.id,
    label: item.name,
    detail: (
      <span className="flex items-center gap-3">
        {item.archived && <Badge tone="watch">Archived</Badge>}
        {item.tier && (
          <Badge tone="outline" className="max-sm:hidden">
            {item.tier}
          </Badge>
        )}
        <span className="w-28 truncate text-right max-lg:hidden">{item.ownerName ?? ''}</span>
        <span className="w-24 text-right max-sm:hidden">
          <Money value={item.own} style="compact" />
        </span>
        <span className="w-24 text-right font-medium text-ink">
          <Money value={item.total} style="compact" />
          {item.total.missing.length > 0 && (
            <span className="block text-xs font-normal text-watch-text">without {item.total.missing.join(', ')}</span>
          )}
        </span>
        {mayMove && !item.archived && (
          <IconButton label={`Move ${item.name}`} icon={<FolderInput />} size="sm" onPress={() => setMoving(item)} />
        )}
      </span>
    ),
    ...(children.length > 0 ? { children: children.map(nodeOf) } : {}),
  });
  const isAlone = nodes.length <= 1;
  return (
    <div className="flex flex-col gap-4">
      {tree.data.cut && <Banner tone="info">The first 2,000 accounts of this tree are shown.</Banner>}
      <Card padding="none">
        {isAlone ? (
          <EmptyState
            title="No accounts above or below"
            text="Give this account a parent, and its money is added up there. Subsidiaries and sites belong below their company."
            actions={
              mayMove && nodes[0] ? (
                <Button icon={<FolderInput />} onPress={() => setMoving(nodes[0]!)}>
                  Choose a parent
                </Button>
              ) : undefined
            }
          />
        ) : (
          <>
            <div
              aria-hidden="true"
              className="flex items-center gap-3 border-b border-line px-4 py-2 text-sm font-medium text-muted"
            >
              <span className="flex-1">Account</span>
              <span className="w-28 text-right max-lg:hidden">Owner</span>
              <span className="w-24 text-right max-sm:hidden">Own ARR</span>
              <span className="w-24 text-right">With all below</span>
              {mayMove && <span className="w-[3.625rem]" />}
            </div>
            <div className="p-2">
              <TreeList
                label={`Tree of ${nameOf(tree.data.rootId) ?? account.name}`}
                nodes={forest.map(nodeOf)}
                expanded={expanded ?? nodes.map((n) => n.id)}
                onExpandedChange={setExpanded}
                selected={accountId}
                onSelect={(id) => id !== accountId && go(`/accounts/${id}?tab=tree`)}
                {...(mayMove ? { onMove: (id: string, parentId: string | null) => void onMove(id, parentId) } : {})}
              />
            </div>
          </>
        )}
      </Card>
      <Suspense>
        {moving && (
          <MoveAccount account={{ ...moving, parentName: nameOf(moving.parentId) }} onClose={() => setMoving(null)} />
        )}
      </Suspense>
    </div>
  );
}
