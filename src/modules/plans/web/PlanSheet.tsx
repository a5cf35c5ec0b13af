// The plan as one page, edited in place: bar with completeness, saving and print above a sheet of eight blocks.
import { FileDown, FileText, History } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { hrefOf } from '../../../kernel/web/call.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { Banner, Button, ConfirmDialog, IconButton, Menu, toast, useFormatSettings } from '../../../ui/index.ts';
import { archivePlan, type PlanPage, planDocument, restorePlan } from '../api.ts';
import { BLOCK_KEYS, planFreshness } from '../rules.ts';
import { Business } from './blocks/Business.tsx';
import { Expansion } from './blocks/Expansion.tsx';
import { Goals } from './blocks/Goals.tsx';
import { Header } from './blocks/Header.tsx';
import { Milestones } from './blocks/Milestones.tsx';
import { Relationships } from './blocks/Relationships.tsx';
import { Risks } from './blocks/Risks.tsx';
import { Strategy } from './blocks/Strategy.tsx';
import { Completeness } from './Completeness.tsx';
import { useToday } from './days.ts';
import { MergeDialog } from './MergeDialog.tsx';
import { SaveState } from './SaveState.tsx';
import { PlanProvider, usePlan, useReview } from './usePlan.tsx';

const Versions = lazy(() => import('./Versions.tsx'));

export function PlanSheet({ page, showsAccount }: { page: PlanPage; showsAccount: boolean }) {
  return (
    <PlanProvider key={page.id} page={page}>
      <Sheet showsAccount={showsAccount} />
      <MergeDialog />
    </PlanProvider>
  );
}

function Sheet({ showsAccount }: { showsAccount: boolean }) {
  const { page } = usePlan().view;
  return (
    <div className="mx-auto flex max-w-7xl flex-col gap-3 print:max-w-none">
      {page.archivedAt && <PutAway />}
      <Bar />
      <article
        aria-label={`Plan of ${page.accountName}`}
        className="overflow-clip rounded-ui border border-line bg-surface shadow-card print:border-0 print:shadow-none"
      >
        <Header showsAccount={showsAccount} />
        <div className="grid border-t border-line lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
          <div className="min-w-0 divide-y divide-line lg:border-r lg:border-line">
            <Goals />
            <Strategy />
            <Risks />
          </div>
          <div className="min-w-0 max-lg:border-t max-lg:border-line">
            <Relationships />
            <Milestones />
            <Expansion />
          </div>
        </div>
        <Business />
      </article>
    </div>
  );
}

/** Paper as people around the reader use it. */
const paperOf = (locale: string) => (/^en-(US|CA)\b/.test(locale) ? 'letter' : 'a4');

function Bar() {
  const { desk, view, canEdit } = usePlan();
  const { page } = view;
  const { locale } = useFormatSettings();
  const review = useReview();
  const today = useToday();
  const archive = useVerb(archivePlan);
  const [isShowingVersions, setShowingVersions] = useState(false);
  const [isArchiving, setArchiving] = useState(false);
  const paper = paperOf(locale);
  const other = paper === 'a4' ? 'letter' : 'a4';
  const names = { a4: 'A4', letter: 'Letter' };
  const open = (query: { paper: 'a4' | 'letter'; inline?: 'true' }) => {
    // What is typed belongs into the print: sent first, then asked for. Opened at once, so that no blocker steps in.
    const tab = query.inline ? window.open('', '_blank') : null;
    void desk.flush().then(() => {
      const href = hrefOf(planDocument, { params: { id: page.id }, query: { ...query, format: 'pdf' } });
      if (tab) tab.location.href = href;
      else window.location.assign(href);
    });
  };
  const old = planFreshness(view.plan.care, today, page.limits).filter(({ state }) => state !== 'fresh');
  return (
    <div
      data-print="hide"
      className="sticky top-0 z-10 -mx-1 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 bg-canvas px-1 py-1.5"
    >
      <Completeness />
      <SaveState />
      <span className="flex-1" />
      <div className="flex items-center gap-1.5">
        <Button size="sm" variant="quiet" icon={<History />} onPress={() => setShowingVersions(true)}>
          Versions
        </Button>
        <Button size="sm" icon={<FileText />} onPress={() => open({ paper, inline: 'true' })}>
          Open PDF
        </Button>
        <IconButton
          label={`Download PDF (${names[paper]})`}
          size="sm"
          variant="secondary"
          icon={<FileDown />}
          onPress={() => open({ paper })}
        />
        <Menu
          label="More for this plan"
          placement="bottom end"
          trigger={
            <Button size="sm" variant="quiet">
              More
            </Button>
          }
          items={[
            { id: 'other', label: `Download PDF (${names[other]})`, onAction: () => open({ paper: other }) },
            { id: 'print', label: 'Print this page', onAction: () => window.print() },
            ...(canEdit
              ? [
                  {
                    id: 'review',
                    label: 'Everything is still true',
                    description: old.length
                      ? `${old.length} of ${BLOCK_KEYS.length} blocks need a review`
                      : 'Reviewed lately',
                    onAction: () => void review([...BLOCK_KEYS]),
                  },
                ]
              : []),
            ...(page.can.archive && !page.archivedAt
              ? [
                  {
                    id: 'archive',
                    label: 'Put the plan away',
                    tone: 'danger' as const,
                    onAction: () => setArchiving(true),
                  },
                ]
              : []),
          ]}
        />
      </div>
      <ConfirmDialog
        isOpen={isArchiving}
        onOpenChange={setArchiving}
        title="Put this plan away?"
        text="The account may start another plan. This one stays readable and can be brought back."
        confirmLabel="Put away"
        tone="danger"
        onConfirm={async () => {
          await desk.flush();
          const answer = await archive.mutateAsync({ params: { id: page.id } });
          desk.adopt(answer);
          toast.show({ title: 'Plan put away' });
        }}
      />
      {isShowingVersions && (
        <Suspense fallback={null}>
          <Versions onClose={() => setShowingVersions(false)} />
        </Suspense>
      )}
    </div>
  );
}

function PutAway() {
  const { page } = usePlan().view;
  const { desk } = usePlan();
  const restore = useVerb(restorePlan, { onDone: (answer) => desk.adopt(answer) });
  return (
    <Banner
      tone="watch"
      title="This plan is put away"
      actions={
        page.can.archive && (
          <Button
            size="sm"
            isLoading={restore.isPending}
            onPress={() =>
              restore.mutate(
                { params: { id: page.id } },
                { onError: (error) => toast.show({ title: 'Not brought back', text: error.message, tone: 'poor' }) },
              )
            }
          >
            Bring back
          </Button>
        )
      }
    >
      It can be read and compared, not changed.
    </Banner>
  );
}
