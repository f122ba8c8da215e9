import { randomBytes } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import type { Prisma } from '@/server/db/prisma';
import { deleteAllKeysOf } from '../key-store';
import type { Passwords } from '../passwords';
import { findUserByEmail } from '../store';

/**
 * For who runs the server: gives an account a new password without two-factor, ends its sessions and API keys, and takes its
 * e-mail as verified, since the operator knows to whom the password is handed. Throws `not_found`.
 */
export async function resetPassword(
  { prisma, passwords }: { prisma: Prisma; passwords: Passwords },
  email: string,
): Promise<{ password: string; sessions: number; keys: number }> {
  const password = randomBytes(12).toString('base64url');
  const hash = await passwords.hash(password);
  const ended = await prisma.$transaction(async (tx) => {
    const user = await findUserByEmail(tx, email.trim().toLowerCase());
    if (!user) throw new AppError('not_found', `There is no account with the email ${email}.`);
    await tx.account.updateMany({
      where: { userId: user.id, providerId: 'credential' },
      data: { password: hash },
    });
    await tx.user.update({
      where: { id: user.id },
      data: { emailVerified: true, twoFactorEnabled: false },
    });
    await tx.twoFactor.deleteMany({ where: { userId: user.id } });
    const { count: sessions } = await tx.session.deleteMany({ where: { userId: user.id } });
    return { sessions, keys: (await deleteAllKeysOf(tx, user.id)).length };
  });
  return { password, ...ended };
}
