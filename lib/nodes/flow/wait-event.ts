import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import { defineNode, type Port, StepError, suspend } from '../node-type/define-node';
import { longestWait, unitMs } from '../node-type/durations';

const received: Port = { id: 'out', label: 'Received' };
const expired: Port = { id: 'expired', label: 'Expired' };

/** Characters of an event's name. */
const longestChannel = 200;

export default defineNode({
  type: 'wait-event',
  kind: 'task',
  title: 'Wait for an event',
  summary: 'Waits until a program sends the named event.',
  group: 'Flow',
  icon: 'radio',
  aliases: ['wait', 'event', 'webhook', 'callback', 'listen', 'signal', 'resume', 'external'],
  config: z.strictObject({
    event: z
      .string({ error: 'Enter the event’s name.' })
      .min(1, 'Enter the event’s name.')
      .max(2_000)
      .meta({
        title: 'Event',
        description:
          'Its name, such as paid/{{ input.order }}. Sent with POST /api/v2/events. An event that arrives after the run started and before the step waits is kept for a day.',
        widget: 'template',
      }),
    expiresInHours: z.number().positive().max(8_760).optional().meta({
      title: 'Expires after',
      description: 'In hours; the run then continues at “Expired”. Empty: never.',
    }),
    example: z
      .string()
      .max(20_000)
      .check((check) => {
        if (readExample(check.value).ok) return;
        const message = 'This is not valid JSON.';
        check.issues.push({ code: 'custom', input: check.value, message });
      })
      .default('')
      .meta({
        title: 'Example',
        description: 'JSON that rehearsals use as the event’s data.',
        widget: 'json',
      }),
  }),
  ports: (config) => (config.expiresInHours === undefined ? [received] : [received, expired]),
  subtitle: (config) => config.event,
  sample: { order: 'A-1', paid: true },
  async run(context, config) {
    const channel = (await context.render(config.event)).trim();
    if (channel === '' || channel.length > longestChannel) {
      const message = `An event’s name has 1 to ${longestChannel} characters: "${channel.slice(0, 60)}".`;
      throw new StepError('invalid_event', message);
    }
    const output = readExample(config.example).value;
    const done = { ok: true as const, output, ports: ['out'] };
    if (context.scope.run.mode === 'rehearsal') {
      const reason = `Rehearsed: a live run would wait for the event ${channel} here.`;
      return suspend({ kind: 'timer', until: context.now(), end: { ...done, reason } });
    }
    const ask = { event: channel };
    const { expiresInHours } = config;
    if (expiresInHours === undefined) return suspend({ kind: 'message', channel, ask });
    const waitMs = Math.min(expiresInHours * unitMs.hours, longestWait);
    const reason = `The event ${channel} did not arrive in time.`;
    const end = { ok: true as const, output: null, ports: ['expired'], reason };
    return suspend({ kind: 'message', channel, ask, until: context.now() + waitMs, end });
  },
});

function readExample(text: string): { ok: boolean; value: unknown } {
  if (text.trim() === '') return { ok: true, value: null };
  const read = readJson(text);
  return read.ok ? { ok: true, value: read.value } : { ok: false, value: null };
}
