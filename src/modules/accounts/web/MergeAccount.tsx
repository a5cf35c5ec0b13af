// Merging a duplicate: find it, see what comes over and what stays, then do it.
import { ArrowLeftRight, ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import {
  Banner,
  Button,
  Dialog,
  ErrorState,
  type Option,
  SkeletonRows,
  toast,
  useFormatSettings,
} from '../../../ui/index.ts';
import { type AccountPage, duplicateAccounts, getAccount, mergeAccounts } from '../api.ts';
import { AccountField } from './pickers.tsx';
import { type Field, sameValue, valueAt, valueText } from './values.ts';
import { FIELD_WORDS } from './words.ts';

const FIELDS: Field[] = [
  'ownerId',
  'sponsorId',
  'tier',
  'status',
  'arr',
  'potential',
  'renewalOn',
  'customerSince',
  'industry',
  'type',
  'country',
  'region',
  'city',
  'street',
  'postalCode',
  'website',
  'phone',
  'employees',
  'annualRevenue',
  'description',
];

type Props = { account: AccountPage; duplicate?: Option; onClose: () => void };

export default function MergeAccount({ account, duplicate, onClose }: Props) {
  const go = useGo();
  const [other, setOther] = useState<Option | null>(duplicate ?? null);
  const [isSwapped, setSwapped] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const near = useCall(duplicateAccounts, { params: { id: account.id } });
  const found = useCall(getAccount, { params: { id: other?.value ?? '' } }, { enabled: other !== null });
  const merge = useVerb(mergeAccounts, { refreshes: [''] });
  const kept = isSwapped && found.data ? found.data : account;
  const gone = isSwapped ? account : found.data;

  const submit = async () => {
    if (!gone) return;
    setProblem(null);
    try {
      await merge.mutateAsync({ params: { id: kept.id }, body: { duplicateId: gone.id, version: kept.version } });
      toast.show({ title: `${gone.name} was merged into ${kept.name}`, tone: 'good' });
      onClose();
      if (kept.id !== account.id) go(`/accounts/${kept.id}`);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title="Merge a duplicate"
      description="Two entries for the same account become one."
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="danger" isDisabled={!gone} isLoading={merge.isPending} onPress={() => void submit()}>
            {gone ? `Merge ${gone.name} into ${kept.name}` : 'Merge'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {problem && <Banner tone="poor">{problem}</Banner>}
        <AccountField
          label="Duplicate"
          value={other}
          onChange={(next) => {
            setOther(next);
            setSwapped(false);
          }}
          except={account.id}
          autoFocus={!duplicate}
        />
        {!other && near.data && near.data.items.length > 0 && (
          <div>
            <p className="pb-1.5 text-sm text-muted">With a similar name</p>
            <div className="flex flex-wrap gap-2">
              {near.data.items.slice(0, 6).map((item) => (
                <Button key={item.id} size="sm" onPress={() => setOther({ value: item.id, label: item.name })}>
                  {item.name}
                </Button>
              ))}
            </div>
          </div>
        )}
        {other && found.isPending && <SkeletonRows rows={4} columns={3} />}
        {other && found.isError && (
          <ErrorState size="sm" text={found.error.message} onRetry={() => void found.refetch()} />
        )}
        {gone && (
          <>
            <div className="flex flex-wrap items-center gap-2 text-base">
              <span className="text-muted line-through">{gone.name}</span>
              <ArrowRight aria-hidden="true" className="size-4 text-faint" />
              <span className="font-medium">{kept.name}</span>
              <Button size="sm" variant="quiet" icon={<ArrowLeftRight />} onPress={() => setSwapped(!isSwapped)}>
                Keep the other one
              </Button>
            </div>
            <Consequences kept={kept} gone={gone} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Consequences({ kept, gone }: { kept: AccountPage; gone: AccountPage }) {
  const { locale } = useFormatSettings();
  const isEmpty = (account: AccountPage, field: Field) => {
    const value = valueAt(account, { field });
    return value === null || value === undefined || value === '';
  };
  const differing = FIELDS.filter(
    (field) => !isEmpty(gone, field) && !sameValue(valueAt(kept, { field }), valueAt(gone, { field })),
  );
  const filled = differing.filter((field) => isEmpty(kept, field));
  const lost = differing.filter((field) => !isEmpty(kept, field));
  const children = gone.children.filter((child) => child.id !== kept.id).length;
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex list-disc flex-col gap-1 pl-5 text-base text-muted marker:text-faint">
        <li>
          Everything that hangs on {gone.name} moves over: people, documents, actions, plans, account team
          {children > 0 && `, ${children === 1 ? '1 account' : `${children} accounts`} below it`}.
        </li>
        <li>Its external ids move too, so that the next import finds this account.</li>
        <li>{gone.name} is archived and points here. Taking the merge back as a whole is not possible.</li>
      </ul>
      <Rows title="Comes over, because it is empty here" fields={filled} of={gone} locale={locale} />
      <Rows
        title="Stays as it is here; the other value remains with the archived entry"
        fields={lost}
        of={kept}
        other={gone}
        locale={locale}
      />
    </div>
  );
}

type RowsProps = { title: string; fields: readonly Field[]; of: AccountPage; other?: AccountPage; locale: string };

function Rows({ title, fields, of, other, locale }: RowsProps) {
  if (fields.length === 0) return null;
  return (
    <table className="w-full text-base">
      <caption className="pb-1 text-left text-sm font-medium text-ink">{title}</caption>
      <tbody>
        {fields.map((field) => (
          <tr key={field} className="border-t border-line align-top">
            <th scope="row" className="w-32 py-1.5 pr-3 text-left text-sm font-normal text-muted">
              {FIELD_WORDS[field]}
            </th>
            <td className="py-1.5 break-words">
              {valueText(of, { field }, locale)}
              {other && <s className="ml-2 text-faint">{valueText(other, { field }, locale)}</s>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
