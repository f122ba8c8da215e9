import { z } from 'zod';
import { usdSchema } from './pico';

/** What something would cost with a known model, where none is set up yet. */
export const ifModelSchema = z.strictObject({
  /** Provider and name. */
  model: z.string(),
  /** The price list that the cost is of: a month, or the workspace's own. */
  list: z.string(),
  costUsd: z.strictObject({ p50: usdSchema, p95: usdSchema }),
});
export type IfModel = z.infer<typeof ifModelSchema>;
