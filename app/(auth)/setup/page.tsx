import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { AuthFrame } from '@/components/people/auth-frame';
import { SetUpForm } from '@/components/people/set-up-form';
import { needsSetUpCode } from '@/server/people/set-up-code';
import { readSetUp } from '@/server/people/set-up-owner';
import { services } from '@/server/services';

export const metadata = { title: 'Welcome' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SetUpPage({ searchParams }: Props) {
  const { code } = await searchParams;
  const codeNeeded = needsSetUpCode(services().config, await headers());
  if (!(await readSetUp(services())).needed) redirect('/sign-in');
  return (
    <AuthFrame
      title="Welcome to Ensemble"
      lead="You are the first one here. Create the owner account. A sample workflow is ready for you; it runs without any key."
    >
      <SetUpForm codeNeeded={codeNeeded} code={typeof code === 'string' ? code : ''} />
    </AuthFrame>
  );
}
