import { StepError } from '@/lib/nodes/node-type/define-node';

/** One thing that a server sent: a value, a sign of life without one, or the mark that all has been said. */
export type Frame =
  | { kind: 'value'; name?: string; value: unknown }
  | { kind: 'alive' }
  | { kind: 'done' };

/**
 * What a model server sends, value by value, whatever it calls it: server-sent events with any line ends and with or
 * without blanks and empty lines, JSON line by line, or one JSON document instead of a stream. Reads on only as long
 * as it is asked. Throws `StepError`: `model_garbled` for what is no such thing, `model_broke_off` when the connection
 * breaks or the last value is cut.
 */
export async function* readFrames(response: Response): AsyncGenerator<Frame> {
  const lines = readLines(response);
  try {
    let first: string | undefined;
    while (first === undefined || first.trim() === '') {
      const next = await lines.next();
      if (next.done) return;
      first = next.value.replace(/^\uFEFF/, '');
    }
    const bare = first.trimStart();
    if (bare.startsWith('<')) throw await notAModel(bare, lines);
    if (bare.startsWith('{') || bare.startsWith('[')) yield* readDocuments(first, lines);
    else yield* readEvents(first, lines);
  } finally {
    await lines.return(undefined);
  }
}

/** A body as lines, whatever ends them. Bytes that are no UTF-8 become U+FFFD. */
async function* readLines(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let afterReturn = false;
  const bytes = response.body as AsyncIterable<Uint8Array> | null;
  try {
    for await (const chunk of bytes ?? []) {
      let text = decoder.decode(chunk, { stream: true });
      if (afterReturn && text.startsWith('\n')) {
        text = text.slice(1);
        afterReturn = false;
      }
      if (text !== '') afterReturn = text.endsWith('\r');
      const lines = text.split(/\r\n|\n|\r/);
      for (const [index, line] of lines.entries()) {
        pieces.push(line);
        if (index === lines.length - 1) break;
        yield pieces.join('');
        pieces = [];
      }
    }
  } catch (error) {
    throw brokenBy(error);
  }
  const last = pieces.join('') + decoder.decode();
  if (last !== '') yield last;
}

function brokenBy(error: unknown): unknown {
  let inner: unknown = error;
  for (let depth = 0; depth < 8 && inner instanceof Error; depth += 1) {
    if (StepError.isInstance(inner)) return inner;
    inner = inner.cause;
  }
  return brokeOff('The connection was lost in the middle of the answer.');
}

/** A failure that may pass: the answer has no end. */
export function brokeOff(message: string): StepError {
  return new StepError('model_broke_off', message, { retryable: true });
}

async function* readEvents(first: string, rest: AsyncIterator<string>): AsyncGenerator<Frame> {
  let name: string | undefined;
  let data: string[] = [];
  const flush = (last: boolean): Frame[] => {
    const events = valuesOf(data, name, last);
    data = [];
    name = undefined;
    return events;
  };
  for (let line: string | undefined = first; line !== undefined; line = await nextOf(rest)) {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line.trim() === '') yield* flush(false);
    else if (field === 'data') data.push(value);
    else if (field === 'event') {
      // Some leave out the empty line between two events.
      if (data.length > 0) yield* flush(false);
      name = value.trim();
    } else if (/^\s*\{/.test(line) && parsed(line) !== undefined) {
      // An error of the server itself, put between its events as it is.
      yield* flush(false);
      yield { kind: 'value', value: parsed(line) };
    } else if (field === '') yield { kind: 'alive' };
  }
  yield* flush(true);
}

async function nextOf(rest: AsyncIterator<string>): Promise<string | undefined> {
  const next = await rest.next();
  return next.done ? undefined : next.value;
}

/** What the data of one event says: one value over some lines, or one in each. */
function valuesOf(data: readonly string[], name: string | undefined, last: boolean): Frame[] {
  const named = name === undefined || name === '' ? {} : { name };
  const whole = data.join('\n').trim();
  if (whole === '') return data.length > 0 || name !== undefined ? [{ kind: 'alive' }] : [];
  const single = eventOf(whole, named);
  if (single !== undefined) return [single];
  const each = data.filter((line) => line.trim() !== '').map((line) => eventOf(line.trim(), named));
  if (each.length > 1 && each.every((event) => event !== undefined)) return each;
  if (name === 'error') return [{ kind: 'value', name, value: { error: { message: whole } } }];
  if (last) throw brokeOff('The answer broke off in the middle of a value.');
  throw garbled('The server sent something that is not JSON in its stream.');
}

function eventOf(text: string, named: { name?: string }): Frame | undefined {
  if (/^"?\[done\]"?$/i.test(text)) return { kind: 'done' };
  const value = parsed(text);
  return value === undefined ? undefined : { kind: 'value', ...named, value };
}

/** JSON line by line, or one document over many lines; a list stands for its entries. */
async function* readDocuments(first: string, rest: AsyncIterator<string>): AsyncGenerator<Frame> {
  let line: string | undefined = first;
  const head = parsed(first);
  if (head === undefined || Array.isArray(head)) {
    const lines = [first];
    for (line = await nextOf(rest); line !== undefined; line = await nextOf(rest)) lines.push(line);
    const whole = lines.join('\n');
    const value = parsed(whole);
    if (value === undefined) {
      throw /[\]}]\s*$/.test(whole)
        ? garbled('The server sent something that is not JSON.')
        : brokeOff('The answer broke off in the middle of a value.');
    }
    for (const one of Array.isArray(value) ? value : [value]) yield { kind: 'value', value: one };
    return;
  }
  for (; line !== undefined; line = await nextOf(rest)) {
    const bare = line.trim();
    if (bare === '') {
      yield { kind: 'alive' };
      continue;
    }
    const value = parsed(bare);
    if (value === undefined) {
      const next = await nextOf(rest);
      if (next === undefined) throw brokeOff('The answer broke off in the middle of a value.');
      throw garbled('The server sent something that is not JSON in its stream.');
    }
    yield { kind: 'value', value };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return undefined;
  }
}

function garbled(message: string): StepError {
  return new StepError('model_garbled', message, { retryable: true });
}

/** A web page instead of an answer: a proxy's, or that of something else at this address. */
async function notAModel(first: string, rest: AsyncIterator<string>): Promise<StepError> {
  let page = first;
  for (let line = await nextOf(rest); line !== undefined; line = await nextOf(rest)) {
    page += `\n${line}`;
    if (page.length > 8_000 || /<\/title>/i.test(page)) break;
  }
  return garbled(`The server answered with ${pageTitle(page)} instead of an answer.`);
}

/** How a web page calls itself, for a sentence. */
export function pageTitle(page: string): string {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(page)?.[1]?.replace(/\s+/g, ' ').trim();
  return title ? `a web page (“${title}”)` : 'a web page';
}
