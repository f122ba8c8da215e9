import { expect, test } from 'vitest';
import { workspaceKinds } from '@/lib/realtime/messages';
import type { MessageOf, Topic } from '@/server/bus/bus';
import { createSubscribers } from '@/server/bus/local';
import { createLog } from '@/server/log';
import { Topics } from './topics';

/** A bus within this process, and a clock that the test sets. */
function world() {
  const log = createLog({ logLevel: 'silent' }, 'test');
  const subscribers = createSubscribers(log);
  const sent: { room: string; event: string; message: object }[] = [];
  let subscriptions = 0;
  const bus = {
    publish: <T extends Topic>(topic: T, message: MessageOf<T>) =>
      subscribers.deliver(topic, message),
    subscribe: async <T extends Topic>(topic: T, handler: (message: MessageOf<T>) => void) => {
      subscriptions += 1;
      subscribers.add(topic, handler);
      return () => void subscribers.remove(topic, handler);
    },
    onGap: subscribers.onGap,
    connected: () => true,
    close: async () => undefined,
  };
  const clock = { now: 1_000_000 };
  const emit = (room: string, event: string, message: object) =>
    void sent.push({ room, event, message });
  const topics = new Topics({ bus, log, emit }, () => clock.now);
  return { bus, clock, topics, sent, subscribers, subscriptions: () => subscriptions };
}

test('names what changed since then, and everything of a time that it did not hear', async () => {
  const { bus, clock, topics } = world();
  expect(topics.changedSince('w', 0)).toEqual(workspaceKinds);
  await topics.acquire('workspace:w');
  expect(topics.changedSince('w', 0)).toEqual(workspaceKinds);
  clock.now += 60_000;
  expect(topics.changedSince('w', 10_000)).toEqual([]);
  expect(topics.changedSince('w', 58_000)).toEqual(workspaceKinds);
  bus.publish('workspace:w', { kind: 'mail', id: 'x' });
  clock.now += 20_000;
  expect(topics.changedSince('w', 20_000)).toEqual(['mail']);
  expect(topics.changedSince('w', 10_000)).toEqual([]);
  topics.close();
});

test('hears a workspace on after its last follower left, with one subscription', async () => {
  const { bus, clock, topics, subscriptions } = world();
  await topics.acquire('workspace:w');
  topics.release('workspace:w');
  clock.now += 30_000;
  bus.publish('workspace:w', { kind: 'agent', id: 'x' });
  await topics.acquire('workspace:w');
  expect(topics.changedSince('w', 0)).toEqual(['agent']);
  expect(subscriptions()).toBe(1);
  topics.close();
});

test('a run that nobody follows is not heard', async () => {
  const { topics, subscribers } = world();
  await topics.acquire('run:r');
  await topics.acquire('run:r');
  topics.release('run:r');
  expect(subscribers.has('run:r')).toBe(true);
  topics.release('run:r');
  await expect.poll(() => subscribers.has('run:r')).toBe(false);
  topics.close();
});

test('knows nothing of the time in which the bus was away, and says so to all', async () => {
  const { clock, topics, sent, subscribers } = world();
  await topics.acquire('workspace:w');
  await topics.acquire('run:r');
  clock.now += 60_000;
  subscribers.gap();
  expect(topics.changedSince('w', 10_000)).toEqual(workspaceKinds);
  expect(sent.filter(({ event }) => event === 'workspace.changed')).toHaveLength(
    workspaceKinds.length,
  );
  expect(sent.filter(({ event }) => event === 'run.events')).toHaveLength(1);
  topics.close();
});
