import { isRecord } from '@/lib/values/unknown';

/** Names under which outputs carry their text, the likeliest first. */
const textNames = ['report', 'markdown', 'text', 'answer', 'summary', 'content', 'result', 'value'];

export type SplitOutput = {
  /** Markdown or plain text to read. */
  text?: string;
  /** Everything else, to look at as data. */
  rest?: unknown;
};

/**
 * Separates what a person reads from what is data: a text stays a text; of an object the likeliest text field is
 * taken out; an object with one field is looked into. One word under a name of its own, such as an id, is data.
 */
export function splitOutput(output: unknown): SplitOutput {
  if (output === undefined || output === null) return {};
  if (typeof output === 'string') return { text: output };
  if (!isRecord(output)) return { rest: output };
  // A text in a format of files is data.
  if (typeof output.mediaType === 'string' && output.mediaType !== 'text/markdown')
    return { rest: output };
  const entries = Object.entries(output);
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only && typeof only[1] === 'object' && only[1] !== null) {
    const inner = splitOutput(only[1]);
    return inner.text === undefined ? { rest: output } : inner;
  }
  const name =
    textNames.find((each) => isText(output[each])) ??
    (only && isText(only[1]) && /\s/.test(only[1].trim()) ? only[0] : undefined);
  if (name === undefined) return { rest: output };
  const { [name]: text, ...others } = output;
  const rest = isAnswer(output) ? withoutOrigin(others) : others;
  // How the text is written is no data of its own.
  const data = Object.keys(rest).filter(
    (key) => key !== 'format' || typeof rest.format !== 'string',
  );
  return data.length === 0 ? { text: String(text) } : { text: String(text), rest };
}

/** What a step gives that asked a model: the text, named values if it asked for some, and who answered. */
const isAnswer = ({ text, model, rehearsed }: Record<string, unknown>): boolean =>
  typeof text === 'string' && typeof model === 'string' && typeof rehearsed === 'boolean';

/** Who answered stands beside the answer; values that nobody asked for are none. */
function withoutOrigin(output: Record<string, unknown>): Record<string, unknown> {
  const { model: _, rehearsed: __, agent: ___, ...rest } = output;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Results of several steps, each with a text: by name, in their order. Undefined where it is something else. */
export function namedTexts(output: unknown): [name: string, output: unknown][] | undefined {
  if (!isRecord(output)) return undefined;
  const entries = Object.entries(output);
  const several = entries.length > 1 && entries.length <= maxNamed;
  const texts = entries.every(
    ([, value]) => isRecord(value) && splitOutput(value).text !== undefined,
  );
  return several && texts ? entries : undefined;
}

/** More than these are data to look through. */
const maxNamed = 12;
