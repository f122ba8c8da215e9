'use client';

import { useState } from 'react';
import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { signIn } from '@/components/data/sign-in';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { resetByLink } from '@/lib/people/password-link';
import { passwordLength } from '@/lib/people/schema';
import { FormError } from './fields/form-error';
import { PasswordInput } from './fields/password-input';
import { useEarlyInput } from './fields/use-early-input';

/** Chooses a new password by a link, and signs in with it. */
export function NewPasswordForm({ secret, email }: { secret: string; email: string }) {
  const [password, setPassword] = useState('');
  const { form, ready } = useEarlyInput((typed) => setPassword(typed.password ?? ''));
  const reset = useMutation({
    mutationFn: async () => {
      await call(resetByLink, { params: { secret }, body: { password } });
      await signIn(email, password);
    },
    onSuccess: () => window.location.assign('/'),
  });
  return (
    <form
      ref={form}
      method="post"
      className="space-y-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        reset.mutate();
      }}
    >
      <FormError>{reset.error?.message}</FormError>
      <Field label="Email">
        <Input
          type="email"
          value={email}
          readOnly
          autoComplete="username"
          className="h-9 text-muted"
        />
      </Field>
      <Field label="New password" hint={`At least ${passwordLength.min} characters.`}>
        <PasswordInput
          name="password"
          value={password}
          autoComplete="new-password"
          autoFocus
          className="h-9"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="h-9 w-full"
        disabled={!ready || password.length < passwordLength.min}
        loading={reset.isPending}
      >
        Save and sign in
      </Button>
    </form>
  );
}
