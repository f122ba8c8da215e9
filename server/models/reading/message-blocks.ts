import type { JsonObject } from '@/lib/models/message';
import type { StreamPart } from '@/lib/models/schema';
import { at, isRecord, listIn, objectIn, textIn } from '@/lib/values/unknown';
import type { Ending } from './ending';
import { readContent } from './read-chat';

/** A block of an answer that is under way. */
type Block = { given: JsonObject; thinking: string; signature: string; json: string };

/**
 * The blocks of an answer in Anthropic's protocol: thoughts with their signature and calls are told when they are over,
 * so that the vendor can see them again as they were.
 */
export function messageBlocks(ending: Ending) {
  const open = new Map<unknown, Block>();
  let place = 0;

  function* begin(index: unknown, given: unknown): Generator<StreamPart> {
    yield* stop(index);
    yield* readContent(given);
    if (!isRecord(given)) return;
    if (isCall(given)) ending.tool();
    open.set(index, {
      given,
      thinking: textIn(given.thinking) ?? '',
      signature: textIn(given.signature) ?? '',
      json: '',
    });
  }

  function* delta(index: unknown, given: unknown): Generator<StreamPart> {
    const block = open.get(index);
    const thinking = textIn(at(given, 'thinking'));
    const text = textIn(at(given, 'text'));
    if (at(given, 'type') === 'thinking_delta' && thinking !== undefined) {
      if (block !== undefined) block.thinking += thinking;
      yield { type: 'thinking-delta', text: thinking };
    } else if (text !== undefined) yield { type: 'text-delta', text };
    if (block === undefined) return;
    block.signature += textIn(at(given, 'signature')) ?? '';
    block.json += textIn(at(given, 'partial_json')) ?? '';
  }

  function* stop(index: unknown): Generator<StreamPart> {
    const block = open.get(index);
    if (block === undefined) return;
    open.delete(index);
    const { given, thinking, signature } = block;
    if (isCall(given)) {
      yield callOf(block, place);
      place += 1;
    } else if (given.type === 'redacted_thinking') {
      yield { type: 'sealed', kind: 'reasoning', opaque: given };
    } else if (given.type === 'thinking' && signature !== '') {
      const opaque = { type: 'thinking', thinking, signature };
      yield { type: 'sealed', kind: 'reasoning', opaque };
    }
  }

  return {
    start: begin,
    delta,
    stop,
    /** Blocks that nobody closed. */
    *end(): Generator<StreamPart> {
      for (const index of [...open.keys()]) yield* stop(index);
    },
    /** A document's blocks. */
    *whole(content: unknown): Generator<StreamPart> {
      if (!Array.isArray(content)) yield* readContent(content);
      for (const block of listIn(content)) {
        yield* begin('whole', block);
        yield* stop('whole');
      }
    },
  };
}

const isCall = (block: JsonObject) => /^(tool_use|function_call)$/.test(textIn(block.type) ?? '');

function callOf({ given, json }: Block, place: number): StreamPart {
  const id = textIn(given.id);
  const whole = objectIn(given.input) ?? {};
  return {
    type: 'tool-call',
    place,
    ...(id === undefined ? {} : { id }),
    name: textIn(given.name) ?? '',
    argsText: json === '' ? JSON.stringify(whole) : json,
  };
}
