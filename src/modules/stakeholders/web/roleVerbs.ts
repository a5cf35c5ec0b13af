// Taking a person off an account, saying that they left, moving their reporting line: each with its undo.
import { useMemo } from 'react';
import { Problem } from '../../../kernel/contract/problem.ts';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useVerb } from '../../../kernel/web/queries.ts';
import { toast } from '../../../ui/index.ts';
import { deleteRole, putRole, type Role } from '../api.ts';
import type { AtAccount } from './peopleAt.ts';

type RoleBody = CallInput<typeof putRole>['body'];

/** The role as it can be written again after it was taken away. */
const again = (role: Role): RoleBody => ({
  title: role.title,
  department: role.department,
  reportsToId: role.reportsToId,
  ...(role.part ? { part: role.part } : {}),
  stance: role.stance,
  confirmed: role.confirmed ?? false,
  influence: role.influence,
  ...(role.coverage ? { coverage: role.coverage } : {}),
  privacy: role.privacy,
  cadenceDays: role.cadenceIsDefault ? null : role.cadenceDays,
  isPrimary: role.isPrimary,
  startedOn: role.startedOn,
  endedOn: role.endedOn,
});

export const cycleText = (error: unknown, person: string, manager: string): string =>
  error instanceof Problem && error.code === 'reports_to_cycle'
    ? `${manager} is below ${person}. Nobody can report to somebody below them.`
    : (error as Error).message;

const failed = (title: string) => (error: Error) => toast.show({ title, text: error.message, tone: 'poor' });

export function useRoleVerbs() {
  const put = useVerb(putRole, { refreshes: ['stakeholders.'] });
  const drop = useVerb(deleteRole, { refreshes: ['stakeholders.'] });
  return useMemo(() => {
    const write = (personId: string, accountId: string, body: RoleBody) =>
      put.mutateAsync({ params: { id: personId, accountId }, body });
    return {
      write,
      /** `reports`: who reports to the person there, so that undo gives the lines back. */
      remove({ person, role }: AtAccount, reports: readonly AtAccount[]) {
        const { accountId } = role;
        const back = async () => {
          await write(person.id, accountId, again(role));
          for (const one of reports) await write(one.person.id, accountId, { reportsToId: person.id });
        };
        return drop.mutateAsync({ params: { id: person.id, accountId } }).then(
          () =>
            toast.show({
              title: `${person.name} was taken off ${role.accountName}`,
              action: { label: 'Undo', onAction: () => void back().catch(failed('Could not take it back')) },
            }),
          failed('Not removed'),
        );
      },
      async left({ person, role }: AtAccount, day: string | null) {
        try {
          await write(person.id, role.accountId, { endedOn: day });
          toast.show({
            title: day
              ? `${person.name} has left ${role.accountName}`
              : `${person.name} is back at ${role.accountName}`,
            action: {
              label: 'Undo',
              onAction: () =>
                void write(person.id, role.accountId, { endedOn: role.endedOn }).catch(
                  failed('Could not take it back'),
                ),
            },
          });
        } catch (error) {
          failed('Not changed')(error as Error);
        }
      },
      async reportTo({ person, role }: AtAccount, manager: AtAccount | null) {
        try {
          await write(person.id, role.accountId, { reportsToId: manager?.person.id ?? null });
          toast.show({
            title: manager ? `${person.name} reports to ${manager.person.name}` : `${person.name} reports to nobody`,
            tone: 'good',
            action: {
              label: 'Undo',
              onAction: () =>
                void write(person.id, role.accountId, { reportsToId: role.reportsToId }).catch(
                  failed('Could not take it back'),
                ),
            },
          });
        } catch (error) {
          toast.show({
            title: 'Not moved',
            text: cycleText(error, person.name, manager?.person.name ?? ''),
            tone: 'poor',
          });
        }
      },
    };
  }, [put.mutateAsync, drop.mutateAsync]);
}
