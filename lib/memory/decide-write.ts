import { type Json, same } from './merge/leaf';
import { catalogue } from './strategies/catalogue';
import type { Strategy, Verdict } from './strategies/define-strategy';
import type { StrategyName } from './strategy-names';

/** The version that a writer has seen, that there was nothing, or whatever is there. */
export type Expect = number | 'absent' | 'any';

export type Asked = {
  value: Json;
  strategy: StrategyName;
  expect?: Expect | undefined;
  counters?: readonly string[] | undefined;
  /** Written though the value is the same: how long it is kept changes. */
  renew?: boolean;
};

/** What stands at a path; `version` also of one that is deleted. */
export type Standing = { version: number; value: Json | undefined };

const refused: Verdict = { do: 'refuse' };

/** The version that has to be known before a clash can be settled. */
export function baseOf({ expect }: Asked, standing: Standing | undefined): number | undefined {
  return typeof expect === 'number' && expect !== standing?.version ? expect : undefined;
}

/**
 * What becomes of a write, given what stands at its path. `base`: the value of the version that the writer names;
 * `'unknown'` for one that is not kept any more.
 */
export function decideWrite(
  asked: Asked,
  standing: Standing | undefined,
  base: { value: Json | undefined } | 'unknown' = { value: undefined },
): Verdict {
  const strategy = catalogue[asked.strategy];
  if (strategy === undefined) return refused;
  const theirs = standing?.value;
  const expect = asked.expect ?? strategy.expects;
  const met =
    expect === 'any' || (expect === 'absent' ? theirs === undefined : expect === standing?.version);
  const verdict: Verdict = met
    ? { do: 'write', value: asked.value }
    : clashOf(strategy, asked, theirs, base);
  // Nothing is written that is there already, and nobody is asked about it; who compares versions is refused all the same.
  const wanted =
    verdict.do === 'write' ? verdict.value : verdict.do === 'ask' ? asked.value : undefined;
  return !asked.renew && wanted !== undefined && same(theirs, wanted) ? { do: 'keep' } : verdict;
}

function clashOf(
  strategy: Strategy,
  { value: mine, counters = [] }: Asked,
  theirs: Json | undefined,
  base: { value: Json | undefined } | 'unknown',
): Verdict {
  if (base !== 'unknown') return strategy.resolve({ mine, theirs, counters, base: base.value });
  const verdict = strategy.resolve({ mine, theirs, counters, base: undefined });
  // Without what the writer read, a merge would bring back what others have deleted since.
  return verdict.do === 'write' && verdict.merged ? { do: 'ask', leaves: [] } : verdict;
}
