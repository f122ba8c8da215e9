import { it } from 'vitest';
import { weather } from './testing/weather';

const occurrences = Number(process.env.ENSEMBLE_OCCURRENCES ?? 2);

it(
  'keeps its promises whatever happens at any failpoint, with queue and bus on Postgres',
  { timeout: 300_000 },
  () => weather({ name: 'Postgres', occurrences, least: 500 * occurrences }),
);
