import type { AgentStatus } from '../status/machine';
import { gapsOf, type Lacking, lackOf, problemsOf } from './gaps';
import type { Needs } from './needs';
import type { Assignment, LookedAt } from './record';

/** An agent as it is at the moment of the choice. */
export type Candidate = {
  handle: string;
  name: string;
  skills: readonly string[];
  /** Of the tools that are needed, those that were granted to it; `problem`: why one cannot be used now. */
  tools: readonly { name: string; problem?: string | undefined }[];
  /** How many tools it has in all. */
  grants: number;
  /** Its model is bound to this machine. */
  local: boolean;
  maintenance?: string | undefined;
  status: AgentStatus;
  /** Its tasks under way, and how many it may have at once. */
  running: number;
  capacity: number;
  /** What one of its tasks may cost, where that is limited. */
  budgetUsd?: number | undefined;
  /** Its tasks of the last days that ended well, and that failed. */
  done: number;
  failed: number;
  /** What its tasks usually cost and take; undefined where it has none. */
  usualUsd?: number | undefined;
  usualMinutes?: number | undefined;
};

export type Team = {
  agents: Candidate[];
  /** Agents that wait for this very task, by handle, with that as a sentence. */
  not: [handle: string, why: string][];
  /** Titles of tools that were used below and whose effect cannot be taken back. */
  acted: string[];
};

type Asked = {
  /** Decides among those that are about equally good: the same seed, the same choice. */
  seed: string;
  /** Agents that must not get it, with the reason as a sentence. */
  not?: ReadonlyMap<string, string>;
};

/** Agents that a record names; the rest are counted. */
const maxNamed = 12;
/** Who is so close to the best one is about equally good. */
const close = 0.05;
const weights = { focus: 0.35, record: 0.3, load: 0.2, cost: 0.1, local: 0.05 } as const;

type Fit = { agent: Candidate; score: number; tier: number };

/**
 * Who gets a task: of the agents that have all that it needs, the one with the best mixture of focus, record, load and
 * cost; among equals the less busy of two. Those that are overloaded or failing come last. The same input gives the same choice.
 */
export function assign(needs: Needs, agents: readonly Candidate[], asked: Asked): Assignment {
  const { not, seed } = asked;
  const dearest = agents.reduce((most, { usualUsd = 0 }) => Math.max(most, usualUsd), 0);
  const fits: Fit[] = [];
  const out: Lacking[] = [];
  for (const agent of agents) {
    const lack = lackOf(needs, agent, not);
    if (lack > 0) out.push({ agent, lack });
    else fits.push({ agent, score: scoreOf(needs, agent, dearest), tier: tierOf(agent) });
  }
  const taken = pick(fits, seed);
  const others = firstOf(fits, maxNamed, byRank).filter((fit) => fit !== taken);
  const nearest = firstOf(out, maxNamed, byLack);
  const shown: LookedAt[] = [
    ...(taken === undefined ? [] : [named(taken.agent, taken.score)]),
    ...others.map((fit) => ({ ...named(fit.agent, fit.score), why: whyNot(fit, taken) })),
    ...nearest.map(({ agent }) => ({
      ...named(agent),
      why: problemsOf(needs, agent, not).slice(0, 3).join(' '),
    })),
  ].slice(0, maxNamed);
  const more = agents.length - shown.length;
  const missing = taken === undefined ? gapsOf(needs, agents, nearest, not) : undefined;
  return {
    needs,
    taken: taken?.agent.handle ?? null,
    reason: missing === undefined ? whyTaken(needs, fits, taken) : missing.join(' '),
    ...{ looked: agents.length, fit: fits.length, agents: shown },
    ...(more > 0 ? { more } : {}),
    ...(missing === undefined ? {} : { missing }),
  };
}

const named = ({ handle, name }: Candidate, score?: number): LookedAt => ({
  ...{ handle, name },
  ...(score === undefined ? {} : { score: Math.round(score * 1_000) / 1_000 }),
});

/** The first of a list in an order, without putting all of it in order. */
function firstOf<T>(items: readonly T[], count: number, order: (a: T, b: T) => number): T[] {
  const first: T[] = [];
  for (const item of items) {
    const last = first.at(-1);
    if (first.length === count && last !== undefined && order(item, last) >= 0) continue;
    const at = first.findIndex((each) => order(item, each) < 0);
    first.splice(at < 0 ? first.length : at, 0, item);
    if (first.length > count) first.pop();
  }
  return first;
}

const byRank = (a: Fit, b: Fit) =>
  a.tier - b.tier || b.score - a.score || byHandle(a.agent, b.agent);
const byLack = (a: Lacking, b: Lacking) => a.lack - b.lack || byHandle(a.agent, b.agent);
const byHandle = (a: Candidate, b: Candidate) => (a.handle < b.handle ? -1 : 1);

const tierOf = ({ status, running, capacity }: Candidate): number => {
  if (status === 'error') return 2;
  return status === 'overloaded' || running >= capacity ? 1 : 0;
};

/** From 0 to 1. Who can do little else is meant for it; who was never tried stands in the middle. */
export function scoreOf(needs: Needs, agent: Candidate, dearest: number): number {
  const { skills, grants, done, failed, running, capacity, usualUsd, local } = agent;
  const ofTools = grants === 0 ? 1 : needs.tools.length / grants;
  const ofSkills = needs.skills.length / Math.max(1, skills.length);
  const focus = needs.skills.length === 0 ? ofTools : (ofTools + ofSkills) / 2;
  const record = (done + 1) / (done + failed + 2);
  const load = 1 - Math.min(1, running / Math.max(1, capacity));
  const cost = usualUsd === undefined || dearest === 0 ? 0.5 : 1 - usualUsd / dearest;
  return (
    weights.focus * Math.min(1, focus) +
    weights.record * record +
    weights.load * load +
    weights.cost * cost +
    weights.local * Number(local)
  );
}

/** Of those that are about as good as the best, the less busy of two that the seed names. */
function pick(fits: readonly Fit[], seed: string): Fit | undefined {
  const [best] = firstOf(fits, 1, byRank);
  if (best === undefined) return undefined;
  const equals = fits
    .filter(({ tier, score }) => tier === best.tier && score >= best.score - close)
    .sort(byRank);
  const hash = hashOf(seed);
  const one = equals[hash % equals.length] ?? best;
  const rest = equals.filter((fit) => fit !== one);
  const two = rest[Math.floor(hash / 65_536) % Math.max(1, rest.length)] ?? one;
  const busy = ({ agent }: Fit) => agent.running / Math.max(1, agent.capacity);
  if (busy(one) !== busy(two)) return busy(one) < busy(two) ? one : two;
  return one.score >= two.score ? one : two;
}

/** FNV-1a: spreads short texts evenly, and is the same everywhere. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

function whyTaken(needs: Needs, fits: readonly Fit[], taken: Fit | undefined): string {
  if (taken === undefined) return '';
  const { agent, tier } = taken;
  const work = `${agent.running} of ${agent.capacity} ${agent.capacity === 1 ? 'task' : 'tasks'} under way`;
  const ends = agent.done + agent.failed;
  const record = ends === 0 ? 'no tasks behind it yet' : `${agent.done} of ${ends} tasks done`;
  const hard =
    tier === 0 ? '' : tier === 1 ? ', though it is full' : ', though its last tasks failed';
  if (fits.length === 1)
    return `${agent.name} is the only agent that fits: ${record}, ${work}${hard}.`;
  const what = needs.skills.length > 0 ? ' for this' : '';
  const isBest = !fits.some((fit) => fit.tier === tier && fit.score > taken.score);
  const stands = isBest ? `stands best${what}` : 'is about as good as the best, and is no busier';
  return `Of ${fits.length} agents that fit, ${agent.name} ${stands}: ${record}, ${work}${hard}.`;
}

function whyNot({ agent, tier, score }: Fit, taken: Fit | undefined): string {
  if (taken === undefined) return '';
  if (tier > taken.tier) {
    return tier === 2
      ? 'It fits, but its last tasks failed.'
      : 'It fits, but has all the work that it may have.';
  }
  if (score >= taken.score - close)
    return 'It fits about as well, and the choice fell on the other.';
  const parts: [string, number, number][] = [
    ['has more work', agent.running / agent.capacity, taken.agent.running / taken.agent.capacity],
    ['costs more', agent.usualUsd ?? 0, taken.agent.usualUsd ?? 0],
    [
      'is less meant for it',
      agent.skills.length + agent.grants,
      taken.agent.skills.length + taken.agent.grants,
    ],
    [
      'failed more',
      agent.failed / (agent.done + agent.failed + 2),
      taken.agent.failed / (taken.agent.done + taken.agent.failed + 2),
    ],
  ];
  const worse = parts.filter(([, own, best]) => own > best).map(([text]) => text);
  return `It fits, but ${worse.length === 0 ? 'has less behind it' : worse.join(' and ')}.`;
}
