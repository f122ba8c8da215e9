import { setTimeout as sleep } from 'node:timers/promises';
import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { answeringSteps } from '@/lib/chat/answer';
import type { followSharedChat as contract } from '@/lib/chat/visitors/contract';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { Services } from '@/server/services';
import { openRunsOf } from '../store';
import { openVisit } from './open-visit';
import { findVisit } from './visitor-store';

/** Answers that one process sends as they are written, and how long one of them is at most. */
const maxFollowed = 200;
const maxMs = 5 * 60_000;
let followed = 0;

/**
 * The text of a visitor's answer as it is written: lines of JSON, each with a piece and where it belongs. Only words that are
 * the answer itself are sent, never those of steps on the way to it. Ends with the run; what came of it is read then.
 */
export async function followAnswer(
  services: Services,
  { params }: InputOf<typeof contract>,
  request: Request,
): Promise<Response> {
  const visit = await openVisit(services, params.token, request);
  const thread = await findVisit(services.prisma, visit);
  const [runId] = thread
    ? await openRunsOf(services.prisma, visit.chat.workspaceId, thread.id)
    : [];
  if (runId === undefined) return lines(emptyStream());
  if (followed >= maxFollowed) {
    throw new AppError('unavailable', 'Too many answers are being written at once.');
  }
  return lines(streamOf(services, runId, request.signal));
}

const lines = (stream: ReadableStream<Uint8Array>) =>
  new Response(stream, {
    headers: {
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // Proxies hold nothing back.
      'X-Accel-Buffering': 'no',
    },
  });

const emptyStream = () =>
  new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });

function streamOf(
  services: Services,
  runId: string,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const ended = new AbortController();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      followed += 1;
      try {
        const send = (piece: { at: number; text: string }) => {
          if (!ended.signal.aborted) {
            controller.enqueue(encoder.encode(`${JSON.stringify(piece)}\n`));
          }
        };
        await follow(services, runId, send, AbortSignal.any([signal, ended.signal]));
        if (!ended.signal.aborted) controller.close();
      } catch (error) {
        services.log.warn({ err: error, runId }, 'an answer could not be followed');
        controller.error(error);
      } finally {
        followed -= 1;
      }
    },
    cancel: () => ended.abort(),
  });
}

async function follow(
  { bus, engine }: Services,
  runId: string,
  send: (piece: { at: number; text: string }) => void,
  signal: AbortSignal,
): Promise<void> {
  const first = await engine.load(runId);
  // The words of several steps at once are no one text: they are shown when they are whole.
  const [speaker, ...others] = first ? answeringSteps(first.plan) : [];
  const until = performance.now() + maxMs;
  let wake = () => {};
  const stop = await bus.subscribe(`run:${runId}`, (message) => {
    if (message.kind === 'events') wake();
    if (message.kind === 'stream' && message.stepId === speaker && others.length === 0) {
      send({ at: message.offset, text: message.text });
    }
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    bus.publish(`run:${runId}`, { kind: 'stream-request' });
    while (!signal.aborted && performance.now() < until) {
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const state = await engine.load(runId);
      if (state === undefined || isEnded(state.status)) return;
      // A message may be lost, so the run is looked at each second in any case.
      await Promise.race([news, sleep(1_000)]);
    }
  } finally {
    stop();
  }
}
