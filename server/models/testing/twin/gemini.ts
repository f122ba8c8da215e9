import { at, isRecord, textIn } from '@/lib/values/unknown';
import { think } from './brain';
import * as parts from './parts';
import { type Json, objectsIn, refuse, type Served, sse } from './parts';
import type { Memory } from './twin';

/** What stands for the signature of a call that another model made. */
const skip = 'skip_thought_signature_validator';

/** Gemini's protocol: results are matched by the order and the names of the calls. */
export function serveGemini(
  body: Json,
  model: string,
  memory: Memory,
  random: () => number,
): Served {
  parts.knowsOnly(body, [
    ...[
      'contents',
      'systemInstruction',
      'tools',
      'toolConfig',
      'generationConfig',
      'safetySettings',
    ],
  ]);
  const tools = objectsIn(body.tools).flatMap((tool) =>
    objectsIn(tool.functionDeclarations).map(({ name }) => textIn(name) ?? refuse(400, 'no name')),
  );
  const json = at(body, 'generationConfig', 'responseMimeType') === 'application/json';
  if (/^gemini-[12]/.test(model) && tools.length > 0 && json) {
    refuse(400, "Function calling with a response mime type: 'application/json' is unsupported");
  }
  const rounds = checkContents(objectsIn(body.contents), model, memory);
  const mode = textIn(at(body, 'toolConfig', 'functionCallingConfig', 'mode')) ?? 'AUTO';
  const choice = mode === 'ANY' ? 'required' : mode === 'NONE' ? 'none' : 'auto';
  const reply = think({ tools, choice, rounds, thinks: true }, random);
  const given: Json[] = [];
  if (reply.thought !== '') given.push({ text: reply.thought, thought: true });
  const signature = parts.seal(model, reply.thought + reply.text);
  for (const [index, text] of parts.pieces(reply.text, random).entries()) {
    given.push({ text, ...(index === 0 && random() < 0.3 ? { thoughtSignature: signature } : {}) });
  }
  for (const [index, { name, args }] of reply.calls.entries()) {
    const named = random() < 0.5 ? { id: memory.id('fn') } : {};
    const part: Json = { functionCall: { name, args, ...named } };
    // The first of some calls at once carries the signature.
    if (index === 0) part.thoughtSignature = parts.seal(model, parts.canonical(part));
    memory.issued.set(`${part.thoughtSignature}`, parts.canonical(part));
    given.push(part);
  }
  const input = parts.inputBy(parts.tokensOfRequest(body), random, false);
  const thought = parts.tokensOf(reply.thought);
  const text = parts.tokensOf(reply.text + JSON.stringify(reply.calls));
  const usageMetadata = {
    ...{ promptTokenCount: input.fresh + input.read, cachedContentTokenCount: input.read },
    ...{ candidatesTokenCount: text, thoughtsTokenCount: thought },
  };
  const chunk = (part: Json, more: object = {}) => ({
    candidates: [{ content: { role: 'model', parts: [part] }, index: 0, ...more }],
    ...{ modelVersion: model, usageMetadata: { promptTokenCount: usageMetadata.promptTokenCount } },
  });
  return {
    type: 'text/event-stream',
    billed: { ...input, text, thought },
    pieces: [
      ...given.map((part) => sse(chunk(part))),
      sse({ ...chunk({ text: '' }, { finishReason: 'STOP' }), usageMetadata }),
    ],
  };
}

function checkContents(contents: readonly Json[], model: string, memory: Memory): number {
  let open: string[] = [];
  let rounds = 0;
  const isQuestion = (content: Json) =>
    content.role === 'user' && objectsIn(content.parts).some(({ text }) => textIn(text));
  const question = contents.findLastIndex(isQuestion);
  for (const [index, content] of contents.entries()) {
    const inner = objectsIn(content.parts);
    if (inner.length === 0) refuse(400, 'contents.parts must not be empty.');
    const results = inner.filter((part) => part.functionResponse !== undefined);
    const names = results.map((part) => textIn(at(part, 'functionResponse', 'name')) ?? '');
    if (JSON.stringify(names) !== JSON.stringify(open)) {
      refuse(
        400,
        'Please ensure that function response turns come immediately after function call turns, and that their number is equal.',
      );
    }
    if (!results.every((part) => isRecord(at(part, 'functionResponse', 'response')))) {
      refuse(400, 'function_response.response is required.');
    }
    if (content.role === 'user') rounds = names.length > 0 ? rounds + 1 : 0;
    const calls = inner.filter((part) => part.functionCall !== undefined);
    open = calls.map((part) => textIn(at(part, 'functionCall', 'name')) ?? '');
    const signature = calls[0]?.thoughtSignature;
    if (
      calls.length > 0 &&
      index > question &&
      signature === undefined &&
      !/^gemini-2/.test(model)
    ) {
      refuse(400, 'Function call is missing a thought_signature in functionCall parts.');
    }
    for (const part of calls) checkSignature(part, model, memory);
  }
  if (open.length > 0) refuse(400, 'Please ensure that function call turns are answered.');
  return rounds;
}

function checkSignature(part: Json, model: string, memory: Memory): void {
  const signature = textIn(part.thoughtSignature);
  if (signature === undefined || signature === skip) return;
  const { thoughtSignature: _, ...bare } = part;
  const issued = memory.issued.get(signature);
  if (issued !== parts.canonical(part) || signature !== parts.seal(model, parts.canonical(bare))) {
    refuse(400, 'Corrupted thought signature.');
  }
}
