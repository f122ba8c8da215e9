import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteEntry } from '@/server/memory/delete-entry';
import { getEntry } from '@/server/memory/get-entry';
import { putEntry } from '@/server/memory/put-entry';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getEntry, getEntry),
  PUT: handle(contracts.putEntry, putEntry),
  DELETE: handle(contracts.deleteEntry, deleteEntry),
});
