// Members, their own data, what roles may do, keys: through the API.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../../test/app.ts';
import { modules } from '../../../app/server.ts';
import { ROLES } from '../../../kernel/contract/access.ts';
import * as api from '../api.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

const whoIs = async (person: Person) =>
  (await t.ok(t.admin, api.getMember, { params: { id: person.memberId } })) as api.Member;

describe('one’s own data', () => {
  it('a member of any role changes the own name and title, and nothing else', async () => {
    const viewer = await t.member('viewer', { name: 'Vera Old' });
    const after = await t.ok(viewer, api.updateMe, { body: { name: ' Vera New ', title: 'Controller' } });
    expect(after.member).toMatchObject({ name: 'Vera New', title: 'Controller', role: 'viewer' });
    expect((await whoIs(viewer)).name).toBe('Vera New');
    const refused = await t.call(viewer, api.updateMe, { body: { role: 'admin' } as never });
    expect(refused.status).toBe(422);
    expect((await t.ok(viewer, api.me, {})).member.role).toBe('viewer');
  });

  it('an empty name is refused at its field', async () => {
    const viewer = await t.member('viewer');
    const refused = await t.call(viewer, api.updateMe, { body: { name: '  ' } });
    expect(refused.problem.fields).toEqual([expect.objectContaining({ field: 'name' })]);
  });
});

describe('what roles may do', () => {
  it('is told as the rooms declare it, with what each permission opens', async () => {
    const { items, roles } = await t.ok(await t.member('recruiter'), api.listPermissions, {});
    expect(roles.map((r) => r.role)).toEqual([...ROLES]);
    expect(new Map(items.map((p) => [p.id, p.roles]))).toEqual(
      new Map(modules.flatMap((m) => Object.entries(m.permissions).map(([id, held]) => [id, [...held]]))),
    );
    expect(items.find((p) => p.id === 'members.manage')).toMatchObject({
      room: 'people',
      roles: ['admin'],
      verbs: expect.arrayContaining([api.inviteMember.summary, api.createTeam.summary]),
    });
  });
});

describe('the last admin', () => {
  it('stays admin and active until somebody else is one', async () => {
    const alone = await t.workspace('Alone');
    const { version } = (await t.ok(alone, api.getMember, { params: { id: alone.memberId } })) as api.Member;
    const stepDown = { params: { id: alone.memberId }, body: { version, role: 'viewer' as const } };
    expect((await t.call(alone, api.updateMember, stepDown)).problem.code).toBe('last_admin');
    const leave = await t.call(alone, api.deactivateMember, { params: { id: alone.memberId } });
    expect([leave.status, leave.problem.code]).toEqual([409, 'last_admin']);
    await t.member('admin', { in: alone });
    expect((await t.call(alone, api.updateMember, stepDown)).status).toBe(200);
  });
});

describe('taking access away', () => {
  it('ends the member’s keys at once and gives them back with the access', async () => {
    const kam = await t.member('kam');
    expect((await t.call(kam, api.me, {})).status).toBe(200);
    await t.ok(t.admin, api.deactivateMember, { params: { id: kam.memberId } });
    expect((await t.call(kam, api.me, {})).status).toBe(401);
    const back = await t.ok(t.admin, api.reactivateMember, { params: { id: kam.memberId } });
    expect(back.state).toBe('active');
    expect((await t.call(kam, api.me, {})).status).toBe(200);
  });
});

describe('a lost authenticator', () => {
  const user = async (name: string) => {
    const email = `${name}@example.com`;
    const { userId } = await t.building.services.signIn.createUser({ name, email, password: 'correct horse battery' });
    const person = await t.member('kam', { name });
    await t.building.database.system((tx) =>
      tx.updateTable('member').set({ user_id: userId, email }).where('id', '=', person.memberId).execute(),
    );
    t.building.services.forgetAccess();
    return { ...person, userId, email };
  };
  const secondFactor = (userId: string) =>
    t.building.database.system(async (_tx, client) => {
      const { rows } = await client.query<{ on: boolean }>(
        'select "twoFactorEnabled" as on from auth."user" where id = $1',
        [userId],
      );
      return rows[0]?.on;
    });

  it('is answered by an admin: the second factor goes off, and its owner hears of it by mail and in the app', async () => {
    const kam = await user('kim');
    await t.building.database.system((_tx, client) =>
      client.query('update auth."user" set "twoFactorEnabled" = true where id = $1', [kam.userId]),
    );
    const reset = { params: { id: kam.memberId } };
    expect((await t.call(await t.member('head'), api.resetTwoFactor, reset)).status).toBe(403);
    expect(await secondFactor(kam.userId)).toBe(true);

    expect(await t.ok(t.admin, api.resetTwoFactor, reset)).toEqual({ wasOn: true });
    expect(await secondFactor(kam.userId)).toBe(false);
    const { items } = await t.ok(kam, api.listNotifications, {});
    expect(items[0]).toMatchObject({ kind: 'security', link: '/settings/security' });
    const folder = path.join(t.dataDir, 'mail');
    const mails = await Promise.all((await readdir(folder)).map((f) => readFile(path.join(folder, f), 'utf8')));
    expect(mails.filter((mail) => mail.includes(`To: ${kam.email}`))).toHaveLength(1);
  });

  it('changes nothing and writes to nobody where there was no second factor', async () => {
    const kam = await user('toni');
    expect(await t.ok(t.admin, api.resetTwoFactor, { params: { id: kam.memberId } })).toEqual({ wasOn: false });
    expect((await t.ok(kam, api.listNotifications, {})).items).toEqual([]);
  });

  it('does not exist for somebody who never signed in', async () => {
    const { member } = await t.ok(t.admin, api.inviteMember, {
      body: { name: 'Ina Invited', email: 'ina@example.com', role: 'viewer' },
    });
    const refused = await t.call(t.admin, api.resetTwoFactor, { params: { id: member.id } });
    expect(refused.problem.code).toBe('not_signed_up');
  });

  it('a new name is the one that mails greet', async () => {
    const kam = await user('lou');
    await t.ok(kam, api.updateMe, { body: { name: 'Lou Anders' } });
    expect(await t.building.services.signIn.userByEmail(kam.email)).toMatchObject({ name: 'Lou Anders' });
  });
});

describe('teams', () => {
  it('form a tree without circles, and one in use is not removed', async () => {
    const make = (name: string, parentId?: string) =>
      t.ok(t.admin, api.createTeam, { body: { name, ...(parentId ? { parentId } : {}) } });
    const europe = await make('Europe');
    const nordics = await make('Nordics', europe.id);
    const circle = await t.call(t.admin, api.updateTeam, {
      params: { id: europe.id },
      body: { version: europe.version, parentId: nordics.id },
    });
    expect(circle.problem.code).toBe('team_cycle');
    const used = await t.call(t.admin, api.deleteTeam, { params: { id: europe.id } });
    expect(used.problem.code).toBe('team_in_use');
    await t.ok(t.admin, api.deleteTeam, { params: { id: nordics.id } });
    await t.ok(t.admin, api.deleteTeam, { params: { id: europe.id } });
  });
});

describe('API keys', () => {
  it('act as their member; only the member or an admin makes and withdraws them', async () => {
    const [kam, other] = [await t.member('kam'), await t.member('kam')];
    const made = await t.ok(kam, api.createApiKey, { body: { name: 'Reports' } });
    expect(made.key.startsWith(made.apiKey.prefix)).toBe(true);
    const withKey = { ...kam, key: made.key };
    expect((await t.ok(withKey, api.me, {})).member.id).toBe(kam.memberId);
    const foreign = await t.call(other, api.createApiKey, { body: { name: 'x', memberId: kam.memberId } });
    expect(foreign.status).toBe(403);
    expect((await t.call(other, api.revokeApiKey, { params: { id: made.apiKey.id } })).status).toBe(404);
    await t.ok(t.admin, api.revokeApiKey, { params: { id: made.apiKey.id } });
    expect((await t.call(withKey, api.me, {})).status).toBe(401);
    const own = await t.ok(kam, api.listApiKeys, {});
    expect(new Set(own.items.map((k) => k.memberId))).toEqual(new Set([kam.memberId]));
    expect((await t.ok(t.admin, api.listApiKeys, {})).items.length).toBeGreaterThan(own.items.length);
  });
});
