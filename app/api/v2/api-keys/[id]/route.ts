import { deleteApiKey } from '@/lib/people/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { revokeApiKey } from '@/server/people/api-keys';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: handle(deleteApiKey, revokeApiKey),
});
