import { z } from 'zod';

/** How long somebody waits for a test request, in minutes. */
export const listeningMinutes = 10;
/** Bytes of a test request's body that are read, and kept. */
export const maxSampleBytes = 65_536;

/** A request as it came, for people to look at. What proves who somebody is stands in it by name only. */
export const sampleSchema = z.strictObject({
  at: z.iso.datetime(),
  method: z.string(),
  query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  headers: z.record(z.string(), z.string()),
  /** Names of headers that are not shown. */
  hidden: z.array(z.string()),
  contentType: z.string(),
  /** The beginning of the body as text. */
  body: z.string(),
  /** Bytes of the whole body; null where it was not read to its end. */
  size: z.int().nullable(),
  /** Whether it would have started a run, as far as who sent it goes; else why not. */
  refused: z.string().nullable(),
});
export type HookSample = z.infer<typeof sampleSchema>;
