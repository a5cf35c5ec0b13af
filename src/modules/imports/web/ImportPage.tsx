// One import from the files to the result. The address holds the step; the server holds everything else.
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { usePlace } from '../../../kernel/web/place.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { Banner, Button, ErrorState, PageHeader, SkeletonRows, StatusPill, Stepper } from '../../../ui/index.ts';
import type { Import } from '../api.ts';
import { CheckStep } from './CheckStep.tsx';
import { ColumnsStep } from './ColumnsStep.tsx';
import { FilesStep } from './FilesStep.tsx';
import { AtWork, Foot } from './Frame.tsx';
import { QuestionsStep } from './QuestionsStep.tsx';
import { ResultStep } from './ResultStep.tsx';
import { type ImportControl, useImport } from './useImport.ts';
import { isUnclear, openQuestions, STATE, STEPS, type StepId } from './words.ts';

export default function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <Wizard key={id} id={id} />;
}

function Wizard({ id }: { id: string }) {
  const control = useImport(id);
  const { asked, one, problem } = control;
  const [url, setUrl] = useUrlState();
  usePlace(one ? { title: one.name, above: [{ label: 'Import', href: '/import' }], isThing: true } : null);
  if (!one)
    return asked.error ? (
      <div className="p-6">
        <ErrorState
          title={asked.error.status === 404 ? 'This import does not exist' : 'This import could not be loaded'}
          text={asked.error.message}
          onRetry={() => void asked.refetch()}
        />
      </div>
    ) : (
      <div className="p-6">
        <SkeletonRows rows={6} columns={3} />
      </div>
    );

  const step = stepOf(one, String(url.step ?? ''));
  const goTo = (next: StepId) => {
    setUrl({ step: next }, { push: true });
    window.scrollTo({ top: 0 });
  };
  const at = STEPS.findIndex((s) => s.id === step);
  return (
    <>
      <PageHeader
        title={one.name}
        subtitle={`Started by ${one.startedBy}`}
        badges={<StatusPill {...STATE[one.state]} />}
        tabs={
          <div className="px-2.5 pb-2">
            <Stepper
              label="Steps of the import"
              steps={STEPS}
              current={step}
              completed={STEPS.slice(0, one.state === 'done' ? STEPS.length : at).map((s) => s.id)}
              {...(one.can.update ? { onSelect: (next: string) => goTo(next as StepId) } : {})}
            />
          </div>
        }
      />
      <div className="flex flex-col gap-4 p-4 md:p-6">
        {problem && (
          <Banner tone="poor" title="That was not taken">
            {problem}
          </Banner>
        )}
        {one.state === 'failed' && one.can.update && (
          <Banner
            tone="poor"
            title="This could not be finished"
            actions={
              <Button size="sm" isLoading={control.busy === 'resume'} onPress={() => void control.run('resume')}>
                Try again
              </Button>
            }
          >
            {one.problem ?? 'Nothing was written.'}
          </Banner>
        )}
        <Body step={step} one={one} control={control} goTo={goTo} />
      </div>
    </>
  );
}

/** The step that can be shown: the wanted one, unless an earlier one still has to be done. */
function stepOf(one: Import, wanted: string): StepId {
  if (one.state === 'checking') return 'check';
  if (!one.can.update) return one.state === 'analysing' ? 'files' : 'result';
  if (one.files.some(isUnclear) || one.files.every((f) => f.skipped)) return 'files';
  if (wanted === 'check' && openQuestions(one.files) > 0) return 'questions';
  return wanted === 'columns' || wanted === 'questions' || wanted === 'check' ? wanted : 'files';
}

type StepProps = { one: Import; control: ImportControl; goTo: (step: StepId) => void };

function Body({ step, one, control, goTo }: StepProps & { step: StepId }) {
  const used = one.files.filter((f) => !f.skipped);
  const open = openQuestions(one.files);
  const isChecked = used.length > 0 && used.every((f) => f.report);
  const [isGoing, setGoing] = useState(false);
  if (one.state === 'analysing')
    return <AtWork one={one} control={control} text="The files are on the server. You can leave this page." />;
  if (one.state === 'checking')
    return <AtWork one={one} control={control} canCancel text="Every row is tried, nothing is written." />;

  const check = async () => {
    setGoing(true);
    if (isChecked || (await control.run('check'))) goTo('check');
    setGoing(false);
  };
  const onward = open > 0 ? () => goTo('questions') : () => void check();
  switch (step) {
    case 'files': {
      const lacks = one.files.some(isUnclear);
      const isEmpty = used.length === 0;
      return (
        <>
          <FilesStep one={one} control={control} />
          <Foot
            says={
              isEmpty ? 'Take at least one file in.' : lacks ? 'Say what each file holds, or leave it out.' : undefined
            }
          >
            <Button variant="primary" isDisabled={lacks || isEmpty} onPress={() => goTo('columns')}>
              Next: columns
            </Button>
          </Foot>
        </>
      );
    }
    case 'columns':
      return (
        <>
          <ColumnsStep one={one} control={control} />
          <Foot onBack={() => goTo('files')}>
            <Button variant="primary" isLoading={isGoing} onPress={onward}>
              {open > 0 ? `Next: ${open} ${open === 1 ? 'question' : 'questions'}` : 'Check without writing'}
            </Button>
          </Foot>
        </>
      );
    case 'questions':
      return (
        <>
          <QuestionsStep one={one} control={control} />
          <Foot
            onBack={() => goTo('columns')}
            says={open > 0 ? `${open} ${open === 1 ? 'question is' : 'questions are'} open.` : undefined}
          >
            <Button variant="primary" isDisabled={open > 0} isLoading={isGoing} onPress={() => void check()}>
              Check without writing
            </Button>
          </Foot>
        </>
      );
    case 'check':
      return <CheckStep one={one} control={control} onBack={() => goTo('columns')} />;
    default:
      return <ResultStep one={one} control={control} />;
  }
}
