// Step 5: while it runs, how far; afterwards what came in, and the way back.
import { ArrowRight, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { formatNumber } from '../../../ui/format.ts';
import { Banner, Button, Card, ConfirmDialog, useFormatSettings } from '../../../ui/index.ts';
import type { Import } from '../api.ts';
import { AtWork } from './Frame.tsx';
import { FileReport } from './Report.tsx';
import { RowNotes } from './RowNotes.tsx';
import type { ImportControl } from './useImport.ts';
import { isAtWork, plural } from './words.ts';

export function ResultStep({ one, control }: { one: Import; control: ImportControl }) {
  const { locale } = useFormatSettings();
  const [isAsking, setAsking] = useState(false);
  const number = (value: number) => formatNumber(value, locale);
  const resume = (
    <Button size="sm" isLoading={control.busy === 'resume'} onPress={() => void control.run('resume')}>
      Go on where it stopped
    </Button>
  );
  const wrote = one.files.some((f) => f.entity === 'accounts' && (f.report?.new ?? 0) + (f.report?.changed ?? 0) > 0);
  const accounts = wrote && (
    <Button size="sm" href={`/?import=${one.id}`} iconEnd={<ArrowRight />}>
      Show these accounts
    </Button>
  );
  return (
    <>
      {isAtWork(one.state) && (
        <AtWork
          one={one}
          control={control}
          canCancel={one.state === 'running'}
          text={
            one.state === 'undoing'
              ? 'What was added goes, what was changed becomes what it was.'
              : 'It runs on the server: leave this page if you like, a message tells you when it is done. What is in when you cancel stays in and can be taken back.'
          }
        />
      )}
      {one.state === 'done' && (
        <Banner tone="good" title={`${number(one.new)} new, ${number(one.changed)} changed`} actions={accounts}>
          {`${number(one.same)} the same as before, ${number(one.rejected)} rejected.`}
        </Banner>
      )}
      {one.state === 'cancelled' && (
        <Banner
          tone="watch"
          title="Stopped"
          actions={
            <>
              {resume}
              {accounts}
            </>
          }
        >
          {`${number(one.new)} new and ${number(one.changed)} changed rows came in before. They stay until you take the import back.`}
        </Banner>
      )}
      {one.state === 'failed' && (
        <Banner tone="poor" title="It could not be finished" actions={resume}>
          {one.problem ?? 'What was written so far is kept.'}
        </Banner>
      )}
      {one.state === 'undone' && <UndoReport one={one} />}
      {one.files.map((file) => (
        <FileReport key={file.no} importId={one.id} file={file} isTrial={false} />
      ))}
      <RowNotes one={one} />
      {one.can.undo && (
        <Card
          title="Take it back"
          subtitle="What this import added goes, and what it changed becomes what it was. What somebody changed since stays."
        >
          <Button variant="danger" icon={<Undo2 />} onPress={() => setAsking(true)}>
            Undo this import
          </Button>
        </Card>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title="Undo this import?"
        text={`${number(one.new)} new rows go and ${number(one.changed)} changed rows become what they were. Rows that somebody changed since are kept and listed.`}
        confirmLabel="Undo this import"
        onConfirm={async () => {
          if (!(await control.run('undo'))) throw new Error('It could not be started. Try again.');
        }}
      />
    </>
  );
}

function UndoReport({ one }: { one: Import }) {
  const { locale } = useFormatSettings();
  const { undo } = one;
  const number = (value: number) => formatNumber(value, locale);
  return (
    <>
      <Banner tone={undo && undo.keptCount > 0 ? 'watch' : 'good'} title="Taken back">
        {undo
          ? `${number(undo.removed)} removed, ${number(undo.restored)} restored, ${number(undo.keptCount)} kept.`
          : 'Nothing had been written.'}
      </Banner>
      {undo && undo.keptCount > 0 && (
        <Card title={`${number(undo.keptCount)} kept`} subtitle="Somebody changed or used them since." padding="none">
          <ul>
            {undo.kept.map((kept) => (
              <li key={`${kept.file} ${kept.row} ${kept.reason}`} className="border-t border-line px-pad py-2">
                <span className="tabular text-ink">
                  {one.files.length > 1 && `${one.files.find((f) => f.no === kept.file)?.name ?? ''}, `}
                  {`row ${kept.row}`}
                </span>
                <span className="text-muted">: {kept.reason}</span>
              </li>
            ))}
            {undo.keptCount > undo.kept.length && (
              <li className="border-t border-line px-pad py-2 text-muted">
                {`and ${number(undo.keptCount - undo.kept.length)} more ${plural(undo.keptCount - undo.kept.length, 'row')}`}
              </li>
            )}
          </ul>
        </Card>
      )}
    </>
  );
}
