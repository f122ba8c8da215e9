import { z } from 'zod';
import { type Address, priorities } from '@/lib/messages/schema';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'message_send',
  title: 'Send a message',
  description:
    'Puts a message into the mailbox of another agent, a person or a pool of this workspace, or of everybody who subscribes to a topic, and goes on without waiting. For an agent it becomes a task. Say all that the reader needs: they see nothing of your task.',
  input: z.strictObject({
    kind: z.enum(['agent', 'person', 'pool', 'topic']).default('agent').describe('Who it is for.'),
    to: z
      .string()
      .min(1)
      .max(100)
      .describe(
        'Handle of the agent, email address or name of the person, name of the pool, or the topic.',
      ),
    type: z.string().min(1).max(100).default('message').describe('What kind of message it is.'),
    text: z.string().min(1).max(20_000),
    priority: z.enum(priorities).default('normal'),
    wantsReply: z
      .boolean()
      .default(false)
      .describe('What is answered comes to you later, as a message that begins a task.'),
  }),
  // Sent under the key of the call: another attempt of it sends nothing again.
  effect: 'idempotent',
  risk: 2,
  approval: 'policy',
  permission: 'messages.write',
  async run({ kind, to, type, text, priority, wantsReply }, context) {
    const address: Record<typeof kind, Address> = {
      ...{ agent: { agent: to }, person: { person: to }, pool: { pool: to } },
      topic: { topic: to },
    };
    const { id, recipients } = await context.service('message', {
      ...{ do: 'send', to: address[kind], type, body: text, priority },
      ...(wantsReply && context.calledBy !== undefined ? { reply: 'mailbox' as const } : {}),
    });
    return { message: id, recipients };
  },
});
