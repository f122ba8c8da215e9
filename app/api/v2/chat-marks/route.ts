import { findMarks as contract } from '@/lib/chat/marks/contract';
import { findMarks } from '@/server/chat/marks/find-marks';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({ GET: handle(contract, findMarks) });
