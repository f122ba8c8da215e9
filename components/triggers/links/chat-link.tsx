import { Field } from '@/components/ui/controls/field';
import { Select } from '@/components/ui/controls/select';
import type { Trigger } from '@/lib/triggers/contract';
import type { ChatConfig } from '@/lib/triggers/schema';
import { LinkLimits } from './link-limits';
import { SharedLink } from './shared-link';

type Props = {
  trigger: Extract<Trigger, { kind: 'chat' }> | undefined;
  config: ChatConfig;
  disabled: boolean;
  onChange: (change: Partial<ChatConfig>) => void;
};

const readers = ['nobody', 'anyone', 'members'] as const;
const names = {
  nobody: 'Nobody: on the chat page only',
  anyone: 'Anyone with the link',
  members: 'Members of the workspace',
} as const;

/** Whether the chat can be opened by a link, by whom, and how much it takes. */
export function ChatLink({ trigger, config, disabled, onChange }: Props) {
  const isShared = config.link !== 'nobody';
  return (
    <>
      <Field
        label="Who can write by link"
        hint={
          isShared
            ? 'Visitors see the answers and nothing else of the runs. Each has a conversation of their own.'
            : undefined
        }
      >
        <Select
          value={config.link}
          disabled={disabled}
          options={readers.map((value) => ({ value, label: names[value] }))}
          onValueChange={(next) => {
            const link = readers.find((each) => each === next);
            if (link) onChange({ link });
          }}
        />
      </Field>
      {isShared ? <LinkLimits what="Messages" value={config} onChange={onChange} /> : null}
      {trigger && trigger.config.link !== 'nobody' ? (
        <SharedLink id={trigger.id} what="chat" mayWrite={!disabled} />
      ) : null}
    </>
  );
}
