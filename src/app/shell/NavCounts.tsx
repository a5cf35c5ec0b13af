// Numbers behind entries of the navigation: each room counts by itself, once the page has come to rest.
import { Suspense, useCallback } from 'react';
import type { NavEntry } from '../../kernel/web/module.ts';
import { Slot } from '../../kernel/web/slot.tsx';

type Props = { entries: readonly NavEntry[]; onCount: (id: string, count: number) => void };

export default function NavCounts({ entries, onCount }: Props) {
  return (
    <Suspense>{entries.map((e) => e.count && <One key={e.id} id={e.id} load={e.count} onCount={onCount} />)}</Suspense>
  );
}

const nothing = () => undefined;
function One({ id, load, onCount }: { id: string; load: NonNullable<NavEntry['count']>; onCount: Props['onCount'] }) {
  const tell = useCallback((count: number) => onCount(id, count), [id, onCount]);
  return <Slot load={load} props={{ onCount: tell }} onFail={nothing} />;
}
