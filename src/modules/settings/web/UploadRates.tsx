// A file of the European Central Bank: sent, read, and what it changed.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '../../../kernel/web/call.ts';
import { refresh } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { Banner, Button, DateText, Dialog, KeyValueList, Link, Num, ProgressBar } from '../../../ui/index.ts';
import { importRates, type RateReport } from '../api.ts';

const MAX_BYTES = 50 * 1024 * 1024;
const ECB = 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip';

export default function UploadRates({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [sent, setSent] = useState<number | null>(null);
  const [report, setReport] = useState<RateReport | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const take = async (files: File[]) => {
    setFailure(null);
    setReport(null);
    setSent(0);
    try {
      setReport(await upload(importRates, { files }, { onProgress: setSent }));
      await refresh(client, ['rates.']);
    } catch (error) {
      setFailure(asProblem(error).fields?.[0]?.message ?? asProblem(error).message);
    }
    setSent(null);
  };

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Upload rates"
      description={
        <>
          Take the{' '}
          <Link href={ECB} isExternal>
            file of the European Central Bank
          </Link>{' '}
          as it is. The same file again changes nothing.
        </>
      }
      footer={
        <Button variant={report ? 'primary' : 'quiet'} onPress={onClose}>
          {report ? 'Done' : 'Cancel'}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {failure && <Banner tone="poor">{failure}</Banner>}
        {sent !== null ? (
          <ProgressBar
            label={sent < 1 ? 'Sending the file' : 'Reading the rates'}
            value={sent * 100}
            max={100}
            isIndeterminate={sent >= 1}
          />
        ) : report ? (
          <Report report={report} />
        ) : (
          <FileDrop
            label="Drop the file here"
            hint="CSV, or the zip it comes in, up to 50 MB"
            accept={['.csv', '.zip']}
            multiple={false}
            maxBytes={MAX_BYTES}
            onFiles={(files) => void take(files)}
          />
        )}
      </div>
    </Dialog>
  );
}

function Report({ report }: { report: RateReport }) {
  const isNews = report.new + report.changed > 0;
  return (
    <>
      <Banner tone="good" title={isNews ? 'The rates are in' : 'Nothing to change: all of it was here already'}>
        {report.file}
        {report.from && report.to && (
          <>
            , {report.currencies} currencies, <DateText value={report.from} /> to <DateText value={report.to} />
          </>
        )}
      </Banner>
      <KeyValueList
        items={[
          { label: 'New', value: <Num value={report.new} /> },
          { label: 'Changed', value: <Num value={report.changed} /> },
          { label: 'Same as before', value: <Num value={report.same} /> },
          ...(report.kept > 0 ? [{ label: 'Left as entered by hand', value: <Num value={report.kept} /> }] : []),
          ...(report.rejected > 0 ? [{ label: 'Not understood', value: <Num value={report.rejected} /> }] : []),
        ]}
      />
      {report.problems.length > 0 && (
        <details className="text-sm">
          <summary className="cursor-pointer rounded-inner font-medium">
            What was not understood{report.rejected > report.problems.length && ', the first hundred'}
          </summary>
          <ul className="mt-1.5 max-h-48 list-disc space-y-0.5 overflow-y-auto pl-5 text-muted">
            {report.problems.map((problem) => (
              <li key={`${problem.line} ${problem.column}`}>
                Line {problem.line}, {problem.column}: {problem.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
