import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '@/server/log';
import { type Embedder, EmbedderAway } from './embedder';

const dimensions = 512;
/** The process takes some 230 MB, and starts in a second: it ends when nobody has asked for so long. */
const idleMs = 60_000;
/** Texts of one question to it. */
const batch = 16;
const heapMegabytes = 256;

const answerSchema = z.object({
  id: z.number(),
  vectors: z.array(z.instanceof(Float32Array)).optional(),
  problem: z.string().optional(),
});

type Waiting = {
  resolve: (vectors: Float32Array[]) => void;
  reject: (error: Error) => void;
  clock: NodeJS.Timeout;
};

/**
 * The model whose weights come with the packages: the lite form of Google's Universal Sentence Encoder, for English. It
 * runs in a process of its own, with nothing of the product's environment, since a text takes 10 to 300 ms of a processor.
 */
export function createLocalEmbedder({ log }: { log: Pick<Log, 'warn'> }): Embedder {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let cooling: NodeJS.Timeout | undefined;
  let closed = false;
  let asked = 0;

  const settle = (id: number, how: (one: Waiting) => void) => {
    const one = waiting.get(id);
    if (one === undefined) return;
    waiting.delete(id);
    clearTimeout(one.clock);
    how(one);
  };
  const end = () => {
    const gone = child;
    child = undefined;
    gone?.kill('SIGKILL');
    for (const id of [...waiting.keys()]) {
      settle(id, ({ reject }) => reject(new EmbedderAway('The model of meaning ended.')));
    }
  };
  const start = (): ChildProcess => {
    const made = fork(join(import.meta.dirname, 'inside', 'main.ts'), [], {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${heapMegabytes}`],
      env: { NODE_ENV: 'production' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // It keeps nobody alive, and ends with whoever started it.
    made.unref();
    made.channel?.unref();
    made.on('message', (message: unknown) => {
      const said = answerSchema.safeParse(message);
      if (!said.success) return;
      const { id, vectors, problem } = said.data;
      settle(id, ({ resolve, reject }) => {
        if (vectors !== undefined) resolve(vectors);
        else reject(new EmbedderAway(problem ?? 'The model of meaning gave no vector.'));
      });
    });
    const gone = (why: string) => {
      if (child !== made) return;
      if (waiting.size > 0) log.warn({ why }, 'the model of meaning ended');
      end();
    };
    made.once('error', (error) => gone(error.message));
    made.once('exit', (code, signal) => gone(`it ended with ${signal ?? code}`));
    return made;
  };
  const keepWarm = () => {
    clearTimeout(cooling);
    cooling = setTimeout(() => (waiting.size > 0 ? keepWarm() : end()), idleMs).unref();
  };
  const ask = (texts: readonly string[], patienceMs: number): Promise<Float32Array[]> => {
    if (closed) return Promise.reject(new EmbedderAway('The product is stopping.'));
    child ??= start();
    const to = child;
    asked += 1;
    const id = asked;
    return new Promise((resolve, reject) => {
      const late = () =>
        settle(id, (one) => one.reject(new EmbedderAway('The model of meaning is busy.')));
      waiting.set(id, { resolve, reject, clock: setTimeout(late, patienceMs).unref() });
      to.send({ id, texts }, (error) => {
        if (error) settle(id, (one) => one.reject(new EmbedderAway(error.message)));
      });
      keepWarm();
    });
  };

  return {
    id: 'use-lite-en-1',
    dimensions,
    async embed(texts, patienceMs) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += batch) {
        const part = texts.slice(from, from + batch);
        const found = await ask(part, patienceMs);
        if (found.length !== part.length) throw new EmbedderAway('The model left a text out.');
        vectors.push(...found);
      }
      return vectors;
    },
    async close() {
      closed = true;
      clearTimeout(cooling);
      end();
    },
  };
}
