// The tab "Selection" of the account page.
import { Card } from '../../../ui/index.ts';
import { AccountSelection } from './AccountSelection.tsx';

export default function AccountTab({ accountId }: { accountId: string }) {
  return (
    <Card className="max-w-4xl">
      <AccountSelection accountId={accountId} />
    </Card>
  );
}
