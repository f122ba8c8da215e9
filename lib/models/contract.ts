import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { providerIdSchema } from './schema';

const tag = 'Models';

export const providerViewSchema = z.strictObject({
  provider: providerIdSchema,
  title: z.string(),
  /** `ready`: can be called now; `needs-key`: enter one; `not-found`: no such local server; `failed`: see detail. */
  state: z.enum(['ready', 'needs-key', 'not-found', 'failed']),
  local: z.boolean(),
  /** Last characters of the key; the key itself never leaves the server. */
  hint: z.string().optional(),
  baseUrl: z.string().optional(),
  detail: z.string().optional(),
  models: z.array(
    z.strictObject({
      id: z.string(),
      /** US dollars per million tokens; absent where unknown. */
      inputPrice: z.number().optional(),
      outputPrice: z.number().optional(),
      /** The price is this workspace's own. */
      ownPrice: z.boolean().optional(),
      contextTokens: z.number().optional(),
    }),
  ),
});
export type ProviderView = z.infer<typeof providerViewSchema>;

export const listProviders = defineRoute({
  id: 'models.list',
  method: 'GET',
  path: '/models',
  summary: 'Providers with their state and models.',
  tag,
  permission: 'agents.read',
  result: z.strictObject({ items: z.array(providerViewSchema) }),
});
export const putProviderKey = defineRoute({
  id: 'models.put-key',
  method: 'PUT',
  path: '/models/{provider}/key',
  summary: 'Add or replace a provider’s key (and base URL). Stored encrypted and never shown.',
  tag,
  permission: 'keys.manage',
  params: z.strictObject({ provider: providerIdSchema }),
  body: z.strictObject({
    key: z.string().max(1_000).default(''),
    baseUrl: z.url().max(500).optional(),
  }),
  result: z.strictObject({ provider: providerIdSchema, hint: z.string() }),
});
export const deleteProviderKey = defineRoute({
  id: 'models.delete-key',
  method: 'DELETE',
  path: '/models/{provider}/key',
  summary: 'Remove a provider’s key.',
  tag,
  permission: 'keys.manage',
  params: z.strictObject({ provider: providerIdSchema }),
  result: z.strictObject({ provider: providerIdSchema }),
});
export const modelContracts = [listProviders, putProviderKey, deleteProviderKey];
