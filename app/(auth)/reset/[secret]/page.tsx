import Link from 'next/link';
import { AuthFrame } from '@/components/people/auth-frame';
import { NewPasswordForm } from '@/components/people/new-password-form';
import { isAppError } from '@/lib/api/errors';
import { readPasswordLink } from '@/server/people/reset/password-links';
import { services } from '@/server/services';

export const metadata = { title: 'New password', referrer: 'no-referrer' };

type Props = { params: Promise<{ secret: string }> };

async function findLink(secret: string) {
  try {
    return await readPasswordLink(services(), { params: { secret } });
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return undefined;
    throw error;
  }
}

export default async function NewPasswordPage({ params }: Props) {
  const { secret } = await params;
  const found = await findLink(secret);
  if (!found) {
    return (
      <AuthFrame
        title="This link is no longer valid"
        lead="It was used, replaced or is older than a day. Ask for a new one."
        foot={
          <Link href="/" className="text-accent underline underline-offset-2">
            Go to Ensemble
          </Link>
        }
      />
    );
  }
  return (
    <AuthFrame
      title="Choose a new password"
      lead={`For ${found.name}. You are signed out everywhere, and your API keys end.`}
    >
      <NewPasswordForm secret={secret} email={found.email} />
    </AuthFrame>
  );
}
