// `c`: what can be made here, each with a key of its own.
import { useEffect } from 'react';
import { Dialog, Kbd } from '../../ui/index.ts';
import { useCreators } from './Create.tsx';

export default function CreateMenu({ onChoose, onClose }: { onChoose: (id: string) => void; onClose: () => void }) {
  const creators = useCreators();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const found = creators.find((creator) => creator.key === event.key.toLowerCase());
      if (!found) return;
      event.preventDefault();
      onChoose(found.id);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [creators, onChoose]);
  return (
    <Dialog isOpen onOpenChange={(open) => !open && onClose()} title="Add" size="sm">
      <ul className="-mx-2 flex flex-col">
        {creators.map((creator, index) => (
          <li key={creator.id}>
            <button
              type="button"
              // biome-ignore lint/a11y/noAutofocus: the dialog was opened to choose from this list.
              autoFocus={index === 0}
              onClick={() => onChoose(creator.id)}
              className="flex h-11 w-full items-center gap-3 rounded-ui px-3 text-left text-base text-ink hover:bg-hover [&_svg]:size-4.5 [&_svg]:text-muted"
            >
              <creator.icon />
              <span className="flex-1">{creator.label}</span>
              {creator.key && <Kbd keys={creator.key} />}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
