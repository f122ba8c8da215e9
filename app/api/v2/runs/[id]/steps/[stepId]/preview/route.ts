import * as contracts from '@/lib/runs/debug-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { previewStep } from '@/server/runs/debugging/preview-step';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.previewStep, previewStep),
});
