import { assign, type Candidate } from '@/lib/agents/assignment/assign';
import type { Needs } from '@/lib/agents/assignment/needs';
import { agentStatuses } from '@/lib/agents/status/machine';
import { chanceOf } from '@/lib/runs/testing/chance';
import { percentile, rounded } from './figures';

const count = 1_000;
const decisions = 2_000;
const skills = Array.from({ length: 40 }, (_, index) => `skill ${index}`);
const tools = Array.from({ length: 60 }, (_, index) => `tool_${index}`);

/** A choice among a thousand agents with its record: the pure decision, as a step makes it. */
export async function benchAssignment(): Promise<object> {
  const random = chanceOf(1);
  const some = <T>(all: readonly T[], share: number) => all.filter(() => random() < share);
  const made = Array.from({ length: count }, (_, index) => ({
    index,
    own: some(tools, 0.3),
    skills: some(skills, 0.3),
  }));
  const times: number[] = [];
  let taken = 0;
  for (let turn = 0; turn < decisions; turn += 1) {
    const needs: Needs = {
      skills: some(skills, 0.05).slice(0, 3),
      tools: some(tools, 0.03).slice(0, 3),
      privacy: 'any',
    };
    const agents = made.map(
      ({ index, own, skills: has }): Candidate => ({
        ...{ handle: `agent-${index}`, name: `Agent ${index}`, skills: has, grants: own.length },
        tools: own.flatMap((name) => (needs.tools.includes(name) ? [{ name }] : [])),
        ...{ local: index % 3 === 0, status: agentStatuses[index % 2] ?? 'idle' },
        ...{ running: index % 4, capacity: 3, done: index % 20, failed: index % 5 },
        ...{ usualUsd: (index % 50) / 100, usualMinutes: index % 30 },
      }),
    );
    const began = performance.now();
    const record = assign(needs, agents, { seed: `run/${turn}` });
    times.push(performance.now() - began);
    if (record.taken !== null) taken += 1;
  }
  const ms = (share: number) => rounded(percentile(times, share));
  return { agents: count, decisions, taken, ms: { p50: ms(0.5), p95: ms(0.95), p99: ms(0.99) } };
}
