import { modelInfo } from '@/lib/models/catalogue';
import { type ModelMessage, partsOf } from '@/lib/models/message';
import { opaqueOf } from '@/lib/models/parts/origin';
import type { ModelRequest } from '@/lib/models/schema';
import { textIn } from '@/lib/values/unknown';
import { isStrict } from './is-strict';
import { messagesFor, wireId } from './wire';

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
    return partsOf(message).flatMap((part): object[] => {
      const opaque = opaqueOf(part);
      if (part.type === 'tool-result') {
        const call_id = ids.get(part.id) ?? wireId(part.id);
        return [{ type: 'function_call_output', call_id, output: part.text }];
      }
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
