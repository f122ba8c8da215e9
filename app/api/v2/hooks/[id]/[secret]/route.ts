import * as contracts from '@/lib/triggers/contract';
import { handleForeign } from '@/server/http/handle';
import { hookOptions } from '@/server/triggers/hooks/hook-cors';
import { hookRoute } from '@/server/triggers/hooks/hook-route';
import { receiveHook } from '@/server/triggers/hooks/receive-hook';

export const { GET, POST, PUT, PATCH, DELETE } = hookRoute(
  handleForeign(contracts.receiveSecretHook, receiveHook),
);
export const OPTIONS = hookOptions;
