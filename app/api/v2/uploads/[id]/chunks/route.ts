import * as contracts from '@/lib/files/uploads/contract';
import { sendChunk } from '@/server/files/uploads/send-chunk';
import { handleUnread } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handleUnread(contracts.sendChunk, sendChunk),
});
