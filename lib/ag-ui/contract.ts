import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';

const messageSchema = z.looseObject({
  id: z.string().max(200),
  role: z.string(),
  content: z.unknown().optional(),
});
export type AgUiMessage = z.infer<typeof messageSchema>;

/** A `RunAgentInput` of AG-UI 1.0. What a client sends besides is left alone, as the protocol wants it. */
export const agUiInputSchema = z.looseObject({
  threadId: z.string().min(1).max(200),
  runId: z.string().min(1).max(200),
  messages: z.array(messageSchema).max(1_000),
  state: z.unknown().optional(),
  tools: z.array(z.unknown()).nullish(),
  context: z
    .array(z.looseObject({ description: z.string(), value: z.string() }))
    .max(50)
    .nullish(),
  resume: z.array(z.unknown()).nullish(),
  forwardedProps: z
    .looseObject({
      /** The run is cancelled when the client goes away; otherwise it goes on. */
      cancelOnDisconnect: z.boolean().optional(),
    })
    .nullish(),
});
export type AgUiInput = z.infer<typeof agUiInputSchema>;

export const runByAgUi = defineRoute({
  id: 'agents.ag-ui',
  method: 'POST',
  ownKeys: true,
  path: '/agents/{id}/ag-ui',
  summary:
    'Ask an agent by the AG-UI protocol (1.0): a RunAgentInput, answered with server-sent events. Each call is a run; its id is in `x-run-id`. The same threadId and runId again follow the run that is there.',
  tag: 'Chat',
  permission: 'chat.write',
  params: z.strictObject({
    /** By id, handle or name. */
    id: z.string().min(1).max(200),
  }),
  // Pictures as base64.
  maxBytes: 18 * 1_048_576,
  body: agUiInputSchema,
  /** Events, as they are written. */
  result: z.unknown(),
});
export const agUiContracts = [runByAgUi];
