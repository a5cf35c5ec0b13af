// One entry of the audit log: who, when, by what means, and every field before and after.

import { formatInstant } from '../../../ui/format.ts';
import { Button, Drawer, EmptyState, KeyValueList, RelativeTime, useFormatSettings } from '../../../ui/index.ts';
import { ACTIONS, type Entry, meansWord, shownChanges } from './auditWords.ts';

type Props = {
  entry: Entry;
  kind: string;
  onClose: () => void;
  /** Narrows the list to this thing or its account. */
  onOnly: (change: { row: string | undefined; account: string | undefined }) => void;
};

export function AuditEntry({ entry, kind, onClose, onOnly }: Props) {
  const settings = useFormatSettings();
  const shown = shownChanges(entry.changes, settings);
  const { action, accountId, rowId } = entry;
  const cell = 'px-3 py-2 align-top break-words whitespace-pre-wrap [overflow-wrap:anywhere]';
  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title={`${ACTIONS[action].label}: ${kind} ${entry.label ?? ''}`}
      description={
        <>
          {formatInstant(entry.at, settings, 'long')} (<RelativeTime value={entry.at} />)
        </>
      }
      footer={
        <>
          {accountId && (
            <Button variant="quiet" onPress={() => onOnly({ row: undefined, account: accountId })}>
              All about the account
            </Button>
          )}
          {rowId && (
            <Button variant="quiet" onPress={() => onOnly({ row: rowId, account: accountId ?? undefined })}>
              Only this {kind.toLowerCase()}
            </Button>
          )}
          {accountId && <Button href={`/accounts/${accountId}`}>Open the account</Button>}
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <KeyValueList
          items={[
            { label: 'By', value: `${entry.by} ${meansWord(entry.means)}`.trim() },
            ...(entry.accountName ? [{ label: 'Account', value: entry.accountName }] : []),
            ...(entry.requestId
              ? [{ label: 'Request', value: <span className="font-mono text-sm">{entry.requestId}</span> }]
              : []),
          ]}
        />
        {shown.length === 0 ? (
          <EmptyState size="sm" title="No field changed that can be shown" />
        ) : (
          <div className="overflow-hidden rounded-ui border border-line">
            <table className="w-full table-fixed text-base">
              <caption className="sr-only">Fields before and after</caption>
              <thead className="bg-sunken text-left text-sm text-muted">
                <tr>
                  <th scope="col" className="px-3 py-1.5 font-medium">
                    Field
                  </th>
                  {action !== 'insert' && (
                    <th scope="col" className="px-3 py-1.5 font-medium">
                      Before
                    </th>
                  )}
                  {action !== 'delete' && (
                    <th scope="col" className="px-3 py-1.5 font-medium">
                      {action === 'insert' ? 'Value' : 'After'}
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {shown.map((change) => (
                  <tr key={change.label} className="border-t border-line">
                    <th scope="row" className={`${cell} text-left font-normal text-muted`}>
                      {change.label}
                    </th>
                    {action !== 'insert' && <td className={cell}>{change.before}</td>}
                    {action !== 'delete' && <td className={cell}>{change.after}</td>}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </Drawer>
  );
}
