import { workflowArgument } from './arguments';
import { defineCommand } from './define-command';

export default defineCommand({
  name: 'rehearse',
  summary: 'Rehearse the draft of a workflow: no model, no network, no effect.',
  words: ['try', 'test', 'dry run', 'simulate'],
  argument: workflowArgument,
  hint: 'workflow',
  starts: 'draft',
  permission: 'runs.start',
  effect: 'read',
});
