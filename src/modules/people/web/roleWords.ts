// Roles, levels of visibility and states of members in plain words. Pure.
import { type Level, ROLES, type Role } from '../../../kernel/contract/access.ts';
import type { Member } from '../api.ts';

export const ROLE_WORDS: Record<Role, { label: string; text: string }> = {
  admin: {
    label: 'Admin',
    text: 'Runs the workspace: members, fields, rates and the audit log, and all account work.',
  },
  head: {
    label: 'Head of key accounts',
    text: 'Chooses key accounts, assigns owners and shares views with everybody.',
  },
  kam: { label: 'Key account manager', text: 'Looks after accounts: plans, people, contracts and what comes next.' },
  sponsor: { label: 'Executive sponsor', text: 'Stands behind some accounts, reads them and does the actions agreed.' },
  partner: { label: 'Partner', text: 'Works on accounts together with you, usually from another company.' },
  recruiter: { label: 'Recruiter', text: 'Hires the people who look after accounts.' },
  viewer: { label: 'Viewer', text: 'Reads and changes nothing.' },
};

/** `short` is for columns. */
export const LEVEL_WORDS: Record<Level, { label: string; short: string; text: string }> = {
  own: { label: 'Own accounts', short: 'Own', text: 'Accounts that they own or sponsor.' },
  account_team: {
    label: 'Accounts they work on',
    short: 'Worked on',
    text: 'Also accounts on whose account team they are.',
  },
  team: {
    label: 'Their team’s accounts',
    short: 'Team’s',
    text: 'Also accounts that anybody in their team, or in a team below it, owns.',
  },
  all: { label: 'All accounts', short: 'All', text: 'Every account of the workspace.' },
};

export const STATE_WORDS: Record<
  Member['state'],
  { label: string; tone: 'good' | 'info' | 'watch' | 'neutral'; text: string }
> = {
  active: { label: 'Active', tone: 'good', text: 'Signs in.' },
  invited: { label: 'Invited', tone: 'info', text: 'Has a link and has not used it yet.' },
  named: { label: 'Not invited', tone: 'watch', text: 'A name that an import brought. Invite them to let them in.' },
  deactivated: { label: 'Deactivated', tone: 'neutral', text: 'Cannot sign in; what they did stays.' },
};

export const roleLabel = (role: string): string => ROLE_WORDS[role as Role]?.label ?? role;
export const levelLabel = (level: string): string => LEVEL_WORDS[level as Level]?.label ?? level;

export const roleOptions = ROLES.map((role) => ({
  value: role,
  label: ROLE_WORDS[role].label,
  description: ROLE_WORDS[role].text,
}));
export const levelOptions = (Object.keys(LEVEL_WORDS) as Level[]).map((level) => ({
  value: level,
  label: LEVEL_WORDS[level].label,
  description: LEVEL_WORDS[level].text,
}));

const ROOM_WORDS: Record<string, string> = { people: 'Members', stakeholders: 'People at accounts' };
const VERB_WORDS: Record<string, string> = {
  read: 'See',
  write: 'Add and change',
  manage: 'Manage',
  share: 'Share with everybody',
  assign: 'Assign owners and sponsors',
  merge: 'Merge duplicates',
  audit: 'Read the audit log',
  rates: 'Change exchange rates',
  views: 'Keep views of lists',
};

/** `people` → "Members", `selection` → "Selection". */
export const roomLabel = (room: string): string => ROOM_WORDS[room] ?? capital(spaced(room));

/** `accounts.write` → "Add and change", `accounts.assign` → "Assign". */
export function verbLabel(permission: string): string {
  const verb = permission.split('.')[1] ?? permission;
  return VERB_WORDS[verb] ?? capital(spaced(verb));
}

const spaced = (word: string): string => word.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
