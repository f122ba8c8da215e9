import type { PictureType } from '@/lib/files/pictures/picture-facts';
import type { ProviderId } from './schema';

/** An object of JSON. */
export type JsonObject = Record<string, unknown>;

/**
 * What a vendor needs to see again, unchanged, to go on from a part: a signature, an encrypted thought, an item of its
 * protocol. It goes to the same provider and family of models alone.
 */
export type Origin = { provider: ProviderId; family: string; opaque: JsonObject };

export type TextPart = { type: 'text'; text: string; origin?: Origin };
/** What was thought; without a text where the vendor shows none. */
export type ReasoningPart = { type: 'reasoning'; text?: string; origin?: Origin };
/** A tool that a model asks for. `argsText`: its arguments as they were written, where they were text. */
export type ToolCallPart = {
  type: 'tool-call';
  id: string;
  name: string;
  args: JsonObject;
  argsText?: string;
  origin?: Origin;
};
/** What a tool gave, or why it failed, under the id of its call. */
export type ToolResultPart = {
  type: 'tool-result';
  id: string;
  name: string;
  text: string;
  error?: boolean;
};
/** A picture to look at, in a user's message: a file of the workspace, by what its header says. */
export type PicturePart = {
  type: 'picture';
  /** Id or name of the file. */
  file: string;
  name: string;
  mediaType: PictureType;
  width: number;
  height: number;
  /** Bytes of the file. */
  size: number;
  /** The bytes as base64: only on its way to a model, kept nowhere. */
  data?: string;
};
export type MessagePart = TextPart | ReasoningPart | ToolCallPart | ToolResultPart | PicturePart;

/** A text alone stands for one part of text. Calls stand in an assistant's message, their results in the user's next. */
export type ModelMessage = { role: 'user' | 'assistant'; content: string | MessagePart[] };

/** A tool that a model may ask for. */
export type ModelTool = {
  name: string;
  description: string;
  /** JSON schema of an object. */
  inputSchema: JsonObject;
  /** It changes nothing: a rehearsal may ask for it. */
  readOnly?: boolean;
};
export type ToolChoice = 'auto' | 'none' | 'required';

/** A message of words alone, as people and chats write it. */
export type WrittenMessage = { role: ModelMessage['role']; content: string };

export function partsOf({ content }: Pick<ModelMessage, 'content'>): MessagePart[] {
  if (typeof content !== 'string') return content;
  return content === '' ? [] : [{ type: 'text', text: content }];
}

export const callsIn = (message: ModelMessage): ToolCallPart[] =>
  partsOf(message).filter((part) => part.type === 'tool-call');

export const resultsIn = (message: ModelMessage): ToolResultPart[] =>
  partsOf(message).filter((part) => part.type === 'tool-result');

export const picturesIn = (message: ModelMessage): PicturePart[] =>
  partsOf(message).filter((part) => part.type === 'picture');

/** What a message says in words, without thoughts, calls and results. */
export function textOfMessage(message: ModelMessage): string {
  if (typeof message.content === 'string') return message.content;
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The words of a message alone. */
export const written = (message: ModelMessage): WrittenMessage => ({
  role: message.role,
  content: textOfMessage(message),
});

/** All that a vendor reads of a message, as one text: what its tokens are reckoned by. Pictures are counted apart. */
export function writtenOf(message: ModelMessage): string {
  if (typeof message.content === 'string') return message.content;
  return message.content.map(writtenOfPart).join('\n');
}

function writtenOfPart(part: MessagePart): string {
  if (part.type === 'tool-result') return `${part.id} ${part.name} ${part.text}`;
  if (part.type === 'picture') return '';
  const opaque = part.origin === undefined ? '' : JSON.stringify(part.origin.opaque);
  if (part.type !== 'tool-call') return (part.text ?? '') + opaque;
  return `${part.id} ${part.name} ${part.argsText ?? JSON.stringify(part.args)}${opaque}`;
}

/** The definitions of tools as one text, for the same. */
export const writtenOfTools = (tools: readonly ModelTool[] | undefined): string =>
  (tools ?? [])
    .map(({ name, description, inputSchema }) =>
      JSON.stringify({ type: 'function', name, description, parameters: inputSchema }),
    )
    .join('\n');
