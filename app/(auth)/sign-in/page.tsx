import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { AuthFrame } from '@/components/people/auth-frame';
import { SignInForm } from '@/components/people/sign-in-form';
import { safePath } from '@/lib/people/safe-path';
import { readSession } from '@/server/people/read-session';
import { readSetUp } from '@/server/people/set-up-owner';
import { services } from '@/server/services';

export const metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const next = safePath((await searchParams).next);
  if ((await readSetUp(services())).needed) redirect('/setup');
  if (await readSession(services(), await headers())) redirect(next);
  return (
    <AuthFrame
      title="Sign in"
      lead="Pick up where your team left off."
      foot="No account yet, or password forgotten? Ask an admin of your workspace for a link."
    >
      <SignInForm next={next} />
    </AuthFrame>
  );
}
