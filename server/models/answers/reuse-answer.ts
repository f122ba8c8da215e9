import type { Choice } from '@/lib/models/choose';
import { spanWords } from '@/lib/models/failing/fallback';
import type { ModelAnswer } from '@/lib/nodes/node-type/define-node';
import { withTrial } from '@/lib/spending/decision';
import type { AnswerUse } from '@/lib/spending/schema';
import type { Ledger } from '@/server/spending/ledger/ledger';
import type { ModelCall } from '../providers/model-call';
import { answerKey } from './answer-key';
import type { Answers, Found } from './answer-store';

export type Reuse = {
  answers: Answers;
  ledger: Ledger;
  /** On whose behalf a run works. */
  principalOf(workspaceId: string, runId: string): Promise<string>;
};

/**
 * Answers a call from the cache where its step asks for that, else by asking, and keeps what came. Only whole answers of
 * the model that was asked are kept: none that failed, was cut, came from another model, or may lead to an effect.
 */
export async function reuseAnswer(
  { answers, ledger, principalOf }: Reuse,
  call: ModelCall,
  choice: Choice,
  ask: (choice: Choice) => Promise<ModelAnswer>,
): Promise<ModelAnswer> {
  const { reuse, workspaceId, place, signal } = call;
  const scripted = call.mode !== 'live' || choice.provider === 'rehearsal';
  if (reuse === undefined || scripted || call.cheaper === true) return ask(choice);
  if (reuse.acts || call.tools?.some(({ readOnly }) => readOnly !== true)) {
    return ask(marked(choice, { use: 'off', why: actsNote }));
  }
  const found = await answers.find(
    {
      ...{ workspaceId, principal: await principalOf(workspaceId, place.runId) },
      ...{ key: answerKey(call, choice), provider: choice.provider, model: choice.model },
      ...{ runId: place.runId, forMs: reuse.forMs },
    },
    signal,
  );
  if (found.known) return again(ledger, call, choice, found);
  const { claim } = found;
  try {
    const said = await ask(marked(choice, { use: 'miss' }));
    if (!isWhole(said, choice)) await claim.drop();
    else {
      const { text, parts, toolCalls, finish, value, callId } = said;
      await claim.keep(
        { text, parts, toolCalls, finish, ...(value === undefined ? {} : { value }) },
        callId,
      );
    }
    return said;
  } catch (error) {
    await claim.drop();
    throw error;
  }
}

const actsNote = 'Its tools may change something, so each answer is asked for.';

const marked = (choice: Choice, cache: AnswerUse): Choice => ({
  ...choice,
  decision: { ...choice.decision, cache },
});

/** A note says that something of it was cut, or that the model may have read only a part. */
const isWhole = ({ provider, model, finish, note, rehearsed }: ModelAnswer, choice: Choice) =>
  !rehearsed &&
  finish !== 'length' &&
  note === undefined &&
  provider === choice.provider &&
  model === choice.model;

const free = { input: 0n, output: 0n, list: 'answer cache' };

/** Gives an answer again: nothing is asked of a model, and its record costs nothing. */
async function again(
  ledger: Ledger,
  call: ModelCall,
  choice: Choice,
  { answer, callId, ageMs }: Extract<Found, { known: true }>,
): Promise<ModelAnswer> {
  const { workspaceId, mode, place } = call;
  const { provider, model } = choice;
  const began = performance.now();
  const reason = `From the answer cache: the same was asked ${spanWords(ageMs)} ago. ${choice.reason}`;
  const cache: AnswerUse = { use: 'hit', ...(callId === undefined ? {} : { callId }) };
  const ticket = await ledger.open(
    {
      ...{ ...place, workspaceId, mode, provider, model, price: free },
      decision: withTrial({ ...choice.decision, reason, cache }, call.trial),
      ...{ input: 0, want: 1, asked: false },
    },
    call.signal,
  );
  await ticket.settle({
    ...({ state: 'settled', cost: 0n, inputTokens: 0, outputTokens: 0, estimated: false } as const),
    ...{ finish: answer.finish, errorCode: null, outputBytes: Buffer.byteLength(answer.text) },
    ...{ firstPartMs: null, durationMs: performance.now() - began },
  });
  const usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };
  const told = { provider, model, rehearsed: false, reason, usage };
  call.onSpent?.({ ...told, cached: true });
  if (answer.text !== '') call.onDelta?.(answer.text);
  return { ...answer, ...told, callId: ticket.id };
}
