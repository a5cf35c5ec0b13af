// Step 2: which column goes where, with how sure we are and why. A column can also become a field of the workspace's own.
import { useMemo, useState } from 'react';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { formatNumber } from '../../../ui/format.ts';
import {
  Banner,
  Card,
  EmptyState,
  type Option,
  SegmentedControl,
  Select,
  StatusPill,
  Tabs,
  TextField,
  useFormatSettings,
} from '../../../ui/index.ts';
import type { ColumnTarget, Import, ImportColumn, ImportFile } from '../api.ts';
import type { ImportControl } from './useImport.ts';
import {
  asFieldType,
  confidenceWord,
  FIELD_TYPES,
  needsLook,
  ownIdWord,
  targetKey,
  targetWord,
  typeWord,
} from './words.ts';

type Show = 'all' | 'check' | 'out';

export function ColumnsStep({ one, control }: { one: Import; control: ImportControl }) {
  const [url, setUrl] = useUrlState();
  const files = one.files.filter((f) => !f.skipped);
  const file = files.find((f) => String(f.no) === url.file) ?? files[0]!;
  return (
    <div className="flex flex-col gap-4">
      {files.length > 1 && (
        <Tabs
          label="Files"
          items={files.map((f) => ({ id: String(f.no), label: f.name, count: f.columns.length }))}
          selected={String(file.no)}
          onChange={(no) => setUrl({ file: no })}
        />
      )}
      <FileColumns key={file.no} file={file} control={control} />
    </div>
  );
}

function FileColumns({ file, control }: { file: ImportFile; control: ImportControl }) {
  const [show, setShow] = useState<Show>('all');
  const toCheck = file.columns.filter(needsLook).length;
  const out = file.columns.filter((c) => c.target.kind === 'ignore').length;
  const shown = file.columns.filter((c) =>
    show === 'all' ? true : show === 'check' ? needsLook(c) : c.target.kind === 'ignore',
  );
  const change = (column: number, target: ColumnTarget) =>
    void control.change({ files: [{ no: file.no, mapping: [{ column, target }] }] });
  const choices = useMemo(() => choicesOf(file), [file]);
  return (
    <>
      {file.savedMapping && (
        <Banner tone="good">
          Mapped as in “{file.savedMapping}”, imported before. What you change here is remembered for the next time.
        </Banner>
      )}
      <div>
        <SegmentedControl
          label="Show"
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: `All ${file.columns.length}` },
            { value: 'check', label: `To check ${toCheck}` },
            { value: 'out', label: `Not imported ${out}` },
          ]}
        />
      </div>
      <Card
        padding="none"
        title={`Columns of ${file.name}`}
        subtitle="The mapping is remembered with the import; the next file with these columns is read the same way."
      >
        {shown.length === 0 ? (
          <EmptyState
            size="sm"
            title={show === 'check' ? 'No column needs a second look' : 'Every column is imported'}
          />
        ) : (
          <ul>
            {shown.map((column) => (
              <ColumnRow
                key={column.column}
                file={file}
                column={column}
                choices={choices}
                onChange={(target) => change(column.column, target)}
              />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

/** All places a column can go to; fields that are taken say by what. */
function choicesOf(file: ImportFile): Option[] {
  const taken = new Map(
    file.columns.flatMap((c) => (c.target.kind === 'field' ? [[c.target.field, c.header] as const] : [])),
  );
  const unknown = [...taken.keys()].filter((key) => !file.fields.some((f) => f.key === key));
  const entity = file.entities.find((e) => e.entity === file.entity)?.label ?? 'Fields';
  return [
    { value: 'ignore', label: 'Do not import' },
    ...(file.ownFields ? [{ value: 'custom', label: 'A field of your own…' }] : []),
    ...file.fields.map((f) => ({
      value: `field:${f.key}`,
      label: f.label,
      group: entity,
      ...(taken.has(f.key) ? { description: `Now from “${taken.get(f.key)}”` } : {}),
    })),
    ...unknown.map((key) => ({ value: `field:${key}`, label: ownIdWord(key), group: entity })),
  ];
}

function ColumnRow({
  file,
  column,
  choices,
  onChange,
}: {
  file: ImportFile;
  column: ImportColumn;
  choices: Option[];
  onChange: (target: ColumnTarget) => void;
}) {
  const { locale } = useFormatSettings();
  const { target } = column;
  const isEmpty = column.filled === 0;
  const choose = (key: string) => {
    if (key === 'ignore') onChange({ kind: 'ignore' });
    else if (key === 'custom')
      onChange({ kind: 'custom', name: column.header.slice(0, 100), type: asFieldType(column.type) });
    else onChange({ kind: 'field', field: key.slice('field:'.length) });
  };
  return (
    <li
      className="grid gap-x-6 gap-y-2 border-t border-line px-pad py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)_minmax(0,1fr)]"
      data-column={column.header}
    >
      <div className="min-w-0">
        <div className="font-medium break-words text-ink">{column.header}</div>
        <div className="text-sm text-muted">
          {isEmpty
            ? 'Empty in every row'
            : `${typeWord(column.type)}, ${formatNumber(column.filled, locale)} of ${formatNumber(file.rows, locale)} filled`}
        </div>
        {column.examples.length > 0 && (
          <div className="mt-0.5 line-clamp-2 text-sm break-words text-muted">
            {column.examples.slice(0, 3).join(' · ')}
          </div>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <Select
          label={`${column.header} goes to`}
          hideLabel
          value={targetKey(target)}
          options={choices}
          onChange={choose}
        />
        {target.kind === 'custom' && <OwnField key={target.name} target={target} onChange={onChange} />}
      </div>
      <div className="min-w-0 text-sm text-muted">
        {target.kind === 'ignore' ? (
          <StatusPill tone="neutral" label={targetWord(file, column)} variant="plain" />
        ) : (
          <StatusPill {...confidenceWord(column.confidence)} variant="plain" />
        )}
        <div className="break-words">{column.reason}</div>
      </div>
    </li>
  );
}

type Own = Extract<ColumnTarget, { kind: 'custom' }>;
function OwnField({ target, onChange }: { target: Own; onChange: (target: ColumnTarget) => void }) {
  const [name, setName] = useState(target.name);
  const clean = name.trim();
  return (
    <div className="flex gap-2">
      <TextField
        size="sm"
        label="Name of the field"
        hideLabel
        className="min-w-0 flex-1"
        value={name}
        maxLength={100}
        onChange={setName}
        error={clean === '' ? 'Give the field a name.' : undefined}
        onBlur={() => clean !== '' && clean !== target.name && onChange({ ...target, name: clean })}
      />
      <Select
        size="sm"
        label={`Kind of ${target.name}`}
        hideLabel
        className="w-32 shrink-0"
        value={asFieldType(target.type)}
        options={FIELD_TYPES}
        onChange={(type) => onChange({ ...target, type: asFieldType(type) })}
      />
    </div>
  );
}
