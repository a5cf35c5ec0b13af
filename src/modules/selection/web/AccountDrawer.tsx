// One account beside the matrix.
import { ExternalLink } from 'lucide-react';
import { useCall } from '../../../kernel/web/queries.ts';
import { Drawer, IconButton } from '../../../ui/index.ts';
import { getSelection } from '../api.ts';
import { AccountSelection } from './AccountSelection.tsx';

export function AccountDrawer({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const standing = useCall(getSelection, { params: { id: accountId } });
  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title={standing.data?.name ?? 'Account'}
      actions={
        <IconButton
          label="Open the account"
          icon={<ExternalLink />}
          size="sm"
          href={`/accounts/${accountId}`}
          className="mt-1"
        />
      }
    >
      <AccountSelection accountId={accountId} />
    </Drawer>
  );
}
