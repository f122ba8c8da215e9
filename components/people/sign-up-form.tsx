'use client';

import { useState } from 'react';
import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { signUp } from '@/lib/people/contract';
import { passwordLength } from '@/lib/people/schema';
import { fieldErrors } from './fields/field-errors';
import { FormError } from './fields/form-error';
import { PasswordInput } from './fields/password-input';
import { useEarlyInput } from './fields/use-early-input';

/** Makes the account that an invitation is for, and opens its workspace. */
export function SignUpForm({ invitationId, email }: { invitationId: string; email: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { form, ready } = useEarlyInput((typed) => {
    setName(typed.name ?? '');
    setPassword(typed.password ?? '');
  });
  const create = useMutation({
    mutationFn: () => call(signUp, { params: { id: invitationId }, body: { name, password } }),
    onSuccess: () => window.location.assign('/'),
  });
  const { byField, whole } = fieldErrors(create.error, ['name', 'password']);
  return (
    <form
      ref={form}
      method="post"
      className="space-y-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <FormError>{whole}</FormError>
      <Field label="Email" hint="The invitation is for this address.">
        <Input
          type="email"
          value={email}
          readOnly
          autoComplete="username"
          className="h-9 text-muted"
        />
      </Field>
      <Field label="Your name" error={byField.name}>
        <Input
          name="name"
          value={name}
          autoComplete="name"
          autoFocus
          required
          maxLength={100}
          className="h-9"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field
        label="Password"
        hint={`At least ${passwordLength.min} characters. A few random words are easy to remember.`}
        error={byField.password}
      >
        <PasswordInput
          name="password"
          value={password}
          autoComplete="new-password"
          required
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        disabled={!ready}
        loading={create.isPending || create.isSuccess}
        className="mt-2 h-9 w-full"
      >
        Create account and join
      </Button>
    </form>
  );
}
