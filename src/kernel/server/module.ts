// What a room hands to the building: its module object, and the context its use cases run in.
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Actor, Role } from '../contract/access.ts';
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, RouteSpec } from '../contract/route.ts';
import type { Config } from './config.ts';
import type { Database, Tx } from './database.ts';
import type { Files } from './files.ts';
import type { Mailer } from './mail.ts';
import type { ReadyJson } from './ready-json.ts';

/** An event of the outbox: `contract.decided`; ids and small facts only. */
export type NewEvent = {
  type: string;
  accountId?: string | null;
  rowId?: string | null;
  payload?: Record<string, unknown>;
};
export type DeliveredEvent = {
  id: string;
  workspaceId: string;
  type: string;
  accountId: string | null;
  rowId: string | null;
  memberId: string | null;
  payload: Record<string, unknown>;
  at: string;
};

/** What every use case gets. `tx` works under the actor's rights; everything in it commits or nothing does. */
export type Ctx = {
  tx: Tx;
  actor: Actor;
  /** The instant of this request; one value for the whole transaction. */
  now: Date;
  /** The calendar day in the workspace's zone, `YYYY-MM-DD`. */
  today: string;
  log: Logger;
  requestId: string;
  /** Writes to the outbox, in this transaction. */
  emit(event: NewEvent): Promise<void>;
  /** Queues a job, in this transaction. */
  enqueue(
    job: string,
    data: Record<string, unknown>,
    options?: { startAfter?: Date; singletonKey?: string },
  ): Promise<void>;
  /** Runs after the commit; for what cannot be rolled back and may be lost. */
  afterCommit(work: () => void | Promise<void>): void;
  services: Services;
};

/** What rooms may ask of sign-in; the people room provides it. */
export type SignInDoor = {
  createUser(user: {
    email: string;
    name: string;
    password?: string;
    emailVerified?: boolean;
  }): Promise<{ userId: string }>;
  userByEmail(email: string): Promise<{ userId: string; email: string; name: string } | null>;
  checkPassword(email: string, password: string): Promise<boolean>;
  setPassword(userId: string, password: string): Promise<void>;
  revokeSessions(userId: string): Promise<void>;
  /** Takes the second factor off; answers whether there was one. */
  resetTwoFactor(userId: string): Promise<boolean>;
  /** The name that mails about signing in greet. */
  renameUser(userId: string, name: string): Promise<void>;
  /** Removes what has expired: sessions, links, counted attempts. */
  forgetExpired(): Promise<void>;
  sessionOf(headers: Headers): Promise<{ userId: string; sessionId: string } | null>;
};

/** The building's machines that a room may use. */
export type Services = {
  /** Of this OpenKAM. */
  version: string;
  config: Config;
  signIn: SignInDoor;
  database: Database;
  files: Files;
  mailer: Mailer;
  log: Logger;
  clock: () => Date;
  /** Every module of the building, for rooms whose work is to gather contributions (search, imports, exports). */
  modules: readonly ServerModule[];
  /** After a commit: tells every server that there is news (see events.ts). Losing a signal only delays delivery. */
  signal(signal: { ws: string; type: string; accountId: string | null; id: string | null }): void;
  /** Forgets cached sign-ins at once on this server (others hear of it through the database). */
  forgetAccess(): void;
};

/** A byte stream as an answer. */
export type FileAnswer = {
  stream: Readable | Uint8Array;
  type: string;
  fileName?: string;
  inline?: boolean;
  length?: number;
};

/** What one uploaded part is. */
export type Upload = { fileName: string; type: string; path: string; bytes: number; fields: Record<string, string> };

export type Call<S extends RouteSpec> = {
  params: ParamsOf<S>;
  query: QueryOf<S>;
  body: BodyOf<S>;
  /** From If-Match, when the caller sent one. */
  ifMatch: number | undefined;
  uploads: Upload[];
  headers: Record<string, string | string[] | undefined>;
  ip: string;
};

export type Answer<S extends RouteSpec> = S['answers'] extends 'stream'
  ? FileAnswer
  : S['answer'] extends object
    ? AnswerOf<S> | ReadyJson
    : undefined;

export type Handler = {
  spec: RouteSpec;
  run: (ctx: Ctx, call: Call<RouteSpec>) => Promise<unknown>;
  cookies?: boolean;
};

/** One line a route: the contract and the use case behind it. */
export function route<const S extends RouteSpec>(
  spec: S,
  run: (ctx: Ctx, call: Call<S>) => Promise<Answer<S>>,
): Handler {
  return { spec, run: run as unknown as Handler['run'] };
}

/** A job: runs in its own transaction as the system in one workspace, at least once; must be idempotent. */
export type Job = {
  name: string;
  /** Gets no transaction: opens its own with `services.database`, as short as it can. */
  run: (services: Services, data: Record<string, unknown>, control: { signal: AbortSignal }) => Promise<void>;
  retryLimit?: number;
  expireSeconds?: number;
  concurrency?: number;
};

/** Work on a clock, once a slot however many servers run. */
export type Schedule = {
  name: string;
  every: 'minute' | 'hour' | 'day';
  run: (services: Services, slot: string) => Promise<void>;
};

/**
 * A room's part of the search over everything: the type of its hits, which is also the name of the table given to
 * `kernel.searchable`, and its SQL function. How to write one: src/modules/search/README.md.
 */
export type SearchPart = {
  type: string;
  from: string;
  /** How much sooner its hits come than others that fit as well: an exact name is worth 3, a beginning 2, a word within 1. */
  weight?: number;
};

/** What a room does when something happened elsewhere; `wants` says without the database which events are worth a transaction. */
export type EventHandler = {
  handle: (ctx: Ctx, event: DeliveredEvent) => Promise<void>;
  wants?: (event: DeliveredEvent) => boolean;
};

export type ServerModule = {
  name: string;
  routes: Handler[];
  /** Permission → the roles that hold it. */
  permissions: Record<string, readonly Role[]>;
  jobs?: Job[];
  schedules?: Schedule[];
  /** Runs once the queue works: takes up what a process that died has left behind. */
  starts?: (services: Services) => Promise<void>;
  /** Event type → idempotent handlers. */
  on?: Record<string, EventHandler>;
  /** A room's own part of the search over everything. */
  search?: SearchPart;
  /** Other contributions, gathered by the room that asks for them (importers, exporters, sample, guards, snapshots, card columns). */
  contributes?: Contributions;
};

/** Rooms that gather contributions add their kind here by declaration merging, so that floors stay one-way. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging in the gathering rooms
export interface Contributions {}

/** All contributions of one kind, in the order of the modules. */
export function contributions<K extends keyof Contributions>(
  modules: readonly ServerModule[],
  kind: K,
): NonNullable<Contributions[K]>[] {
  return modules.flatMap((m) => (m.contributes?.[kind] ? [m.contributes[kind] as NonNullable<Contributions[K]>] : []));
}
