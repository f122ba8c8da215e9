import type { CDPSession, Page } from '@playwright/test';

type TraceEvent = {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  id?: string;
  id2?: { local?: string };
  args: {
    event_latency?: { event_type?: string };
    frame_reporter?: { state?: string };
  };
};

/** What Chromium itself says about a stretch of time, in milliseconds. */
export type Traced = {
  /** From each input to the frame that shows its effect. */
  delays: number[];
  /** Between frames that were shown, while something changed. */
  frames: number[];
  dropped: number;
  /** Tasks of a renderer's main thread of more than 50 ms. */
  longTasks: number[];
};

const categories = 'cc,benchmark,input,toplevel,devtools.timeline,viz,latencyInfo';
const inputs = /^(MOUSE_(PRESSED|DRAGGED|RELEASED)|KEY_PRESSED|RAW_KEY_DOWN|CHAR)$/;

/** Traces what `work` does to the page. */
export async function traced(page: Page, work: () => Promise<void>): Promise<Traced> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories.split(',') },
  });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return read(events);
}

function read(events: readonly TraceEvent[]): Traced {
  const delays: number[] = [];
  const shown: number[] = [];
  let dropped = 0;
  for (const { begin, end } of pairs(events, 'EventLatency')) {
    const type = begin.args.event_latency?.event_type ?? end.args.event_latency?.event_type;
    if (type && inputs.test(type)) delays.push((end.ts - begin.ts) / 1_000);
  }
  for (const { name, ts, args } of events) {
    if (name === 'Display::FrameDisplayed') shown.push(ts);
    if (args.frame_reporter?.state === 'STATE_DROPPED') dropped += 1;
  }
  shown.sort((a, b) => a - b);
  const frames = shown.slice(1).map((ts, i) => (ts - (shown[i] ?? ts)) / 1_000);
  const longTasks = events
    .filter(({ name, dur = 0 }) => name.endsWith('RunTask') && dur > 50_000)
    .map(({ dur = 0 }) => dur / 1_000);
  // A pause in which nothing changed is no frame.
  return { delays, frames: frames.filter((ms) => ms < 1_000), dropped, longTasks };
}

function pairs(events: readonly TraceEvent[], name: string) {
  const open = new Map<string, TraceEvent>();
  const found: { begin: TraceEvent; end: TraceEvent }[] = [];
  for (const event of events.toSorted((a, b) => a.ts - b.ts)) {
    if (event.name !== name) continue;
    const key = `${event.pid} ${event.id2?.local ?? event.id}`;
    if (event.ph === 'b') open.set(key, event);
    const begin = event.ph === 'e' ? open.get(key) : undefined;
    if (!begin) continue;
    open.delete(key);
    found.push({ begin, end: event });
  }
  return found;
}

type Profile = {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
    children?: number[];
  }[];
  samples?: number[];
  timeDeltas?: number[];
};

/** Where the main thread spends its time while `work` runs: milliseconds by function, the most first. */
export async function profiled(
  page: Page,
  work: () => Promise<void>,
): Promise<{ self: object[]; total: object[] }> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 200 });
  await session.send('Profiler.start');
  await work();
  const { profile } = await session.send('Profiler.stop');
  await session.detach();
  return hotSpots(profile as Profile);
}

function hotSpots({ nodes, samples = [], timeDeltas = [] }: Profile) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node.id])),
  );
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const add = (map: Map<string, number>, name: string, ms: number) =>
    map.set(name, (map.get(name) ?? 0) + ms);
  for (const [i, id] of samples.entries()) {
    const ms = (timeDeltas[i] ?? 0) / 1_000;
    const seen = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const name = nameOf(byId.get(at));
      if (at === id) add(self, name, ms);
      if (!seen.has(name)) add(total, name, ms);
      seen.add(name);
    }
  }
  return { self: most(self), total: most(total) };
}

function nameOf(node: Profile['nodes'][number] | undefined): string {
  if (!node) return '?';
  const { functionName, url, lineNumber, columnNumber } = node.callFrame;
  const file = url.split('/').at(-1)?.split('?')[0] ?? '';
  return `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}:${columnNumber + 1}`;
}

const most = (map: ReadonlyMap<string, number>) =>
  [...map]
    .filter(([name]) => !name.startsWith('(idle)') && !name.startsWith('(root)'))
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 25)
    .map(([name, ms]) => ({ name, ms: Math.round(ms) }));
