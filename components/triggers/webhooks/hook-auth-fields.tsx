import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { hookAuthKinds, senderMakesSecret, takesSecret } from '@/lib/triggers/hook-auth';
import { type HookAuthDraft, readAuthDraft } from './hook-auth-draft';
import { hookWords } from './hook-words';

type Props = {
  draft: HookAuthDraft;
  /** Faults are shown once somebody tried to save. */
  tried: boolean;
  onChange: (part: Partial<HookAuthDraft>) => void;
};

/** Who sends, and how the webhook knows. */
export function HookAuthFields({ draft, tried, onChange }: Props) {
  const { kind } = draft;
  const read = readAuthDraft(draft);
  const errorOf = (field: 'name' | 'user' | 'secret') =>
    tried && !read.ok && read.field === field ? { error: read.problem } : {};
  return (
    <>
      <Field label="Verify requests by" hint={hookWords[kind].hint}>
        <Select
          value={kind}
          options={hookAuthKinds.map((value) => ({ value, label: hookWords[value].title }))}
          onValueChange={(next) => {
            const chosen = hookAuthKinds.find((one) => one === next);
            if (chosen) onChange({ kind: chosen, secret: '' });
          }}
        />
      </Field>
      {kind === 'header' ? (
        <Field
          label="Header name"
          hint="In Authorization, the secret may follow the word Bearer."
          {...errorOf('name')}
        >
          <Input
            value={draft.header}
            maxLength={100}
            spellCheck={false}
            onChange={(event) => onChange({ header: event.target.value })}
          />
        </Field>
      ) : null}
      {kind === 'basic' ? (
        <Field label="User name" {...errorOf('user')}>
          <Input
            value={draft.user}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => onChange({ user: event.target.value })}
          />
        </Field>
      ) : null}
      {takesSecret(kind) ? (
        <Field
          label={hookWords[kind].secret}
          hint={
            senderMakesSecret(kind)
              ? 'The sender shows it. You can enter it later; until then all requests are refused.'
              : 'Leave it empty to have one made.'
          }
          {...errorOf('secret')}
        >
          <Input
            type="password"
            autoComplete="new-password"
            spellCheck={false}
            maxLength={500}
            value={draft.secret}
            className="font-mono text-xs"
            onChange={(event) => onChange({ secret: event.target.value })}
          />
        </Field>
      ) : null}
    </>
  );
}
