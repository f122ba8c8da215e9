import { testProviderKey } from '@/lib/models/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { testKey } from '@/server/models/test-key';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(testProviderKey, testKey),
});
