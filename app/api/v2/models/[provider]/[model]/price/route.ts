import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteModelPrice } from '@/server/spending/prices/delete-price';
import { putModelPrice } from '@/server/spending/prices/put-price';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handle(contracts.putModelPrice, putModelPrice),
  DELETE: handle(contracts.deleteModelPrice, deleteModelPrice),
});
