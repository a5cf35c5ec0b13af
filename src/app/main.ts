// The server: config → data folder → database → migrations → rooms → HTTP → worker.
import { pino } from 'pino';
import { ConfigError, localUrl, readConfig } from '../kernel/server/config.ts';
import { EngineError, startEngine } from '../kernel/server/engine.ts';
import { DataDirInUseError, lockDataDir } from '../kernel/server/lock.ts';
import { MigrationError, migrate } from '../kernel/server/migrate.ts';
import { openBuilding } from './building.ts';
import { reasonOf } from './reason.ts';

// A terminal that was closed must not take the server with it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const [argument] = process.argv.slice(2);
  if (argument !== undefined)
    throw new ConfigError([
      `The server takes no arguments, and “${argument}” is one. Settings come from the environment (OPENKAM_PORT=4500 npm start); commands are those of openkam (npm run openkam -- help).`,
    ]);
  const log = pino(
    {
      level: config.logLevel === 'info' && process.stdout.isTTY ? 'warn' : config.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token', '*.key'],
    },
    pino.destination({ dest: 2, sync: false }),
  );
  const lock = await lockDataDir(config.dataDir, { url: localUrl(config.host, config.port) });
  const engine = config.databaseUrl ? null : await startEngine({ dataDir: config.dataDir, log: say });
  const databaseUrl = config.databaseUrl ?? engine!.url;
  await migrate(databaseUrl, { log: say });
  const building = await openBuilding({ config, databaseUrl, log });
  const { app } = await building.http();

  let stopping = false;
  const stop = async (why: string, code = 0) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    const hurry = setTimeout(() => process.exit(code || 1), 20_000);
    hurry.unref();
    try {
      await building.close();
      await engine?.stop();
      await lock.release();
    } finally {
      process.exit(code);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));

  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    const busy = (error as { code?: string }).code === 'EADDRINUSE';
    say(
      busy
        ? `Port ${config.port} is in use by another program. Set OPENKAM_PORT to a free port.`
        : String((error as Error).message),
    );
    await stop('listen failed', 1);
    return;
  }
  say(`OpenKAM is ready at ${localUrl(config.host, config.port)}`);
  await building.work();
}

main().catch((error: unknown) => {
  const known =
    error instanceof ConfigError ||
    error instanceof EngineError ||
    error instanceof MigrationError ||
    error instanceof DataDirInUseError;
  const why = known ? (error as Error).message : (reasonOf(error) ?? (error as Error).stack ?? String(error));
  process.stderr.write(`${why}\n`);
  process.exit(1);
});
