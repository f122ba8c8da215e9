import { workflowArgument } from './arguments';
import { defineCommand } from './define-command';

export default defineCommand({
  name: 'publish',
  summary: 'Publish the draft of a workflow as its live version.',
  words: ['release', 'deploy', 'go live'],
  argument: workflowArgument,
  hint: 'workflow',
  permission: 'workflows.publish',
  effect: 'outward',
  confirmation: (name) =>
    `This publishes the draft of “${name}”: its triggers run it from then on.`,
});
