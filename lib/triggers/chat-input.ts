import { type WrittenMessage, written } from '@/lib/models/message';
import { fitMessages } from '@/lib/models/parts/fit';
import type { InputField } from '@/lib/nodes/forms/run-input';
import type { ChatConfig } from './schema';

/** The input that is given the message, where none is named and none is the only text. */
export const usualInput = 'message';
/** Tokens of earlier messages that a run is given; the oldest are left out first. */
const earlierBudget = 24_000;

type Field = Pick<InputField, 'name' | 'type' | 'required' | 'default'>;
type Names = Pick<ChatConfig, 'message' | 'earlier'>;

/** Whether an input takes any text. */
export const isTextInput = ({ type }: Pick<InputField, 'type'>): boolean =>
  type === 'text' || type === 'longtext';

/** Which inputs a chat fills. */
export type ChatInputs = {
  message: string;
  earlier?: { name: string; as: 'list' | 'text' };
  /** Those for files, in their order: what is sent along fills them one by one. */
  files?: string[];
};

/**
 * Finds the inputs that a chat fills among those that the start step declares: the named one for the message, or
 * `message`, or the only text; and the named one for what was said before. `problem` is a sentence for people.
 */
export function chatInputs(
  fields: readonly Field[],
  { message, earlier }: Names,
): ChatInputs | { problem: string } {
  const target = messageInput(fields, message, earlier);
  if (target === undefined) {
    return {
      problem:
        message === ''
          ? 'Choose the input for the message.'
          : `There is no text input “${message}” for the message.`,
    };
  }
  const left = fields.find(
    (field) =>
      field.required &&
      field.default === '' &&
      field.name !== target &&
      field.name !== earlier &&
      field.type !== 'file',
  );
  if (left)
    return { problem: `The input “${left.name}” is required, but a chat cannot fill it in.` };
  const files = fields.filter(({ type }) => type === 'file').map(({ name }) => name);
  const filled = { message: target, ...(files.length > 0 ? { files } : {}) };
  if (earlier === '') return filled;
  const list = fields.find(({ name }) => name === earlier);
  if (earlier === target || (fields.length > 0 && !takesEarlier(list))) {
    return { problem: `The input “${earlier}” cannot take the chat history.` };
  }
  return {
    ...filled,
    earlier: { name: earlier, as: list && isTextInput(list) ? 'text' : 'list' },
  };
}

const takesEarlier = (field: Field | undefined) =>
  field !== undefined && (field.type === 'json' || isTextInput(field));

function messageInput(fields: readonly Field[], named: string, earlier: string) {
  if (fields.length === 0) return named === '' ? usualInput : named;
  const texts = fields.filter((field) => isTextInput(field) && field.name !== earlier);
  if (named !== '') return texts.find(({ name }) => name === named)?.name;
  if (texts.some(({ name }) => name === usualInput)) return usualInput;
  return texts.length === 1 ? texts[0]?.name : undefined;
}

/** A run's input for one message, with files by their ids; of what was said before, the newest that fit. */
export function chatInput(
  { message, earlier, files = [] }: ChatInputs,
  text: string,
  history: readonly WrittenMessage[],
  sent: readonly string[] = [],
): Record<string, unknown> {
  const own = {
    [message]: text,
    ...Object.fromEntries(sent.map((id, at) => [files[at] ?? '', id])),
  };
  if (earlier === undefined) return own;
  const said = history.filter(({ content }) => content.trim() !== '');
  const { messages } = fitMessages([...said, { role: 'user', content: text }], earlierBudget);
  const before = messages.slice(0, -1).map(written);
  const value = earlier.as === 'list' ? before : before.map(line).join('\n\n');
  return { ...own, [earlier.name]: value };
}

const line = ({ role, content }: WrittenMessage) =>
  `${role === 'user' ? 'Person' : 'Answer'}: ${content}`;
