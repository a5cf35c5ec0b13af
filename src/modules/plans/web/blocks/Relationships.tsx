// Relationships: the people the plan counts on, with their part, stance and contact rhythm as the account knows them.
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { newId } from '../../../../kernel/contract/ids.ts';
import { Avatar, Badge, Button, EmptyState, Link, Menu } from '../../../../ui/index.ts';
import { ONE_PAGE_CAPS, type PlanPerson } from '../../rules.ts';
import { TextValue } from '../fields.tsx';
import { changed, ItemMenu, More, movedBeside, putBack, saidRemoved } from '../items.tsx';
import { useBlock, usePlan } from '../usePlan.tsx';
import { capital, STANCE_TONES } from '../words.ts';
import { Block, Part } from './Block.tsx';

export function Relationships() {
  const { block, set, canEdit } = useBlock('relationships');
  const { page } = usePlan().view;
  const [isOpen, setOpen] = useState(false);
  const known = new Map(page.people.map((person) => [person.id, person]));
  const seen = block.people.filter(({ personId }) => known.has(personId));
  const shown = isOpen ? seen : seen.slice(0, ONE_PAGE_CAPS.people);
  const named = new Set(block.people.map(({ personId }) => personId));
  const others = page.people.filter(({ id }) => !named.has(id));
  const setPeople = (change: (people: PlanPerson[]) => PlanPerson[]) =>
    set(({ people }) => ({ people: change(people) }));
  return (
    <Block block="relationships">
      <ul className="flex flex-col">
        {shown.map((entry, at) => {
          const person = known.get(entry.personId)!;
          const move = (by: -1 | 1) => setPeople((people) => movedBeside(people, entry.id, by, seen));
          const facts = [person.title, capital(person.part), person.contact && capital(person.contact)].filter(Boolean);
          return (
            <li
              key={entry.id}
              id={`plan-item-${entry.id}`}
              tabIndex={-1}
              className="group/item relative -mx-2 flex gap-3 rounded-ui px-2 py-1.5 outline-none"
            >
              <Avatar name={person.name} size="md" isDecorative className="mt-0.5" />
              <div className="min-w-0 flex-1">
                <div className="flex min-h-6 items-center gap-2">
                  <span className="min-w-0 truncate font-medium">{person.name}</span>
                  {person.stance && (
                    <Badge tone={STANCE_TONES[person.stance] ?? 'neutral'}>{capital(person.stance)}</Badge>
                  )}
                  <span className="flex-1" />
                  {canEdit && (
                    <ItemMenu
                      label={`More for ${person.name}`}
                      onMove={move}
                      canMove={{ up: at > 0, down: at < seen.length - 1 }}
                      onRemove={() => {
                        const index = block.people.findIndex(({ id }) => id === entry.id);
                        setPeople((people) => people.filter(({ id }) => id !== entry.id));
                        saidRemoved(person.name, () => setPeople((people) => putBack(people, entry, index)));
                      }}
                    />
                  )}
                </div>
                <p className="text-sm text-muted">{facts.join(' · ')}</p>
                <TextValue
                  label={`Note on ${person.name}`}
                  value={entry.note}
                  onChange={(note) => setPeople((people) => changed(people, entry.id, { note }))}
                  placeholder="What matters to them"
                  maxLength={300}
                  onMove={move}
                  isReadOnly={!canEdit}
                  className="text-sm!"
                />
              </div>
            </li>
          );
        })}
      </ul>
      {page.people.length === 0 && canEdit && (
        <EmptyState
          size="sm"
          title="Nobody known at the account yet"
          text={
            <>
              Add people on the <Link href={`/accounts/${page.accountId}?tab=people`}>account</Link>; the plan picks
              from them.
            </>
          }
        />
      )}
      <div className="flex flex-wrap items-center gap-x-3">
        {canEdit && others.length > 0 && (
          <span data-print="hide">
            <Menu
              label="People at the account"
              trigger={
                <Button size="sm" variant="quiet" icon={<UserPlus />} className="-ml-2">
                  Add a person
                </Button>
              }
              items={others.map((person) => ({
                id: person.id,
                label: person.name,
                description: [person.title, person.part].filter(Boolean).join(' · '),
                onAction: () => {
                  if (seen.length >= ONE_PAGE_CAPS.people) setOpen(true);
                  setPeople((people) => [...people, { id: newId(), personId: person.id, note: '' }]);
                },
              }))}
            />
          </span>
        )}
        <More count={seen.length - ONE_PAGE_CAPS.people} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      </div>
      <div className="mt-2 flex flex-col gap-2">
        {(canEdit || block.summary) && (
          <Part title="Where we stand with them">
            <TextValue
              label="Relationships in short"
              value={block.summary}
              onChange={(summary) => set({ summary })}
              placeholder="Where we are strong, where we are new"
              maxLength={4000}
              isLong
              isReadOnly={!canEdit}
            />
          </Part>
        )}
        {(canEdit || block.couldDerail) && (
          <Part title="Who could derail it">
            <TextValue
              label="Who could derail it"
              value={block.couldDerail}
              onChange={(couldDerail) => set({ couldDerail })}
              placeholder="Who could stop this, and when"
              maxLength={4000}
              isLong
              isReadOnly={!canEdit}
            />
          </Part>
        )}
      </div>
    </Block>
  );
}
