import * as contracts from '@/lib/services/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { refreshService } from '@/server/openapi/refresh-service';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.refreshService, refreshService),
});
