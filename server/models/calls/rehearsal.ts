import { setTimeout as sleep } from 'node:timers/promises';
import { rehearsalModel } from '@/lib/models/providers';
import { rehearse, rehearseTool, wordsOf } from '@/lib/models/rehearsal/rehearsal';
import type { ModelProvider } from '@/lib/models/schema';
import { estimateRequest, estimateTokens } from '@/lib/models/tokens';

/** The whole answer takes no longer than this, however long it is. */
const longestMs = 600;
const wordMs = 12;

/** The built-in scripted model: streams word by word, so that a rehearsal looks like the real thing. */
export const rehearsalProvider: ModelProvider = {
  id: 'rehearsal',
  async *stream(request, signal) {
    const { system, messages, tools } = request;
    const inputTokens = estimateRequest(system, messages, tools);
    const tool = rehearseTool(request);
    if (tool !== undefined) {
      const argsText = JSON.stringify(tool.args);
      await sleep(wordMs, undefined, { signal });
      yield { type: 'tool-call', place: 0, name: tool.name, argsText };
      const outputTokens = estimateTokens(argsText);
      yield { type: 'finish', reason: 'tool-calls', usage: { inputTokens, outputTokens } };
      return;
    }
    const text = rehearse(request);
    const words = wordsOf(text);
    const perPause = Math.max(1, Math.ceil((words.length * wordMs) / longestMs));
    for (let index = 0; index < words.length; index += perPause) {
      await sleep(wordMs, undefined, { signal });
      yield { type: 'text-delta', text: words.slice(index, index + perPause).join('') };
    }
    yield {
      type: 'finish',
      reason: 'stop',
      usage: { inputTokens, outputTokens: estimateTokens(text) },
    };
  },
  list: async () => [rehearsalModel],
};
