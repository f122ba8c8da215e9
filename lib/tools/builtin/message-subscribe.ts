import { z } from 'zod';
import { topicPatternSchema } from '@/lib/messages/topics';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'message_subscribe',
  title: 'Subscribe to a topic',
  description:
    'Has messages of a topic come to you from now on, each as a task of yours, or ends that. Use it when you are to hear of something whenever it happens. What was sent before does not come.',
  input: z.strictObject({
    topic: topicPatternSchema.describe(
      'The topic, such as orders.new. * stands for any one part, > at the end for all that follows.',
    ),
    on: z.boolean().default(true).describe('False: no longer.'),
  }),
  // The same again changes nothing.
  effect: 'idempotent',
  risk: 1,
  approval: 'policy',
  permission: 'messages.write',
  async run({ topic, on }, context) {
    await context.service('message', { do: 'subscribe', topic, on });
    return { topic, subscribed: on };
  },
});
