import { isWithin } from '../path';
import { areCompatible, covers, intentOf, type LockMode } from './modes';

/** A lock that is held or waited for. In a list of them, whoever asked first stands first. */
export type LockRequest = {
  token: number;
  owner: string;
  /** The empty path is the whole space. */
  path: string;
  mode: LockMode;
  granted: boolean;
};
export type LockAsk = Pick<LockRequest, 'owner' | 'path' | 'mode'>;

export type LockVerdict =
  /** The owner has all of it already. */
  | { do: 'have'; token: number }
  | { do: 'grant' }
  | { do: 'wait' }
  | { do: 'refuse'; why: 'deadlock'; chain: string[] }
  | { do: 'refuse'; why: 'upgrade' | 'full' | 'waiting' };

/** Requests that may wait in one space. */
export const maxWaiting = 200;

/** The mode that a request has at a path: its own there, an intent above, and none elsewhere. */
function modeAt(request: LockAsk, path: string): LockMode | undefined {
  if (request.path === path) return request.mode;
  return isWithin(request.path, path) ? intentOf(request.mode) : undefined;
}

/** Whether two requests of different owners cannot be held at once. */
export function clash(one: LockAsk, other: LockAsk): boolean {
  if (one.owner === other.owner) return false;
  // Above the higher of both paths both have intents, which bear each other.
  const [upper, lower] = isWithin(one.path, other.path) ? [other, one] : [one, other];
  const there = modeAt(lower, upper.path);
  return there !== undefined && !areCompatible(upper.mode, there);
}

const isHeldBy = (owner: string) => (request: LockRequest) =>
  request.granted && request.owner === owner;

type Graph = Map<string, Set<string>>;

/** Whether one owner waits for another one, directly or by others. */
function reaches(graph: Graph, from: string, to: string): boolean {
  return chainTo(graph, from, to) !== undefined;
}

/** The owners from one to another one, each waiting for the next; undefined where there is no such line. */
function chainTo(graph: Graph, from: string, to: string): string[] | undefined {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  const open = [from];
  for (let owner = open.pop(); owner !== undefined; owner = open.pop()) {
    if (owner === to) {
      const chain: string[] = [];
      for (let at: string | undefined = owner; at !== undefined; at = before.get(at))
        chain.unshift(at);
      return chain;
    }
    for (const next of graph.get(owner) ?? []) {
      if (before.has(next)) continue;
      before.set(next, owner);
      open.push(next);
    }
  }
  return undefined;
}

/** Who waits for whom because of what is held. */
function heldEdges(all: readonly LockRequest[]): Graph {
  const graph: Graph = new Map();
  for (const request of all) {
    if (request.granted) continue;
    const owners = graph.get(request.owner) ?? new Set();
    for (const one of all) if (one.granted && clash(request, one)) owners.add(one.owner);
    graph.set(request.owner, owners);
  }
  return graph;
}

/**
 * Who waits for whom: for what is held, and in turn for what was asked for before. Turns give way where they would close a
 * circle: whoever waits for an owner does not hold it up.
 */
export function waitGraph(all: readonly LockRequest[]): Graph {
  const graph = heldEdges(all);
  const holders = new Set(all.filter(({ granted }) => granted).map(({ owner }) => owner));
  for (const [index, request] of all.entries()) {
    if (request.granted) continue;
    const owners = graph.get(request.owner) ?? new Set();
    for (const one of all.slice(0, index)) {
      if (one.granted || !clash(request, one)) continue;
      // Nobody waits for an owner who holds nothing, but those who come later.
      if (holders.has(request.owner) && reaches(graph, one.owner, request.owner)) continue;
      owners.add(one.owner);
    }
    graph.set(request.owner, owners);
  }
  return graph;
}

/** What becomes of a new request. An owner waits for one at a time. */
export function askLock(ask: LockAsk, all: readonly LockRequest[]): LockVerdict {
  const have = all.find(
    (one) => isHeldBy(ask.owner)(one) && one.path === ask.path && covers(one.mode, ask.mode),
  );
  if (have !== undefined) return { do: 'have', token: have.token };
  if (all.some(({ granted, owner }) => !granted && owner === ask.owner)) {
    // A second wait is refused, but what waits for nobody is given.
    const others = all.filter(({ granted, owner }) => granted || owner !== ask.owner);
    const free = !waits(ask, others) && !all.some((one) => !one.granted && clash(ask, one));
    return free ? { do: 'grant' } : { do: 'refuse', why: 'waiting' };
  }
  if (!waits(ask, all)) return { do: 'grant' };
  if (isSecondUpgrade(ask, all)) return { do: 'refuse', why: 'upgrade' };
  if (all.filter(({ granted }) => !granted).length >= maxWaiting)
    return { do: 'refuse', why: 'full' };
  const graph = heldEdges([...all, { ...ask, token: -1, granted: false }]);
  for (const next of graph.get(ask.owner) ?? []) {
    const chain = chainTo(graph, next, ask.owner);
    if (chain !== undefined)
      return { do: 'refuse', why: 'deadlock', chain: [ask.owner, ...chain.slice(0, -1)] };
  }
  return { do: 'wait' };
}

const waits = (ask: LockAsk, all: readonly LockRequest[]) =>
  (waitGraph([...all, { ...ask, token: -1, granted: false }]).get(ask.owner)?.size ?? 0) > 0;

/** Two who hold the same place and both want more of it wait for each other for ever. */
function isSecondUpgrade(ask: LockAsk, all: readonly LockRequest[]): boolean {
  const holds = (owner: string) => all.some((one) => isHeldBy(owner)(one) && one.path === ask.path);
  if (!holds(ask.owner)) return false;
  return all.some(
    (one) =>
      !one.granted &&
      one.path === ask.path &&
      one.owner !== ask.owner &&
      holds(one.owner) &&
      all.some((mine) => isHeldBy(ask.owner)(mine) && clash(mine, one)),
  );
}

/** Tokens of those who need not wait any more, after something was released; `all` is as it was left. */
export function grantable(all: readonly LockRequest[]): number[] {
  const now = all.map((request) => ({ ...request }));
  const tokens: number[] = [];
  for (let again = true; again; ) {
    again = false;
    const graph = waitGraph(now);
    for (const request of now) {
      if (request.granted || (graph.get(request.owner)?.size ?? 0) > 0) continue;
      request.granted = true;
      tokens.push(request.token);
      again = true;
      break;
    }
  }
  return tokens;
}

/** Whether an owner may write at a path: nobody else reads or writes there, or all of what is above. */
export function blocksWrite(request: LockAsk, path: string): boolean {
  if (request.path === path) return true;
  return isWithin(path, request.path) && !areCompatible(request.mode, 'IX');
}
