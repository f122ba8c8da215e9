import { type Config, ConfigError, config } from '@/server/config';
import { startWatchdog } from './watchdog';

/**
 * What a process does when it is told to end: finish what is under way, then let go of everything. One that retires has
 * its successor already, and time until `patienceMs` is over.
 */
export type Ending = (patienceMs?: number) => Promise<void>;

/** Ends the process as if it were told to, and has its keeper start another one at once. */
export type Retire = () => void;

const graceMs = 10_000;
/** What one that retires waits for steps that have nothing to do with why: as long as most of them take. */
const retiringMs = 120_000;
/** The code of a process that retired: nothing is wrong with its settings, and it is to be started again. */
const retiredCode = 75;
/** More than the longest pauses of the garbage collector. */
const stalledMs = 10_000;
/** Compiling pages takes its time. */
const stalledInDevelopmentMs = 60_000;

/**
 * The frame of each process of the product: its name in the process list, one clear line for a wrong environment,
 * a graceful end on SIGTERM and SIGINT and when it retires, and an immediate one when its supervisor is gone, its own
 * state is unknown (an uncaught error), or its event loop stands still for `limitMs`. `start` resolves when the process
 * does its work.
 */
export async function runProcess(
  name: string,
  start: (config: Config, retire: Retire) => Promise<Ending>,
  limitMs?: number,
): Promise<void> {
  process.title = `ensemble-${name}`;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  process.on('disconnect', () => process.exit(1));

  let end: Ending | undefined;
  let ending = false;
  const finish = (code: number, lateCode: number, patienceMs?: number) => {
    setTimeout(() => process.exit(lateCode), (patienceMs ?? 0) + graceMs).unref();
    if (ending) return;
    ending = true;
    Promise.resolve(end?.(patienceMs)).then(() => process.exit(code), die);
  };
  process.on('SIGTERM', () => finish(0, 1));
  process.on('SIGINT', () => finish(0, 1));
  const retire = () => {
    if (ending) return;
    process.send?.('retiring');
    finish(retiredCode, retiredCode, retiringMs);
  };

  const settings = config();
  end = await start(settings, retire).catch(die);
  startWatchdog(name, limitMs ?? (settings.production ? stalledMs : stalledInDevelopmentMs));
  process.send?.('ready');
}

/** Nobody knows what state an uncaught error leaves behind, so the process ends and is started anew. */
function die(error: unknown): never {
  const text = ConfigError.isInstance(error)
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
