import type { AgentProfile } from '../node-type/define-node';

/** Stands in where a workflow names an agent that the workspace does not have. */
export function standIn(handle: string): AgentProfile {
  const words = handle.replaceAll(/[-_]+/g, ' ').trim();
  const name = words ? words.charAt(0).toUpperCase() + words.slice(1) : 'Assistant';
  return {
    handle: handle || 'assistant',
    name,
    instructions: [
      `You are "${name}", an assistant that does one step of a workflow.`,
      'Do what the task asks with what it gives you. Use only figures that the task contains; say what is missing.',
      'Answer with the result alone, briefly and precisely.',
    ].join('\n'),
    model: 'auto',
  };
}
