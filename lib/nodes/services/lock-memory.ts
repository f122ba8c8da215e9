import { z } from 'zod';
import { lockChannel } from '@/lib/memory/locks/channel';
import { lockModes } from '@/lib/memory/locks/modes';
import { defineNode, type Port, StepError, suspend, take } from '../node-type/define-node';
import { memorySettings, spaceNamed } from './memory-settings';

const locked: Port = { id: 'out', label: 'Locked' };
const expired: Port = { id: 'expired', label: 'Not in time' };

export default defineNode({
  type: 'lock-memory',
  kind: 'task',
  title: 'Lock',
  summary: 'Locks a part of memory for this run, and waits until it can be had.',
  group: 'Data',
  icon: 'lock',
  aliases: ['memory', 'lock', 'mutex', 'semaphore', 'exclusive', 'critical section', 'queue up'],
  config: z.strictObject({
    ...memorySettings,
    path: z.string().max(2_000).default('').meta({
      title: 'Path',
      description: 'What is locked, with all below it. Empty: the whole memory.',
      widget: 'template',
    }),
    mode: z
      .enum(lockModes)
      .default('X')
      .meta({
        title: 'For',
        help: 'What others may do meanwhile follows from it: several may read at once, one alone may write.',
        labels: {
          X: 'Writing all of it',
          S: 'Reading all of it',
          SIX: 'Reading all and writing parts',
          IX: 'Writing parts, each under a lock of its own',
          IS: 'Reading parts, each under a lock of its own',
        },
      }),
    heldMinutes: z.number().positive().max(1_440).default(10).meta({
      title: 'Held for at most',
      description: 'Minutes. It ends before with Unlock, or with the run.',
    }),
    waitMinutes: z.number().min(0).max(1_440).default(10).meta({
      title: 'Waits for at most',
      description: 'Minutes; the run then continues at “Not in time”.',
    }),
  }),
  ports: [locked, expired],
  subtitle: (config) => config.path,
  sample: { token: 1, path: 'customers/acme', mode: 'X', until: '2026-01-01T00:00:00.000Z' },
  async run(context, { path: template, mode, heldMinutes, waitMinutes, ...config }) {
    const path = (await context.render(template)).trim();
    const space = await spaceNamed(context, config);
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.('Rehearsed: nothing was locked.');
      return take(['out'], { token: 0, path, mode, until: null, rehearsed: true }, 'Rehearsed.');
    }
    const { lock } = await context.service('memory', {
      ...{ do: 'lock', space, path, mode, leaseSeconds: Math.max(5, Math.round(heldMinutes * 60)) },
      waitSeconds: Math.round(waitMinutes * 60),
    });
    if (lock === undefined) throw new StepError('memory_missing', 'There is no such memory.');
    const { granted, ...output } = lock;
    if (granted) return take(['out'], output, 'It was free.');
    const reason = 'Others held it all the time.';
    const end = { ok: true as const, output: null, ports: ['expired'], reason };
    const channel = lockChannel(lock.token);
    return suspend({
      ...{ kind: 'message', channel, ask: { lock: path }, end },
      until: context.now() + waitMinutes * 60_000,
    });
  },
});
