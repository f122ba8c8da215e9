import type { Pool } from 'pg';
import { replyEnd } from '@/lib/messages/reply-wait';
import type { RunState, WaitEnd } from '@/lib/runs/schema';
import type { Log } from '@/server/log';
import type { Engine } from '@/server/runs/engine/engine';
import { auditLine } from '@/server/runs/journal/audit';
import {
  type Claim,
  claimKept,
  closeClaim,
  missedChannels,
  readEvent,
  type SentEvent,
  staleClaims,
} from './store';

type Needs = { pool: Pool; engine: Pick<Engine, 'dispatch' | 'current'> };

/** Brings events to waits that ask for them. */
export type Deliveries = {
  /** Gives a step that has begun to wait for a channel what was kept for it. */
  look(workspaceId: string, channel: string): Promise<void>;
  /** Finishes what a process that died left half done. Repeating it changes nothing. */
  recover(): Promise<void>;
};

const port = 'out';

export function createDeliveries(parts: Needs & { log: Log }): Deliveries {
  const { pool, log } = parts;
  const look = async (workspaceId: string, channel: string): Promise<void> => {
    for (;;) {
      const claims = await claimKept(pool, workspaceId, channel);
      if (claims.length === 0) return;
      for (const claim of claims) await deliver(parts, claim);
    }
  };
  return {
    look,
    async recover() {
      const claims = await staleClaims(pool);
      const channels = await missedChannels(pool);
      const work = [
        ...claims.map((claim) => async () => {
          const { reopened } = await deliver(parts, claim);
          if (reopened) await look(reopened.workspaceId, reopened.channel);
        }),
        ...channels.map((one) => () => look(one.workspaceId, one.channel)),
      ];
      for (const one of work) {
        // One that cannot be brought must not stop the others.
        await one().catch((error: unknown) => {
          log.error({ err: error }, 'an event could not be delivered');
        });
      }
    },
  };
}

/**
 * Ends the wait that a claim names, once however often it is repeated, and notes that it is done. `reached`: the wait
 * was ended by this event, now or by an earlier try; `reopened`: by something else meanwhile, and the event, which
 * reached nobody, is kept again.
 */
export async function deliver(
  { pool, engine }: Needs,
  claim: Claim,
  known?: SentEvent,
  patienceMs?: number,
): Promise<{ reached: boolean; reopened?: SentEvent }> {
  const event = known ?? (await readEvent(pool, claim.eventId));
  // Somebody else has finished it.
  if (event === undefined) return { reached: false };
  const { runId, stepId, attempt } = claim;
  const end: WaitEnd = replyEnd(event.channel, event.payload) ?? {
    ...{ ok: true, output: event.payload, ports: [port], reason: 'It came.' },
  };
  const command = { type: 'resume', stepId, attempt, end, by: event.sender } as const;
  const sender = { workspaceId: event.workspaceId, userId: event.sentBy };
  const audit = auditLine(sender, 'run.event', runId);
  const dispatched = await engine.dispatch(runId, command, patienceMs, { audit });
  const reached =
    dispatched !== undefined &&
    (dispatched.events.length > 0 || isEndedBy(dispatched.state, claim, portsOf(end)));
  const { reopened } = await closeClaim(pool, claim, reached);
  return { reached, ...(reopened ? { reopened: event } : {}) };
}

const portsOf = (end: WaitEnd): readonly string[] =>
  end.ok === true ? (end.ports ?? [port]) : [port];

/** A wait has one claim, so that one which ended in an event's way was ended by that of its claim. */
function isEndedBy(
  { steps }: RunState,
  { stepId, attempt }: Claim,
  ports: readonly string[],
): boolean {
  const step = steps[stepId];
  return (
    step?.status === 'succeeded' &&
    step.attempt === attempt &&
    ports.every((one) => step.ports?.includes(one))
  );
}
