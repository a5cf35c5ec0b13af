// The stakeholders room's part in exports: the people of its list, one line for each account they have to do with.
import type { ExportCell, ExportColumn, ExporterOf } from '../../../kernel/server/exporting.ts';
import { customColumns } from '../../accounts/server/index.ts';
import { customFields } from '../../settings/server/index.ts';
import type { PersonFilter } from '../api.ts';
import type { Sort } from './find-store.ts';
import { ownColumns } from './import-columns.ts';
import { askerOf } from './reading.ts';
import { idSystems, type PersonRow, peopleQuery, type RoleRow } from './store.ts';

const ALL = 2_000_000;
type Line = { person: PersonRow; role: RoleRow | null };
const day = (on: string | null | undefined): ExportCell => (on ? { day: on } : null);

export const exportPeople: ExporterOf<{ filter: PersonFilter; sort: Sort }, PersonRow, Line> = async (
  ctx,
  { filter, sort },
) => {
  const systems = await idSystems(ctx.tx);
  const of = (key: string, header: string, cell: (l: Line) => ExportCell): ExportColumn<Line> => ({
    key,
    headers: [header],
    cells: (l) => [cell(l)],
  });
  const columns: ExportColumn<Line>[] = [
    of('id', 'OpenKAM person id', ({ person }) => person.id),
    of('name', 'Name', ({ person }) => person.name),
    of('firstName', 'First name', ({ person }) => person.first_name),
    of('lastName', 'Last name', ({ person }) => person.last_name),
    of('email', 'E-mail', ({ person }) => person.email),
    of('phone', 'Phone', ({ person }) => person.phone),
    of('mobile', 'Mobile', ({ person }) => person.mobile),
    {
      key: 'accountName',
      headers: ['Account id', 'Account name'],
      cells: ({ role }) => [role?.accountId ?? null, role?.accountName ?? null],
    },
    of('title', 'Title', ({ role }) => role?.title ?? null),
    of('department', 'Department', ({ role }) => role?.department ?? null),
    {
      key: 'reportsToName',
      headers: ['Reports to id', 'Reports to name'],
      cells: ({ role }) => [role?.reportsToId ?? null, role?.reportsToName ?? null],
    },
    of('part', 'Part in the decision', ({ role }) => (role && role.part !== 'none' ? role.part : null)),
    of('stance', 'Stance', ({ role }) => role?.stance ?? null),
    of('influence', 'Influence', ({ role }) => role?.influence ?? null),
    of('startedOn', 'Started on', ({ role }) => day(role?.startedOn)),
    of('endedOn', 'Ended on', ({ role }) => day(role?.endedOn)),
    of('language', 'Language', ({ person }) => person.language),
    of('doNotContact', 'Do not contact', ({ person }) => person.do_not_contact),
    of('tags', 'Tags', ({ person }) => person.tags.join('; ') || null),
    ...customColumns<Line>(await customFields(ctx.tx, 'people'), ownColumns, ({ person }) => person.custom),
    {
      key: 'externalIds',
      headers: systems.map((s) => `Id in ${s}`),
      cells: ({ person }) => systems.map((s) => person.external_ids.find((x) => x.system === s)?.id ?? null),
    },
    of('notes', 'Notes', ({ person }) => person.notes || null),
    of('updatedAt', 'Updated at', ({ person }) => person.updated_at),
  ];
  return {
    columns,
    query: peopleQuery(filter, askerOf(ctx), sort, null, ALL),
    lines: (person) =>
      person.roles.length ? person.roles.map((role) => ({ person, role })) : [{ person, role: null }],
  };
};
