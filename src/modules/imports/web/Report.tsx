// What a file's rows come to: counts, reasons, new fields, what is left out. Used for the trial and for the result.
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { hrefOf } from '../../../kernel/web/call.ts';
import { formatNumber } from '../../../ui/format.ts';
import { Banner, Button, Card, Num, Stat, StatusPill, useFormatSettings } from '../../../ui/index.ts';
import { type ImportFile, type ImportReport, rejectedRows } from '../api.ts';
import { Samples } from './Samples.tsx';
import { plural } from './words.ts';

/** Starts a download without leaving the page. */
function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}

export function FileReport({
  importId,
  file,
  isTrial,
  children,
}: {
  importId: string;
  file: ImportFile;
  isTrial: boolean;
  children?: ReactNode;
}) {
  const { report } = file;
  const entity = file.entities.find((e) => e.entity === file.entity)?.label;
  if (!report)
    return (
      <Card title={file.name} subtitle={file.skipped ? 'Left out' : 'Not begun'}>
        <p className="text-base text-muted">
          {file.problem ?? (file.skipped ? 'Nothing of this file is imported.' : 'Nothing of this file was written.')}
        </p>
      </Card>
    );
  return (
    <Card
      title={<span className="break-all">{file.name}</span>}
      subtitle={entity}
      actions={
        report.rejected > 0 ? (
          <Button
            size="sm"
            icon={<Download />}
            onPress={() => download(hrefOf(rejectedRows, { params: { id: importId }, query: { file: file.no } }))}
          >
            Rejected rows as CSV
          </Button>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Stat label="New" value={<Num value={report.new} />} hint={isTrial ? 'will be added' : 'added'} />
          <Stat label="Changed" value={<Num value={report.changed} />} hint={isTrial ? 'will be updated' : 'updated'} />
          <Stat label="Same" value={<Num value={report.same} />} hint="nothing to do" />
          <Stat
            label="Rejected"
            value={<Num value={report.rejected} />}
            hint={report.rejected > 0 ? 'stay out, see why below' : 'none'}
          />
        </div>
        {children}
        <Samples samples={report.samples} changed={report.changed} isTrial={isTrial} />
        <Reasons report={report} />
        {report.newFields.length > 0 && (
          <p className="text-base text-muted">
            {isTrial ? 'Makes' : 'Made'} {report.newFields.length}{' '}
            {plural(report.newFields.length, 'field of your own', 'fields of your own')}: {report.newFields.join(', ')}.
          </p>
        )}
        {report.leftOut.length > 0 && (
          <Banner tone="watch" title="Columns that find no place">
            <ul className="list-inside list-disc">
              {report.leftOut.map((one) => (
                <li key={one.column}>
                  {one.column}: {one.reason}
                </li>
              ))}
            </ul>
          </Banner>
        )}
      </div>
    </Card>
  );
}

/** Rejections and remarks, the most frequent first, each with the first row it concerns. */
function Reasons({ report }: { report: ImportReport }) {
  const { locale } = useFormatSettings();
  if (report.reasons.length === 0) return null;
  return (
    <ul aria-label="Why rows are rejected or changed on the way" className="rounded-ui border border-line">
      {report.reasons.map((r) => (
        <li
          key={`${r.weight} ${r.code} ${r.column}`}
          className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b border-line px-3 py-2 last:border-0"
        >
          <StatusPill
            variant="plain"
            className="w-24 shrink-0"
            {...(r.weight === 'reject'
              ? { tone: 'poor' as const, label: 'Rejected' }
              : { tone: 'watch' as const, label: 'Taken, but' })}
          />
          <div className="min-w-0 flex-1 basis-64">
            <div className="break-words text-ink">
              {r.column && <span className="font-medium">{r.column}: </span>}
              {r.message}
            </div>
            <div className="text-sm break-words text-muted">
              {r.count === 1 ? `Row ${r.row}` : `${formatNumber(r.count, locale)} rows, the first is row ${r.row}`}
              {r.value && `: “${r.value.slice(0, 120)}”`}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
