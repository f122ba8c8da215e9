import * as contracts from '@/lib/tools/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { answerApproval } from '@/server/tools/approvals/answer-approval';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.answerApproval, answerApproval),
});
