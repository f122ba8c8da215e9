import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import type { Presence } from '@/lib/realtime/messages';
import { personColor } from '@/lib/realtime/person-color';
import type { Services } from '@/server/services';
import { heldIdOf } from '@/server/suggestions/turns/change-in-turn';

type Activity = NonNullable<Presence['agent']>['activity'];
export type AgentHere = {
  workflowId: string;
  runId: string;
  handle: string;
  name: string;
  /** Who asked it. */
  by: string;
};

/** How an agent at a canvas is shown for as long as this process does its turn. */
export type AgentPresence = {
  /** Where it is, for a moment; then it thinks again. */
  placing(nodeId: string, at: { x: number; y: number }): void;
  waiting(): void;
  leave(): void;
};

/** Well within the time after which an agent that says nothing is taken off the canvas. */
const beatMs = 2_000;
/** How long it is seen at a step before it thinks again. */
const restMs = 1_500;

/** Puts an agent among those who have a draft open, in all processes. It goes when this process does. */
export function showAgent(
  { bus }: Pick<Services, 'bus'>,
  { workflowId, runId, handle, name, by }: AgentHere,
): AgentPresence {
  const clientId = heldIdOf(runId);
  const user = { id: `agent:${runId}`, name, color: personColor(name) };
  let activity: Activity = 'thinking';
  let place: Pick<Presence, 'cursor' | 'selection'> = {};
  let clock = 0;
  let resting: NodeJS.Timeout | undefined;
  const tell = (here: boolean) => {
    // Later than all that an attempt before this one said, in whichever process.
    clock = Math.max(clock + 1, Date.now());
    const state: Presence = { user, agent: { handle, activity, by, runId }, ...place };
    const update = entryOf(clientId, clock, JSON.stringify(here ? state : null));
    bus.publish(`draft:${workflowId}`, { kind: 'agent', clientId, update, here, by: runId });
  };
  const beat = setInterval(() => tell(true), beatMs);
  beat.unref();
  const be = (next: Activity) => {
    activity = next;
    tell(true);
    clearTimeout(resting);
    if (next === 'thinking') return;
    resting = setTimeout(() => be('thinking'), restMs);
    resting.unref();
  };
  let left = false;
  tell(true);
  return {
    placing(nodeId, at) {
      place = { cursor: { x: at.x + 24, y: at.y + 40 }, selection: [nodeId] };
      if (!left) be('placing');
    },
    waiting() {
      if (!left) be('waiting');
    },
    leave() {
      if (left) return;
      left = true;
      clearInterval(beat);
      clearTimeout(resting);
      tell(false);
    },
  };
}

function entryOf(clientId: number, clock: number, json: string): string {
  const encoder = createEncoder();
  writeVarUint(encoder, 1);
  writeVarUint(encoder, clientId);
  writeVarUint(encoder, clock);
  writeVarString(encoder, json);
  return Buffer.from(toUint8Array(encoder)).toString('base64');
}
