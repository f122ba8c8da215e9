'use client';

import { useSyncExternalStore } from 'react';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import type { OauthDraft } from './oauth-draft';

type Props = { oauth: OauthDraft; onChange: (oauth: OauthDraft) => void };

/** Where a provider gives tokens, to whom, and for what. */
export function OauthFields({ oauth, onChange }: Props) {
  const set = (part: Partial<OauthDraft>) => onChange({ ...oauth, ...part });
  const text = (name: 'authorizeUrl' | 'tokenUrl' | 'clientId' | 'scopes' | 'issuer') => ({
    value: oauth[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  const signsIn = oauth.grant === 'authorization_code';
  return (
    <>
      <Field
        label="How it signs in"
        hint={
          signsIn
            ? 'You sign in once in the browser; the token is renewed before it ends.'
            : 'The product signs in by itself, as an application.'
        }
      >
        <Select
          value={oauth.grant}
          options={[
            { value: 'authorization_code', label: 'A person signs in (authorization code)' },
            { value: 'client_credentials', label: 'As an application (client credentials)' },
          ]}
          onValueChange={(next) =>
            set({ grant: next === 'client_credentials' ? next : 'authorization_code' })
          }
        />
      </Field>
      {signsIn ? (
        <>
          <RedirectAddress />
          <Field label="Authorization address">
            <Input placeholder="https://provider.example.com/authorize" {...text('authorizeUrl')} />
          </Field>
        </>
      ) : null}
      <Field label="Token address">
        <Input placeholder="https://provider.example.com/token" {...text('tokenUrl')} />
      </Field>
      <Field label="Client ID">
        <Input {...text('clientId')} />
      </Field>
      <Field label="Scopes (optional)" hint="Separated by spaces.">
        <Input {...text('scopes')} />
      </Field>
      {signsIn ? (
        <Field
          label="Issuer (optional)"
          hint="Where the provider names itself in its answer, answers of others are refused."
        >
          <Input placeholder="https://provider.example.com" {...text('issuer')} />
        </Field>
      ) : null}
      <Field label="Client secret is sent">
        <Select
          value={oauth.clientAuth}
          options={[
            { value: 'basic', label: 'In the header (basic)' },
            { value: 'body', label: 'In the body (post)' },
          ]}
          onValueChange={(next) => set({ clientAuth: next === 'body' ? 'body' : 'basic' })}
        />
      </Field>
    </>
  );
}

const never = () => () => undefined;

function RedirectAddress() {
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  );
  const address = `${origin}/settings/connections/callback`;
  return (
    <Field label="Redirect address" hint="Enter it at the provider, exactly so.">
      <div className="flex items-center gap-1.5">
        <code className="min-w-0 flex-1 truncate rounded-md border bg-raised px-2.5 py-1.5 font-mono text-xs">
          {address}
        </code>
        <CopyButton text={address} label="Copy the redirect address" />
      </div>
    </Field>
  );
}
