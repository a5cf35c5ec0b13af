// Step 4: the trial's report. Look-alikes are decided, unknown owners and columns without a field are settled, then it runs.
import { useState } from 'react';
import { useDraft } from '../../../kernel/web/draft.ts';
import { formatNumber } from '../../../ui/format.ts';
import { Banner, Button, Card, EmptyState, RadioGroup, useFormatSettings } from '../../../ui/index.ts';
import type { Import, ImportFile } from '../api.ts';
import { FirstRows } from './FirstRows.tsx';
import { Foot } from './Frame.tsx';
import { type Decisions, LookAlikes } from './LookAlikes.tsx';
import { FileReport } from './Report.tsx';
import { RowNotes } from './RowNotes.tsx';
import type { ImportControl } from './useImport.ts';
import { plural, targetWord } from './words.ts';

export function CheckStep({ one, control, onBack }: { one: Import; control: ImportControl; onBack: () => void }) {
  const { locale } = useFormatSettings();
  const [draft, setDraft] = useDraft<Decisions>(`import:${one.id}:look-alikes`);
  const [isGoing, setGoing] = useState(false);
  const decisions = draft ?? {};
  const files = one.files.filter((f) => !f.skipped);
  const isChecked = files.every((f) => f.report);
  const sum = (key: 'new' | 'changed' | 'rejected') => files.reduce((all, f) => all + (f.report?.[key] ?? 0), 0);
  const toWrite = sum('new') + sum('changed');
  const fresh = files.flatMap((f) =>
    Object.entries(decisions[f.no] ?? {}).filter(([row, choice]) => f.decisions[row] !== choice),
  );
  const unknown = files.flatMap((f) => f.report?.unknownMembers ?? []);
  const newFields = files.flatMap((f) => f.report?.newFields ?? []);

  /** Sends the answers about look-alikes, where there are any. */
  async function decide(): Promise<boolean> {
    if (fresh.length === 0) return true;
    const sent = await control.change({
      files: files.flatMap((f) => (decisions[f.no] ? [{ no: f.no, decisions: decisions[f.no] }] : [])),
    });
    return sent;
  }
  async function go(verb: 'check' | 'apply'): Promise<void> {
    setGoing(true);
    if (await decide()) {
      const went = await control.run(verb);
      if (went && verb === 'apply') setDraft(null);
    }
    setGoing(false);
  }

  if (!isChecked)
    return (
      <>
        <Card>
          <EmptyState
            title="Check what would happen"
            text="Every row is tried against what is there. Nothing is written."
            actions={
              <Button variant="primary" isLoading={isGoing} onPress={() => void go('check')}>
                Check without writing
              </Button>
            }
          />
        </Card>
        <Foot onBack={onBack}>{null}</Foot>
      </>
    );
  return (
    <>
      {files.map((file) => (
        <FileReport key={file.no} importId={one.id} file={file} isTrial>
          <LookAlikes
            file={file}
            decisions={decisions}
            onDecide={(rows) => setDraft({ ...decisions, [file.no]: rows })}
          />
          <Sample file={file} />
        </FileReport>
      ))}
      <RowNotes one={one} />
      {(unknown.length > 0 || one.options.owners === 'create') && (
        <Card
          title="Owners who are no members"
          subtitle={
            unknown.length > 0
              ? unknown
                  .slice(0, 12)
                  .map((u) => `${u.name} (${formatNumber(u.rows, locale)} ${plural(u.rows, 'row')})`)
                  .join(', ')
              : 'They are added as members without sign-in.'
          }
        >
          <RadioGroup
            label="Owners who are no members"
            hideLabel
            value={one.options.owners}
            onChange={(owners) => void control.change({ options: { owners } })}
            options={[
              { value: 'leave', label: 'Leave their rows without an owner' },
              { value: 'create', label: 'Add them by name; invite them later' },
            ]}
          />
        </Card>
      )}
      {(newFields.length > 0 || one.options.fields === 'leave') && (
        <Card title="Columns without a field of ours">
          <RadioGroup
            label="Columns without a field of ours"
            hideLabel
            value={one.options.fields}
            onChange={(fields) => void control.change({ options: { fields } })}
            options={[
              { value: 'create', label: 'Make fields for them' },
              { value: 'leave', label: 'Leave them out' },
            ]}
          />
        </Card>
      )}
      {toWrite === 0 && (
        <Banner tone="info">
          {sum('rejected') > 0
            ? 'No row can be taken as it stands. Look at the reasons above, change the columns or the file, and check again.'
            : 'Everything in these files is here already.'}
        </Banner>
      )}
      <Foot
        onBack={onBack}
        says={fresh.length > 0 ? `${fresh.length} ${plural(fresh.length, 'answer')} not yet counted above.` : undefined}
      >
        <Button isDisabled={isGoing} onPress={() => void go('check')}>
          Check again
        </Button>
        <Button variant="primary" isLoading={isGoing} isDisabled={toWrite === 0} onPress={() => void go('apply')}>
          {`Import ${formatNumber(toWrite, locale)} ${plural(toWrite, 'row')}`}
        </Button>
      </Foot>
    </>
  );
}

/** The first rows under the names of the fields that they go to. */
function Sample({ file }: { file: ImportFile }) {
  const columns = file.columns.filter((c) => c.target.kind !== 'ignore' && c.filled > 0);
  if (file.preview.length === 0 || columns.length === 0) return null;
  return (
    <details className="rounded-ui border border-line">
      <summary className="cursor-pointer px-3 py-2 text-base text-muted hover:text-ink">First rows, by field</summary>
      <FirstRows file={file} columns={columns} count={3} headOf={(c) => targetWord(file, c)} />
    </details>
  );
}
