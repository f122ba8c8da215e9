import type { MessagePart, Origin, ToolCallPart } from '../message';
import type { AskedTool, ProviderId, StreamPart } from '../schema';
import { readArgs } from './read-args';

/** What a stream gave, in its order. */
type Raw =
  | { type: 'text' | 'reasoning'; text: string; opaque?: Origin['opaque'] }
  | ({ type: 'tool-call'; place: number } & AskedTool);

export type Collected = {
  /** The assistant's message, to be put into the history as it is. */
  parts: MessagePart[];
  calls: ToolCallPart[];
  /** Calls whose arguments are no object of JSON, by name. */
  broken: string[];
};

/** Collects a stream into the parts of one message. `origin`: who wrote it. */
export function collectParts(origin: { provider: ProviderId; family: string }) {
  let raw: Raw[] = [];
  /** The part that the next piece of text goes into, unless it was sealed. */
  let open: Raw | undefined;

  const write = (type: 'text' | 'reasoning', text: string) => {
    if (open?.type === type) open.text += text;
    else {
      open = { type, text };
      raw.push(open);
    }
  };
  const allThought = () => {
    raw = raw.map((part) => (part.type === 'text' ? { ...part, type: 'reasoning' } : part));
    open = undefined;
  };
  const seal = (type: 'text' | 'reasoning', opaque: Origin['opaque']) => {
    if (open?.type !== type) write(type, '');
    if (open?.type === type) open.opaque = opaque;
    open = undefined;
  };
  const put = (call: Extract<Raw, { type: 'tool-call' }>) => {
    const at = raw.findIndex((part) => part.type === 'tool-call' && part.place === call.place);
    if (at >= 0) raw[at] = call;
    else raw.push(call);
    open = undefined;
  };
  const from = (opaque: Origin['opaque'] | undefined) =>
    opaque === undefined ? {} : { origin: { ...origin, opaque } };

  return {
    take(part: StreamPart): void {
      if (part.type === 'text-delta') write('text', part.text);
      else if (part.type === 'thinking-delta') write('reasoning', part.text);
      else if (part.type === 'all-thinking') allThought();
      else if (part.type === 'sealed') seal(part.kind, part.opaque);
      else if (part.type === 'tool-call') put(part);
    },
    names: (): string[] => raw.flatMap((part) => (part.type === 'tool-call' ? [part.name] : [])),
    /**
     * The message. Calls are part of it only when it ended by asking for them (`asks`). `taken`: ids of earlier calls,
     * which no new one gets.
     */
    end(asks: boolean, taken: readonly string[]): Collected {
      const ids = new Set(taken);
      const broken: string[] = [];
      const parts = raw.flatMap((part): MessagePart[] => {
        if (part.type !== 'tool-call') {
          const { type, text, opaque } = part;
          return text === '' && opaque === undefined ? [] : [{ type, text, ...from(opaque) }];
        }
        if (!asks) return [];
        const args = readArgs(part.argsText);
        if (args === undefined) broken.push(part.name);
        const id = freeId(part.id, ids);
        const { name, argsText, opaque } = part;
        return [{ type: 'tool-call', id, name, args: args ?? {}, argsText, ...from(opaque) }];
      });
      const inOrder = raw.some(({ opaque }) => opaque !== undefined) ? parts : callsLast(parts);
      return { parts: inOrder, calls: inOrder.filter((part) => part.type === 'tool-call'), broken };
    },
  };
}

/** The vendor's id where it is new, and else one that says which call it is. */
function freeId(given: string | undefined, ids: Set<string>): string {
  let id = given ?? `call_${ids.size + 1}`;
  for (let next = ids.size + 1; ids.has(id); next += 1) id = `call_${next}`;
  ids.add(id);
  return id;
}

/** Text that was held back stands before the calls, as every vendor writes it. */
function callsLast(parts: readonly MessagePart[]): MessagePart[] {
  const call = (part: MessagePart) => part.type === 'tool-call';
  return [...parts.filter((part) => !call(part)), ...parts.filter(call)];
}
