/** Calls of `model_call` that a real model answered in a live run: what figures of spending count. */
export const realCalls = "provider <> 'rehearsal' and mode = 'live'";
