'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';

/** A password that one may look at. */
export function PasswordInput(props: Omit<ComponentProps<typeof Input>, 'type'>) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? 'text' : 'password'}
        spellCheck={false}
        className="h-9 pr-9"
      />
      <IconButton
        size="sm"
        label={shown ? 'Hide password' : 'Show password'}
        aria-pressed={shown}
        className="absolute top-1.5 right-1.5 aria-pressed:bg-transparent"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff /> : <Eye />}
      </IconButton>
    </div>
  );
}
