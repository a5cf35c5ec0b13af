// Accounts with a very similar name, where there are any: open one, or merge it into this.
import { lazy, Suspense, useState } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import { Button, Card, Link, type Option } from '../../../ui/index.ts';
import { type AccountPage, duplicateAccounts } from '../api.ts';

const MergeAccount = lazy(() => import('./MergeAccount.tsx'));

export function DuplicatesCard({ account }: { account: AccountPage }) {
  const found = useCall(
    duplicateAccounts,
    { params: { id: account.id } },
    { enabled: !account.archivedAt, staleTime: 60_000 },
  );
  const [merging, setMerging] = useState<Option | null>(null);
  // A parent and its subsidiaries often share their name: they are known, not duplicates.
  const kin = new Set([account.parentId, ...account.children.map((child) => child.id)]);
  const items = (found.data?.items ?? []).filter((item) => !kin.has(item.id) && item.similarity >= 0.6);
  if (items.length === 0) return null;
  return (
    <Card title="Possible duplicates" padding="none">
      <ul>
        {items.slice(0, 5).map((item) => (
          <li key={item.id} className="flex items-center gap-3 border-t border-line px-pad py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate">
                <Link href={`/accounts/${item.id}`} tone="text">
                  {item.name}
                </Link>
              </span>
              <span className="block truncate text-sm text-muted">
                {[`${Math.round(item.similarity * 100)} % alike`, item.city, item.ownerName]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {account.can.merge && (
              <Button size="sm" onPress={() => setMerging({ value: item.id, label: item.name })}>
                Merge
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Suspense>
        {merging && <MergeAccount account={account} duplicate={merging} onClose={() => setMerging(null)} />}
      </Suspense>
    </Card>
  );
}
