'use client';

import { type FormEvent, useState } from 'react';
import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { createOwner } from '@/lib/people/contract';
import { passwordLength } from '@/lib/people/schema';
import { fieldErrors } from './fields/field-errors';
import { FormError } from './fields/form-error';
import { PasswordInput } from './fields/password-input';
import { useEarlyInput } from './fields/use-early-input';

const fields = ['name', 'email', 'password', 'workspaceName'] as const;
type Values = Record<(typeof fields)[number], string>;

/**
 * Makes the first account and its workspace, and opens it. Where others than this machine can reach the product, it asks
 * for the code that was printed at start; the printed link holds it.
 */
export function SetUpForm({ codeNeeded, code: given }: { codeNeeded: boolean; code: string }) {
  const [code, setCode] = useState(given);
  const [values, setValues] = useState<Values>({
    name: '',
    email: '',
    password: '',
    workspaceName: '',
  });
  const { form, ready } = useEarlyInput(({ code: typedCode, ...typed }) => {
    setValues((now) => ({ ...now, ...typed }));
    if (typedCode !== undefined) setCode(typedCode);
  });
  const create = useMutation({
    mutationFn: (body: Values) =>
      call(createOwner, { body: { ...body, ...(codeNeeded ? { code } : {}) } }),
    onSuccess: () => window.location.assign('/'),
  });
  const { byField, whole } = fieldErrors(create.error, fields);
  const bind = (name: keyof Values) => ({
    name,
    value: values[name],
    required: true,
    onChange: (event: { target: { value: string } }) =>
      setValues({ ...values, [name]: event.target.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(values);
  };
  return (
    <form ref={form} method="post" onSubmit={submit} className="space-y-4" noValidate>
      <FormError>{whole}</FormError>
      {codeNeeded ? (
        <Field
          label="Set-up code"
          hint="Printed in the terminal where Ensemble was started. It proves that this server is yours."
        >
          <Input
            name="code"
            value={code}
            required
            autoComplete="off"
            maxLength={100}
            className="h-9 font-mono"
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
      ) : null}
      <Field label="Your name" error={byField.name}>
        <Input {...bind('name')} autoComplete="name" autoFocus maxLength={100} className="h-9" />
      </Field>
      <Field label="Email" error={byField.email}>
        <Input {...bind('email')} type="email" autoComplete="username" className="h-9" />
      </Field>
      <Field
        label="Password"
        hint={`At least ${passwordLength.min} characters. A few random words are easy to remember.`}
        error={byField.password}
      >
        <PasswordInput {...bind('password')} autoComplete="new-password" />
      </Field>
      <Field
        label="Workspace"
        hint="Your team or project. You can rename it, and add more, later."
        error={byField.workspaceName}
      >
        <Input
          {...bind('workspaceName')}
          autoComplete="organization"
          maxLength={100}
          placeholder="Acme research"
          className="h-9"
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        disabled={!ready}
        loading={create.isPending || create.isSuccess}
        className="mt-2 h-9 w-full"
      >
        Create account and workspace
      </Button>
    </form>
  );
}
