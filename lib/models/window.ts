/** What is known of a model on a local server that cuts what does not fit its window. */
export type Window = {
  /** Tokens that the model can take at most; absent where the server does not say. */
  most?: number;
  /** The window that it has by its own settings, or in which it is loaded just now. */
  current?: number;
};

const smallest = 4_096;
/** Where nobody says what the model takes: more costs memory that may not be there. */
const maxUnknown = 131_072;

/**
 * The window to ask for, for a request of so many tokens by estimate and an answer of so many: with room for an
 * estimate that is too low by a third, in doubling steps, so that the server does not load the model anew for each
 * request, and no smaller than the one that it has.
 */
export function windowFor(window: Window, tokens: { request: number; answer: number }): number {
  const needed = Math.ceil(tokens.request * 1.5) + tokens.answer + 256;
  const most = window.most ?? maxUnknown;
  let size = Math.max(smallest, window.current ?? 0);
  while (size < needed) size *= 2;
  return Math.min(size, most);
}

/**
 * Whether a server that says nothing of its window may have read only a part of a prompt: it counted far less than the
 * prompt should have. Blank space and repetitions make few tokens, so this is a doubt and no more.
 */
export function isDoubtful(counted: number, estimate: number): boolean {
  return counted > 0 && estimate > 1_000 && counted < estimate * 0.4;
}

/** The doubt as a sentence, for people. */
export function doubtOf(counted: number, estimate: number): string {
  return `The server counted ${counted} tokens of a prompt of about ${estimate}: it may not have read all of it.`;
}

/**
 * What the count of a prompt's tokens says of whether all of it was read: `cut` when some was left out, `unsure` when
 * it may have been. `estimate`: what the prompt should have, to a third; `asked`: the window that was asked for;
 * `real`: the one that the server says it gave.
 */
export function promptRead(given: {
  counted: number;
  estimate: number;
  asked: number;
  real: number | undefined;
}): 'whole' | 'cut' | 'unsure' {
  const { counted, estimate, asked, real } = given;
  if (counted === 0) return 'whole';
  const window = Math.min(real ?? asked, asked);
  // Nothing is left for the answer: what came before did not fit either.
  if (counted >= window - 8) return 'cut';
  if (real !== undefined && real < asked && estimate * 0.6 > counted) return 'cut';
  if (real !== undefined && real < estimate * 0.6) return 'cut';
  const full = counted % 1_024 === 0 || counted % 1_024 > 1_015;
  if (estimate > 1_000 && counted < estimate * (full ? 0.9 : 0.5)) return 'unsure';
  return 'whole';
}
