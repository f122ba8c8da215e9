import * as contracts from '@/lib/experiments/contract';
import { createExperiment } from '@/server/experiments/create-experiment';
import { listExperiments } from '@/server/experiments/list-experiments';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listExperiments, listExperiments),
  POST: handle(contracts.createExperiment, createExperiment),
});
