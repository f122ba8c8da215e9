import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { AppError, errorTable } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Failure } from '@/lib/runs/schema';
import { errorClassOf } from '@/server/db/error-class';
import type { Engine, StartedChild } from '@/server/runs/engine/engine';
import type { Siblings } from '@/server/runs/journal/begin-children';
import { type ChildState, readFacts } from '@/server/runs/journal/child-rows';
import { planOfChildren } from './child-plan';
import type { Parent } from './reconcile';
import { withEarlier } from './reused-children';

/** Begins the children of steps. What those of one round have in common is worked out once. */
export type ChildStarts = {
  /** Begins at most so many from an index on; see `Engine.startChildren`. */
  start(
    parent: Parent,
    from: number,
    most: number,
    heard: readonly string[],
  ): Promise<ChildState & { begun: StartedChild[] }>;
  /** The round is over. */
  forget(parent: Parent): void;
};

const maxRemembered = 50;
/** Characters of inputs that one statement carries, roughly. */
const maxCharacters = 4_000_000;

export function createChildStarts(pool: Pool, engine: Engine): ChildStarts {
  const remembered = new Map<string, Promise<Siblings>>();
  const keyOf = ({ runId, stepId, round }: Parent) => JSON.stringify([runId, stepId, round]);

  const siblingsOf = (parent: Parent): Promise<Siblings> => {
    const key = keyOf(parent);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const read = readSiblings(pool, engine, parent);
    remembered.set(key, read);
    read.catch(() => remembered.delete(key));
    for (const oldest of remembered.keys()) {
      if (remembered.size <= maxRemembered) break;
      remembered.delete(oldest);
    }
    return read;
  };
  return {
    async start(parent, from, most, heard) {
      const siblings = await siblingsOf(parent);
      const { runId, stepId, round, children } = parent;
      const inputs = await engine.blobs.list(siblings.parentLink.rootId, children.inputs);
      const made = fewOf(inputs.slice(from, from + most)).map((input, place) => {
        const index = from + place;
        return { id: childId(runId, stepId, round, index), index, input };
      });
      return engine.startChildren(siblings, await withEarlier(pool, parent, siblings, made), heard);
    },
    forget: (parent) => void remembered.delete(keyOf(parent)),
  };
}

/** As many as one statement carries, one at least. */
function fewOf(inputs: readonly unknown[]): readonly unknown[] {
  let left = maxCharacters;
  const tooMany = inputs.findIndex((input, place) => {
    left -= JSON.stringify(input ?? null).length;
    return place > 0 && left < 0;
  });
  return tooMany === -1 ? inputs : inputs.slice(0, tooMany);
}

async function readSiblings(pool: Pool, engine: Engine, parent: Parent): Promise<Siblings> {
  const { runId, run, stepId, round, children } = parent;
  const facts = await readFacts(pool, runId);
  const child = await planOfChildren(pool, run, facts, stepId, children, engine.limits);
  const { inherits, ...plan } = child;
  return {
    ...plan,
    workspaceId: run.workspaceId,
    mode: run.state.mode,
    trigger: 'step',
    ...(facts.startedBy === null ? {} : { startedBy: facts.startedBy }),
    concurrency: children.concurrency,
    parentLink: {
      runId,
      stepId,
      round,
      rootId: facts.rootId ?? runId,
      depth: facts.depth + 1,
      inherits,
    },
  };
}

/** Why a child cannot be begun, now or later; undefined for what may pass. */
export function refusalOf(error: unknown): Failure | undefined {
  if (
    StepError.isInstance(error) ||
    (AppError.isInstance(error) && !errorTable[error.code].retryable)
  )
    return { code: error.code, message: error.message, retryable: false };
  if (AppError.isInstance(error) || errorClassOf(error) !== 'permanent') return undefined;
  return {
    code: 'not_begun',
    message: 'A run of this step could not be started.',
    retryable: false,
  };
}

/** The same for the same child, so that it begins once however often it is begun. */
function childId(runId: string, stepId: string, round: number, index: number): string {
  const name = JSON.stringify([runId, stepId, round, index]);
  const hex = createHash('sha256').update(name).digest('hex');
  const part = (from: number, to: number) => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-8${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}
