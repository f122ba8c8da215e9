import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import { presenceSchema } from '@/lib/realtime/messages';
import type { Bus } from '@/server/bus/bus';

export type Seen = { activity: string; name: string; by: string };

/** Everything that agents tell of themselves at a canvas, in order. */
export async function watchAgents(
  bus: Bus,
  workflowId: string,
): Promise<{ seen: Seen[]; stop(): void }> {
  const seen: Seen[] = [];
  const stop = await bus.subscribe(`draft:${workflowId}`, (message) => {
    if (message.kind !== 'agent') return;
    const decoder = createDecoder(Buffer.from(message.update, 'base64'));
    readVarUint(decoder);
    readVarUint(decoder);
    readVarUint(decoder);
    const state: unknown = JSON.parse(readVarString(decoder));
    const { data } = presenceSchema.safeParse(state);
    const { activity = 'gone', by = '' } = data?.agent ?? {};
    seen.push({ activity, by, name: data?.user.name ?? '' });
  });
  return { seen, stop };
}
