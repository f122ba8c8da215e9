import * as contracts from '@/lib/models/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteKey } from '@/server/models/delete-key';
import { putKey } from '@/server/models/put-key';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handle(contracts.putProviderKey, putKey),
  DELETE: handle(contracts.deleteProviderKey, deleteKey),
});
