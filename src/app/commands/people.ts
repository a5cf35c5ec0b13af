// openkam setup, member add, api-key create: getting people and programs in without a browser.
import { type Level, levelShape, type Role, roleShape } from '../../kernel/contract/access.ts';
import { setupCreate } from '../../modules/people/api.ts';
import { addMember, createFirstWorkspace, insertKey } from '../../modules/people/server/index.ts';
import { actAs, actorOf, CommandError, type Io, withBuilding, workspaceOf } from './installation.ts';

export type SetupOptions = {
  workspace: string;
  name: string;
  email: string;
  password: string;
  currency?: string;
  zone?: string;
  locale?: string;
};

export async function setup(io: Io, o: SetupOptions): Promise<void> {
  const { workspace, ...rest } = o;
  const first = setupCreate.body.safeParse({ workspaceName: workspace, ...rest });
  if (!first.success)
    throw new CommandError(
      first.error.issues
        .map((i) => `--${i.path[0] === 'workspaceName' ? 'workspace' : String(i.path[0])}: ${i.message}`)
        .join('\n'),
    );
  await withBuilding(io, async (building) => {
    await building.database.system((tx) => createFirstWorkspace(tx, building.services, first.data));
    io.out(`The workspace "${workspace}" is ready. Sign in as ${o.email} at ${building.services.config.publicUrl}`);
  });
}

export type MemberOptions = {
  name: string;
  email: string;
  role: string;
  level?: string;
  password?: string;
  in?: string;
};

export async function memberAdd(io: Io, o: MemberOptions): Promise<void> {
  const role = oneOf<Role>('--role', o.role, roleShape.options);
  const level = o.level === undefined ? undefined : oneOf<Level>('--level', o.level, levelShape.options);
  const shape = setupCreate.body.shape;
  for (const [option, check] of [
    ['name', shape.name.safeParse(o.name)],
    ['email', shape.email.safeParse(o.email)],
    ['password', o.password === undefined ? { success: true as const } : shape.password.safeParse(o.password)],
  ] as const)
    if (!check.success) throw new CommandError(`--${option}: ${check.error.issues[0]?.message}`);
  await withBuilding(io, async (building) => {
    const workspace = await workspaceOf(building, o.in);
    const actor = await actorOf(building, workspace.id);
    await actAs(building, actor, async (ctx) => {
      const { memberId } = await addMember(ctx.tx, ctx.services, workspace.id, { ...o, role, level });
      await ctx.emit({ type: 'member.invited', rowId: memberId });
    });
    io.out(`${o.name} (${o.email}) is a member of "${workspace.name}" as ${role}.`);
  });
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((a) => a === value);
  if (!found) throw new CommandError(`${option} must be one of ${allowed.join(', ')} (it is "${value}").`);
  return found;
}

/** The key is the last line of standard output, so that a script can take it. */
export async function apiKeyCreate(io: Io, o: { name: string; member?: string; in?: string }): Promise<void> {
  const name = o.name.trim();
  if (name.length < 1 || name.length > 100) throw new CommandError('--name: up to 100 characters');
  await withBuilding(io, async (building) => {
    const workspace = await workspaceOf(building, o.in);
    const actor = await actorOf(building, workspace.id, o.member);
    const { key } = await actAs(building, actor, (ctx) => insertKey(ctx.tx, workspace.id, actor.memberId!, name, null));
    io.note(`This key acts as ${actor.name} (${actor.role}) and is shown only now:`);
    io.out(key);
  });
}
