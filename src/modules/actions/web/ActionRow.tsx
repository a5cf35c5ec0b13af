// One action in a list: done with one press, title and day edited where they stand, the rest in its dialog.
import { Ellipsis, Flag, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Avatar, Badge, Checkbox, cx, IconButton, InlineEdit, Link, Menu } from '../../../ui/index.ts';
import type { Action } from '../api.ts';
import { LinkWord } from './links.tsx';
import { useActionVerbs } from './verbs.ts';

type Props = {
  action: Action;
  /** Where all are of one account its name is left out. */
  hidesAccount?: boolean;
  onEdit: (action: Action) => void;
  isLit?: boolean;
};

export function ActionRow({ action, hidesAccount = false, onEdit, isLit = false }: Props) {
  const { done, reopen, drop, change } = useActionVerbs();
  const mayEdit = action.can.update;
  const isOpen = action.status === 'open';
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isLit) row.current?.scrollIntoView({ block: 'center' });
  }, [isLit]);
  const validate = (value: string) => (value.trim() === '' ? 'Say what is to be done' : null);
  return (
    <li
      ref={row}
      className={cx(
        'flex items-start gap-3 border-t border-line px-pad py-2 first:border-t-0',
        isLit ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <Checkbox
        aria-label={`Done: ${action.title}`}
        isSelected={action.status === 'done'}
        isDisabled={!mayEdit}
        onChange={(isDone) => void (isDone ? done(action) : reopen(action))}
        className="mt-1"
      />
      <div className="flex min-w-0 flex-1 flex-col gap-x-4 md:flex-row md:items-start">
        <div className="min-w-0 flex-1">
          <div className={cx('min-w-0', !isOpen && 'text-muted line-through')}>
            <InlineEdit
              label="Action"
              value={action.title}
              maxLength={300}
              validate={validate}
              isReadOnly={!mayEdit || !isOpen}
              onSave={(title) => change(action, { title })}
            />
          </div>
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted empty:hidden">
            {!hidesAccount && action.accountId && action.accountName && (
              <Link href={`/accounts/${action.accountId}?tab=actions`} tone="muted">
                {action.accountName}
              </Link>
            )}
            <LinkWord action={action} />
            {action.status === 'dropped' && <Badge tone="outline">Dropped</Badge>}
            {action.priority === 'high' && isOpen && (
              <Badge tone="watch" icon={<Flag />}>
                High
              </Badge>
            )}
          </div>
        </div>
        <div className="flex items-center gap-3">
          <span className="flex min-w-0 items-center gap-1.5 text-sm text-muted md:w-40">
            {action.ownerName ? (
              <>
                <Avatar name={action.ownerName} size="xs" isDecorative />
                <span className="truncate">{action.ownerName}</span>
              </>
            ) : (
              'Nobody'
            )}
          </span>
          <div className={cx('text-sm md:w-32', action.overdue && isOpen && 'text-poor-text')}>
            <InlineEdit
              kind="date"
              label={action.overdue && isOpen ? 'Overdue since' : 'Due'}
              value={action.dueOn ?? ''}
              placeholder="No date"
              isReadOnly={!mayEdit || !isOpen}
              onSave={(day) => change(action, { dueOn: day || null })}
            />
          </div>
        </div>
      </div>
      {mayEdit && (
        <Menu
          label={`More for ${action.title}`}
          placement="bottom end"
          trigger={<IconButton label={`More for ${action.title}`} hideTooltip icon={<Ellipsis />} size="sm" />}
          items={[
            { id: 'edit', label: 'Edit…', icon: <Pencil />, onAction: () => onEdit(action) },
            isOpen
              ? { id: 'drop', label: 'Drop: will not be done', icon: <Trash2 />, onAction: () => void drop(action) }
              : { id: 'reopen', label: 'Open again', icon: <RotateCcw />, onAction: () => void reopen(action) },
          ]}
        />
      )}
    </li>
  );
}
