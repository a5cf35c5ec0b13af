// Opens the installation for one command: beside a running server, or with a database started for the moment.
import { pino } from 'pino';
import type { Actor } from '../../kernel/contract/access.ts';
import { type Config, readConfig } from '../../kernel/server/config.ts';
import { makeCtx } from '../../kernel/server/ctx.ts';
import { startEngine } from '../../kernel/server/engine.ts';
import { migrate } from '../../kernel/server/migrate.ts';
import type { Ctx } from '../../kernel/server/module.ts';
import { memberToActFor } from '../../modules/people/server/index.ts';
import { type Building, openBuilding } from '../building.ts';

/** What a command may not do, said to the person at the keyboard. Ends with exit code 1 unless another is given. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Where a command reads from and writes to; tests bring their own. */
export type Io = {
  env: Readonly<Record<string, string | undefined>>;
  /** A line of the result, to standard output. */
  out(line: string): void;
  /** A line about the work, to standard error. */
  note(line: string): void;
  /** Whether a person watches, so that progress may be drawn. */
  watched: boolean;
};

/** The database of the installation, started if need be; let go (and stopped, if nobody else uses it) when the work ends. */
export async function withDatabase<T>(io: Io, work: (config: Config, url: string) => Promise<T>): Promise<T> {
  const config = readConfig(io.env);
  if (config.databaseUrl) return work(config, config.databaseUrl);
  const engine = await startEngine({ dataDir: config.dataDir });
  try {
    return await work(config, engine.url);
  } finally {
    await engine.stop();
  }
}

/** The whole building, migrated, without HTTP and without jobs: those stay in the outbox until a server delivers them. */
export async function withBuilding<T>(io: Io, work: (building: Building) => Promise<T>): Promise<T> {
  return withDatabase(io, async (config, databaseUrl) => {
    await migrate(databaseUrl);
    const level = io.env.OPENKAM_LOG_LEVEL ? config.logLevel : 'fatal';
    const building = await openBuilding({ config, databaseUrl, log: pino({ level }, pino.destination(2)) });
    try {
      return await work(building);
    } finally {
      await building.close();
    }
  });
}

/** The one workspace, or the one that `wanted` names. */
export async function workspaceOf(building: Building, wanted?: string): Promise<{ id: string; name: string }> {
  const all = await building.database.system((tx) =>
    tx.selectFrom('workspace').select(['workspace_id', 'name']).orderBy('created_at').execute(),
  );
  if (!all.length)
    throw new CommandError(
      'There is no workspace yet. Make one: openkam setup --workspace "Northwind" --name "Ada Lovelace" --email ada@example.com --password …',
    );
  const found = wanted ? all.filter((w) => w.name === wanted || w.workspace_id === wanted) : all;
  if (found.length === 1) return { id: found[0]!.workspace_id, name: found[0]!.name };
  const names = all.map((w) => `"${w.name}"`).join(', ');
  throw new CommandError(
    wanted
      ? `There is no workspace called "${wanted}"; there are ${names}.`
      : `Say which workspace with --in: ${names}.`,
  );
}

/** Whom the command acts for: the member with this e-mail, or the first admin. */
export async function actorOf(building: Building, workspaceId: string, email?: string): Promise<Actor> {
  const member = await building.database.system((tx) => memberToActFor(tx, workspaceId, email));
  if (!member)
    throw new CommandError(email ? `No active member has the e-mail ${email}.` : 'This workspace has no active admin.');
  return {
    kind: 'cli',
    workspaceId,
    memberId: member.id,
    userId: member.userId,
    role: member.role,
    level: member.level,
    name: member.name,
    key: 'cli',
  };
}

/** Runs a use case as a member, in one transaction, as HTTP would. */
export async function actAs<T>(building: Building, actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { services, database } = building;
  const hooks: (() => void | Promise<void>)[] = [];
  const access = { ...actor, label: `cli:${actor.name}` };
  const result = await database.as(access, (tx) =>
    work(makeCtx({ tx, actor, services, requestId: 'cli', log: services.log, hooks })),
  );
  for (const hook of hooks) await hook();
  return result;
}
