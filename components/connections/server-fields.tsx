import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import type { ConnectionKind } from '@/lib/connections/schema';
import { securities } from '@/lib/connections/servers';
import { type ServerDraft, withSecurity } from './server-draft';

type Props = {
  kind: ConnectionKind;
  server: ServerDraft;
  onChange: (server: ServerDraft) => void;
};

const encryptions = (kind: ConnectionKind) =>
  kind === 'smtp' ? ofMail : kind === 'imap' ? ofMailboxes : ofDatabases;
const examples: Readonly<Partial<Record<ConnectionKind, string>>> = {
  smtp: 'smtp.example.com',
  imap: 'imap.example.com',
};
const ofMailboxes = [
  { value: 'tls', label: 'TLS', hint: 'usually port 993' },
  { value: 'starttls', label: 'STARTTLS', hint: 'usually port 143' },
];
const ofDatabases = [
  { value: 'tls', label: 'TLS' },
  { value: 'none', label: 'None', hint: 'only in a network of your own' },
];
const ofMail = [
  { value: 'starttls', label: 'STARTTLS', hint: 'usually port 587' },
  { value: 'tls', label: 'TLS', hint: 'usually port 465' },
  { value: 'none', label: 'None', hint: 'only without a password' },
];

/** Where a server is, and how it is reached. */
export function ServerFields({ kind, server, onChange }: Props) {
  const set = (part: Partial<ServerDraft>) => onChange({ ...server, ...part });
  return (
    <>
      <div className="grid grid-cols-[1fr_6rem] gap-3">
        <Field label="Server">
          <Input
            value={server.host}
            spellCheck={false}
            placeholder={examples[kind] ?? 'db.example.com'}
            onChange={(event) => set({ host: event.target.value })}
          />
        </Field>
        <Field label="Port">
          <Input
            value={server.port}
            inputMode="numeric"
            onChange={(event) => set({ port: event.target.value.replace(/\D/g, '') })}
          />
        </Field>
      </div>
      <Field label="Encryption">
        <Select
          value={server.security}
          options={encryptions(kind)}
          onValueChange={(next) => {
            const security = securities.find((known) => known === next);
            if (security) onChange(withSecurity(server, kind, security));
          }}
        />
      </Field>
    </>
  );
}

export function DatabaseField({ server, onChange }: Omit<Props, 'kind'>) {
  return (
    <Field label="Database">
      <Input
        value={server.database}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...server, database: event.target.value })}
      />
    </Field>
  );
}

/** Who sends the emails of an email server. */
export function SenderField({ server, onChange }: Omit<Props, 'kind'>) {
  return (
    <Field label="Sender" hint="Whom recipients see, such as Shop <shop@example.com>.">
      <Input
        value={server.from}
        autoComplete="off"
        spellCheck={false}
        placeholder="Shop <shop@example.com>"
        onChange={(event) => onChange({ ...server, from: event.target.value })}
      />
    </Field>
  );
}

/** For servers whose certificate is signed by an authority of one's own. */
export function CertificateField({ server, onChange }: Omit<Props, 'kind'>) {
  return (
    <details className="text-sm" open={server.certificate !== '' || undefined}>
      <summary className="cursor-pointer text-muted">Own certificate authority</summary>
      <Field
        className="mt-2"
        label="Certificate (optional)"
        hint="Only for a server whose certificate is not publicly trusted."
      >
        <Textarea
          value={server.certificate}
          spellCheck={false}
          className="font-mono text-xs"
          placeholder="-----BEGIN CERTIFICATE-----"
          onChange={(event) => onChange({ ...server, certificate: event.target.value })}
        />
      </Field>
    </details>
  );
}
