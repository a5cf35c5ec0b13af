// What an admin decides about a member: role, what they see, team, how many accounts. Shared by invitation and change.
import { DEFAULT_LEVEL, type Level, type Role } from '../../../kernel/contract/access.ts';
import { NumberField, RadioGroup, Select } from '../../../ui/index.ts';
import { levelOptions, ROLE_WORDS, roleOptions } from './roleWords.ts';
import { type Team, teamOptions } from './teamTree.ts';

export type Rights = { role: Role; level: Level; teamId: string | null; capacity: number | null };
export const RIGHTS = ['role', 'level', 'teamId', 'capacity'] as const;

/** Capacity counts for those who look after accounts. */
const lookAfterAccounts: readonly Role[] = ['admin', 'head', 'kam'];

type Props = {
  value: Rights;
  onChange: (change: Partial<Rights>) => void;
  teams: readonly Team[];
  error: (field: string) => string | null;
  isReadOnly?: boolean;
};

export function MemberFields({ value, onChange, teams, error, isReadOnly = false }: Props) {
  const chooseRole = (role: Role) => {
    // A level that was the usual one stays the usual one; a chosen one stays as chosen.
    const wasUsual = value.level === DEFAULT_LEVEL[value.role];
    onChange({ role, ...(wasUsual ? { level: DEFAULT_LEVEL[role] } : {}) });
  };
  return (
    <>
      <Select
        label="Role"
        description={ROLE_WORDS[value.role].text}
        options={roleOptions}
        value={value.role}
        onChange={chooseRole}
        error={error('role')}
        isDisabled={isReadOnly}
      />
      <RadioGroup
        label="Which accounts they see"
        options={levelOptions.map((option) =>
          option.value === DEFAULT_LEVEL[value.role]
            ? { ...option, label: `${option.label} (usual for this role)` }
            : option,
        )}
        value={value.level}
        onChange={(level) => onChange({ level })}
        error={error('level')}
        isReadOnly={isReadOnly}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="Team"
          options={teamOptions(teams)}
          value={value.teamId}
          onChange={(teamId) => onChange({ teamId })}
          onClear={() => onChange({ teamId: null })}
          clearLabel="No team"
          placeholder={teams.length === 0 ? 'No teams yet' : 'No team'}
          error={error('teamId')}
          isDisabled={isReadOnly || teams.length === 0}
        />
        {lookAfterAccounts.includes(value.role) && (
          <NumberField
            label="Key accounts at most"
            description="Empty: the workspace’s number."
            value={value.capacity}
            onChange={(capacity) => onChange({ capacity })}
            minValue={0}
            maxValue={200}
            digits={0}
            error={error('capacity')}
            isReadOnly={isReadOnly}
          />
        )}
      </div>
    </>
  );
}
