/**
 * What kind of failure a model call had. transient: it may pass by itself. rate: too many requests for now. limit: too
 * many for the limits that the workspace set itself. quota: an
 * account without credit. credential: a key that is no good. access: this key may not use this model, or there is none.
 * long: more than the model reads. refused: it will not answer that. caller: a request that is wrong. stalled: silence.
 */
export const failureKinds = [
  'transient',
  'rate',
  'limit',
  'quota',
  'credential',
  'access',
  'long',
  'refused',
  'caller',
  'stalled',
] as const;
export type FailureKind = (typeof failureKinds)[number];
/** A failure that a provider told of. */
export type ToldKind = Exclude<FailureKind, 'limit'>;

export type Reaction = {
  /** Whether another model may answer instead; `larger`: one that reads more. */
  other: boolean | 'larger';
  /** Whether another key of the same provider may answer before that. */
  key?: true;
  /**
   * How long the target is left alone, in milliseconds, where its provider does not say; `count`: only when it failed
   * some times in a row. Absent: not at all.
   */
  cools?: number | 'count';
  /** What is left alone: this model, or all of the account. */
  scope: 'model' | 'account';
  /** Waiting helps, and it is known for how long: a step waits. The last model of others is asked all the same. */
  waits: boolean;
};

const hour = 3_600_000;

export const reactions: Readonly<Record<FailureKind, Reaction>> = {
  transient: { other: true, cools: 'count', scope: 'model', waits: false },
  stalled: { other: true, cools: 'count', scope: 'model', waits: false },
  rate: { other: true, key: true, cools: 15_000, scope: 'model', waits: true },
  limit: { other: true, scope: 'model', waits: true },
  quota: { other: true, key: true, cools: hour, scope: 'account', waits: false },
  credential: { other: true, key: true, cools: 24 * hour, scope: 'account', waits: false },
  access: { other: true, key: true, cools: 24 * hour, scope: 'model', waits: false },
  long: { other: 'larger', scope: 'model', waits: false },
  refused: { other: false, scope: 'model', waits: false },
  caller: { other: false, scope: 'model', waits: false },
};

/** So many failures in a row, each within a minute of the one before, are no accident. */
export const failuresInRow = 5;
export const outageMs = 30_000;

/** What failed, for a sentence: "gpt-6-sol …, so claude-sonnet-5-5 answered." */
export const failureWords: Readonly<Record<FailureKind, string>> = {
  transient: 'did not answer',
  stalled: 'stopped answering',
  rate: 'has too many requests',
  limit: 'is at the limit that this workspace set',
  quota: 'has no credit left',
  credential: 'rejects the key',
  access: 'may not be used with this key',
  long: 'cannot read so long a request',
  refused: 'refused to answer',
  caller: 'rejects the request',
};
