// The columns of people: at one account, or over all accounts with their main role.
import { Ban } from 'lucide-react';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import { Avatar, Badge, Link, Missing } from '../../../ui/index.ts';
import type { Role } from '../api.ts';
import { InfluenceMark, Private, StanceMark } from './marks.tsx';
import type { AtAccount } from './peopleAt.ts';
import { COVERAGE_WORDS, cadenceText, PART_WORDS, stanceWord } from './words.ts';

const orMissing = (text: string | null | undefined, label: string) =>
  text ? <span className="truncate">{text}</span> : <Missing label={label} />;

export const roleText = {
  part: (role: Role) => (role.hidden ? 'private' : role.part && role.part !== 'none' ? PART_WORDS[role.part] : ''),
  coverage: (role: Role) => (role.hidden ? 'private' : role.coverage ? COVERAGE_WORDS[role.coverage] : ''),
  stance: (role: Role) => (role.hidden ? 'private' : stanceWord(role.stance)),
};

type Row = { person: AtAccount['person']; role: AtAccount['role'] | undefined };

const of =
  (text: (role: Role) => string | null) =>
  ({ role }: Row): string =>
    role ? (text(role) ?? '') : '';

export function peopleColumns(isAtAccount: boolean): GridColumn<Row>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 230,
      minWidth: 210,
      isSortable: true,
      text: ({ person }) => person.name,
      cell: ({ person, role }) => (
        <span className="inline-flex min-w-0 items-center gap-2">
          <Avatar name={person.name} size="sm" isDecorative />
          <span className="truncate font-medium">{person.name}</span>
          {person.doNotContact && (
            <Badge tone="watch" icon={<Ban />}>
              Do not contact
            </Badge>
          )}
          {role?.endedOn && <Badge tone="outline">Left</Badge>}
        </span>
      ),
      card: 'title',
    },
    {
      id: 'title',
      header: 'Title',
      width: 190,
      isSortable: isAtAccount,
      text: of((r) => r.title),
      cell: ({ role }) => orMissing(role?.title, 'No title'),
    },
    ...(isAtAccount
      ? []
      : [
          {
            id: 'account',
            header: 'Account',
            width: 200,
            isSortable: false,
            text: of((r) => r.accountName),
            cell: ({ person, role }: Row) =>
              role ? (
                <span className="inline-flex min-w-0 items-center gap-1.5">
                  <span className="truncate">{role.accountName}</span>
                  {person.accounts.length > 1 && (
                    <span className="text-sm text-muted">+{person.accounts.length - 1}</span>
                  )}
                </span>
              ) : (
                <Missing label="No account" />
              ),
          },
        ]),
    {
      id: 'part',
      header: 'Part',
      width: 160,
      isSortable: isAtAccount,
      hint: 'The part in the account’s decisions',
      text: of(roleText.part),
      cell: ({ role }) => (role?.hidden ? <Private /> : orMissing(role && roleText.part(role), 'No part')),
    },
    {
      id: 'stance',
      header: 'Stance',
      width: 180,
      isSortable: isAtAccount,
      hint: 'How the person stands towards us, as we judge it',
      text: of(roleText.stance),
      sortValue: ({ role }) => role?.stance ?? null,
      cell: ({ role }) => (role ? <StanceMark role={role} /> : <Missing />),
      card: 'side',
    },
    {
      id: 'influence',
      header: 'Influence',
      width: 110,
      isSortable: isAtAccount,
      text: of((r) => (r.influence === null ? '' : `${r.influence} of 5`)),
      sortValue: ({ role }) => role?.influence ?? null,
      cell: ({ role }) => (role ? <InfluenceMark role={role} /> : <Missing />),
    },
    {
      id: 'coverage',
      header: 'Coverage',
      width: 150,
      isSortable: isAtAccount,
      hint: 'How well we know the person',
      text: of(roleText.coverage),
      cell: ({ role }) => (role?.hidden ? <Private /> : orMissing(role && roleText.coverage(role), 'Not known')),
    },
    {
      id: 'cadence',
      header: 'Cadence',
      width: 130,
      isSortable: isAtAccount,
      isHidden: !isAtAccount,
      hint: 'How often we want to be in touch',
      text: of(cadenceText),
      sortValue: ({ role }) => role?.cadenceDays ?? null,
      cell: ({ role }) =>
        role ? <span className={role.cadenceIsDefault ? 'text-muted' : ''}>{cadenceText(role)}</span> : <Missing />,
    },
    {
      id: 'reportsTo',
      header: 'Reports to',
      width: 160,
      isSortable: isAtAccount,
      isHidden: !isAtAccount,
      text: of((r) => r.reportsToName),
      cell: ({ role }) => orMissing(role?.reportsToName, 'Nobody named'),
    },
    {
      id: 'email',
      header: 'E-mail',
      card: 'wide',
      width: 220,
      isSortable: isAtAccount,
      text: ({ person }) => person.email ?? '',
      cell: ({ person }) =>
        person.email ? (
          <Link href={`mailto:${person.email}`} tone="text">
            {person.email}
          </Link>
        ) : (
          <Missing label="No e-mail" />
        ),
    },
    {
      id: 'phone',
      header: 'Phone',
      width: 150,
      text: ({ person }) => person.phone ?? person.mobile ?? '',
      cell: ({ person }) => orMissing(person.phone ?? person.mobile, 'No phone'),
    },
  ];
}
