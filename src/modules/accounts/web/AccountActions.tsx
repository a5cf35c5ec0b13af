// What can be done with an account as a whole: move, merge, archive with undo, restore, copy its link.
import { Archive, ArchiveRestore, Ellipsis, FolderInput, Link2, Merge } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useVerb } from '../../../kernel/web/queries.ts';
import { IconButton, Menu, type MenuEntry, toast } from '../../../ui/index.ts';
import { type AccountPage, archiveAccount, restoreAccount } from '../api.ts';

const MoveAccount = lazy(() => import('./MoveAccount.tsx'));
const MergeAccount = lazy(() => import('./MergeAccount.tsx'));

export function AccountActions({ account }: { account: AccountPage }) {
  const [open, setOpen] = useState<'move' | 'merge' | null>(null);
  const archive = useVerb(archiveAccount);
  const restore = useVerb(restoreAccount);
  const params = { id: account.id };
  const fail = (title: string) => (error: Error) => toast.show({ title, text: error.message, tone: 'poor' });
  const bringBack = () =>
    restore.mutate(
      { params },
      {
        onSuccess: () => toast.show({ title: `${account.name} is back`, tone: 'good' }),
        onError: fail('Not restored'),
      },
    );
  const putAway = () =>
    archive.mutate(
      { params },
      {
        onSuccess: () =>
          toast.show({ title: `${account.name} archived`, action: { label: 'Undo', onAction: bringBack } }),
        onError: fail('Not archived'),
      },
    );
  const copy = () =>
    void navigator.clipboard.writeText(`${window.location.origin}/accounts/${account.id}`).then(
      () => toast.show({ title: 'Link copied' }),
      () => toast.show({ title: 'The browser did not allow copying', tone: 'watch' }),
    );
  const items: MenuEntry[] = [
    { id: 'copy', label: 'Copy link', icon: <Link2 />, onAction: copy },
    ...(account.can.update && !account.archivedAt
      ? [{ id: 'move', label: 'Move under another account', icon: <FolderInput />, onAction: () => setOpen('move') }]
      : []),
    ...(account.can.merge && !account.archivedAt
      ? [{ id: 'merge', label: 'Merge a duplicate into this', icon: <Merge />, onAction: () => setOpen('merge') }]
      : []),
    ...(account.can.archive
      ? [
          { id: 'line', separator: true as const },
          account.archivedAt
            ? { id: 'restore', label: 'Restore', icon: <ArchiveRestore />, onAction: bringBack }
            : { id: 'archive', label: 'Archive', icon: <Archive />, tone: 'danger' as const, onAction: putAway },
        ]
      : []),
  ];
  return (
    <>
      <Menu
        label="Actions"
        placement="bottom end"
        trigger={<IconButton label="More actions" icon={<Ellipsis />} variant="secondary" />}
        items={items}
      />
      <Suspense>
        {open === 'move' && <MoveAccount account={account} onClose={() => setOpen(null)} />}
        {open === 'merge' && <MergeAccount account={account} onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}
