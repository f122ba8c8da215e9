import { z } from 'zod';
import { type CodeEnd, codeFaults, consoleLevels } from './code-job';

const console = z.array(z.strictObject({ level: z.enum(consoleLevels), text: z.string() }));

/** How code ended: of what a sandbox says, only this is believed. */
export const codeEndSchema: z.ZodType<CodeEnd> = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown(), tookMs: z.number(), console }),
  z.strictObject({
    ok: z.literal(false),
    fault: z.enum(codeFaults),
    message: z.string().max(4_000),
    line: z.int().optional(),
    console,
  }),
]);
