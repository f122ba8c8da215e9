import * as contracts from '@/lib/services/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteService } from '@/server/openapi/delete-service';
import { getService } from '@/server/openapi/get-service';
import { updateService } from '@/server/openapi/update-service';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getService, getService),
  PATCH: handle(contracts.updateService, updateService),
  DELETE: handle(contracts.deleteService, deleteService),
});
