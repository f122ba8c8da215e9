import { headers } from 'next/headers';
import Link from 'next/link';
import { AcceptInvitation, SignOutFirst } from '@/components/people/accept-invitation';
import { AuthFrame } from '@/components/people/auth-frame';
import { SignInForm } from '@/components/people/sign-in-form';
import { SignUpForm } from '@/components/people/sign-up-form';
import { isAppError } from '@/lib/api/errors';
import { readInvitation } from '@/server/people/invitations';
import { readSession } from '@/server/people/read-session';
import { services } from '@/server/services';

export const metadata = { title: 'Invitation', referrer: 'no-referrer' };

type Props = { params: Promise<{ id: string }> };

async function findInvitation(id: string) {
  try {
    return await readInvitation(services(), { params: { id }, query: {}, body: undefined });
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return undefined;
    throw error;
  }
}

export default async function InvitationPage({ params }: Props) {
  const { id } = await params;
  const [invitation, session] = await Promise.all([
    findInvitation(id),
    readSession(services(), await headers()),
  ]);
  if (!invitation) {
    return (
      <AuthFrame
        title="This invitation is no longer valid"
        lead="It was used, revoked or is older than seven days. Ask for a new link."
        foot={
          <Link href="/" className="text-accent underline underline-offset-2">
            Go to Ensemble
          </Link>
        }
      />
    );
  }
  const { workspaceName, invitedBy, email, role, hasAccount } = invitation;
  const title = `Join ${workspaceName}`;
  const lead = `${invitedBy} invites you as ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}.`;
  if (session && session.user.email.toLowerCase() !== email) {
    return (
      <AuthFrame
        title={title}
        lead={`${lead} The invitation is for ${email}, and you are signed in as ${session.user.email}.`}
      >
        <SignOutFirst />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={title} lead={hasAccount && !session ? `${lead} Sign in to accept.` : lead}>
      {session ? <AcceptInvitation id={id} workspaceName={workspaceName} /> : null}
      {!session && hasAccount ? <SignInForm next={`/invite/${id}`} email={email} /> : null}
      {session || hasAccount ? null : <SignUpForm invitationId={id} email={email} />}
    </AuthFrame>
  );
}
