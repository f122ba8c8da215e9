import { contextTokens } from '@/lib/models/catalogue';
import type { Choice } from '@/lib/models/choose';
import { afterHops, hopOf } from '@/lib/models/failing/fallback';
import { ModelPause } from '@/lib/models/failing/pause';
import { type FailureKind, reactions } from '@/lib/models/failing/reactions';
import { type ModelAnswer, StepError } from '@/lib/nodes/node-type/define-node';
import { BudgetPause } from '@/lib/spending/breach';
import type { Hop } from '@/lib/spending/schema';
import type { Cool, Cooling, Target } from '../cooling/cooling';
import type { ModelCall } from '../providers/model-call';
import { kindOf } from './failure';
import type { Account, Opened } from './find-model';

type Parts = {
  cooling: Cooling;
  /** The accounts by which a model can be asked, in their order. */
  accounts(choice: Choice): Promise<Account[]>;
  ask(choice: Choice, opened: Opened, request: ModelCall): Promise<ModelAnswer>;
  /** Models that answer when the first fails; looked for only then. */
  others(): Promise<Choice[]>;
};

/** A step waits no longer than this for a model: then it fails, and people hear of it. */
const longestWaitMs = 15 * 60_000;

/** What happened so far in a chain. */
type Chain = {
  hops: Hop[];
  /** How long those are left alone that may be asked again later. */
  waits: number[];
  /** Those that were left alone, none of them asked. */
  skipped: Choice[];
  failed?: { error: unknown; kind: FailureKind; choice: Choice };
  /** Whether anything of an answer was shown: then nobody else may begin one. */
  shown: () => boolean;
};

/**
 * The answer of the first model of a chain that gives one. A model that is left alone is passed over; one that fails
 * before anything of its answer was shown is followed by the next. Throws the failure of the last that was asked, and
 * {@link ModelPause} when all that is left is to wait.
 */
export async function answerByChain(
  parts: Parts,
  request: ModelCall,
  first: Choice,
): Promise<ModelAnswer> {
  let shown = false;
  const watched: ModelCall = {
    ...request,
    onDelta(text) {
      shown = true;
      request.onDelta?.(text);
    },
  };
  const chain: Chain = { hops: [], waits: [], skipped: [], shown: () => shown };
  const queue = [first];
  let looked = false;
  for (let choice = queue.shift(); choice !== undefined; choice = queue.shift()) {
    const done = await tryOne(parts, watched, choice, chain);
    if (done !== undefined) return done;
    const { failed } = chain;
    if (failed !== undefined && shown) throw failed.error;
    if (!looked) {
      looked = true;
      queue.push(...(await parts.others()));
    }
    if (failed !== undefined && reactions[failed.kind].other === 'larger') {
      const window = windowOf(failed.choice);
      queue.splice(0, queue.length, ...queue.filter((other) => windowOf(other) > window));
    }
  }
  return end(parts, watched, chain);
}

const windowOf = ({ provider, model }: Choice) => contextTokens(provider, model);

/** Asks a model by one key after another, until one answers or fails in a way that another key does not help. */
async function tryOne(
  parts: Parts,
  request: ModelCall,
  given: Choice,
  chain: Chain,
): Promise<ModelAnswer | undefined> {
  const accounts = await accountsFor(parts, given, chain);
  let asked = accounts.length === 0;
  for (const account of accounts) {
    const key = accounts.length > 1 ? account.name : undefined;
    const opened = opening(account, given, chain, key);
    if (opened === undefined) continue;
    const target = targetOf(request, given, opened);
    const look = target === undefined ? { known: false } : await parts.cooling.look(target);
    const left = await leftAlone(parts.cooling, look.cool);
    if (left !== undefined) {
      const { kind, waitMs } = left;
      chain.hops.push(hopOf(given, kind, { waitMs, key }));
      if (reactions[kind].waits) chain.waits.push(waitMs);
      continue;
    }
    asked = true;
    try {
      const said = await parts.ask(afterHops(given, chain.hops, key), opened, request);
      if (target !== undefined && look.known) await parts.cooling.heal(target);
      await account.note?.('taken');
      return said;
    } catch (error) {
      await noteKey(account, error);
      await note(parts.cooling, { request, target, choice: given, key }, chain, error);
      const kind = chain.failed?.kind;
      if (chain.shown() || kind === undefined || reactions[kind].key !== true) return undefined;
    }
  }
  if (!asked) chain.skipped.push(given);
  return undefined;
}

/** A provider whose keys are all gone is passed over when it is the turn of a model that only follows. */
async function accountsFor(parts: Parts, choice: Choice, chain: Chain): Promise<Account[]> {
  try {
    return await parts.accounts(choice);
  } catch (error) {
    if (chain.hops.length === 0 || !StepError.isInstance(error)) throw error;
    chain.hops.push(hopOf(choice, 'credential'));
    return [];
  }
}

/** A key that cannot be read is a failure like any other where something else may follow. */
function opening(
  account: Account,
  choice: Choice,
  chain: Chain,
  key: string | undefined,
): Opened | undefined {
  try {
    return account.open();
  } catch (error) {
    if (!StepError.isInstance(error) || (key === undefined && chain.hops.length === 0)) throw error;
    chain.hops.push(hopOf(choice, 'credential', { key }));
    chain.failed ??= { error, kind: 'credential', choice };
    return undefined;
  }
}

function targetOf(
  { workspaceId }: ModelCall,
  { provider, model }: Choice,
  { account }: Opened,
): Target | undefined {
  return account === undefined ? undefined : { workspaceId, account, provider, model };
}

/** A target whose time is over is asked by one alone, who finds out. */
async function leftAlone(cooling: Cooling, cool: Cool | undefined): Promise<Cool | undefined> {
  if (cool === undefined) return undefined;
  if (cool.waitMs === 0 && (await cooling.probe(cool))) return undefined;
  return { ...cool, waitMs: Math.max(cool.waitMs, 1_000) };
}

/** A key that is no good is marked at once, so that people see it before they wonder. */
async function noteKey(account: Account, error: unknown): Promise<void> {
  if (kindOf(error) === 'credential') await account.note?.('refused');
}

type Attempt = {
  request: ModelCall;
  target: Target | undefined;
  choice: Choice;
  key: string | undefined;
};

/** Takes a failure down; throws it when no other model may answer instead. */
async function note(
  cooling: Cooling,
  { request, target, choice, key }: Attempt,
  chain: Chain,
  error: unknown,
): Promise<void> {
  // A model that only follows and has no budget or no price is passed over.
  if (chain.hops.length > 0 && cannotPay(error)) {
    const { provider, model } = choice;
    const why = `${model} does not fit the budget.`;
    chain.hops.push({ provider, model, kind: 'budget', why });
    return;
  }
  const kind = kindOf(error);
  if (kind === undefined || request.signal.aborted || !StepError.isInstance(error)) throw error;
  // Whoever is at a limit of its own has failed nobody: the target answers others as before.
  const own = kind === 'limit' ? (error.retryAfterMs ?? 0) : undefined;
  const waitMs =
    own ?? (target === undefined ? 0 : await cooling.failed(target, kind, error.retryAfterMs));
  if (reactions[kind].other === false) throw error;
  chain.hops.push(hopOf(choice, kind, { key }));
  if (reactions[kind].waits && waitMs > 0) chain.waits.push(waitMs);
  chain.failed = { error, kind, choice };
}

const cannotPay = (error: unknown) =>
  BudgetPause.isInstance(error) || (StepError.isInstance(error) && error.code === 'price_unknown');

/** No model is left: the step waits where that helps, and else hears why. */
async function end(parts: Parts, request: ModelCall, chain: Chain): Promise<ModelAnswer> {
  const { failed, hops, skipped, waits } = chain;
  const least = Math.min(...waits);
  const told = StepError.isInstance(failed?.error) ? failed.error.retryAfterMs : undefined;
  const paced = failed?.kind === 'rate' || failed?.kind === 'limit';
  const waiting = failed === undefined || (paced && told !== undefined);
  if (waiting && waits.length > 0 && least <= longestWaitMs) {
    throw new ModelPause(
      least,
      hops.map(({ why }) => why),
    );
  }
  if (failed !== undefined) throw failed.error;
  // What waiting does not help may have been put right meanwhile: the first is asked all the same.
  const again = skipped[0];
  if (again === undefined) throw new StepError('no_model', 'No model could be asked.');
  const [account] = await parts.accounts(again);
  if (account === undefined) throw new StepError('no_model', 'No model could be asked.');
  const opened = account.open();
  const target = targetOf(request, again, opened);
  try {
    const said = await parts.ask(again, opened, request);
    if (target !== undefined) await parts.cooling.clear(target);
    await account.note?.('taken');
    return said;
  } catch (error) {
    await noteKey(account, error);
    const kind = kindOf(error);
    const delay = StepError.isInstance(error) ? error.retryAfterMs : undefined;
    if (target !== undefined && kind !== undefined) await parts.cooling.failed(target, kind, delay);
    throw error;
  }
}
