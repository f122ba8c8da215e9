import * as contracts from '@/lib/chat/compaction/contract';
import { updateCompaction } from '@/server/chat/compaction/update-compaction';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: handle(contracts.updateCompaction, updateCompaction),
});
