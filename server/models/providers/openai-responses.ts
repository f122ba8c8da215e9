import { modelInfo } from '@/lib/models/catalogue';
import {
  type ModelMessage,
  type PicturePart,
  partsOf,
  picturesIn,
  resultsIn,
  type ToolResultPart,
  textOfMessage,
} from '@/lib/models/message';
import { opaqueOf } from '@/lib/models/parts/origin';
import type { ModelRequest } from '@/lib/models/schema';
import { textIn } from '@/lib/values/unknown';
import { isStrict } from './is-strict';
import { dataUrlOf, messagesFor, wireId } from './wire';

/** The vendor takes no smaller limit. */
export const leastAnswer = 16;

/**
 * A request in OpenAI's Responses protocol, the only one in which its newer models take tools. Nothing is stored there:
 * thoughts come back sealed, and go back as they came.
 */
export function toResponsesRequest(request: ModelRequest) {
  const { model, system, outputSchema, maxTokens, temperature, tools = [], toolChoice } = request;
  return {
    model,
    input: toItems(messagesFor('openai', request)),
    stream: true,
    store: false,
    ...(system === undefined ? {} : { instructions: system }),
    ...(reasons(model) ? { include: ['reasoning.encrypted_content'] } : {}),
    ...(temperature === undefined || modelInfo('openai', model)?.fixedTemperature
      ? {}
      : { temperature }),
    ...(maxTokens === undefined ? {} : { max_output_tokens: Math.max(maxTokens, leastAnswer) }),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, inputSchema: parameters }) => ({
            ...{ type: 'function', name, description, parameters, strict: false },
          })),
          tool_choice: toolChoice ?? 'auto',
        }),
    ...(outputSchema === undefined
      ? {}
      : {
          text: {
            format: {
              ...{ type: 'json_schema', name: 'output', schema: outputSchema },
              strict: isStrict(outputSchema),
            },
          },
        }),
  };
}

/** Older models have no thoughts and refuse to be asked for them. */
const reasons = (model: string) => !/^(?:gpt-3|gpt-4|chatgpt)/.test(model);

function toItems(messages: readonly ModelMessage[]): object[] {
  const ids = new Map<string, string>();
  return messages.flatMap((message) => {
    if (typeof message.content === 'string') {
      return [{ role: message.role, content: message.content }];
    }
    const pictures = picturesIn(message);
    if (pictures.length > 0) return [...resultsOf(message, ids), lookedAt(message, pictures)];
    return partsOf(message).flatMap((part): object[] => {
      const opaque = opaqueOf(part);
      if (part.type === 'tool-result') return [resultItem(part, ids)];
      if (part.type === 'tool-call') {
        const call_id = textIn(opaque?.call_id) ?? wireId(part.id);
        ids.set(part.id, call_id);
        const { name, args } = part;
        return [
          opaque ?? { type: 'function_call', call_id, name, arguments: JSON.stringify(args) },
        ];
      }
      if (opaque !== undefined) return [opaque];
      return part.type === 'text' ? [{ role: message.role, content: part.text }] : [];
    });
  });
}

const resultItem = ({ id, text }: ToolResultPart, ids: ReadonlyMap<string, string>) => ({
  ...{ type: 'function_call_output', call_id: ids.get(id) ?? wireId(id), output: text },
});

const resultsOf = (message: ModelMessage, ids: ReadonlyMap<string, string>): object[] =>
  resultsIn(message).map((result) => resultItem(result, ids));

/** A message with pictures is one item: what it shows, then what it says. */
function lookedAt(message: ModelMessage, pictures: readonly PicturePart[]): object {
  const text = textOfMessage(message);
  return {
    role: message.role,
    content: [
      ...pictures.map((picture) => ({
        ...{ type: 'input_image', image_url: dataUrlOf(picture), detail: 'high' },
      })),
      ...(text === '' ? [] : [{ type: 'input_text', text }]),
    ],
  };
}
