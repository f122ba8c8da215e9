import { workflowArgument } from './arguments';
import { defineCommand } from './define-command';

export default defineCommand({
  name: 'run',
  summary: 'Run the live version of a workflow.',
  words: ['start', 'execute', 'launch'],
  argument: workflowArgument,
  hint: 'workflow',
  starts: 'live',
  permission: 'runs.start',
  effect: 'outward',
  confirmation: (name) => `This runs “${name}” for real, with all that its steps do.`,
});
