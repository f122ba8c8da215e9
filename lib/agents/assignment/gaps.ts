import type { Candidate } from './assign';
import type { Needs } from './needs';

/** What an agent lacks for a task, a sentence each; nothing: it fits. */
export function problemsOf(
  { skills, tools, privacy, maxUsd, maxMinutes }: Needs,
  agent: Candidate,
  not: ReadonlyMap<string, string> | undefined,
): string[] {
  const problems: string[] = [];
  for (const skill of skills) {
    if (agent.skills.includes(skill)) continue;
    problems.push(`It does not have the skill “${skill}”.`);
  }
  for (const name of tools) {
    const tool = agent.tools.find((one) => one.name === name);
    if (tool === undefined) {
      problems.push(`It does not have the tool “${name}”.`);
    } else if (tool.problem !== undefined) {
      problems.push(`Its tool “${name}” cannot be used now: ${tool.problem}`);
    }
  }
  if (privacy === 'local' && !agent.local) {
    problems.push('Its model may be one that is not on this machine.');
  }
  const { usualUsd, usualMinutes, maintenance } = agent;
  if (maxUsd !== undefined && usualUsd !== undefined && usualUsd > maxUsd) {
    problems.push(`Its tasks usually cost $${rounded(usualUsd)}, more than $${maxUsd}.`);
  }
  if (maxMinutes !== undefined && usualMinutes !== undefined && usualMinutes > maxMinutes) {
    problems.push(
      `Its tasks usually take ${rounded(usualMinutes)} minutes, more than ${maxMinutes}.`,
    );
  }
  if (maintenance !== undefined) problems.push(`It is in maintenance: ${maintenance}`);
  const excluded = not?.get(agent.handle);
  if (excluded !== undefined) problems.push(excluded);
  return problems;
}

const rounded = (value: number) => Number(value.toPrecision(2));

/** How far an agent is from what is needed: a skill or a tool weighs more than all else. 0: it fits. */
export function lackOf(
  { skills, tools, privacy, maxUsd, maxMinutes }: Needs,
  agent: Candidate,
  not: ReadonlyMap<string, string> | undefined,
): number {
  let lack = 0;
  for (const skill of skills) if (!agent.skills.includes(skill)) lack += heavy;
  for (const name of tools) {
    const tool = agent.tools.find((one) => one.name === name);
    if (tool === undefined) lack += heavy;
    else if (tool.problem !== undefined) lack += 1;
  }
  if (privacy === 'local' && !agent.local) lack += 1;
  if (maxUsd !== undefined && (agent.usualUsd ?? 0) > maxUsd) lack += 1;
  if (maxMinutes !== undefined && (agent.usualMinutes ?? 0) > maxMinutes) lack += 1;
  if (agent.maintenance !== undefined) lack += 1;
  if (not?.has(agent.handle)) lack += 1;
  return lack;
}
const heavy = 100;

/** How many agents that nearly fit are named. */
const maxNear = 3;

export type Lacking = { agent: Candidate; lack: number };

/** What is missing when nobody fits: skills and tools that nobody has, else what keeps the `nearest` ones, the nearest first. */
export function gapsOf(
  needs: Needs,
  agents: readonly Candidate[],
  nearest: readonly Lacking[],
  not: ReadonlyMap<string, string> | undefined,
): string[] {
  const [first] = nearest;
  if (first === undefined) return ['There are no agents in this workspace.'];
  const gaps = [
    ...needs.skills
      .filter((skill) => !agents.some((agent) => agent.skills.includes(skill)))
      .map((skill) => `No agent has the skill “${skill}”.`),
    ...needs.tools
      .filter((name) => !agents.some((agent) => agent.tools.some((tool) => tool.name === name)))
      .map((name) => `No agent has the tool “${name}”.`),
  ];
  if (gaps.length > 0) return gaps;
  return nearest
    .filter(({ lack }) => lack === first.lack)
    .slice(0, maxNear)
    .map(({ agent }) => `${agent.name} comes nearest: ${problemsOf(needs, agent, not).join(' ')}`);
}
