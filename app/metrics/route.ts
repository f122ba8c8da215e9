import { respondMetrics } from '@/server/http/respond-metrics';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({ GET: respondMetrics });
