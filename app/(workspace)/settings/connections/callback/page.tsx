import { SignInCallback } from '@/components/settings/sign-in-callback';

export const metadata = { title: 'Signing in', referrer: 'no-referrer' as const };

export default function CallbackPage() {
  return <SignInCallback />;
}
