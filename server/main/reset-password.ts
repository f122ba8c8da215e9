import { config, databaseUrl } from '@/server/config';
import { createPrisma } from '@/server/db/prisma';
import { startPostgres } from '@/server/embedded/postgres';
import { createPasswords } from '@/server/people/passwords';
import { resetPassword } from '@/server/people/reset-password';
import { lockDataDir } from './instance-lock';

/**
 * `npm run reset-password -- ada@example.com`: for who runs the server. Uses DATABASE_URL, or, while Ensemble does not
 * run, its own Postgres.
 */
const [email] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const endings: (() => Promise<void> | void)[] = [];
try {
  if (!email)
    throw new Error('Enter the account’s e-mail: npm run reset-password -- ada@example.com');
  const settings = config();
  if (settings.databaseUrl === undefined) endings.push(lockDataDir(settings.dataDir));
  const own =
    settings.databaseUrl === undefined
      ? await startPostgres({
          dataDir: settings.dataDir,
          log: () => undefined,
          onLost: () => undefined,
        })
      : undefined;
  if (own) endings.push(own.stop);
  const url = own?.url ?? databaseUrl(settings);
  const prisma = createPrisma({ ...settings, databaseUrl: url });
  endings.push(() => prisma.$disconnect());
  const { password, sessions, keys } = await resetPassword(
    { prisma, passwords: createPasswords() },
    email,
  );
  say(`The new password of ${email} is ${password} (change it in Settings).`);
  say(`Ended: ${sessions} sessions, ${keys} API keys. The e-mail counts as verified now.`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  for (const end of endings.reverse()) await end();
}
