// Merging a duplicate of a person: find it, see what happens, do it.
import { useState } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { Banner, Button, Dialog, type Option, toast } from '../../../ui/index.ts';
import { duplicatePeople, mergePeople, type PersonPage } from '../api.ts';
import { PersonField } from './pickers.tsx';

type Props = { person: PersonPage; duplicate?: Option; onClose: () => void };

export default function MergePerson({ person, duplicate, onClose }: Props) {
  const [other, setOther] = useState<Option | null>(duplicate ?? null);
  const near = useCall(duplicatePeople, { params: { id: person.id } });
  const merge = useVerb(mergePeople, { refreshes: ['stakeholders.'] });
  const submit = useSubmit(async (gone: Option) => {
    await merge.mutateAsync({ params: { id: person.id }, body: { duplicateId: gone.value, version: person.version } });
    toast.show({ title: `${gone.label} was merged into ${person.name}`, tone: 'good' });
    onClose();
  });
  const message = submit.message();
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Merge a duplicate"
      description="Two entries for the same person become one."
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            isDisabled={!other}
            isLoading={submit.isBusy}
            onPress={() => other && void submit.run(other)}
          >
            {other ? `Merge ${other.label} into ${person.name}` : 'Merge'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {message && <Banner tone="poor">{message}</Banner>}
        <PersonField label="Duplicate" value={other} onChange={setOther} except={person.id} autoFocus />
        {!other && near.data && near.data.items.length > 0 && (
          <div>
            <p className="pb-1.5 text-sm text-muted">With the same e-mail or a similar name</p>
            <ul className="flex flex-col gap-2">
              {near.data.items.slice(0, 6).map((item) => (
                <li key={item.id} className="flex items-center gap-3">
                  <span className="min-w-0 flex-1">
                    <span className="block truncate text-base">{item.name}</span>
                    <span className="block truncate text-sm text-muted">
                      {[item.email, ...item.accounts].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                  <Button size="sm" onPress={() => setOther({ value: item.id, label: item.name })}>
                    Choose
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        )}
        {other && (
          <ul className="flex list-disc flex-col gap-1 pl-5 text-base text-muted marker:text-faint">
            <li>
              Roles at accounts, reporting lines and external ids of {other.label} come over; what is empty here is
              filled.
            </li>
            <li>{other.label} is archived and points here. Taking the merge back as a whole is not possible.</li>
          </ul>
        )}
      </div>
    </Dialog>
  );
}
