import { AppError } from '@/lib/api/errors';
import type { WrittenMessage } from '@/lib/models/message';
import type { InputField } from '@/lib/nodes/forms/run-input';
import { chatInput, chatInputs } from '@/lib/triggers/chat-input';
import type { ChatConfig } from '@/lib/triggers/schema';

/** A run's input for a chat's message. Throws `conflict` where the chat does not know which input is given it. */
export function messageInput(
  config: ChatConfig,
  fields: readonly InputField[],
  text: string,
  history: readonly WrittenMessage[] = [],
): Record<string, unknown> {
  const inputs = chatInputs(fields, config);
  if ('problem' in inputs)
    throw new AppError('conflict', `This chat is not set up: ${inputs.problem}`);
  return chatInput(inputs, text, history);
}
