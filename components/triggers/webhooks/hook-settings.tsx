import { useState } from 'react';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import {
  hookAnswers,
  hookBurst,
  hookGives,
  hookMethods,
  hooksPerSecond,
  type WebhookConfig,
  webhookConfigSchema,
} from '@/lib/triggers/schema';

type Props = {
  config: WebhookConfig;
  disabled: boolean;
  /** What steps read, under the choice of what the workflow gets. */
  children: React.ReactNode;
  onChange: (config: WebhookConfig) => void;
};

const answers: Record<WebhookConfig['answer'], string> = {
  now: 'Immediately, with the run ID',
  wait: 'When the run ends, with the result (up to 30 s)',
  output: 'When the run ends, with its output as the response',
};
const answerHints: Record<WebhookConfig['answer'], string> = {
  now: 'Status 202. For senders that only want to know that it arrived.',
  wait: 'Status 200 with the run’s status and output; 202 when it takes longer.',
  output:
    'The output may be { status, headers, body }; any other value is sent as JSON, text as text. Browsers run nothing of it.',
};
const gives: Record<WebhookConfig['gives'], string> = {
  fields: 'Fields of the body as inputs',
  request: 'The whole request as input.request',
};
const methodChoices = [['POST'], ['POST', 'GET'], ['POST', 'PUT', 'PATCH'], [...hookMethods]];

/** What the workflow gets of a request, how it is answered, and who else may send. */
export function HookSettings({ config, disabled, children, onChange }: Props) {
  const set = (change: Partial<WebhookConfig>) => onChange({ ...config, ...change });
  const methods = config.methods.join(', ');
  const choices = methodChoices.map((each) => each.join(', '));
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <Field label="The workflow gets">
          <Select
            value={config.gives}
            disabled={disabled}
            options={hookGives.map((value) => ({ value, label: gives[value] }))}
            onValueChange={(next) => {
              const chosen = hookGives.find((one) => one === next);
              if (chosen) set({ gives: chosen });
            }}
          />
        </Field>
        {children}
      </div>
      <Field label="Respond" hint={answerHints[config.answer]}>
        <Select
          value={config.answer}
          disabled={disabled}
          options={hookAnswers.map((value) => ({ value, label: answers[value] }))}
          onValueChange={(next) => {
            const chosen = hookAnswers.find((one) => one === next);
            if (chosen) set({ answer: chosen });
          }}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Methods">
          <Select
            value={methods}
            disabled={disabled}
            options={[...new Set([...choices, methods])].map((value) => ({ value, label: value }))}
            onValueChange={(next) =>
              set({ methods: hookMethods.filter((one) => next.split(', ').includes(one)) })
            }
          />
        </Field>
        <Saved
          key={config.perSecond}
          label="Requests per second"
          hint={`At most ${hooksPerSecond}; ${(config.perSecond * hookBurst) / hooksPerSecond} at once.`}
          text={String(config.perSecond)}
          disabled={disabled}
          read={(text) => ({ ...config, perSecond: Number(text) })}
          onSave={onChange}
        />
      </div>
      <Saved
        key={config.origins.join()}
        label="Allow web pages of"
        hint="Origins such as https://shop.example, separated by spaces; * for any. Empty: only servers send."
        text={config.origins.join(' ')}
        disabled={disabled}
        read={(text) => ({ ...config, origins: text.split(/[\s,]+/).filter((one) => one !== '') })}
        onSave={onChange}
      />
    </>
  );
}

type SavedProps = {
  label: string;
  hint: string;
  text: string;
  disabled: boolean;
  read: (text: string) => WebhookConfig;
  onSave: (config: WebhookConfig) => void;
};

/** A text that is saved when somebody leaves it, where it is right. */
function Saved({ label, hint, text: saved, disabled, read, onSave }: SavedProps) {
  const [text, setText] = useState(saved);
  const [problem, setProblem] = useState<string>();
  const save = () => {
    if (text === saved) return setProblem(undefined);
    const checked = webhookConfigSchema.safeParse(read(text));
    setProblem(checked.success ? undefined : checked.error.issues[0]?.message);
    if (checked.success) onSave(checked.data);
  };
  return (
    <Field label={label} hint={hint} {...(problem === undefined ? {} : { error: problem })}>
      <Input
        value={text}
        disabled={disabled}
        spellCheck={false}
        maxLength={2_000}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </Field>
  );
}
