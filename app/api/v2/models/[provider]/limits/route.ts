import { deleteModelLimit, putModelLimit } from '@/lib/models/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteLimit } from '@/server/models/limits/delete-limit';
import { putLimit } from '@/server/models/limits/put-limit';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handle(putModelLimit, putLimit),
  DELETE: handle(deleteModelLimit, deleteLimit),
});
