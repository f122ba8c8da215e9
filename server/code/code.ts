import { setImmediate } from 'node:timers/promises';
import { type CodeEnd, type CodeJob, codeLimits } from '@/lib/code/code-job';
import { createLine } from '@/server/computation/fair-queue';
import type { Log } from '@/server/log';
import { sandboxProgram } from './program';
import type { SandboxJob } from './sandbox-job';
import { type SandboxProcess, startSandbox } from './sandbox-process';
import { selfTest } from './self-test';

export type CodeState = { on: true } | { on: false; why: string };

/** Runs code that people wrote, in a sandbox that lives for one job. */
export type Code = {
  /** Whether code can run on this machine, tried once for a process. */
  state(): Promise<CodeState>;
  /** Does a job for a workspace; never rejects: what went wrong is in the answer. */
  run(job: CodeJob, workspaceId: string, signal?: AbortSignal): Promise<CodeEnd>;
  close(): Promise<void>;
};

/** Jobs that run at once in one process of the product, and those of one workspace: a place is left for the others. */
const atOnce = 4;
const atOnceOfOne = 3;
/** A process is kept ready for so long after the last job. */
const warmMs = 10 * 60_000;

type Entry = {
  job: SandboxJob;
  names: string;
  signal: AbortSignal | undefined;
  resolve(end: CodeEnd): void;
};

/** `home` is a folder of the product's own, in which the program of the sandbox is kept. */
export function createCode({ home, log }: { home: string; log: Pick<Log, 'info' | 'warn'> }): Code {
  const line = createLine<Entry>(atOnceOfOne);
  const running = new Set<SandboxProcess>();
  let working = 0;
  let spare: SandboxProcess | undefined;
  let cooling: NodeJS.Timeout | undefined;
  let closed = false;
  let tried: Promise<{ state: CodeState; folder: string }> | undefined;

  const refused = (fault: 'off' | 'busy' | 'too_large' | 'broken', message: string): CodeEnd => ({
    ...{ ok: false, fault, message, console: [] },
  });
  const attempt = () => {
    tried ??= tryOut(home, log);
    return tried;
  };
  const start = (folder: string): SandboxProcess => {
    const made = startSandbox(folder);
    running.add(made);
    return made;
  };
  const keepWarm = (folder: string) => {
    clearTimeout(cooling);
    cooling = setTimeout(coolDown, warmMs).unref();
    if (!spare && !closed) spare = start(folder);
  };
  const coolDown = () => {
    if (spare) end(spare);
    spare = undefined;
  };
  const end = (made: SandboxProcess) => {
    running.delete(made);
    made.kill();
  };
  const next = (folder: string) => {
    if (working >= atOnce || closed) return;
    const taken = line.take();
    if (taken === undefined) return;
    working += 1;
    void serve(folder, taken.entry).then((done) => {
      working -= 1;
      line.leave(taken.owner, done.ok || done.fault !== 'too_long' ? 'done' : 'stopped');
      taken.entry.resolve(done);
      next(folder);
    });
    next(folder);
  };
  const serve = async (folder: string, { job, names, signal }: Entry): Promise<CodeEnd> => {
    if (signal?.aborted) return refused('broken', 'The code was stopped.');
    // A death that the system has told of and nobody here has heard yet is heard now.
    for (let turn = 0; spare && turn < 2; turn += 1) await setImmediate();
    const made = spare?.alive() ? spare : start(folder);
    if (spare && spare !== made) end(spare);
    spare = undefined;
    try {
      await made.ready;
      const doing = made.do(job, names, signal);
      keepWarm(folder);
      return await doing;
    } catch (error) {
      log.warn({ err: error }, 'a sandbox did not start');
      return refused('broken', 'The sandbox did not start. Try again.');
    } finally {
      end(made);
    }
  };

  return {
    state: async () => (await attempt()).state,
    async run({ names, ...job }, workspaceId, signal) {
      const { state, folder } = await attempt();
      if (!state.on) return refused('off', `This server cannot run code: ${state.why}`);
      const text = JSON.stringify(names);
      if (text.length > codeLimits.namesCharacters) {
        const most = codeLimits.namesCharacters;
        return refused(
          'too_large',
          `The values that the code reads take ${text.length} characters; ${most} are allowed.`,
        );
      }
      return new Promise((resolve) => {
        const entry = { job: { ...job, keys: Object.keys(names) }, names: text, signal, resolve };
        if (closed || !line.join(workspaceId, entry)) {
          return resolve(refused('busy', 'This workspace has too much code waiting to run.'));
        }
        next(folder);
      });
    },
    async close() {
      closed = true;
      clearTimeout(cooling);
      for (const made of running) end(made);
    },
  };
}

/** Makes the program of the sandbox, and tries whether the sandbox holds. */
async function tryOut(
  home: string,
  log: Pick<Log, 'info' | 'warn'>,
): Promise<{ state: CodeState; folder: string }> {
  let folder = '';
  let why: string | undefined;
  try {
    folder = await sandboxProgram(home);
    why = await selfTest(folder);
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  if (why === undefined) log.info('code steps are on: the sandbox holds');
  else log.warn({ why }, 'code steps are off');
  return { folder, state: why === undefined ? { on: true } : { on: false, why } };
}
