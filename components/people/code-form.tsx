'use client';

import { useState } from 'react';
import { useMutation } from '@/components/data/mutation/mutation';
import { enterCode } from '@/components/data/sign-in';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { FormError } from './fields/form-error';

/** The second step of signing in: the code of an app, or a backup code. */
export function CodeForm({ next, onBack }: { next: string; onBack: () => void }) {
  const [code, setCode] = useState('');
  const [trust, setTrust] = useState(false);
  const enter = useMutation({
    mutationFn: () => enterCode(code, trust),
    onSuccess: () => window.location.assign(next),
  });
  return (
    <form
      className="space-y-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== '') enter.mutate();
      }}
    >
      <FormError>{enter.error?.message}</FormError>
      <Field
        label="Code"
        hint="The six digits that your authenticator app shows, or one of your backup codes."
      >
        <Input
          value={code}
          autoComplete="one-time-code"
          autoFocus
          spellCheck={false}
          maxLength={30}
          className="h-9 font-mono"
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-3.5 accent-accent-solid"
          checked={trust}
          onChange={(event) => setTrust(event.target.checked)}
        />
        Ask for no code in this browser for 30 days
      </label>
      <Button
        type="submit"
        variant="primary"
        disabled={code.trim() === ''}
        loading={enter.isPending || enter.isSuccess}
        className="h-9 w-full"
      >
        Sign in
      </Button>
      <Button className="h-9 w-full" onClick={onBack}>
        Back
      </Button>
    </form>
  );
}
