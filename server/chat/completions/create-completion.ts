import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type {
  CompletionUsage,
  createCompletion as contract,
} from '@/lib/chat/completions/contract';
import { joinPieces } from '@/lib/chat/completions/join-pieces';
import { readTalk } from '@/lib/chat/completions/read-messages';
import type { Actor } from '@/lib/people/schema';
import type { RunState } from '@/lib/runs/schema';
import { findNamed, type NamedAgent } from '@/server/agents/find-named';
import { uuidOf } from '@/server/db/uuid-of';
import { respondJson } from '@/server/http/respond';
import { hashOf } from '@/server/idempotency/hash-of';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import type { Services } from '@/server/services';
import { holdRate } from '../hold-rate';
import { answerOf } from './answer-of';
import { beginTalk } from './begin-talk';
import { type Reader, requirePlace } from './event-stream';
import { followRun } from './follow-run';
import { mayStillRead } from './may-still-read';
import { streamOf } from './stream-answer';

type Input = InputOf<typeof contract>;
type Completion = ResultOf<typeof contract>;

/** How long somebody waits for an answer; its run goes on behind that. */
const maxMs = 10 * 60_000;

/**
 * Asks an agent once, by the OpenAI protocol. The turn is a run of its own, which goes on when the caller goes away; the
 * same Idempotency-Key follows the run that it began. Throws `invalid_input`, `not_found`, `too_many_requests`,
 * `provider_failed` when the run failed, `unavailable` when it takes too long.
 */
export async function createCompletion(
  services: Services,
  actor: Actor,
  { body }: Input,
  request: Request,
): Promise<Completion | Response> {
  refuseUnknown(body);
  const talk = readTalk(body.messages);
  if (!talk.ok) throw new AppError('invalid_input', talk.problem, { param: talk.param });
  const agent = await findNamed(services.pool, actor.workspaceId, body.model);
  if (agent === undefined) {
    const message = `There is no agent “${body.model}” in this workspace. Name one by its handle, name or id.`;
    throw new AppError('not_found', message, { param: 'model', code: 'model_not_found' });
  }
  const runId = runIdOf(actor, body, readIdempotencyKey(request));
  if (body.stream === true) requirePlace(actor.userId);
  await holdRate(services, actor);
  // Asked again under its key, the run that is there is followed: its pictures are those that it began with.
  if ((await services.engine.load(runId)) === undefined) {
    await beginTalk(services, actor, { agent, talk, runId, signal: request.signal });
  }
  const frame = frameOf(runId, agent);
  if (body.stream === true) {
    const withUsage = body.stream_options?.include_usage === true;
    const mayRead = () => mayStillRead(services, actor);
    const reader = { person: actor.userId, mayRead };
    return streamed(services, runId, { frame, withUsage, signal: request.signal, reader });
  }
  const state = await followRun(services, runId, { signal: request.signal, maxMs });
  const text = await textOf(services, runId, state);
  const message = { role: 'assistant' as const, content: text, refusal: null };
  const completion: Completion = {
    ...{ id: frame.id, object: 'chat.completion', created: frame.created, model: frame.model },
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: usageOf(state),
  };
  return respondJson(completion, 200, { 'x-run-id': runId });
}

function refuseUnknown({ n, tools, functions }: Input['body']): void {
  if ((tools ?? functions ?? []).length > 0) {
    const message = 'An agent uses its own tools, and takes none from a request.';
    throw new AppError('invalid_input', message, { param: 'tools' });
  }
  if ((n ?? 1) !== 1) {
    throw new AppError('invalid_input', 'One answer is given at a time: leave n out.', {
      param: 'n',
    });
  }
}

function runIdOf(actor: Actor, body: Input['body'], key: string | undefined): string {
  if (key === undefined) return randomUUID();
  const { workspaceId, userId } = actor;
  return uuidOf(JSON.stringify(['completion', workspaceId, userId, key, hashOf(body)]));
}

type Frame = { id: string; created: number; model: string };

const frameOf = (runId: string, { handle }: NamedAgent): Frame => ({
  ...{ id: `chatcmpl-${runId}`, created: Math.floor(Date.now() / 1_000), model: handle },
});

const usageOf = (state: RunState | undefined): CompletionUsage => {
  const { inputTokens, outputTokens } = state?.usage ?? { inputTokens: 0, outputTokens: 0 };
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
};

/** The answer of a run that is over. Throws for one that has none. */
async function textOf(
  { pool }: Pick<Services, 'pool'>,
  runId: string,
  state: RunState | undefined,
): Promise<string> {
  if (state === undefined) {
    const message = `The answer takes longer than ${maxMs / 60_000} minutes. Its run goes on: /runs/${runId}`;
    throw new AppError('unavailable', message, { runId });
  }
  if (state.status === 'succeeded') return answerOf(pool, runId, state.output);
  const why = state.error?.message ?? 'The answer was stopped.';
  throw new AppError('provider_failed', why, { runId, code: state.error?.code ?? 'stopped' });
}

type Streaming = { frame: Frame; withUsage: boolean; signal: AbortSignal; reader: Reader };

function streamed(
  services: Services,
  runId: string,
  { frame, withUsage, signal, reader }: Streaming,
): Response {
  const chunk = (choices: object[], usage: CompletionUsage | null) => ({
    ...{ id: frame.id, object: 'chat.completion.chunk', created: frame.created },
    ...{ model: frame.model, choices },
    ...(withUsage ? { usage } : {}),
  });
  const choice = (delta: object, finish: 'stop' | null = null) => ({
    ...{ index: 0, delta, logprobs: null, finish_reason: finish },
  });
  return streamOf(services, { runId, signal, ...reader }, async (send, until) => {
    send(chunk([choice({ role: 'assistant', content: '' })], null));
    const join = joinPieces();
    const say = (content: string) => {
      if (content !== '') send(chunk([choice({ content })], null));
    };
    const onPiece = (piece: { offset: number; text: string }) => say(join.take(piece));
    const state = await followRun(services, runId, { signal: until, maxMs, onPiece });
    if (until.aborted) return;
    say(join.end(await textOf(services, runId, state)));
    send(chunk([choice({}, 'stop')], null));
    if (withUsage) send(chunk([], usageOf(state)));
  });
}
