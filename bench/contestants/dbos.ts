import { randomUUID } from 'node:crypto';
import { requirePeer } from '../peers';
import { type Contestant, chainSteps, createStarts, fanWidth, type Shape } from './contestant';

/** The parts of DBOS' SDK that these runs need. */
type Dbos = {
  setConfig(config: object): void;
  launch(): Promise<void>;
  shutdown(): Promise<void>;
  registerWorkflow(work: (id: string) => Promise<void>, options: { name: string }): unknown;
  runStep(work: () => Promise<null>, options: { name: string }): Promise<null>;
  startWorkflow(work: unknown): (id: string) => Promise<{ getResult(): Promise<void> }>;
};

/** DBOS as its documentation shows it: a workflow function in this process, a checkpoint in Postgres for each step. */
export async function openDbos(url: string, shape: Shape): Promise<Contestant> {
  const { DBOS } = requirePeer('@dbos-inc/dbos-sdk') as { DBOS: Dbos };
  const starts = createStarts();
  const step = (name: string) => DBOS.runStep(() => Promise.resolve(null), { name });
  const first = (id: string) =>
    DBOS.runStep(
      () => {
        starts.begin(id);
        return Promise.resolve(null);
      },
      { name: 's0' },
    );
  const chain = async (id: string) => {
    await first(id);
    for (let n = 1; n < chainSteps; n += 1) await step(`s${n}`);
  };
  const fanOut = async (id: string) => {
    await first(id);
    await Promise.all(Array.from({ length: fanWidth }, (_, n) => step(`b${n}`)));
    await step('last');
  };
  const work = DBOS.registerWorkflow(shape === 'chain' ? chain : fanOut, { name: shape });
  const pool = { systemDatabasePoolSize: 50, logLevel: 'error' };
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: `${new URL('/dbos', url)}`, ...pool });
  await DBOS.launch();
  return {
    name: 'dbos',
    async run() {
      const id = randomUUID();
      const handle = await DBOS.startWorkflow(work)(id);
      await handle.getResult();
      return starts.end(id);
    },
    close: () => DBOS.shutdown(),
  };
}
