import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { AuthFrame } from '@/components/people/auth-frame';
import { SetUpForm } from '@/components/people/set-up-form';
import { readSetUp } from '@/server/people/set-up-owner';
import { services } from '@/server/services';

export const metadata = { title: 'Welcome' };

export default async function SetUpPage() {
  await connection();
  if (!(await readSetUp(services())).needed) redirect('/sign-in');
  return (
    <AuthFrame
      title="Welcome to Ensemble"
      lead="You are the first one here. Make the owner’s account: a sample workflow that runs without any key is ready behind it."
    >
      <SetUpForm />
    </AuthFrame>
  );
}
