import { z } from 'zod';
import { agentEditSchema, changeTool } from '@/lib/canvas-turns/agent-edit';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { defineTool } from '../define-tool';

export default defineTool({
  name: changeTool,
  title: 'Change a workflow',
  description:
    'Changes the workflow that a person asked to change beside its canvas. What is changed is a suggestion that people see while it is made, and accept or decline. Make a few edits at a time, read the problems that come back, and mend them. Steps that a person is working on are left alone.',
  input: z.strictObject({
    edits: z.array(agentEditSchema).max(40).default([]),
    byRules: z
      .boolean()
      .default(false)
      .describe('Makes of the message what simple rules understand of it, instead of edits.'),
  }),
  // Made under the key of the call: another attempt of it changes nothing again.
  effect: 'idempotent',
  risk: 1,
  approval: 'never',
  permission: 'workflows.suggest',
  async run({ edits, byRules }, context) {
    const { on, ...done } = await context.service('canvas', { do: 'change', edits, byRules });
    if (on) return done;
    throw new StepError(
      'no_workflow',
      'Nobody asked for a change of a workflow here. Ask for it in the chat beside its canvas.',
    );
  },
});
