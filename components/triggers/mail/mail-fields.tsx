import { ConnectionChoice } from '@/components/connections/connection-choice';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { afterReading } from '@/lib/mail/mailbox';
import { type MailConfig, mailMinutes } from '@/lib/triggers/mail/schema';
import { SwitchRow } from '../links/switch-row';

type Props = {
  config: MailConfig;
  disabled: boolean;
  onChange: (change: Partial<MailConfig>) => void;
};

const everyLabels = {
  1: 'Every minute',
  5: 'Every 5 minutes',
  15: 'Every 15 minutes',
  60: 'Every hour',
};
const afterLabels = {
  leave: 'Leave the email as it is',
  'mark-read': 'Mark it as read',
  move: 'Move it to a folder',
};

/** Which emails start a run, how soon, and what becomes of them. */
export function MailFields({ config, disabled, onChange }: Props) {
  const text = (key: 'folder' | 'from' | 'subject' | 'moveTo', placeholder: string) => (
    <Input
      value={config[key]}
      spellCheck={false}
      autoComplete="off"
      placeholder={placeholder}
      onChange={(event) => onChange({ [key]: event.target.value })}
    />
  );
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label="Mailbox">
          <ConnectionChoice
            kinds={['imap']}
            value={config.connection}
            disabled={disabled}
            onChange={(connection) => onChange({ connection })}
          />
        </Field>
        <Field label="Folder">{text('folder', 'INBOX')}</Field>
        <Field label="From contains" hint="Optional.">
          {text('from', '@example.com')}
        </Field>
        <Field label="Subject contains" hint="Optional.">
          {text('subject', 'Invoice')}
        </Field>
        <Field label="Check">
          <Select
            value={String(config.everyMinutes)}
            disabled={disabled}
            onValueChange={(next) => {
              const everyMinutes = mailMinutes.find((one) => String(one) === next);
              if (everyMinutes) onChange({ everyMinutes });
            }}
            options={mailMinutes.map((one) => ({ value: String(one), label: everyLabels[one] }))}
          />
        </Field>
        <Field label="Once its run has started">
          <Select
            value={config.after}
            disabled={disabled}
            onValueChange={(next) => {
              const after = afterReading.find((one) => one === next);
              if (after) onChange({ after });
            }}
            options={afterReading.map((one) => ({ value: one, label: afterLabels[one] }))}
          />
        </Field>
      </div>
      {config.after === 'move' ? (
        <Field label="Move to" hint="A folder that exists.">
          {text('moveTo', 'Archive')}
        </Field>
      ) : null}
      <SwitchRow
        label="Keep attachments"
        hint="As files that steps can read and send."
        checked={config.files}
        disabled={disabled}
        onChange={(files) => onChange({ files })}
      />
    </>
  );
}
