import { z } from 'zod';

/** The Yjs state vector of a draft, in Base64: what of it somebody has seen. */
export const stateVectorSchema = z.string().max(100_000);
