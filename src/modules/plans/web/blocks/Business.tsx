// Their business: what they want, how they stand, SWOT as four fields, and who else is there.
import { newId } from '../../../../kernel/contract/ids.ts';
import { cx } from '../../../../ui/index.ts';
import type { Competitor, SwotKind, SwotPoint } from '../../rules.ts';
import { TextValue } from '../fields.tsx';
import { AddItem, changed, ItemMenu, movedBeside, putBack, saidRemoved, useFocusNew } from '../items.tsx';
import { useBlock } from '../usePlan.tsx';
import { SWOT_WORDS } from '../words.ts';
import { Block, Part } from './Block.tsx';

const TEXTS = [
  { key: 'goals', title: 'Goals of their business', hint: 'What they want to reach as a business' },
  { key: 'initiatives', title: 'Initiatives', hint: 'Programmes and projects they run for it' },
  { key: 'market', title: 'Market', hint: 'How their market moves' },
  { key: 'finances', title: 'Financial health', hint: 'Results, budget rounds, how they pay' },
] as const;
const KINDS: SwotKind[] = ['strength', 'weakness', 'opportunity', 'threat'];
const WORD: Record<SwotKind, string> = {
  strength: 'strength',
  weakness: 'weakness',
  opportunity: 'opportunity',
  threat: 'threat',
};

export function Business() {
  const { block, set, canEdit } = useBlock('business');
  return (
    <Block block="business" className="border-t border-line">
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
        <div className="grid content-start gap-x-6 gap-y-2 sm:grid-cols-2">
          {TEXTS.map(({ key, title, hint }) => (
            <Part key={key} title={title}>
              <TextValue
                label={title}
                value={block[key]}
                onChange={(value) => set({ [key]: value })}
                placeholder={hint}
                maxLength={4000}
                isLong
                isReadOnly={!canEdit}
              />
            </Part>
          ))}
          <Competitors />
        </div>
        <div>
          <h3 className="pb-1 text-xs font-medium text-muted">SWOT</h3>
          <div className="grid gap-px overflow-hidden rounded-ui border border-line bg-line sm:grid-cols-2">
            {KINDS.map((kind) => (
              <Swot key={kind} kind={kind} />
            ))}
          </div>
        </div>
      </div>
    </Block>
  );
}

const MARKS: Record<SwotKind, string> = {
  strength: 'bg-good',
  weakness: 'bg-watch',
  opportunity: 'bg-info',
  threat: 'bg-poor',
};

function Swot({ kind }: { kind: SwotKind }) {
  const { block, set, canEdit } = useBlock('business');
  const [focusNew, refOfNew] = useFocusNew();
  const points = block.swot.filter((point) => point.kind === kind);
  const setPoints = (change: (points: SwotPoint[]) => SwotPoint[]) => set(({ swot }) => ({ swot: change(swot) }));
  const add = () => {
    const id = newId();
    focusNew(id);
    setPoints((all) => [...all, { id, kind, text: '' }]);
  };
  return (
    <div className="min-w-0 bg-surface px-3 py-2">
      <h4 className="flex items-center gap-1.5 text-sm font-medium">
        <span aria-hidden="true" className={cx('size-2 rounded-full', MARKS[kind])} />
        {SWOT_WORDS[kind]}
      </h4>
      <ul>
        {points.map((point, at) => {
          const move = (by: -1 | 1) => setPoints((all) => movedBeside(all, point.id, by, points));
          return (
            <li
              key={point.id}
              id={`plan-item-${point.id}`}
              tabIndex={-1}
              className="group/item flex items-start gap-1 outline-none"
            >
              <TextValue
                label={`${SWOT_WORDS[kind]} ${at + 1}`}
                value={point.text}
                onChange={(text) => setPoints((all) => changed(all, point.id, { text }))}
                placeholder={`A ${WORD[kind]}`}
                maxLength={300}
                onEnter={add}
                onMove={move}
                isReadOnly={!canEdit}
                className="mx-0! flex-1"
                {...(refOfNew(point.id) ? { inputRef: refOfNew(point.id)! } : {})}
              />
              {canEdit && (
                <ItemMenu
                  isInside
                  label={`More for ${point.text || `this ${WORD[kind]}`}`}
                  onMove={move}
                  canMove={{ up: at > 0, down: at < points.length - 1 }}
                  onRemove={() => {
                    const index = block.swot.findIndex(({ id }) => id === point.id);
                    setPoints((all) => all.filter(({ id }) => id !== point.id));
                    saidRemoved('Point', () => setPoints((all) => putBack(all, point, index)));
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      {canEdit && <AddItem onPress={add}>{`Add ${kind === 'opportunity' ? 'an' : 'a'} ${WORD[kind]}`}</AddItem>}
    </div>
  );
}

function Competitors() {
  const { block, set, canEdit } = useBlock('business');
  const [focusNew, refOfNew] = useFocusNew();
  const all = block.competitors;
  const setAll = (change: (all: Competitor[]) => Competitor[]) =>
    set(({ competitors }) => ({ competitors: change(competitors) }));
  const add = () => {
    const id = newId();
    focusNew(id);
    setAll((items) => [...items, { id, name: '', note: '' }]);
  };
  if (!canEdit && all.length === 0) return null;
  return (
    <Part title="Competitors there" className="sm:col-span-2">
      <ul>
        {all.map((competitor, at) => {
          const move = (by: -1 | 1) => setAll((items) => movedBeside(items, competitor.id, by, items));
          return (
            <li
              key={competitor.id}
              id={`plan-item-${competitor.id}`}
              tabIndex={-1}
              className="group/item flex items-start gap-3 outline-none"
            >
              <TextValue
                label={`Competitor ${at + 1}`}
                value={competitor.name}
                onChange={(name) => setAll((items) => changed(items, competitor.id, { name }))}
                placeholder="Who"
                maxLength={300}
                onEnter={add}
                onMove={move}
                isReadOnly={!canEdit}
                className="mx-0! -ml-1.5! w-2/5! shrink-0 font-medium"
                {...(refOfNew(competitor.id) ? { inputRef: refOfNew(competitor.id)! } : {})}
              />
              <TextValue
                label={`Note on ${competitor.name || `competitor ${at + 1}`}`}
                value={competitor.note}
                onChange={(note) => setAll((items) => changed(items, competitor.id, { note }))}
                placeholder="What they have there, until when"
                maxLength={300}
                onMove={move}
                isReadOnly={!canEdit}
                className="mx-0! flex-1 text-muted!"
              />
              {canEdit && (
                <ItemMenu
                  isInside
                  label={`More for ${competitor.name || `competitor ${at + 1}`}`}
                  onMove={move}
                  canMove={{ up: at > 0, down: at < all.length - 1 }}
                  onRemove={() => {
                    setAll((items) => items.filter(({ id }) => id !== competitor.id));
                    saidRemoved('Competitor', () => setAll((items) => putBack(items, competitor, at)));
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      {canEdit && <AddItem onPress={add}>Add a competitor</AddItem>}
    </Part>
  );
}
