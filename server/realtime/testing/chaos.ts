import { setTimeout as sleep } from 'node:timers/promises';
import type * as Y from 'yjs';
import type { OfflineStore } from '@/components/realtime/offline-store/offline-store';
import { createMemoryOfflineStore } from '@/components/realtime/testing/memory-disk';
import type { Definition } from '@/lib/workflows/schema';
import { eventually } from '@/server/testing/eventually';
import { freshCopy } from './client';
import { difference, openTab, sharedNode, type TabEditor } from './editor';
import { type FaultKind, fault } from './faults';
import { addPerson, addWorkflow, addWorkspace, emptyDefinition } from './fixture';
import { createLedger, type Ledger } from './ledger';
import { randomOf } from './updates';
import type { World } from './world';

export type ChaosOptions = {
  world: World;
  seed: number;
  editors: number;
  interleavings: number;
  /** How many of them between two judgements of the whole. */
  between: number;
  /** Faults by chance, each as often as it stands here. */
  faults: readonly FaultKind[];
  /** Faults at given places. */
  placed?: Readonly<Record<number, FaultKind>>;
  createKeep?: () => OfflineStore;
  /** How long everything may take to be the same again. */
  patienceMs?: number;
  /** Called before each interleaving, so that one that does not end has a name. */
  onTurn?: (index: number, fault: FaultKind) => void;
};

/** What was promised, how often it was checked, and what was found. */
export type ChaosReport = {
  seed: number;
  interleavings: number;
  faults: Record<string, number>;
  edits: number;
  answers: number;
  startedOver: number;
  promises: Record<string, { checked: number; failures: string[] }>;
};

const startingPoint: Definition = {
  ...emptyDefinition,
  nodes: [
    {
      id: sharedNode,
      key: sharedNode,
      type: 'agent',
      name: 'Shared',
      position: { x: 0, y: 0 },
      config: { prompt: 'Everybody types here.' },
    },
  ],
};

/**
 * People edit one workflow while things go wrong. After each interleaving, every acknowledged edit must be in the
 * rows; after some of them all comes back, and every copy, a fresh one by each process, and the rows must be equal
 * and hold every edit that was made. What happens and where depends on the seed; when, on the machine.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { world, seed, interleavings, between } = options;
  const stage = await openStage(options);
  const report: ChaosReport = {
    seed,
    interleavings: 0,
    faults: {},
    edits: 0,
    answers: 0,
    startedOver: 0,
    promises: {},
  };
  const promise = (name: string, failures: readonly string[]) => {
    report.promises[name] ??= { checked: 0, failures: [] };
    const entry = report.promises[name];
    entry.checked += 1;
    entry.failures.push(...failures.map((line) => `interleaving ${report.interleavings}: ${line}`));
  };
  try {
    for (let i = 0; i < interleavings; i += 1) {
      const random = randomOf(seed * 10_000 + i);
      const { faults, placed } = options;
      const kind = placed?.[i] ?? faults[Math.floor(random() * faults.length)] ?? 'none';
      report.faults[kind] = (report.faults[kind] ?? 0) + 1;
      options.onTurn?.(i, kind);
      await interleave(stage, kind, random);
      report.interleavings += 1;
      const missingIn = stage.promised.asOfNow();
      promise('an acknowledged edit is in the rows', missingIn(await world.rows(stage.workflowId)));
      if ((i + 1) % between !== 0 && i + 1 < interleavings) continue;
      await judge(stage, options.patienceMs ?? 30_000, promise);
      if (Object.values(report.promises).some(({ failures }) => failures.length > 0)) break;
    }
    promise(
      'no process ends by itself',
      world.deaths() > 0 ? [`${world.deaths()} processes ended`] : [],
    );
  } finally {
    for (const editor of stage.editors) editor.close();
    await Promise.allSettled(stage.background);
  }
  report.edits = stage.made.count();
  report.answers = stage.promised.count();
  report.startedOver = stage.editors.reduce((sum, editor) => sum + editor.startedOver(), 0);
  return report;
}

type Stage = {
  world: World;
  workflowId: string;
  cookie: string;
  editors: TabEditor[];
  promised: Ledger;
  made: Ledger;
  offline: Set<TabEditor>;
  background: Promise<void>[];
};

async function openStage(options: ChaosOptions): Promise<Stage> {
  const { world, createKeep = createMemoryOfflineStore } = options;
  const { services, url } = world;
  const workspaceId = await addWorkspace(services);
  const workflowId = await addWorkflow(services, workspaceId, startingPoint);
  const promised = createLedger();
  const made = createLedger();
  const editors: TabEditor[] = [];
  let cookie = '';
  for (let i = 0; i < options.editors; i += 1) {
    const person = await addPerson(services, workspaceId, 'editor', `Editor ${i}`);
    cookie = person.cookie;
    const keep = createKeep();
    editors.push(openTab({ name: `e${i}`, url, person, workflowId, promised, made, keep }));
  }
  await allOf(editors, (editor) => editor.doc() !== undefined, 30_000);
  return {
    world,
    workflowId,
    cookie,
    editors,
    promised,
    made,
    offline: new Set(),
    background: [],
  };
}

/** Some people edit, and in the middle of it something goes wrong. */
async function interleave(stage: Stage, kind: FaultKind, random: () => number): Promise<void> {
  const { editors, background } = stage;
  const count = 8 + Math.floor(random() * 20);
  const faultAt = Math.floor(random() * count);
  for (let i = 0; i < count; i += 1) {
    editors[Math.floor(random() * editors.length)]?.edit(random);
    if (i === faultAt) {
      await fault(kind, { ...stage, random, later: (work) => void background.push(work) });
    }
    // Who is away writes too.
    for (const editor of stage.offline) if (random() < 0.2) editor.edit(random);
    if (random() < 0.5) await sleep(Math.floor(random() * 18));
  }
  if (stage.offline.size > 0 && random() < 0.4) comeBack(stage);
}

function comeBack({ world, offline }: Stage): void {
  for (const editor of offline) world.front.allow(editor.name);
  offline.clear();
}

/** All heals, and then everything must be the same everywhere. */
async function judge(
  stage: Stage,
  patienceMs: number,
  promise: (name: string, failures: string[]) => void,
): Promise<void> {
  const { editors, promised, made } = stage;
  comeBack(stage);
  const ended = await Promise.allSettled(stage.background.splice(0));
  promise(
    'what was broken comes back',
    ended.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : [])),
  );
  const saved = await allOf(
    editors,
    (editor) => editor.connection().status.get().phase === 'saved',
    patienceMs,
  );
  promise('every editor is saved in the end', saved);
  // The server may still repair what the merge brought: once more, until all is the same, or time is up.
  const until = Date.now() + patienceMs;
  let found = await compare(stage);
  const same = () => found.differs.length + found.freshDiffers.length === 0;
  // On a busy machine one look may take as long as all this patience.
  for (let looks = 1; !same() && (looks < 4 || Date.now() < until); looks += 1) {
    await sleep(300);
    found = await compare(stage);
  }
  const { rows, fresh, differs, freshDiffers } = found;
  promise('all copies are equal to the rows', differs);
  promise('a fresh copy by each process is equal to the rows', freshDiffers);
  promise('an acknowledged edit is in a fresh copy', fresh.flatMap(promised.asOfNow()));
  promise('an edit that was made, saved or not, is in the rows', made.asOfNow()(rows));
}

/** How the copies of the editors, and a fresh one by each process, differ from the rows now. */
async function compare({ world, workflowId, editors, cookie }: Stage) {
  const rows = await world.rows(workflowId);
  const urls = world.live();
  const fresh = await Promise.all(
    urls.map((url) => eventually(() => freshCopy(url, cookie, workflowId), 30_000)),
  );
  const named = (name: string, doc: Y.Doc | undefined) => {
    const found = doc ? difference(doc, rows) : 'no copy';
    return found === undefined ? [] : [`${name}: ${found}`];
  };
  return {
    rows,
    fresh,
    differs: editors.flatMap((editor) => named(editor.name, editor.doc())),
    freshDiffers: fresh.flatMap((doc, i) => named(urls[i] ?? '', doc)),
  };
}

/** Waits until something is so for everybody; names those for whom it is not in time. */
async function allOf(
  editors: readonly TabEditor[],
  is: (editor: TabEditor) => boolean,
  patienceMs: number,
): Promise<string[]> {
  const until = Date.now() + patienceMs;
  let not = editors.filter((editor) => !is(editor));
  while (not.length > 0 && Date.now() < until) {
    await sleep(20);
    not = not.filter((editor) => !is(editor));
  }
  return not.map((editor) => `${editor.name}: ${statusOf(editor)}`);
}

const statusOf = (editor: TabEditor) =>
  JSON.stringify(editor.connection().status.get(), (key, value: unknown) =>
    key === 'copy' ? undefined : value,
  );

/** The report as people read it. */
export function printChaos(title: string, report: ChaosReport): void {
  const faults = Object.entries(report.faults).map(([kind, count]) => `${count} ${kind}`);
  const lines = [
    `${title}: seed ${report.seed}, ${report.interleavings} interleavings, ${report.edits} edits, ` +
      `${report.answers} answers, ${report.startedOver} copies started over (${faults.join(', ')})`,
    ...Object.entries(report.promises).map(
      ([name, { checked, failures }]) =>
        `  ${name}: ${checked} checks, ${failures.length} failures`,
    ),
    ...Object.values(report.promises).flatMap(({ failures }) =>
      failures.slice(0, 5).map((line) => `    ${line}`),
    ),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}
