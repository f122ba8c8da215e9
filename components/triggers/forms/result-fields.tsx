import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import type { FormConfig } from '@/lib/triggers/forms/schema';
import { SwitchRow } from '../links/switch-row';

type Props = {
  config: FormConfig;
  disabled: boolean;
  onChange: (change: Partial<FormConfig>) => void;
};
type Result = FormConfig['result'];

const names: Record<Result['kind'], string> = {
  thanks: 'A thank-you text',
  output: 'The output of the workflow',
  redirect: 'Another page',
};
const empty: Record<Result['kind'], Result> = {
  thanks: { kind: 'thanks', text: '' },
  output: { kind: 'output' },
  redirect: { kind: 'redirect', url: 'https://' },
};
const kinds = ['thanks', 'output', 'redirect'] as const;

/** What people see once they have sent the form, and when. */
export function ResultFields({ config, disabled, onChange }: Props) {
  const { result, waits } = config;
  return (
    <>
      <Field
        label="After sending, show"
        hint={
          result.kind === 'output'
            ? 'Everybody who sends the form sees what the run puts out, and nothing else of it.'
            : undefined
        }
      >
        <Select
          value={result.kind}
          disabled={disabled}
          options={kinds.map((value) => ({ value, label: names[value] }))}
          onValueChange={(next) => {
            const kind = kinds.find((each) => each === next);
            if (kind) onChange({ result: empty[kind] });
          }}
        />
      </Field>
      {result.kind === 'thanks' ? (
        <Field
          label="Text"
          hint={
            waits
              ? 'Markdown. {{ input.name }} and {{ output }} are filled in.'
              : 'Markdown. {{ input.name }} is filled in; {{ output }} too when the page waits for the run.'
          }
        >
          <Textarea
            rows={3}
            maxLength={5_000}
            value={result.text}
            placeholder="Thank you. Your answers arrived."
            onChange={(event) => onChange({ result: { kind: 'thanks', text: event.target.value } })}
          />
        </Field>
      ) : null}
      {result.kind === 'redirect' ? (
        <Field label="Address of the page">
          <Input
            value={result.url}
            spellCheck={false}
            onChange={(event) =>
              onChange({ result: { kind: 'redirect', url: event.target.value } })
            }
          />
        </Field>
      ) : null}
      {result.kind === 'output' ? null : (
        <SwitchRow
          label="Wait until the run has ended"
          checked={waits}
          disabled={disabled}
          onChange={(next) => onChange({ waits: next })}
        />
      )}
    </>
  );
}
