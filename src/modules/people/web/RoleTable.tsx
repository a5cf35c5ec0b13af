// What each role may do: the rooms' own declarations as one table, with what every permission opens. On a phone one role at a time.
import { Check, Minus } from 'lucide-react';
import { Fragment, useState } from 'react';
import { ROLES, type Role } from '../../../kernel/contract/access.ts';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import { ErrorState, Select, SkeletonRows, useMedia } from '../../../ui/index.ts';
import { listPermissions } from '../api.ts';
import { levelLabel, ROLE_WORDS, roleOptions, roomLabel, verbLabel } from './roleWords.ts';

type Answer = AnswerOf<typeof listPermissions>;
type Permission = Answer['items'][number];

/** Permissions in runs of the same room, as the server names them. */
function byRoom(items: readonly Permission[]): [string, Permission[]][] {
  const rooms = new Map<string, Permission[]>();
  for (const item of items) rooms.set(item.room, [...(rooms.get(item.room) ?? []), item]);
  return [...rooms];
}

export function RoleTable() {
  const { member } = useSession();
  const isNarrow = useMedia('(max-width: 1023px)');
  const [role, setRole] = useState<Role>(ROLES.find((r) => r === member.role) ?? 'viewer');
  const found = useCall(listPermissions, {}, { staleTime: 600_000 });
  if (!found.data) {
    return found.error ? (
      <ErrorState
        title="The roles could not be loaded"
        text={found.error.message}
        onRetry={() => void found.refetch()}
      />
    ) : (
      <SkeletonRows rows={8} columns={4} />
    );
  }
  const shown = isNarrow ? [role] : ROLES;
  return (
    <div className="flex flex-col gap-4">
      {isNarrow && <Select label="Role" options={roleOptions} value={role} onChange={setRole} />}
      {isNarrow && <p className="text-base text-muted">{ROLE_WORDS[role].text}</p>}
      <div className="rounded-ui border border-line bg-surface">
        <table className="w-full text-base">
          <caption className="sr-only">What each role may do</caption>
          <thead>
            <tr className="border-b border-line align-bottom">
              <th scope="col" className="p-3 text-left text-sm font-medium text-muted">
                May
              </th>
              {shown.map((r) => (
                <th key={r} scope="col" className="w-24 p-2 text-center text-sm font-medium" title={ROLE_WORDS[r].text}>
                  {ROLE_WORDS[r].label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="border-b border-line">
              <th scope="row" className="p-3 text-left font-normal">
                Sees, unless you say otherwise
              </th>
              {shown.map((r) => (
                <td key={r} className="p-2 text-center text-sm text-muted">
                  {levelLabel(found.data.roles.find((one) => one.role === r)?.level ?? '')}
                </td>
              ))}
            </tr>
            {byRoom(found.data.items).map(([room, permissions]) => (
              <Fragment key={room}>
                <tr className="bg-sunken">
                  <th
                    scope="colgroup"
                    colSpan={shown.length + 1}
                    className="px-3 py-1.5 text-left text-sm font-medium text-muted"
                  >
                    {roomLabel(room)}
                  </th>
                </tr>
                {permissions.map((permission) => (
                  <tr key={permission.id} className="border-b border-line last:border-b-0">
                    <th scope="row" className="px-3 py-2 text-left align-top font-normal">
                      <What permission={permission} />
                    </th>
                    {shown.map((r) => (
                      <td key={r} className="px-2 py-2 text-center align-top">
                        {permission.roles.includes(r) ? (
                          <Check role="img" aria-label="Yes" className="mx-auto mt-0.5 size-4 text-good-text" />
                        ) : (
                          <Minus role="img" aria-label="No" className="mx-auto mt-0.5 size-4 text-faint" />
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-sm text-muted">
        A role says what somebody may do; the visibility of a member says with which accounts. Both hold for every page,
        the API and API keys alike.
      </p>
    </div>
  );
}

function What({ permission }: { permission: Permission }) {
  const label = verbLabel(permission.id);
  if (permission.verbs.length === 0) return label;
  return (
    <details className="group">
      <summary className="cursor-pointer rounded-inner">{label}</summary>
      <ul className="mt-1 list-disc space-y-0.5 pb-1 pl-5 text-sm text-muted">
        {permission.verbs.map((verb) => (
          <li key={verb}>{verb}</li>
        ))}
      </ul>
    </details>
  );
}
