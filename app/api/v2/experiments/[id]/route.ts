import * as contracts from '@/lib/experiments/contract';
import { deleteExperiment } from '@/server/experiments/delete-experiment';
import { getExperiment } from '@/server/experiments/get-experiment';
import { updateExperiment } from '@/server/experiments/update-experiment';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getExperiment, getExperiment),
  PATCH: handle(contracts.updateExperiment, updateExperiment),
  DELETE: handle(contracts.deleteExperiment, deleteExperiment),
});
