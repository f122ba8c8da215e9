'use client';

import { useState } from 'react';
import { useMutation } from '@/components/data/mutation/mutation';
import { signIn } from '@/components/data/sign-in';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { CodeForm } from './code-form';
import { FormError } from './fields/form-error';
import { PasswordInput } from './fields/password-input';
import { useEarlyInput } from './fields/use-early-input';

/** Signs in and goes to `next`, a path of this site. */
export function SignInForm({ next, email: given = '' }: { next: string; email?: string }) {
  const [email, setEmail] = useState(given);
  const [password, setPassword] = useState('');
  const { form, ready } = useEarlyInput((typed) => {
    setEmail(typed.email ?? given);
    setPassword(typed.password ?? '');
  });
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: (end) => {
      if (end === 'done') window.location.assign(next);
    },
  });
  if (enter.data === 'code') return <CodeForm next={next} onBack={enter.reset} />;
  return (
    <form
      ref={form}
      method="post"
      className="space-y-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      <FormError>{enter.error?.message}</FormError>
      <Field label="Email">
        <Input
          type="email"
          name="email"
          value={email}
          autoComplete="username"
          autoFocus={given === ''}
          required
          className="h-9"
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field label="Password">
        <PasswordInput
          name="password"
          value={password}
          autoComplete="current-password"
          autoFocus={given !== ''}
          required
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        disabled={!ready || email.trim() === '' || password === ''}
        loading={enter.isPending || enter.isSuccess}
        className="mt-2 h-9 w-full"
      >
        Sign in
      </Button>
    </form>
  );
}
