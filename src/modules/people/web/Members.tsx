// Members and roles: who is in the workspace, in which team, and what each role may do.
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { Button, PaneHeader, Tabs } from '../../../ui/index.ts';
import { listTeams } from '../api.ts';
import { InviteMember } from './InviteMember.tsx';
import { MemberTable } from './MemberTable.tsx';
import { RoleTable } from './RoleTable.tsx';
import { Teams } from './Teams.tsx';

const TABS = ['members', 'teams', 'roles'] as const;

export default function Members() {
  const mayManage = useMay()('members.manage');
  const [url, setUrl] = useUrlState();
  const [isInviting, setInviting] = useState(false);
  const teams = useCall(listTeams, { query: { limit: 200 } });
  const tab = TABS.find((t) => t === url.tab) ?? 'members';
  const teamCount = teams.data?.items.length;

  return (
    <div className="flex flex-col gap-4">
      <PaneHeader
        title="Members and roles"
        text="Who works here, what they may do, and which accounts they see."
        actions={
          mayManage && (
            <Button variant="primary" icon={<UserPlus />} onPress={() => setInviting(true)}>
              Invite
            </Button>
          )
        }
      />
      <Tabs
        label="Members and roles"
        selected={tab}
        onChange={(id) => setUrl({ tab: id === 'members' ? undefined : id, team: undefined })}
        items={[
          {
            id: 'members',
            label: 'Members',
            content: <MemberTable teams={teams.data?.items ?? []} onInvite={() => setInviting(true)} />,
          },
          {
            id: 'teams',
            label: 'Teams',
            ...(teamCount ? { count: teamCount } : {}),
            content: <Teams teams={teams} />,
          },
          { id: 'roles', label: 'What roles may do', content: <RoleTable /> },
        ]}
      />
      {isInviting && <InviteMember teams={teams.data?.items ?? []} onClose={() => setInviting(false)} />}
    </div>
  );
}
