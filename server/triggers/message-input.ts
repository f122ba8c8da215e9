import { AppError } from '@/lib/api/errors';
import type { WrittenMessage } from '@/lib/models/message';
import type { InputField } from '@/lib/nodes/forms/run-input';
import { chatInput, chatInputs } from '@/lib/triggers/chat-input';
import type { ChatConfig } from '@/lib/triggers/schema';

/**
 * A run's input for a chat's message and its files. Throws `conflict` where the chat does not know which input is given it,
 * `invalid_input` for more files than it takes.
 */
export function messageInput(
  config: ChatConfig,
  fields: readonly InputField[],
  text: string,
  history: readonly WrittenMessage[] = [],
  files: readonly string[] = [],
): Record<string, unknown> {
  const inputs = chatInputs(fields, config);
  if ('problem' in inputs)
    throw new AppError('conflict', `This chat is not set up: ${inputs.problem}`);
  const most = inputs.files?.length ?? 0;
  if (files.length > most) {
    const takes =
      most === 0
        ? 'This workflow takes no files: it has no input of the type File.'
        : `This workflow takes at most ${most} ${most === 1 ? 'file' : 'files'} with a message.`;
    throw new AppError('invalid_input', `${takes} Remove some and send your message again.`);
  }
  return chatInput(inputs, text, history, files);
}
