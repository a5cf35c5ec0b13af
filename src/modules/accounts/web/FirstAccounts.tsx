// The portfolio before it has accounts: the ways to begin.
import { Building2, ChevronRight, Plus, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { gather, useModules } from '../../../kernel/web/module.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import { toast } from '../../../ui/index.ts';

type Way = { id: string; icon: ReactNode; title: string; text: string; onPress: () => void };

export default function FirstAccounts({ onAdd }: { onAdd: () => void }) {
  const modules = useModules();
  const may = useMay();
  const go = useGo();
  const mayWrite = may('accounts.write');
  const beginnings = gather(modules, 'beginnings', may);
  const ways: Way[] = [
    ...beginnings.map((b) => ({
      id: b.id,
      icon: <b.icon />,
      title: b.title,
      text: b.text,
      onPress: () =>
        void (b.run?.() ?? Promise.resolve()).then(
          () => go(b.href),
          (error: Error) => toast.show({ title: 'That did not work', text: error.message, tone: 'poor' }),
        ),
    })),
    ...(mayWrite && beginnings.length === 0
      ? [
          {
            id: 'import',
            icon: <Upload />,
            title: 'Bring in your accounts',
            text: 'Drop the customer list that your CRM exported, as CSV or Excel.',
            onPress: () => go('/import'),
          },
        ]
      : []),
    ...(mayWrite
      ? [
          {
            id: 'add',
            icon: <Plus />,
            title: 'Add one by hand',
            text: 'Start with your most important account. Only its name is needed.',
            onPress: onAdd,
          },
        ]
      : []),
  ];
  return (
    <div className="mx-auto flex max-w-2xl flex-col items-center px-4 py-12 text-center">
      <span className="mb-4 grid size-12 place-items-center rounded-ui bg-sunken text-muted">
        <Building2 aria-hidden="true" className="size-6" />
      </span>
      <h2 className="text-lg font-semibold">No accounts yet</h2>
      <p className="mt-1 max-w-md text-base text-pretty text-muted">
        {ways.length > 0
          ? 'Everything here grows from your list of accounts: choosing key accounts, plans, renewals.'
          : 'No account has been given to you yet. Your head of key accounts can do that.'}
      </p>
      <ul className="mt-8 flex w-full flex-col gap-3">
        {ways.map((way) => (
          <li key={way.id}>
            <button
              type="button"
              onClick={way.onPress}
              className="group flex w-full items-center gap-4 rounded-ui border border-line bg-surface p-4 text-left shadow-card transition-colors hover:bg-hover"
            >
              <span className="grid size-10 shrink-0 place-items-center rounded-ui bg-accent-soft text-accent-text [&_svg]:size-5">
                {way.icon}
              </span>
              <span className="min-w-0 flex-1">
                <span className="block text-base font-semibold text-ink">{way.title}</span>
                <span className="block text-base text-muted">{way.text}</span>
              </span>
              <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
