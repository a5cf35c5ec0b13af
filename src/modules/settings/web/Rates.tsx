// Exchange rates: the latest of every currency, the history of one, files of the central bank, rates by hand, a converter.
import { ArrowRightLeft, Plus, Upload } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay, useSession } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { currencyName } from '../../../ui/currencies.ts';
import { DataGrid, type GridColumn } from '../../../ui/DataGrid.tsx';
import { daysBetween } from '../../../ui/format.ts';
import { Banner, Button, DateText, EmptyState, PaneHeader, Switch, useFormatSettings } from '../../../ui/index.ts';
import { latestRates } from '../api.ts';
import { Converter } from './Converter.tsx';
import { formatRate, type Rate } from './rateSeries.ts';

const RateHistory = lazy(() => import('./RateHistory.tsx'));
const AddRate = lazy(() => import('./AddRate.tsx'));
const UploadRates = lazy(() => import('./UploadRates.tsx'));

/** Central banks rest at weekends and holidays; a longer gap means that nobody brought new rates. */
const OLD_AFTER_DAYS = 6;
/** A currency that is so far behind the newest rate is quoted no longer. */
const ENDED_AFTER_DAYS = 60;

export default function Rates() {
  const mayChange = useMay()('settings.rates');
  const { workspace } = useSession();
  const { locale } = useFormatSettings();
  const [url, setUrl] = useUrlState();
  const [open, setOpen] = useState<null | 'add' | 'upload'>(null);
  const found = useCall(latestRates, {});
  const rates = found.data?.items ?? [];
  const today = found.data?.on ?? '';
  // A rate by hand says nothing about how new the file was.
  const fromFiles = rates.filter((r) => r.source !== 'hand');
  const newest =
    (fromFiles.length > 0 ? fromFiles : rates)
      .map((r) => r.on)
      .sort()
      .at(-1) ?? '';
  const age = newest ? daysBetween(newest, today) : 0;
  const isEnded = (r: Rate) => r.source !== 'hand' && daysBetween(r.on, newest) > ENDED_AFTER_DAYS;
  const [hasEnded, setEnded] = useState(false);
  const endedCount = rates.filter(isEnded).length;
  const chosen = rates.find((r) => `${r.base}-${r.currency}` === url.rate);

  const columns: GridColumn<Rate>[] = [
    {
      id: 'currency',
      header: 'Currency',
      width: 200,
      minWidth: 150,
      text: (r) => `${r.currency} ${currencyName(r.currency, locale)}`,
      cell: (r) => (
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="font-medium">{r.currency}</span>
          <span className="truncate text-muted">{currencyName(r.currency, locale)}</span>
        </span>
      ),
    },
    {
      id: 'rate',
      header: 'Rate',
      width: 170,
      align: 'end',
      card: 'side',
      sortValue: (r) => Number(r.rate),
      text: (r) => `1 ${r.base} = ${r.rate} ${r.currency}`,
      cell: (r) => (
        <span className="tabular">
          <span className="text-muted">1 {r.base} =</span> {formatRate(r.rate, locale)}
        </span>
      ),
    },
    {
      id: 'on',
      header: 'Day',
      width: 170,
      sortValue: (r) => r.on,
      cell: (r) => (
        <span className="truncate">
          <DateText value={r.on} />
          {isEnded(r) && <span className="text-muted">, no later</span>}
        </span>
      ),
    },
    {
      id: 'source',
      header: 'From',
      width: 130,
      text: (r) => sourceLabel(r.source),
      cell: (r) => sourceLabel(r.source),
    },
  ];

  return (
    <div className="flex flex-col gap-4">
      <PaneHeader
        title="Exchange rates"
        text={`Amounts keep their currency. Sums are shown in ${workspace.currency}, at the last rate known on the day that counts.`}
        actions={
          mayChange && (
            <>
              <Button icon={<Plus />} onPress={() => setOpen('add')}>
                Add a rate
              </Button>
              <Button variant="primary" icon={<Upload />} onPress={() => setOpen('upload')}>
                Upload rates
              </Button>
            </>
          )
        }
      />
      {age > OLD_AFTER_DAYS && (
        <Banner tone="watch" title={`The newest rate is ${age} days old`}>
          Sums go on with it.{' '}
          {mayChange
            ? 'Upload the newest file to bring them up to date.'
            : 'An admin or a head of key accounts can upload newer ones.'}
        </Banner>
      )}
      <Converter currencies={[...new Set(rates.flatMap((r) => [r.base, r.currency]))]} />
      <DataGrid
        label="Latest exchange rates"
        columns={columns}
        rows={hasEnded ? rates : rates.filter((r) => !isEnded(r))}
        rowId={(r) => `${r.base}-${r.currency}`}
        onOpen={(r) => setUrl({ rate: `${r.base}-${r.currency}` }, { push: true })}
        isLoading={found.isPending}
        hideColumnChooser
        {...(endedCount > 0
          ? {
              toolbar: (
                <Switch
                  label={`Also ${endedCount} that ended, such as those the euro replaced`}
                  isSelected={hasEnded}
                  onChange={setEnded}
                />
              ),
            }
          : {})}
        {...(found.error ? { error: found.error.message, onRetry: () => void found.refetch() } : {})}
        empty={
          <EmptyState
            icon={<ArrowRightLeft />}
            title="No rates yet"
            text="Without rates, sums leave out what is not in the reporting currency, and say so. The European Central Bank has a file with every rate since 1999."
            actions={
              mayChange && (
                <Button variant="primary" icon={<Upload />} onPress={() => setOpen('upload')}>
                  Upload rates
                </Button>
              )
            }
          />
        }
      />
      <Suspense>
        {chosen && (
          <RateHistory
            base={chosen.base}
            currency={chosen.currency}
            today={today}
            onClose={() => setUrl({ rate: undefined })}
          />
        )}
        {open === 'add' && <AddRate today={today} onClose={() => setOpen(null)} />}
        {open === 'upload' && <UploadRates onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

const sourceLabel = (source: string): string => (source === 'ecb' ? 'ECB' : source === 'hand' ? 'By hand' : source);
