// Step 1: what each file was recognised as and how it is read; both can be changed, and a file can be left out.
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { formatBytes, formatNumber } from '../../../ui/format.ts';
import {
  Banner,
  Button,
  Card,
  NumberField,
  Select,
  StatusPill,
  Switch,
  TextField,
  useFormatSettings,
} from '../../../ui/index.ts';
import type { Import, ImportFile } from '../api.ts';
import { FirstRows } from './FirstRows.tsx';
import type { FileChange, ImportControl } from './useImport.ts';
import { confidenceWord, DELIMITERS, ENCODINGS, plural, readingWords } from './words.ts';

export function FilesStep({ one, control }: { one: Import; control: ImportControl }) {
  return (
    <div className="flex flex-col gap-4">
      {one.files.map((file) => (
        <FileCard
          key={file.no}
          file={file}
          onChange={(change) => void control.change({ files: [{ no: file.no, ...change }] })}
        />
      ))}
    </div>
  );
}

function FileCard({ file, onChange }: { file: ImportFile; onChange: (change: Omit<FileChange, 'no'>) => void }) {
  const { locale } = useFormatSettings();
  const [isReading, setReading] = useState(false);
  const sure = confidenceWord(file.confidence);
  return (
    <Card
      title={<span className="break-all">{file.name}</span>}
      subtitle={[
        formatBytes(file.bytes, locale),
        file.problem === null || file.rows > 0
          ? `${formatNumber(file.rows, locale)} ${plural(file.rows, 'row')}, ${formatNumber(file.columns.length, locale)} ${plural(file.columns.length, 'column')}`
          : '',
        file.columns.length > 0 ? readingWords(file) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={<Switch label="Take in" isSelected={!file.skipped} onChange={(isIn) => onChange({ skipped: !isIn })} />}
    >
      {file.skipped ? (
        <p className="text-base text-muted">Left out. Nothing of this file is imported.</p>
      ) : (
        <div className="flex flex-col gap-4">
          {file.problem !== null && (
            <Banner tone="poor" title="This file cannot be read as it is">
              {file.problem}
            </Banner>
          )}
          {file.columns.length > 0 && (
            <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
              <Select
                label="This file holds"
                className="w-56"
                value={file.entity}
                placeholder="Choose what it holds"
                error={file.entity === null ? 'Say what each row is.' : undefined}
                options={file.entities.map((e) => ({ value: e.entity, label: e.label }))}
                onChange={(entity) => onChange({ entity })}
              />
              <p className="flex min-w-0 flex-1 basis-64 flex-wrap items-center gap-x-2 gap-y-1 pb-1.5 text-sm text-muted">
                {file.entity !== null && <StatusPill {...sure} />}
                <span className="min-w-0">{file.reason}</span>
              </p>
              <Button
                size="sm"
                icon={<SlidersHorizontal />}
                onPress={() => setReading(!isReading)}
                aria-expanded={isReading}
              >
                Read differently
              </Button>
            </div>
          )}
          {(isReading || (file.problem !== null && file.columns.length === 0)) && (
            <Reading file={file} onChange={onChange} />
          )}
          {file.savedMapping && (
            <Banner tone="good">
              The columns are those of “{file.savedMapping}”, imported before: mapped and answered the same way.
            </Banner>
          )}
          {file.warnings.length > 0 && (
            <Banner tone="watch" title={file.warnings.length === 1 ? 'Worth knowing' : 'Worth knowing about this file'}>
              <ul className="list-disc pl-5">
                {file.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </Banner>
          )}
          <FirstRows file={file} columns={file.columns} count={5} headOf={(c) => c.header} />
        </div>
      )}
    </Card>
  );
}

function Reading({ file, onChange }: { file: ImportFile; onChange: (change: Omit<FileChange, 'no'>) => void }) {
  const { reading } = file;
  const isCsv = reading.kind !== 'xlsx';
  const [system, setSystem] = useState(file.system);
  const isSystem = /^[a-z0-9][a-z0-9_-]{0,59}$/.test(system);
  return (
    <div className="grid gap-3 rounded-ui bg-sunken p-3 sm:grid-cols-2 lg:grid-cols-4">
      {isCsv && (
        <>
          <Select
            label="Characters"
            value={reading.encoding}
            options={ENCODINGS}
            onChange={(encoding) => onChange({ reading: { encoding } })}
          />
          <Select
            label="Between columns"
            value={reading.delimiter}
            options={DELIMITERS}
            onChange={(delimiter) => onChange({ reading: { delimiter } })}
          />
        </>
      )}
      {reading.sheets.length > 1 && (
        <Select
          label="Sheet"
          value={reading.sheet}
          options={reading.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
          onChange={(sheet) => onChange({ reading: { sheet } })}
        />
      )}
      <NumberField
        label="Row with the column names"
        description="0: there are none"
        value={reading.headerRow}
        minValue={0}
        maxValue={200}
        onChange={(row) => row !== null && row !== reading.headerRow && onChange({ reading: { headerRow: row } })}
      />
      <TextField
        label="Ids belong to"
        description="The next file of this source meets the same rows again."
        value={system}
        onChange={setSystem}
        error={isSystem ? undefined : 'Use small letters, digits, - and _'}
        onBlur={() => isSystem && system !== file.system && onChange({ system })}
      />
    </div>
  );
}
