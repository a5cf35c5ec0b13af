// The first changed rows of a file: each field as it was and as it becomes.
import { ArrowRight } from 'lucide-react';
import { useFormatSettings } from '../../../ui/index.ts';
import type { ImportSample } from '../api.ts';
import { sampleWord } from './words.ts';

export function Samples({ samples, changed, isTrial }: { samples: ImportSample[]; changed: number; isTrial: boolean }) {
  const settings = useFormatSettings();
  if (samples.length === 0) return null;
  return (
    <section aria-label="Changed rows" className="rounded-ui border border-line">
      <h3 className="border-b border-line px-3 py-2 text-base font-medium text-ink">
        {isTrial ? 'What changes' : 'What changed'}
        {changed > samples.length && (
          <span className="font-normal text-muted"> in {samples.length} of the changed rows</span>
        )}
      </h3>
      <ul>
        {samples.map((sample) => (
          <li key={sample.row} className="border-b border-line px-3 py-2 last:border-0">
            <div className="break-words text-ink">
              <span className="tabular text-muted">Row {sample.row}</span> {sample.name}
            </div>
            <dl className="mt-1 grid gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(8rem,12rem)_minmax(0,1fr)]">
              {sample.fields.map((field) => (
                <div key={field.label} className="contents">
                  <dt className="text-sm break-words text-muted">{field.label}</dt>
                  <dd className="mb-1 flex min-w-0 flex-wrap items-center gap-x-2 text-sm sm:mb-0">
                    <span className="min-w-0 break-words text-muted">
                      <span className="sr-only">before: </span>
                      {sampleWord(field.before, settings)}
                    </span>
                    <ArrowRight aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
                    <span className="min-w-0 font-medium break-words text-ink">
                      <span className="sr-only">after: </span>
                      {sampleWord(field.after, settings)}
                    </span>
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
