import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import {
  type ConnectionKind,
  connectionKinds,
  isRequestKind,
  maxSecretCharacters,
} from '@/lib/connections/schema';
import { AllowedPeople } from './allowed-people';
import { AllowedWorkflows } from './allowed-workflows';
import { type ConnectionDraft, withKind } from './connection-draft';
import { kindGroups, kindTitles, secretTitles } from './kinds';
import { OauthFields } from './oauth-fields';
import { CertificateField, DatabaseField, SenderField, ServerFields } from './server-fields';

type Props = {
  draft: ConnectionDraft;
  /** A stored one keeps its kind, and its secret where none is entered. */
  isNew: boolean;
  /** Kinds to choose from. */
  kinds?: readonly string[] | undefined;
  onChange: (part: Partial<ConnectionDraft>) => void;
};

/** The fields of a connection of each kind. */
export function ConnectionFields({ draft, isNew, kinds, onChange }: Props) {
  const { kind, server } = draft;
  const setServer = (next: ConnectionDraft['server']) => onChange({ server: next });
  return (
    <>
      <Field label="Name" hint="Steps refer to it by this name, also after export and import.">
        <Input
          value={draft.name}
          maxLength={100}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Field label="Kind">
        <Select
          value={kind}
          disabled={!isNew}
          groups={groupsOf(kinds)}
          onValueChange={(next) => {
            const chosen = connectionKinds.find((known) => known === next);
            if (chosen) onChange(withKind(draft, chosen));
          }}
        />
      </Field>
      {kind === 'api_key' ? <Place draft={draft} onChange={onChange} /> : null}
      {isRequestKind(kind) ? null : (
        <ServerFields kind={kind} server={server} onChange={setServer} />
      )}
      {kind === 'postgres' || kind === 'mysql' ? (
        <DatabaseField server={server} onChange={setServer} />
      ) : null}
      {kind === 'oauth2' ? (
        <OauthFields oauth={draft.oauth} onChange={(oauth) => onChange({ oauth })} />
      ) : null}
      {!['api_key', 'bearer', 'oauth2', 'signature'].includes(kind) ? (
        <UserName draft={draft} onChange={onChange} />
      ) : null}
      <Secret draft={draft} isNew={isNew} onChange={onChange} />
      {kind === 'smtp' ? <SenderField server={server} onChange={setServer} /> : null}
      {isRequestKind(kind) ? <Reach draft={draft} onChange={onChange} /> : null}
      <AllowedWorkflows
        ids={draft.allowedWorkflowIds}
        onChange={(allowedWorkflowIds) => onChange({ allowedWorkflowIds })}
      />
      <AllowedPeople
        ids={draft.allowedUserIds}
        onChange={(allowedUserIds) => onChange({ allowedUserIds })}
      />
      {isRequestKind(kind) ? null : <CertificateField server={server} onChange={setServer} />}
    </>
  );
}

function groupsOf(kinds: readonly string[] | undefined) {
  const may = (kind: ConnectionKind) => kinds === undefined || kinds.includes(kind);
  return kindGroups
    .map(({ label, kinds: all }) => ({
      label,
      options: all.filter(may).map((kind) => ({ value: kind, label: kindTitles[kind] })),
    }))
    .filter(({ options }) => options.length > 0);
}

type PartProps = Pick<Props, 'draft' | 'onChange'>;

function UserName({ draft, onChange }: PartProps) {
  return (
    <Field
      label={draft.kind === 'smtp' ? 'User name (optional)' : 'User name'}
      hint={draft.kind === 'smtp' ? 'Empty for a server that asks for no password.' : undefined}
    >
      <Input
        value={draft.userName}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ userName: event.target.value })}
      />
    </Field>
  );
}

function Secret({ draft, isNew, onChange }: Omit<Props, 'kinds'>) {
  if (draft.kind === 'smtp' && draft.userName.trim() === '') return null;
  return (
    <Field
      label={draft.kind === 'oauth2' ? 'Client secret (optional)' : secretTitles[draft.kind]}
      hint={secretHint(draft, isNew)}
    >
      <Input
        type="password"
        autoComplete="new-password"
        spellCheck={false}
        maxLength={maxSecretCharacters}
        value={draft.secret}
        className="font-mono text-xs"
        onChange={(event) => onChange({ secret: event.target.value })}
      />
    </Field>
  );
}

function secretHint({ kind }: ConnectionDraft, isNew: boolean): string | undefined {
  if (!isNew) return 'Leave it empty to keep the stored one. A new host needs it again.';
  if (kind === 'signature')
    return 'As the receiver gives it, such as whsec_…; any other text is taken as it stands.';
  return kind === 'oauth2' ? 'Empty for a public client; PKCE is used in any case.' : undefined;
}

/** Where the secret of requests may go. */
function Reach({ draft, onChange }: PartProps) {
  return (
    <>
      <Field
        label="Hosts"
        hint="One per line, such as api.example.com or *.example.com. A host alone means https; write a port for anything else."
      >
        <Textarea
          value={draft.hosts}
          spellCheck={false}
          className="font-mono text-xs"
          onChange={(event) => onChange({ hosts: event.target.value })}
        />
      </Field>
      <Field
        label="Test address (optional)"
        hint="A GET on one of these hosts that needs the credentials."
      >
        <Input
          type="url"
          value={draft.testUrl}
          placeholder="https://api.example.com/me"
          onChange={(event) => onChange({ testUrl: event.target.value })}
        />
      </Field>
    </>
  );
}

const placeTitles = {
  header: 'Header name',
  query: 'Parameter name',
  path: 'Name in braces, as in /bot{token}',
} as const;

function Place({ draft, onChange }: PartProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Sent as">
        <Select
          value={draft.in}
          options={[
            { value: 'header', label: 'Header' },
            { value: 'query', label: 'Query parameter' },
            { value: 'path', label: 'Part of the path' },
          ]}
          onValueChange={(next) =>
            onChange({ in: next === 'query' || next === 'path' ? next : 'header' })
          }
        />
      </Field>
      <Field label={placeTitles[draft.in]}>
        <Input
          value={draft.place}
          spellCheck={false}
          maxLength={100}
          onChange={(event) => onChange({ place: event.target.value })}
        />
      </Field>
    </div>
  );
}
