import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { answerStep } from '@/server/runs/control/answer-step';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.answerStep, answerStep),
});
