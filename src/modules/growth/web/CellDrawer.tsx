// One cell in a drawer: what we know, what is reckoned, how it stood before; from here it becomes an opportunity.
import { ArrowUpRight, Eraser, Target } from 'lucide-react';
import { lazy, Suspense, useCallback, useId, useState } from 'react';
import { call } from '../../../kernel/web/call.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { DatePicker } from '../../../ui/DatePicker.tsx';
import {
  Banner,
  Button,
  ComboBox,
  ConflictNotice,
  Drawer,
  ErrorState,
  IconButton,
  KeyValueList,
  Money,
  MoneyField,
  NumberField,
  Select,
  SkeletonRows,
  StatusPill,
  TextArea,
  TextField,
  toast,
} from '../../../ui/index.ts';
import type { LoadOptions } from '../../../ui/useAsyncOptions.ts';
import { type Cell, clearCell, createCompetitor, getCell, listCompetitors, putCell } from '../api.ts';
import { CELL_LABELS, type CellForm, cellChange, cellForm, sayField } from './cellForm.ts';
import { confidenceOptions, currenciesWith, STATUS_TONES, STATUS_WORDS, statusOptions } from './words.ts';

const OpenOpportunity = lazy(() => import('./OpenOpportunity.tsx'));

export type CellPlace = { accountId: string; unitId: string | null; productId: string; year: number };
const queryOf = (p: CellPlace) => ({
  accountId: p.accountId,
  productId: p.productId,
  year: p.year,
  ...(p.unitId ? { unitId: p.unitId } : {}),
});

export default function CellDrawer({
  place,
  currency,
  onClose,
}: {
  place: CellPlace;
  currency: string;
  onClose: () => void;
}) {
  const cell = useCall(getCell, { query: queryOf(place) });
  if (cell.data) return <Loaded place={place} cell={cell.data} currency={currency} onClose={onClose} />;
  return (
    <Drawer isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Cell">
      {cell.isError ? (
        <ErrorState text={cell.error.message} onRetry={() => void cell.refetch()} />
      ) : (
        <SkeletonRows rows={8} columns={2} />
      )}
    </Drawer>
  );
}

type Draft = { base: Cell; form: CellForm };
const loadCompetitors: LoadOptions = async (q, signal) => {
  const { items } = await call(listCompetitors, { query: { limit: 50, ...(q ? { q } : {}) } }, { signal });
  return items.map((c) => ({ value: c.id, label: c.name }));
};

function Loaded({
  place,
  cell,
  currency,
  onClose,
}: {
  place: CellPlace;
  cell: Cell;
  currency: string;
  onClose: () => void;
}) {
  const formId = useId();
  const [draft, setDraft] = useDraft<Draft>(
    `growth.cell.${place.accountId}.${place.unitId ?? ''}.${place.productId}.${place.year}`,
  );
  const base = draft?.base ?? cell;
  const before = cellForm(base);
  const form = draft?.form ?? before;
  const [theirs, setTheirs] = useState<Cell | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [fields, setFields] = useState<Record<string, string>>({});
  const [isOpening, setOpening] = useState(false);
  const save = useVerb(putCell, { refreshes: ['growth.', 'insights.'] });
  const clear = useVerb(clearCell, { refreshes: ['growth.', 'insights.'] });
  const addCompetitor = useVerb(createCompetitor, { refreshes: ['growth.listCompetitors'] });
  const mayEdit = cell.can.update;
  const set = (change: Partial<CellForm>) => setDraft({ base, form: { ...form, ...change } });
  const change = cellChange(before, form);
  const isChanged = Object.keys(change).length > 0;
  const currencies = currenciesWith(currency);
  const error = (field: string) => (fields[field] ? { error: fields[field] } : {});

  const fail = (reason: unknown, from: Cell, wanted: CellForm) => {
    const failed = asProblem(reason);
    if (failed.code === 'version_conflict' && failed.current) setTheirs(failed.current as Cell);
    else if (failed.fields?.length)
      setFields(Object.fromEntries(failed.fields.map((f) => [f.field.split('.')[0], f.message])));
    else setMessage(failed.message);
    setDraft({ base: from, form: wanted });
  };
  const send = async (from: Cell, wanted: CellForm): Promise<Cell | null> => {
    setMessage(null);
    setFields({});
    try {
      const stored = await save.mutateAsync({
        body: { ...place, version: from.version, ...cellChange(cellForm(from), wanted) },
      });
      setDraft(null);
      return stored;
    } catch (reason) {
      fail(reason, from, wanted);
      return null;
    }
  };
  const submit = async () => {
    if (!isChanged) return onClose();
    if (await send(base, form)) {
      toast.show({ title: `${cell.productName} saved`, tone: 'good' });
      onClose();
    }
  };
  const settle = (mine: boolean) => {
    if (!theirs) return;
    const next = mine
      ? { ...cellForm(theirs), ...Object.fromEntries(Object.keys(change).map((k) => [k, form[k as keyof CellForm]])) }
      : cellForm(theirs);
    setTheirs(null);
    if (mine) {
      setDraft({ base: theirs, form: next as CellForm });
      void send(theirs, next as CellForm).then((stored) => stored && onClose());
    } else setDraft(null);
  };
  const forget = async () => {
    if (!cell.id) return;
    try {
      await clear.mutateAsync({ params: { id: cell.id } });
      setDraft(null);
      onClose();
      toast.show({
        title: 'Cell cleared',
        text: `${cell.productName} at ${cell.unitName ?? cell.accountName}`,
        action: {
          label: 'Undo',
          onAction: () =>
            void save.mutateAsync({ body: { ...place, version: null, ...cellChange(null, cellForm(cell)) } }),
        },
      });
    } catch (reason) {
      setMessage(asProblem(reason).message);
    }
  };
  /** What was typed is stored first: the opportunity takes what is open of it. */
  const turn = async () => {
    if (form.potential === null) return setFields({ potential: 'Say what it could bring' });
    const stored = isChanged || !cell.id ? await send(base, form) : cell;
    if (stored?.id) setOpening(true);
  };

  return (
    <Drawer
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={cell.productName}
      description={`${[cell.unitName, cell.accountName].filter(Boolean).join(', ')} · ${cell.year}`}
      actions={
        mayEdit && cell.id ? (
          <IconButton label="Clear cell" icon={<Eraser />} size="sm" onPress={() => void forget()} />
        ) : undefined
      }
      footer={
        mayEdit ? (
          <>
            {isChanged && (
              <Button variant="quiet" onPress={() => setDraft(null)}>
                Discard changes
              </Button>
            )}
            {!cell.opportunityId && (
              <Button icon={<Target />} onPress={() => void turn()} isDisabled={save.isPending}>
                Open opportunity
              </Button>
            )}
            <Button variant="primary" type="submit" form={formId} isLoading={save.isPending}>
              Save
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-5">
        {theirs && (
          <ConflictNotice
            what="cell"
            fields={(Object.keys(change) as (keyof CellForm)[]).map((k) => ({
              label: CELL_LABELS[k],
              theirs: sayField(k, cellForm(theirs)[k]),
              mine: sayField(k, form[k]),
            }))}
            onKeepMine={() => settle(true)}
            onTakeTheirs={() => settle(false)}
          />
        )}
        {message && (
          <Banner tone="poor" title="Not saved">
            {message}
          </Banner>
        )}
        <KeyValueList
          columns={2}
          items={[
            {
              label: 'Current',
              value: <Money value={cell.current} />,
              hint: cell.unitId ? 'As entered' : 'From the ledger',
            },
            { label: 'Open pipeline', value: <Money value={cell.pipeline} /> },
            { label: 'Open', value: <Money value={cell.open} /> },
            {
              label: 'Priority',
              value: <Money value={cell.priority} />,
              ...(cell.priority === null ? { hint: 'Needs potential, fit and access' } : {}),
            },
          ]}
        />
        {cell.opportunityId && (
          <Button icon={<ArrowUpRight />} href={`/pipeline?opportunity=${cell.opportunityId}`}>
            Open the opportunity
          </Button>
        )}
        <form
          id={formId}
          className="grid grid-cols-1 gap-4 sm:grid-cols-2"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Select
            label="Status"
            value={form.status}
            options={statusOptions}
            isDisabled={!mayEdit}
            description={cell.owned && form.status !== 'ours' ? 'Ours by the ledger, whatever is said' : ''}
            onChange={(status) => status && set({ status })}
          />
          <MoneyField
            label="Potential in a year"
            value={form.potential}
            onChange={(potential) => set({ potential })}
            currencies={currencies}
            isDisabled={!mayEdit}
            {...error('potential')}
          />
          {place.unitId && (
            <MoneyField
              label="Current in a year"
              value={form.current}
              onChange={(current) => set({ current })}
              currencies={currencies}
              isDisabled={!mayEdit}
              {...error('current')}
            />
          )}
          <Competitor
            value={form.competitor}
            isDisabled={!mayEdit}
            onChange={(competitor) =>
              set({ competitor, ...(competitor && form.status === 'unknown' ? { status: 'competitor' as const } : {}) })
            }
            onCreate={async (name) => {
              const made = await addCompetitor.mutateAsync({ body: { name } });
              return { value: made.id, label: made.name };
            }}
          />
          <DatePicker
            label="Their contract ends on"
            value={form.incumbentEndsOn}
            onChange={(incumbentEndsOn) => set({ incumbentEndsOn })}
            isDisabled={!mayEdit}
            {...error('incumbentEndsOn')}
          />
          <NumberField
            label="Fit"
            unit="%"
            minValue={0}
            maxValue={100}
            value={form.fit}
            onChange={(fit) => set({ fit })}
            isDisabled={!mayEdit}
            description="How likely it suits them"
          />
          <NumberField
            label="Access"
            unit="%"
            minValue={0}
            maxValue={100}
            value={form.access}
            onChange={(access) => set({ access })}
            isDisabled={!mayEdit}
            description={
              form.access === null && cell.access !== null
                ? `${cell.access} % by the people we know`
                : 'How likely we reach who decides'
            }
          />
          <NumberField
            label="Effort"
            minValue={0.1}
            maxValue={100}
            step={0.1}
            value={form.effort}
            onChange={(effort) => set({ effort })}
            isDisabled={!mayEdit}
            description="1 as usual, 2 twice the work"
          />
          <Select
            label="Confidence"
            value={form.confidence}
            options={confidenceOptions}
            onChange={(confidence) => set({ confidence })}
            onClear={() => set({ confidence: null })}
            isDisabled={!mayEdit}
            placeholder="Not said"
          />
          <TextField
            label="Source"
            value={form.source}
            onChange={(source) => set({ source })}
            maxLength={500}
            isDisabled={!mayEdit}
            placeholder="Where the numbers come from"
            className="sm:col-span-2"
          />
          <TextArea
            label="Next step"
            value={form.nextStep}
            onChange={(nextStep) => set({ nextStep })}
            maxLength={2000}
            isDisabled={!mayEdit}
            className="sm:col-span-2"
          />
        </form>
        {cell.history.length > 0 && (
          <section>
            <h3 className="mb-2 text-base font-semibold">Other years</h3>
            <ul className="flex flex-col gap-1.5">
              {cell.history.map((h) => (
                <li key={h.year} className="flex items-center gap-3">
                  <span className="tabular w-12 text-muted">{h.year}</span>
                  <StatusPill tone={STATUS_TONES[h.status]} label={h.competitorName ?? STATUS_WORDS[h.status]} />
                  <span className="ml-auto">
                    <Money value={h.potential} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <Suspense>
        {isOpening && cell.id && (
          <OpenOpportunity cell={cell} currencies={currencies} onClose={() => setOpening(false)} />
        )}
      </Suspense>
    </Drawer>
  );
}

type Named = { value: string; label: string };
function Competitor({
  value,
  onChange,
  onCreate,
  isDisabled,
}: {
  value: Named | null;
  onChange: (value: Named | null) => void;
  onCreate: (name: string) => Promise<Named>;
  isDisabled: boolean;
}) {
  const create = useCallback(
    (name: string) =>
      void onCreate(name).then(onChange, (reason) =>
        toast.show({ title: 'Not added', text: asProblem(reason).message, tone: 'poor' }),
      ),
    [onCreate, onChange],
  );
  return (
    <ComboBox
      label="Competitor"
      value={value}
      onChange={(option) => onChange(option && { value: option.value, label: option.label })}
      load={loadCompetitors}
      onCreate={create}
      placeholder="Who has it"
      isDisabled={isDisabled}
    />
  );
}
