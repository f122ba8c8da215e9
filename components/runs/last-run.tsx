'use client';

import { useEffect } from 'react';
import { useRuns, useRunView } from '@/components/data/queries';
import { createObservable, type WritableObservable } from '@/components/observable/observable';
import { useObservable } from '@/components/observable/use-observable';
import { type Session, useSession } from '@/components/session/session';
import { stepIdOf } from '@/lib/canvas/run-steps';
import type { RunView } from '@/lib/runs/contract';
import { isOver } from './run-marks';

const byRun = new WeakMap<Session['run'], WritableObservable<RunView | undefined>>();

/** The last run of the workflow that ended, whether or not the canvas shows it: where sample values come from. */
export function lastRunOf(session: Session): WritableObservable<RunView | undefined> {
  let observable = byRun.get(session.run);
  if (!observable) {
    observable = createObservable<RunView | undefined>(undefined);
    byRun.set(session.run, observable);
  }
  return observable;
}

/** Keeps the last run at hand. Mounted once; renders nothing. */
export function LastRun() {
  const { workflowId } = useSession();
  const runs = useRuns({ workflowId, limit: 25 }).data;
  const over = runs?.pages[0]?.items.filter((run) => isOver(run.status)) ?? [];
  const last = over.find((run) => run.only === undefined);
  const tested = new Map<string, string>();
  for (const { id, only, status } of over) {
    if (only && status === 'succeeded' && !tested.has(only.id)) tested.set(only.id, id);
  }
  return (
    <>
      {last ? <Fetched key={last.id} runId={last.id} /> : null}
      {[...tested].map(([nodeId, runId]) => (
        <Tested key={runId} nodeId={nodeId} runId={runId} />
      ))}
    </>
  );
}

const testsByRun = new WeakMap<Session['run'], WritableObservable<ReadonlyMap<string, RunView>>>();

/** The newest test of each step that succeeded: runs of that step alone, by its node. */
export function testsOf(session: Session): WritableObservable<ReadonlyMap<string, RunView>> {
  let observable = testsByRun.get(session.run);
  if (!observable) {
    observable = createObservable<ReadonlyMap<string, RunView>>(new Map());
    testsByRun.set(session.run, observable);
  }
  return observable;
}

function Tested({ nodeId, runId }: { nodeId: string; runId: string }) {
  const session = useSession();
  const { data } = useRunView(runId);
  useEffect(() => {
    if (data) testsOf(session).set(new Map(testsOf(session).get()).set(nodeId, data));
  }, [session, nodeId, data]);
  return null;
}

function Fetched({ runId }: { runId: string }) {
  const session = useSession();
  const { data } = useRunView(runId);
  useEffect(() => {
    if (data) lastRunOf(session).set(data);
  }, [session, data]);
  return null;
}

const requestByRun = new WeakMap<Session['run'], WritableObservable<TestRequest | undefined>>();

/** What a run would be given by a request that somebody looked at, and when that came, in milliseconds since 1970. */
export type TestRequest = { input: Record<string, unknown>; at: number };

/** The last test request of a webhook of the workflow, as long as the editor is open. */
export function testRequestOf(session: Session): WritableObservable<TestRequest | undefined> {
  let observable = requestByRun.get(session.run);
  if (!observable) {
    observable = createObservable<TestRequest | undefined>(undefined);
    requestByRun.set(session.run, observable);
  }
  return observable;
}

/** A value of a step with where it comes from. */
export type Sample = {
  value: unknown;
  from: 'run' | 'last-run' | 'test' | 'request' | 'pinned' | 'sample' | 'nothing';
  /** The run that it is of. */
  runId?: string;
};

type Side = 'input' | 'output';

/** What a step took or gave: in the run that is shown, else in the last one, unless it was tested alone since. */
export function seenIn(session: Session, nodeId: string, side: Side): Sample | undefined {
  const shown = inShown(session, nodeId, side) ?? inLast(session, nodeId, side);
  const test = testsOf(session).get().get(nodeId);
  const value = test?.steps.find((step) => step.nodeId === nodeId)?.[side];
  if (test === undefined || value === undefined) return shown?.sample;
  if (shown && shown.at > Date.parse(test.createdAt)) return shown.sample;
  return { value, from: 'test', runId: test.id };
}

type Seen = { sample: Sample; at: number };

function inShown(session: Session, nodeId: string, side: Side): Seen | undefined {
  const { state, runId } = session.run.get() ?? {};
  const stepId = state ? stepIdOf(state, nodeId) : undefined;
  const value = stepId === undefined ? undefined : state?.steps[stepId]?.[side];
  if (state === undefined || runId === undefined || value === undefined) return undefined;
  return { sample: { value, from: 'run', runId }, at: state.createdAt };
}

function inLast(session: Session, nodeId: string, side: Side): Seen | undefined {
  const last = lastRunOf(session).get();
  const value = last?.steps.find((step) => step.nodeId === nodeId)?.[side];
  if (last === undefined || value === undefined) return undefined;
  return { sample: { value, from: 'last-run', runId: last.id }, at: Date.parse(last.createdAt) };
}

/** Re-renders when the run that is shown, the last one, a test or a test request changes. */
export function useRunValues(): unknown {
  const session = useSession();
  const shown = useObservable(session.run, (run) => run?.state);
  const last = useObservable(lastRunOf(session), (run) => run);
  const tests = useObservable(testsOf(session), (now) => now);
  const request = useObservable(testRequestOf(session), (now) => now);
  return [shown, last, tests, request];
}
