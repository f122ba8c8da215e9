import { listAudit as contract } from '@/lib/people/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listAudit } from '@/server/people/list-audit';

export const { GET, POST, PUT, PATCH, DELETE } = route({ GET: handle(contract, listAudit) });
