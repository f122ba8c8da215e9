import type { StreamPart } from '@/lib/models/schema';
import { type Part, splitThoughts } from '@/lib/models/thinking';

/** A stream whose thoughts stand in its text between marks, with these told apart. */
export async function* apart(parts: AsyncIterable<StreamPart>): AsyncGenerator<StreamPart> {
  const splitter = splitThoughts();
  let finish: StreamPart | undefined;
  for await (const part of parts) {
    if (part.type === 'finish') finish = part;
    if (part.type === 'text-delta') yield* splitter.push(part.text).map(partOf);
    else yield part;
  }
  const rest = splitter.end().map(partOf);
  yield* rest;
  if (finish !== undefined && rest.length > 0) yield finish;
}

function partOf(part: Part): StreamPart {
  if (part.kind === 'all-thought') return { type: 'all-thinking' };
  return { type: part.kind === 'text' ? 'text-delta' : 'thinking-delta', text: part.text };
}
