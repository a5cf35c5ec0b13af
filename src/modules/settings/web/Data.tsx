// What comes in and goes out: ways to bring data, what the rooms offer to take along or remove, and the backup.
import { Database } from 'lucide-react';
import { type ComponentType, lazy, Suspense } from 'react';
import { type DataCard, gather, useModules } from '../../../kernel/web/module.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { Button, Card, CodeText, CopyField, EmptyState, PaneHeader, SkeletonRows } from '../../../ui/index.ts';

const loaded = new Map<string, ComponentType>();

function bodyOf(card: DataCard): ComponentType {
  const known = loaded.get(card.id) ?? lazy(card.load);
  loaded.set(card.id, known);
  return known;
}

export default function Data() {
  const modules = useModules();
  const may = useMay();
  // Ways that lead to a page of their own; what acts at once has its own card.
  const ways = gather(modules, 'beginnings', may).filter((way) => !way.run);
  const cards = gather(modules, 'dataCards', may);
  const isAdmin = may('settings.manage');

  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <PaneHeader title="Import and export" text="Your data comes in from any list and goes out whole." />
      {ways.map((way) => (
        <Card key={way.id}>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
            <span
              aria-hidden="true"
              className="grid size-9 shrink-0 place-items-center rounded-ui bg-accent-soft text-accent-text [&_svg]:size-5"
            >
              <way.icon />
            </span>
            <div className="min-w-0 flex-1 basis-60">
              <h2 className="text-base font-semibold text-ink">{way.title}</h2>
              <p className="text-base text-muted">{way.text}</p>
            </div>
            <Button href={way.href}>{way.label}</Button>
          </div>
        </Card>
      ))}
      {cards.map((card) => {
        const Body = bodyOf(card);
        return (
          <Suspense key={card.id} fallback={<SkeletonRows rows={2} columns={1} />}>
            <Body />
          </Suspense>
        );
      })}
      {isAdmin && <Backup />}
      {ways.length === 0 && cards.length === 0 && !isAdmin && (
        <EmptyState
          icon={<Database />}
          title="Your role neither brings in nor takes out data"
          text="An admin or a head of key accounts does."
        />
      )}
    </div>
  );
}

function Backup() {
  return (
    <Card
      title="On the command line"
      subtitle="Where OpenKAM is installed, with passwords and keys. Everything runs on meanwhile, and the file holds one moment."
    >
      <div className="flex flex-col gap-4">
        <CopyField label="Backup command" value="npm run openkam -- backup backup.zip" />
        <CopyField label="Export command" value="npm run openkam -- export export.zip" />
        <p className="text-sm text-muted">
          <CodeText>restore</CodeText> brings either file into an empty installation. Keep a copy on another machine.
        </p>
      </div>
    </Card>
  );
}
