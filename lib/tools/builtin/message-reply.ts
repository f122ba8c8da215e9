import { z } from 'zod';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'message_reply',
  title: 'Reply to a message',
  description:
    'Answers a message, by its id; without one, that which began your task. Use it to say something before the end: what you answer at the end of a task goes back by itself where a reply is wanted.',
  input: z.strictObject({
    text: z.string().min(1).max(20_000),
    message: z.uuid().optional().describe('Id of the message.'),
  }),
  // Sent under the key of the call: another attempt of it sends nothing again.
  effect: 'idempotent',
  risk: 2,
  approval: 'policy',
  permission: 'messages.write',
  async run({ text, message }, context) {
    const { id } = await context.service('message', {
      ...{ do: 'reply', body: text },
      ...(message === undefined ? {} : { message }),
    });
    return { sent: true, ...(id === undefined ? {} : { message: id }) };
  },
});
