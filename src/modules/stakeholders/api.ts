// The stakeholders room's contract: people, what they are at each account, role coverage, duplicates.
import * as z from 'zod';
import { defineRoute } from '../../kernel/contract/route.ts';
import {
  byId,
  day,
  email,
  flag,
  id,
  instant,
  line,
  listOf,
  many,
  paging,
  text,
  version,
} from '../../kernel/contract/shapes.ts';

/** The part that a person has when the account decides. */
export const PARTS = [
  'economic_buyer',
  'decision_maker',
  'champion',
  'technical',
  'user',
  'procurement',
  'blocker',
  'executive_sponsor',
  'none',
] as const;
export const partShape = z.enum(PARTS);
export type Part = z.infer<typeof partShape>;
/** The parts that every key account should have filled. */
export const MUST_HAVE_PARTS = ['economic_buyer', 'decision_maker', 'champion', 'executive_sponsor'] as const;
/** How well we know the person. */
export const COVERAGES = ['none', 'brief', 'multiple', 'in_depth'] as const;
export const coverageShape = z.enum(COVERAGES);
/** Who may read our judgement of a person: its author and the account's owner; the account team and heads; everybody who sees the account. */
export const PRIVACIES = ['private', 'account_team', 'company'] as const;
export const privacyShape = z.enum(PRIVACIES);
/** -2 opposed, -1 sceptical, 0 neutral, 1 supporter, 2 champion. */
const stance = z.int().min(-2).max(2);
const influence = z.int().min(1).max(5);

export const externalIdShape = z.strictObject({
  system: z.string().trim().min(1).max(60),
  id: z.string().trim().min(1).max(200),
});
const custom = z.record(z.string().max(60), z.unknown());

/** What a person is at one account. */
export const roleShape = z
  .object({
    accountId: id,
    accountName: z.string(),
    title: z.string().nullable(),
    department: z.string().nullable(),
    reportsToId: id.nullable(),
    reportsToName: z.string().nullable(),
    /** Our judgement; null where it is not known, or `hidden` by its privacy class. */
    part: partShape.nullable(),
    stance: stance.nullable(),
    confirmed: z.boolean().nullable(),
    influence: influence.nullable(),
    coverage: coverageShape.nullable(),
    privacy: privacyShape,
    hidden: z.boolean(),
    /** Days between two contacts: the person's own, else the workspace's default for the part. */
    cadenceDays: z.int(),
    cadenceIsDefault: z.boolean(),
    isPrimary: z.boolean(),
    startedOn: day.nullable(),
    endedOn: day.nullable(),
    version,
  })
  .meta({ id: 'PersonRole' });
export type Role = z.infer<typeof roleShape>;

export const personShape = z
  .object({
    id,
    name: z.string(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    mobile: z.string().nullable(),
    language: z.string().nullable(),
    tags: z.array(z.string()),
    doNotContact: z.boolean(),
    externalIds: z.array(externalIdShape),
    custom,
    /** The accounts that you may see; the main one first. */
    accounts: z.array(roleShape),
    version,
    createdAt: instant,
    updatedAt: instant,
    archivedAt: instant.nullable(),
    can: z.object({ update: z.boolean(), archive: z.boolean(), merge: z.boolean() }),
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof personShape>;
export const personPageShape = personShape
  .extend({ notes: z.string(), mergedIntoId: id.nullable() })
  .meta({ id: 'PersonPage' });
export type PersonPage = z.infer<typeof personPageShape>;

const short = (max: number) => z.string().trim().max(max).nullable().optional();
const roleWrite = {
  title: short(200),
  department: short(200),
  reportsToId: id.nullable().optional(),
  part: partShape.optional(),
  stance: stance.nullable().optional(),
  confirmed: z.boolean().optional(),
  influence: influence.nullable().optional(),
  coverage: coverageShape.optional(),
  privacy: privacyShape.optional(),
  cadenceDays: z.int().min(1).max(3650).nullable().optional(),
  isPrimary: z.boolean().optional(),
  startedOn: day.nullable().optional(),
  endedOn: day.nullable().optional(),
};
const write = {
  firstName: short(150),
  lastName: short(150),
  email: email.nullable().optional(),
  phone: short(60),
  mobile: short(60),
  language: short(35),
  notes: text.optional(),
  tags: z.array(z.string().trim().min(1).max(50)).max(30).optional(),
  doNotContact: z.boolean().optional(),
  externalIds: z.array(externalIdShape).max(20).optional(),
  custom: custom.optional(),
};
const fullName = z.string().trim().min(1, 'Required').max(300);

/** The filters that list and count share. Conditions on a role must hold at one and the same account. */
export const filters = {
  q: z.string().trim().max(100).optional(),
  ids: many(id),
  accountId: many(id),
  /** People at an account and everything below it. */
  under: id.optional(),
  part: many(partShape),
  stance: many(z.coerce.number().int().min(-2).max(2)),
  coverage: many(coverageShape),
  influenceMin: z.coerce.number().int().min(1).max(5).optional(),
  reportsToId: id.optional(),
  /** Also roles that have ended. */
  ended: flag,
  email: z.string().trim().max(254).optional(),
  tag: many(z.string().max(50)),
  language: many(z.string().max(35)),
  doNotContact: flag,
  /** As for accounts: `key:eq:value`, `key:gte:value`, `key:set` … */
  custom: many(
    z
      .string()
      .regex(
        /^[a-z][a-z0-9_]{0,59}:(?:(?:eq|ne|gte|lte|has):.{0,200}|set|unset)$/,
        'Write key:eq:value, key:gte:value, key:lte:value, key:ne:value, key:has:value, key:set or key:unset',
      ),
  ),
  /** Without this, archived people stay out; `true` shows only them. */
  archived: flag,
};
export const filterShape = z.strictObject(filters);
export type PersonFilter = z.output<typeof filterShape>;
export const SORTS = ['name', '-name', 'updatedAt', '-updatedAt', 'createdAt', '-createdAt'] as const;

export const listPeople = defineRoute({
  id: 'stakeholders.list',
  method: 'GET',
  path: '/api/v1/people',
  summary: 'People at the accounts that you may see',
  permission: 'stakeholders.read',
  bulk: true,
  query: z.strictObject({ ...filters, sort: z.enum(SORTS).default('name'), ...paging }),
  answer: listOf(personShape),
});
export const summarisePeople = defineRoute({
  id: 'stakeholders.summary',
  method: 'GET',
  path: '/api/v1/people/summary',
  summary: 'How many people, with the same filters as the list',
  permission: 'stakeholders.read',
  query: filterShape,
  answer: z.object({ count: z.int(), doNotContact: z.int() }),
});
export const getPerson = defineRoute({
  id: 'stakeholders.get',
  method: 'GET',
  path: '/api/v1/people/{id}',
  summary: 'One person',
  permission: 'stakeholders.read',
  params: byId,
  answer: personPageShape,
});
export const createPerson = defineRoute({
  id: 'stakeholders.create',
  method: 'POST',
  path: '/api/v1/people',
  summary: 'Add a person, with the accounts they have to do with',
  permission: 'stakeholders.write',
  status: 201,
  body: z
    .strictObject({
      name: fullName.optional(),
      ...write,
      accounts: z
        .array(z.strictObject({ accountId: id, ...roleWrite }))
        .max(20)
        .optional(),
    })
    .refine((b) => b.name || b.firstName || b.lastName, { path: ['name'], message: 'Required' }),
  answer: personPageShape,
  problems: {
    external_id_taken: 'Another person has this external id.',
    reports_to_cycle: 'Nobody can report to somebody below them.',
  },
});
export const updatePerson = defineRoute({
  id: 'stakeholders.update',
  method: 'PATCH',
  path: '/api/v1/people/{id}',
  summary: 'Change fields of a person; send the version you saw',
  permission: 'stakeholders.write',
  params: byId,
  body: z.strictObject({ version: version.optional(), name: fullName.optional(), ...write }),
  answer: personPageShape,
  problems: {
    version_conflict: 'Changed since; `current` holds the person as it stands.',
    external_id_taken: 'Another person has this external id.',
  },
});
export const archivePerson = defineRoute({
  id: 'stakeholders.archive',
  method: 'POST',
  path: '/api/v1/people/{id}/archive',
  summary: 'Put a person away; restore brings them back',
  permission: 'stakeholders.write',
  params: byId,
  answer: personPageShape,
});
export const restorePerson = defineRoute({
  id: 'stakeholders.restore',
  method: 'POST',
  path: '/api/v1/people/{id}/restore',
  summary: 'Bring an archived person back',
  permission: 'stakeholders.write',
  params: byId,
  answer: personPageShape,
});
const atAccount = z.strictObject({ id, accountId: id });
export const putRole = defineRoute({
  id: 'stakeholders.putRole',
  method: 'PUT',
  path: '/api/v1/people/{id}/accounts/{accountId}',
  summary: 'Say what a person is at an account; fields that are not named stay as they are',
  permission: 'stakeholders.write',
  params: atAccount,
  body: z.strictObject({ version: version.optional(), ...roleWrite }),
  answer: personPageShape,
  problems: {
    version_conflict: 'Changed since; `current` holds the person as it stands.',
    reports_to_cycle: 'Nobody can report to somebody below them.',
    judgement_hidden: 'The judgement of this person is private; only its readers may change it.',
  },
});
export const deleteRole = defineRoute({
  id: 'stakeholders.deleteRole',
  method: 'DELETE',
  path: '/api/v1/people/{id}/accounts/{accountId}',
  summary: 'Take a person off an account; to keep the history, set endedOn instead',
  permission: 'stakeholders.write',
  params: atAccount,
});
export const mergePeople = defineRoute({
  id: 'stakeholders.merge',
  method: 'POST',
  path: '/api/v1/people/{id}/merge',
  summary: 'Merge a duplicate into this person: roles and ids come over, the duplicate is archived',
  permission: 'stakeholders.merge',
  params: byId,
  body: z.strictObject({ duplicateId: id, version: version.optional() }),
  answer: personPageShape,
  problems: {
    merge_self: 'A person cannot be merged into themselves.',
    merge_hidden: 'One of them is also at an account that you do not see.',
  },
});
export const duplicatePeople = defineRoute({
  id: 'stakeholders.duplicates',
  method: 'GET',
  path: '/api/v1/people/{id}/duplicates',
  summary: 'People with the same e-mail or a very similar name',
  permission: 'stakeholders.read',
  params: byId,
  answer: z.object({
    items: z.array(
      z.object({ id, name: z.string(), email: z.string().nullable(), similarity: z.number(), accounts: z.array(line) }),
    ),
  }),
});

/** Who fills the parts that every key account should have filled. */
export const coverageOfAccount = z
  .object({
    accountId: id,
    filled: z.int(),
    of: z.int(),
    /** `filled` / `of`. */
    ratio: z.number(),
    people: z.int(),
    parts: z.array(
      z.object({
        part: z.enum(MUST_HAVE_PARTS),
        people: z.array(z.object({ id, name: z.string(), confirmed: z.boolean() })),
      }),
    ),
  })
  .meta({ id: 'AccountCoverage' });
export type Coverage = z.infer<typeof coverageOfAccount>;
export const accountCoverage = defineRoute({
  id: 'stakeholders.coverage',
  method: 'GET',
  path: '/api/v1/people/coverage',
  summary: 'Which of the must-have parts are filled at each account',
  permission: 'stakeholders.read',
  query: z.strictObject({
    accountId: z.preprocess((v) => (v === undefined || Array.isArray(v) ? v : [v]), z.array(id).min(1).max(100)),
  }),
  answer: z.object({ items: z.array(coverageOfAccount), nextCursor: z.null() }),
});
