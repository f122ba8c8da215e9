import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import { connectionKinds, maxSecretCharacters } from '@/lib/connections/schema';
import type { ConnectionDraft } from './connection-draft';
import { kindTitles, secretTitles } from './kinds';

type Props = {
  draft: ConnectionDraft;
  /** A stored one keeps its kind, and its secret where none is entered. */
  isNew: boolean;
  onChange: (part: Partial<ConnectionDraft>) => void;
};

/** The fields of a connection of each kind. */
export function ConnectionFields({ draft, isNew, onChange }: Props) {
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
          value={draft.kind}
          disabled={!isNew}
          options={connectionKinds.map((kind) => ({ value: kind, label: kindTitles[kind] }))}
          onValueChange={(next) => {
            const kind = connectionKinds.find((known) => known === next);
            if (kind) onChange({ kind });
          }}
        />
      </Field>
      {draft.kind === 'api_key' ? <Place draft={draft} onChange={onChange} /> : null}
      {draft.kind === 'basic' ? (
        <Field label="User name">
          <Input
            value={draft.userName}
            autoComplete="off"
            onChange={(event) => onChange({ userName: event.target.value })}
          />
        </Field>
      ) : null}
      <Field
        label={secretTitles[draft.kind]}
        hint={isNew ? undefined : 'Leave it empty to keep the stored one. New hosts need it again.'}
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

function Place({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const isHeader = draft.in === 'header';
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Sent as">
        <Select
          value={draft.in}
          options={[
            { value: 'header', label: 'Header' },
            { value: 'query', label: 'Query parameter' },
          ]}
          onValueChange={(next) => onChange({ in: next === 'query' ? 'query' : 'header' })}
        />
      </Field>
      <Field label={isHeader ? 'Header name' : 'Parameter name'}>
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
