import * as contracts from '@/lib/services/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createService } from '@/server/openapi/create-service';
import { listServices } from '@/server/openapi/list-services';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listServices, listServices),
  POST: handle(contracts.createService, createService),
});
