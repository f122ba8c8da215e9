import * as contracts from '@/lib/triggers/contract';
import { handleSigned } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { receiveHook } from '@/server/triggers/hooks/receive-hook';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handleSigned(contracts.receiveSecretHook, receiveHook),
});
