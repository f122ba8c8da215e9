import { PrismaPg } from '@prisma/adapter-pg';
import { type Config, databaseUrl } from '@/server/config';
import { PrismaClient } from './generated/client';

export type Prisma = PrismaClient;

/**
 * The client for the colder tables; the hot stores speak SQL on their own pool. Holds up to half as many
 * connections as that one. `$disconnect()` closes them.
 */
export function createPrisma(config: Config): Prisma {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl(config),
      connectionTimeoutMillis: 5000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      max: Math.max(2, Math.ceil(config.poolSize / 2)),
      statement_timeout: 60_000,
    },
    // Queries on a broken connection fail by themselves; an idle one is replaced.
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  return new PrismaClient({ adapter, errorFormat: 'minimal' });
}
