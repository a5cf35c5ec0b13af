// Custom fields of accounts and of people: added, reworded, put in order, put away and brought back.
import { Archive, ArrowDown, ArrowUp, Ellipsis, Pencil, Plus, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorState,
  IconButton,
  Menu,
  type MenuEntry,
  PaneHeader,
  RelativeTime,
  SkeletonRows,
  Tabs,
  toast,
} from '../../../ui/index.ts';
import { SortableList } from '../../../ui/SortableList.tsx';
import {
  archiveField,
  type CustomFieldAnswer,
  ENTITIES,
  listFields,
  MAX_FIELDS,
  reorderFields,
  restoreField,
} from '../api.ts';
import { FieldDialog } from './FieldDialog.tsx';
import { ENTITY_WORDS, type Entity, TYPE_WORDS } from './fieldWords.ts';

const refreshes = ['fields.'];
const failed = (title: string) => (error: unknown) =>
  void toast.show({ title, text: asProblem(error).message, tone: 'poor' });

export default function Fields() {
  const [url, setUrl] = useUrlState();
  const entity = ENTITIES.find((e) => e === url.of) ?? 'accounts';
  const [open, setOpen] = useState<{ field: CustomFieldAnswer | null } | null>(null);
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <PaneHeader
        title="Custom fields"
        text="What your company wants to know beyond the fields that are there. A few that are filled in beat many that are not."
        actions={
          <Button variant="primary" icon={<Plus />} onPress={() => setOpen({ field: null })}>
            Add a field
          </Button>
        }
      />
      <Tabs
        label="Fields of"
        selected={entity}
        onChange={(id) => setUrl({ of: id === 'accounts' ? undefined : id })}
        items={ENTITIES.map((e) => ({
          id: e,
          label: ENTITY_WORDS[e].label,
          content: <FieldsOf entity={e} onOpen={(field) => setOpen({ field })} />,
        }))}
      />
      {open && <FieldDialog entity={entity} {...open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function FieldsOf({ entity, onOpen }: { entity: Entity; onOpen: (field: CustomFieldAnswer | null) => void }) {
  const found = useCall(listFields, { query: { entity } });
  const put = useCall(listFields, { query: { entity, archived: 'true' } });
  const reorder = useVerb(reorderFields, { refreshes });
  const archive = useVerb(archiveField, { refreshes });
  const restore = useVerb(restoreField, { refreshes });
  // The order just chosen stands on the screen before the server has it.
  const [order, setOrder] = useState<readonly string[] | null>(null);

  if (!found.data) {
    return found.error ? (
      <ErrorState
        title="The fields could not be loaded"
        text={found.error.message}
        onRetry={() => void found.refetch()}
      />
    ) : (
      <SkeletonRows rows={4} columns={2} />
    );
  }
  const used = found.data.items;
  const away = put.data?.items ?? [];
  const shown = order ? order.flatMap((id) => used.filter((f) => f.id === id)) : used;

  const place = async (ids: string[]) => {
    setOrder(ids);
    try {
      await reorder.mutateAsync({ body: { entity, ids } });
    } catch (error) {
      failed('The order was not kept')(error);
    }
    setOrder(null);
  };
  const move = (id: string, by: 1 | -1) => {
    const ids = shown.map((f) => f.id);
    const at = ids.indexOf(id);
    const [one] = ids.splice(at, 1);
    ids.splice(at + by, 0, one!);
    void place(ids);
  };
  const bringBack = (field: CustomFieldAnswer) =>
    restore.mutateAsync({ params: { id: field.id } }).catch(failed(`${field.label} was not brought back`));
  const putAway = async (field: CustomFieldAnswer) => {
    try {
      await archive.mutateAsync({ params: { id: field.id } });
      toast.show({
        title: `${field.label} is put away`,
        text: 'What was filled in stays and comes back with it.',
        action: { label: 'Undo', onAction: () => void bringBack(field) },
      });
    } catch (error) {
      failed(`${field.label} was not put away`)(error);
    }
  };

  const actionsOf = (field: CustomFieldAnswer, index: number): MenuEntry[] => [
    { id: 'edit', label: 'Change', icon: <Pencil />, onAction: () => onOpen(field) },
    { id: 'up', label: 'Move up', icon: <ArrowUp />, isDisabled: index === 0, onAction: () => move(field.id, -1) },
    {
      id: 'down',
      label: 'Move down',
      icon: <ArrowDown />,
      isDisabled: index === shown.length - 1,
      onAction: () => move(field.id, 1),
    },
    { id: 'archive', label: 'Put away', icon: <Archive />, tone: 'danger', onAction: () => void putAway(field) },
  ];

  return (
    <div className="flex flex-col gap-4">
      {shown.length === 0 ? (
        <EmptyState
          icon={<SlidersHorizontal />}
          title={`No custom fields for ${ENTITY_WORDS[entity].label.toLowerCase()} yet`}
          text={ENTITY_WORDS[entity].example}
          actions={
            <Button icon={<Plus />} onPress={() => onOpen(null)}>
              Add a field
            </Button>
          }
        />
      ) : (
        <Card padding="none">
          <SortableList
            label={`Custom fields of ${ENTITY_WORDS[entity].label.toLowerCase()}`}
            onReorder={(ids) => void place(ids)}
            items={shown.map((field, index) => ({
              id: field.id,
              label: field.label,
              content: (
                <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5">
                  <span className="min-w-0 font-medium break-words">{field.label}</span>
                  <Badge>{TYPE_WORDS[field.type].label}</Badge>
                  {field.choices.length > 0 && (
                    <span className="min-w-0 truncate text-sm text-muted">{field.choices.join(', ')}</span>
                  )}
                </div>
              ),
              actions: (
                <Menu
                  label={`What to do with ${field.label}`}
                  placement="bottom end"
                  items={actionsOf(field, index)}
                  trigger={<IconButton label={`More for ${field.label}`} size="sm" icon={<Ellipsis />} />}
                />
              ),
            }))}
          />
        </Card>
      )}
      {shown.length > MAX_FIELDS - 8 && (
        <p className="text-sm text-muted">
          {shown.length} of at most {MAX_FIELDS} fields are in use.
        </p>
      )}
      {away.length > 0 && (
        <Card title="Put away" subtitle="Nobody sees them; what was filled in is kept." padding="none">
          <ul className="divide-y divide-line border-t border-line">
            {away.map((field) => (
              <li key={field.id} className="flex min-h-row items-center gap-3 py-1.5 pr-2 pl-pad">
                <span className="min-w-0 flex-1 truncate">{field.label}</span>
                <span className="text-sm text-muted max-sm:hidden">
                  <RelativeTime value={field.archivedAt} />
                </span>
                <Button
                  size="sm"
                  variant="quiet"
                  aria-label={`Bring ${field.label} back`}
                  onPress={() => void bringBack(field)}
                >
                  Bring back
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
