import type { z } from 'zod';
import type { Contract } from '@/lib/api/define-route';
import { pathOf } from './call';

type AnyContract = Contract<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>;
type Options = { headers: Record<string, string>; signal: AbortSignal };

/** Takes each line of JSON of an answer as it comes, until its end; at once over for an answer that is no success. */
export async function followLines(
  contract: AnyContract,
  input: { params?: object; query?: object },
  options: Options,
  take: (line: unknown) => void,
): Promise<void> {
  const response = await fetch(pathOf(contract, input), options);
  if (!response.ok || !response.body) return;
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(JSON.parse(line));
  }
}
