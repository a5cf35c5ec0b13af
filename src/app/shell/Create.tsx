// What the member can make, gathered from the rooms, each with a key; and the room's own dialog for it.
import { Suspense, useMemo } from 'react';
import { type Creator, gather, useModules } from '../../kernel/web/module.ts';
import { useMay } from '../../kernel/web/session.ts';
import { Slot } from '../../kernel/web/slot.tsx';
import { toast } from '../../ui/index.ts';

type Keyed = Creator & { key: string };

/** Each creator gets the first letter of its label that is still free. */
export function keyed(creators: readonly Creator[]): Keyed[] {
  const taken = new Set<string>();
  return creators.map((creator) => {
    const key =
      creator.label
        .toLowerCase()
        .match(/[a-z]/g)
        ?.find((letter) => !taken.has(letter)) ?? '';
    taken.add(key);
    return { ...creator, key };
  });
}

/** Everything the member may make here, in order, with keys. */
export function useCreators(): Keyed[] {
  const modules = useModules();
  const may = useMay();
  return useMemo(() => keyed(gather(modules, 'creators', may)), [modules, may]);
}

/** What opens over the page. Without a server it may not come the first time; then it says so and closes. */
export function Over<P extends object>({
  close,
  ...part
}: {
  load: Parameters<typeof Slot<P>>[0]['load'];
  props: P;
  close: () => void;
}) {
  return (
    <Suspense>
      <Slot
        {...part}
        onFail={() => {
          close();
          toast.show({
            title: 'This could not be opened',
            text: 'The server cannot be reached. Try again.',
            tone: 'poor',
          });
        }}
      />
    </Suspense>
  );
}

/** The dialog of one creator. */
export function Make({ id, onClose, accountId }: { id: string; onClose: () => void; accountId?: string }) {
  const creator = useCreators().find((c) => c.id === id);
  if (!creator) return null;
  return <Over load={creator.load} props={{ onClose, ...(accountId ? { accountId } : {}) }} close={onClose} />;
}
