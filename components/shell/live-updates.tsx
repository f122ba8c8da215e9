'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { keys } from '@/components/data/queries';
import { useWorkspace } from '@/components/realtime/use-workspace';
import { useActor } from './actor-context';

const touched = {
  run: [keys.toolCalls, keys.runs, keys.workflows, keys.triggers],
  workflow: [keys.workflows, keys.history],
  thread: [keys.threads],
  agent: [keys.agents, keys.toolCalls],
  member: [keys.members],
  comment: [keys.comments],
  suggestion: [keys.suggestions],
  notification: [keys.notifications],
  trigger: [keys.triggers, keys.threads],
  budget: [keys.budgets, keys.calls],
  experiment: [keys.experiments],
  connection: [keys.connections],
  table: [keys.tables, keys.tools],
  memory: [keys.memory],
  mail: [keys.messages],
  service: [keys.services, keys.tools],
  'tool-call': [keys.toolCalls],
} as const;

/** At most one refetch of a noun in this time, however many hints come: a run sends one for every step. */
const quietMs = 700;

/** Turns the workspace's hints into refetches of what is on screen. Renders nothing. */
export function LiveUpdates() {
  const client = useQueryClient();
  const router = useRouter();
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const pending = timers.current;
    return () => {
      for (const timer of pending.values()) clearTimeout(timer);
      pending.clear();
    };
  }, []);
  const { userId } = useActor();
  useWorkspace((hint) => {
    // A role may have changed, perhaps one's own: the layout says again who is looking, and what they may do follows.
    if (hint.kind === 'member') router.refresh();
    // Notifications of others do not concern us. Without an id, hints were missed.
    if (hint.kind === 'notification' && hint.id !== '' && hint.id !== userId) return;
    for (const key of touched[hint.kind]) {
      const name = key.join();
      if (timers.current.has(name)) continue;
      const refetch = () => {
        timers.current.delete(name);
        void client.invalidateQueries({ queryKey: [...key] });
      };
      timers.current.set(name, setTimeout(refetch, quietMs));
    }
  });
  return null;
}
