import { respondHealth } from '@/server/http/respond-health';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({ GET: respondHealth });
