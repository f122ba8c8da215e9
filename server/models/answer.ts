import { contextTokens } from '@/lib/models/catalogue';
import type { Choice } from '@/lib/models/choose';
import { fitMessages } from '@/lib/models/fit';
import { parseOutput, schemaProblem } from '@/lib/models/output';
import { priceCall } from '@/lib/models/price';
import type { ModelMessage, ModelProvider, ModelRequest } from '@/lib/models/schema';
import { estimateRequest, estimateTokens } from '@/lib/models/tokens';
import { type ModelAnswer, StepError } from '@/lib/nodes/define-node';
import { modelFailure } from './failure';
import type { Opened } from './find-model';
import { answerTokens, type ModelCall } from './model-call';
import { watched } from './watch';

/** More text than any model writes: what goes on after it is a server gone wrong. */
const longestText = 4_000_000;

type Warn = Readonly<{ warn: (details: object, message: string) => void }>;
/** How a call listens: what is worth a line in the log, and how long a stream may be silent. */
export type Listening = { log: Warn; idleMs?: number };

type Spoken = { text: string; cut: boolean; inputTokens: number; outputTokens: number };

/** One answer of a chosen model, checked and counted. Throws as `Models.call` does. */
export async function answer(
  parts: Listening,
  choice: Choice,
  opened: Opened,
  call: ModelCall,
): Promise<ModelAnswer> {
  const { outputSchema } = call;
  const problem = outputSchema && schemaProblem(outputSchema);
  if (problem) throw new StepError('output_schema', `The output schema cannot be used: ${problem}`);
  const first = await speak(parts, choice, opened, call, call.messages);
  if (outputSchema === undefined) return answered(choice, [first], first.text);
  let parsed = parseOutput(first.text, outputSchema);
  if (parsed.ok) return { ...answered(choice, [first], first.text), value: parsed.value };
  parts.log.warn(
    { provider: choice.provider, model: choice.model },
    'an answer misfits its schema',
  );
  const again = await speak(parts, choice, opened, call, [
    ...call.messages,
    { role: 'assistant', content: first.text === '' ? '(nothing)' : first.text },
    {
      role: 'user',
      content: `That does not fit the wanted form. ${parsed.problem}\nAnswer again with the corrected JSON and nothing else.`,
    },
  ]);
  parsed = parseOutput(again.text, outputSchema);
  if (!parsed.ok) {
    throw new StepError(
      'output_misfit',
      `The model's answer does not fit the output schema: ${parsed.problem}`,
      {
        retryable: true,
      },
    );
  }
  return { ...answered(choice, [first, again], again.text), value: parsed.value };
}

const cutNote = 'The answer was cut off at its longest length.';

function answered(choice: Choice, spoken: Spoken[], text: string): ModelAnswer {
  const sum = (of: (each: Spoken) => number) => spoken.reduce((all, each) => all + of(each), 0);
  const cost = priceCall(choice.provider, choice.model, {
    inputTokens: sum((each) => each.inputTokens),
    outputTokens: sum((each) => each.outputTokens),
  });
  return {
    text,
    provider: choice.provider,
    model: choice.model,
    rehearsed: choice.provider === 'rehearsal',
    reason: [choice.reason, cost.note, spoken.at(-1)?.cut ? cutNote : undefined]
      .filter((part) => part !== undefined)
      .join(' '),
    usage: cost.usage,
  };
}

async function speak(
  parts: Listening,
  choice: Choice,
  opened: Opened,
  call: ModelCall,
  messages: ModelMessage[],
): Promise<Spoken> {
  const room =
    contextTokens(choice.provider, choice.model) -
    answerTokens(call) -
    estimateTokens(call.system ?? '');
  const request: ModelRequest = {
    model: choice.model,
    messages: fitMessages(messages, room).messages,
    ...(call.system === undefined ? {} : { system: call.system }),
    ...(call.outputSchema === undefined ? {} : { outputSchema: call.outputSchema }),
    ...(call.maxTokens === undefined ? {} : { maxTokens: call.maxTokens }),
    ...(call.temperature === undefined ? {} : { temperature: call.temperature }),
  };
  try {
    return await listen(opened.provider, request, call, parts.idleMs ?? 60_000);
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    throw modelFailure(error, choice.provider, choice.model, opened.secret);
  }
}

async function listen(
  provider: ModelProvider,
  request: ModelRequest,
  call: ModelCall,
  idleMs: number,
): Promise<Spoken> {
  let text = '';
  let usage = { inputTokens: 0, outputTokens: 0 };
  let reason = 'stop';
  const stream = watched((signal) => provider.stream(request, signal), idleMs, call.signal);
  for await (const part of stream) {
    if (part.type === 'text-delta') {
      text += part.text;
      call.onDelta?.(part.text);
      if (text.length > longestText) {
        throw new StepError('model_endless', 'The model did not stop writing.');
      }
    } else {
      usage = part.usage;
      reason = part.reason;
    }
  }
  if (reason === 'refused') {
    throw new StepError(
      'model_refused',
      'The model refused to answer this request. Change its wording.',
    );
  }
  if (text.trim() === '') {
    throw new StepError('model_silent', 'The model answered nothing.', { retryable: true });
  }
  return {
    text,
    cut: reason === 'length',
    inputTokens: usage.inputTokens || estimateRequest(request.system, request.messages),
    outputTokens: usage.outputTokens || estimateTokens(text),
  };
}
