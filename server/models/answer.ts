import { contextTokens } from '@/lib/models/catalogue';
import type { Choice } from '@/lib/models/choose';
import { fitMessages } from '@/lib/models/fit';
import { parseOutput, schemaProblem } from '@/lib/models/output';
import { priceCall } from '@/lib/models/price';
import type { ModelMessage, ModelProvider, ModelRequest, StreamPart } from '@/lib/models/schema';
import { estimateRequest, estimateTokens } from '@/lib/models/tokens';
import { type ModelAnswer, StepError } from '@/lib/nodes/define-node';
import type { Call } from '@/lib/runs/schema';
import { modelFailure } from './failure';
import type { Opened } from './find-model';
import { answerTokens, type ModelCall } from './model-call';
import { watched } from './watch';

/** More text than any model writes: what goes on after it is a server gone wrong. */
const longestText = 4_000_000;

type Warn = Readonly<{ warn: (details: object, message: string) => void }>;
/** How a call listens: what is worth a line in the log, and how long a stream may be silent. */
export type Listening = { log: Warn; idleMs?: number };

type Spoken = { cut: boolean; inputTokens: number; outputTokens: number };
type Talk = {
  parts: Listening;
  choice: Choice;
  opened: Opened;
  call: ModelCall;
  /** What every stream of this call cost so far. */
  spoken: Spoken[];
};

/** One answer of a chosen model, checked and counted. Throws as `Models.call` does. */
export async function answer(
  parts: Listening,
  choice: Choice,
  opened: Opened,
  call: ModelCall,
): Promise<ModelAnswer> {
  const problem = call.outputSchema && schemaProblem(call.outputSchema);
  if (problem) throw new StepError('output_schema', `The output schema cannot be used: ${problem}`);
  const talk: Talk = { parts, choice, opened, call, spoken: [] };
  try {
    const { text, value } = await converse(talk);
    return { text, ...summary(talk), ...(value === undefined ? {} : { value }) };
  } catch (error) {
    if (talk.spoken.length > 0) call.onSpent?.(summary(talk));
    throw error;
  }
}

/** Asks once, and once more when the answer misfits its schema. */
async function converse(talk: Talk): Promise<{ text: string; value?: unknown }> {
  const { parts, choice, call } = talk;
  const first = await speak(talk, call.messages);
  if (call.outputSchema === undefined) return { text: first };
  const parsed = parseOutput(first, call.outputSchema);
  if (parsed.ok) return { text: first, value: parsed.value };
  const { provider, model } = choice;
  parts.log.warn({ provider, model }, 'an answer misfits its schema');
  const again = await speak(talk, [
    ...call.messages,
    { role: 'assistant', content: first },
    {
      role: 'user',
      content: `That does not fit the wanted form. ${parsed.problem}\nAnswer again with the corrected JSON and nothing else.`,
    },
  ]);
  const second = parseOutput(again, call.outputSchema);
  if (second.ok) return { text: again, value: second.value };
  const message = `The model's answer does not fit the output schema: ${second.problem}`;
  throw new StepError('output_misfit', message, { retryable: true });
}

const cutNote = 'The answer was cut off at its longest length.';

function summary({ choice, spoken }: Talk): Call {
  const sum = (of: (each: Spoken) => number) => spoken.reduce((all, each) => all + of(each), 0);
  const cost = priceCall(choice.provider, choice.model, {
    inputTokens: sum((each) => each.inputTokens),
    outputTokens: sum((each) => each.outputTokens),
  });
  return {
    provider: choice.provider,
    model: choice.model,
    rehearsed: choice.provider === 'rehearsal',
    reason: [choice.reason, cost.note, spoken.at(-1)?.cut ? cutNote : undefined]
      .filter((part) => part !== undefined)
      .join(' '),
    usage: cost.usage,
  };
}

async function speak(talk: Talk, messages: ModelMessage[]): Promise<string> {
  const { parts, choice, opened, call } = talk;
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
    return await listen(opened.provider, request, talk, parts.idleMs ?? 60_000);
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    throw modelFailure(error, choice.provider, choice.model, opened.secret);
  }
}

/** The whole text of a stream. What came costs, also when the stream breaks: then it is an estimate. */
async function listen(
  provider: ModelProvider,
  request: ModelRequest,
  { call, spoken }: Talk,
  idleMs: number,
): Promise<string> {
  let text = '';
  let end: Extract<StreamPart, { type: 'finish' }> | undefined;
  const stream = watched((signal) => provider.stream(request, signal), idleMs, call.signal);
  try {
    for await (const part of stream) {
      if (part.type === 'finish') end = part;
      else {
        text += part.text;
        call.onDelta?.(part.text);
        if (text.length > longestText) {
          throw new StepError('model_endless', 'The model did not stop writing.');
        }
      }
    }
  } finally {
    if (end !== undefined || text !== '') {
      spoken.push({
        cut: end?.reason === 'length',
        inputTokens: end?.usage.inputTokens || estimateRequest(request.system, request.messages),
        outputTokens: end?.usage.outputTokens || estimateTokens(text),
      });
    }
  }
  if (end?.reason === 'refused') {
    throw new StepError('model_refused', 'The model refused to answer this. Change its wording.');
  }
  if (text.trim() !== '') return text;
  throw new StepError('model_silent', 'The model answered nothing.', { retryable: true });
}
