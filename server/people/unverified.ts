import { deleteAllKeysOf } from './key-store';
import type { Db } from './store';

type Account = { id: string; emailVerified: boolean };

/**
 * Whether an invitation may take an e-mail back from an account that somebody made with it. Any member can make a
 * workspace, invite whom they like and use the link themselves; so an account made by a link proves nothing. It is
 * replaced when somebody whose own e-mail is verified invites, and nobody such is an owner or admin where the account
 * belongs: whoever is known in a team cannot be pushed out by an invitation from elsewhere.
 */
export async function mayReplace(db: Db, account: Account, inviterId: string): Promise<boolean> {
  if (account.emailVerified) return false;
  const inviter = await db.user.findUnique({ where: { id: inviterId } });
  if (!inviter?.emailVerified) return false;
  const vouching = await db.member.count({
    where: {
      organization: { members: { some: { userId: account.id } } },
      role: { in: ['owner', 'admin'] },
      user: { emailVerified: true },
    },
  });
  return vouching === 0;
}

/**
 * Frees the e-mail of an account and ends every way into it. What it wrote stays, under its name; its workspaces keep
 * it as a member who cannot sign in.
 */
export async function cutOff(db: Db, userId: string): Promise<void> {
  await db.session.deleteMany({ where: { userId } });
  await db.account.deleteMany({ where: { userId } });
  await deleteAllKeysOf(db, userId);
  await db.user.update({ where: { id: userId }, data: { email: `${userId}@replaced.invalid` } });
}
