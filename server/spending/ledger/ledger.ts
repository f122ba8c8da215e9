import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { BudgetPause } from '@/lib/spending/breach';
import { usdOf } from '@/lib/spending/pico';
import type { Bus } from '@/server/bus/bus';
import type { CallEnd, NewCall, Payers } from './call';
import { holdCall } from './hold';
import { payersOf } from './payers';
import { insertEnded } from './rows';
import { settleCall } from './settle';
import { tellSoftMarks } from './tell-soft-marks';

/** A call that may be made, and how its end is booked. */
export type Ticket = {
  /** Id of the call. */
  id: string;
  /** The most that the vendor is told to write; undefined: as much as it does. */
  maxTokens: number | undefined;
  /** The budget allows less than was asked for. */
  limited: boolean;
  /** Books the end, once. Never rejects: what it cannot book counts as held until it is swept. */
  settle(end: CallEnd): Promise<void>;
};

export type AskedCall = Omit<NewCall, keyof Payers | 'id'>;

export type Ledger = {
  /**
   * Holds what a call may cost before it is made. Waits a moment for what other calls hold. Throws {@link BudgetPause}
   * when there is no room, and `StepError` `price_unknown` when a budget cannot be kept.
   */
  open(call: AskedCall, signal: AbortSignal): Promise<Ticket>;
};

/** How long a call waits here for others to end, before it is put aside, in milliseconds. */
const patienceMs = 2_000;
const lookMs = 150;

export function createLedger(parts: {
  pool: Pool;
  bus: Pick<Bus, 'publish'>;
  log: Readonly<{ error: (details: object, message: string) => void }>;
}): Ledger {
  const { pool, log } = parts;
  const booked = async (what: () => Promise<unknown>, id: string) => {
    try {
      await what();
    } catch (error) {
      log.error({ err: error, call: id }, 'the cost of a model call could not be booked');
    }
  };
  return {
    async open(asked, signal) {
      const { workspaceId, runId, price } = asked;
      const id = randomUUID();
      const call: NewCall = { ...asked, ...(await payersOf(pool, workspaceId, runId)), id };
      if (price !== undefined && price.input === 0n && price.output === 0n) {
        return {
          id,
          maxTokens: asked.asked ? asked.want : undefined,
          limited: false,
          settle: (end) => booked(() => insertEnded(pool, call, end), id),
        };
      }
      const held = await holdPatiently(pool, call, signal);
      return {
        ...{ ...held, id },
        settle: (end) =>
          booked(
            async () => tellSoftMarks(parts.bus, workspaceId, await settleCall(pool, id, end)),
            id,
          ),
      };
    },
  };
}

async function holdPatiently(pool: Pool, call: NewCall, signal: AbortSignal) {
  const until = performance.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    const held = await holdCall(pool, call);
    if (held.ok) return { maxTokens: held.maxTokens, limited: held.limited };
    if (!held.busy) {
      const { provider, model } = call;
      const { breached, needed } = held;
      if (held.unpriced) throw priceUnknown(model);
      throw new BudgetPause({ provider, model, neededUsd: usdOf(needed), breached });
    }
    if (performance.now() > until) throw new BudgetPause('busy');
    await sleep(lookMs, undefined, { signal });
  }
}

const priceUnknown = (model: string) =>
  new StepError(
    'price_unknown',
    `The price of ${model} is unknown, so its budget cannot be kept and nothing was asked of it. Set its price in Settings → Models, or choose another model.`,
  );
