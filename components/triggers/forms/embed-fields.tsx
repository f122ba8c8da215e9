import { useSharedLink } from '@/components/data/trigger-queries';
import { CodeBlock } from '@/components/ui/display/code-block';
import type { Trigger } from '@/lib/triggers/contract';
import type { FormConfig } from '@/lib/triggers/forms/schema';
import { SwitchRow } from '../links/switch-row';

type Props = {
  trigger: Trigger | undefined;
  config: FormConfig;
  disabled: boolean;
  onChange: (embed: boolean) => void;
};

/** Whether pages of other sites may show the form in a frame, and how they do. */
export function EmbedFields({ trigger, config, disabled, onChange }: Props) {
  const isPublic = config.who === 'anyone';
  return (
    <div className="flex flex-col gap-2">
      <SwitchRow
        label="Other sites may embed it"
        hint={isPublic ? undefined : 'Only for forms that anyone can open.'}
        checked={config.embed && isPublic}
        disabled={disabled || !isPublic}
        onChange={onChange}
      />
      {trigger?.kind === 'form' && trigger.config.embed && trigger.config.who === 'anyone' ? (
        <EmbedCode id={trigger.id} mayWrite={!disabled} />
      ) : null}
    </div>
  );
}

function EmbedCode({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const { data } = useSharedLink(id, mayWrite);
  if (!data) return null;
  const src = data.url.replace('/f/', '/embed/f/');
  return (
    <CodeBlock
      label="Code to embed the form"
      code={`<iframe src="${src}" title="Form" width="640" height="800" style="border:0"></iframe>`}
    />
  );
}
