import { callsIn, type MessagePart, type ModelMessage, type ModelTool } from '@/lib/models/message';
import { opaqueOf } from '@/lib/models/parts/origin';
import type { ModelRequest } from '@/lib/models/schema';
import { dataOf, messagesFor, wireId } from './wire';

/** The messages of a request in Anthropic's protocol: results stand first, and no text is empty. */
export function toBlocks(request: ModelRequest): object[] {
  return messagesFor('anthropic', request).map(({ role, content }) =>
    typeof content === 'string' ? { role, content } : { role, content: content.flatMap(toBlock) },
  );
}

function toBlock(part: MessagePart): object[] {
  const opaque = opaqueOf(part);
  if (opaque !== undefined) return [opaque];
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }];
    case 'tool-call':
      return [{ type: 'tool_use', id: wireId(part.id), name: part.name, input: part.args }];
    case 'tool-result':
      return [
        {
          ...{ type: 'tool_result', tool_use_id: wireId(part.id), content: part.text },
          ...(part.error ? { is_error: true } : {}),
        },
      ];
    case 'picture': {
      const source = { type: 'base64', media_type: part.mediaType, data: dataOf(part) };
      return [{ type: 'image', source }];
    }
    case 'reasoning':
      return [];
  }
}

/** The tools of a request; the vendor wants those that were called before defined also where none is offered now. */
export function toolsFor({ tools = [], toolChoice, messages }: ModelRequest): object {
  const offered = tools.length > 0 ? tools : called(messages);
  if (offered.length === 0) return {};
  const choice = tools.length === 0 ? 'none' : (toolChoice ?? 'auto');
  return {
    tools: offered.map(({ name, description, inputSchema }) => ({
      ...{ name, description, input_schema: { type: 'object', ...inputSchema } },
    })),
    tool_choice: { type: choice === 'required' ? 'any' : choice },
  };
}

function called(messages: readonly ModelMessage[]): ModelTool[] {
  const names = new Set(messages.flatMap((message) => callsIn(message).map(({ name }) => name)));
  return [...names].map((name) => ({
    ...{ name, description: 'Not available any more.', inputSchema: { type: 'object' } },
  }));
}
