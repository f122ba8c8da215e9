import { it } from 'vitest';
import { sharedRedisUrl } from '@/server/testing/database';
import { weather } from './testing/weather';

it(
  'keeps its promises whatever happens at any failpoint, with queue and bus on Redis',
  { timeout: 300_000 },
  () =>
    weather({
      name: 'Redis',
      env: { REDIS_URL: `${sharedRedisUrl()}/6` },
      occurrences: 1,
      least: 500,
    }),
);
