import { createPrisma } from '@/server/db/prisma';
import { createPasswords } from '@/server/people/passwords';
import { resetPassword } from '@/server/people/reset/reset-password';
import { withOperatorDatabase } from './operator-database';

/** `npm run reset-password -- ada@example.com`: for who runs the server. */
const [email] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
await withOperatorDatabase(async (settings) => {
  if (!email)
    throw new Error('Enter the account’s email: npm run reset-password -- ada@example.com');
  const prisma = createPrisma(settings);
  try {
    const { password, sessions, keys } = await resetPassword(
      { prisma, passwords: createPasswords() },
      email,
    );
    say(`The new password of ${email} is ${password} (change it in Settings).`);
    say(
      `Ended: ${sessions} sessions, ${keys} API keys. Two-factor is off. The email counts as verified now.`,
    );
  } finally {
    await prisma.$disconnect();
  }
});
