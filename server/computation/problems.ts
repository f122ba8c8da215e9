import { createHash } from 'node:crypto';
import { catalogue } from '@/lib/nodes/catalogue';
import { at } from '@/lib/values/unknown';
import { findProblems, type Surroundings } from '@/lib/workflows/problems/problems';
import type { Definition, Problem } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { asRefused } from './refusal';

/** A workflow whose file is shorter is checked in place: some milliseconds, whatever stands in it. */
const smallCharacters = 20_000;

const known = new Map<string, Promise<Problem[]>>();
const maxKnown = 200;
/** How long a workflow that takes too long stays that: whoever reads it again pays nothing for it. */
const refusedMs = 60_000;

/**
 * What a person should know of a workflow. Remembered by what it holds, since most who ask have changed nothing. One
 * that takes too long to check has that as its problem, for a minute.
 */
export async function problemsIn(
  { computation }: Pick<Services, 'computation'>,
  workspaceId: string,
  definition: Definition,
  surroundings: Surroundings,
): Promise<Problem[]> {
  const text = JSON.stringify([definition, surroundings]);
  const key = createHash('sha256').update(text).digest('base64');
  const before = known.get(key);
  if (before !== undefined) return before;
  const found =
    text.length <= smallCharacters
      ? Promise.resolve(findProblems(definition, catalogue, surroundings))
      : computation
          .run('problems', { definition, known: surroundings }, workspaceId)
          .catch((error: unknown) => unchecked(key, error));
  if (known.size >= maxKnown) known.delete(known.keys().next().value ?? '');
  known.set(key, found);
  return found;
}

function unchecked(key: string, error: unknown): Problem[] {
  const code = at(error, 'code');
  if (code !== 'computation_too_long' && code !== 'computation_too_large') {
    known.delete(key);
    throw asRefused(error);
  }
  setTimeout(() => known.delete(key), refusedMs).unref();
  const message =
    'This workflow is too large to check. Shorten its expressions and templates, or split it.';
  return [{ severity: 'error', code: 'too_complex', message }];
}
