import { type Config, ConfigError, config } from '@/server/config';

/** What a process does when it is told to end: finish what is under way, then let go of everything. */
export type Ending = () => Promise<void>;

const graceMs = 10_000;

/**
 * The frame of each process of the product: its name in the process list, one clear line for a wrong environment,
 * a graceful end on SIGTERM and SIGINT, and an immediate one when its supervisor is gone or its own state is
 * unknown (an uncaught error). `start` resolves when the process does its work.
 */
export async function runProcess(
  name: string,
  start: (config: Config) => Promise<Ending>,
): Promise<void> {
  process.title = `ensemble-${name}`;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  process.on('disconnect', () => process.exit(1));

  let end: Ending | undefined;
  let ending = false;
  const finish = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), graceMs).unref();
    Promise.resolve(end?.()).then(() => process.exit(0), die);
  };
  process.on('SIGTERM', finish);
  process.on('SIGINT', finish);

  end = await start(config()).catch(die);
  process.send?.('ready');
}

/** Nobody knows what state an uncaught error leaves behind, so the process ends and is started anew. */
function die(error: unknown): never {
  const text =
    error instanceof ConfigError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
