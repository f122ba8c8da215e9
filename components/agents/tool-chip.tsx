'use client';

import { ShieldCheck, TriangleAlert, X } from 'lucide-react';
import { useConnections } from '@/components/data/connection-queries';
import { useCan } from '@/components/shell/actor-context';
import { effects, risks } from '@/components/tools/effects';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Select } from '@/components/ui/controls/select';
import { Badge } from '@/components/ui/display/badge';
import { Popover } from '@/components/ui/overlays/popover';
import type { ToolView } from '@/lib/tools/contract';
import { grantApprovals, type ToolGrant } from '@/lib/tools/settings';

type Props = {
  grant: ToolGrant;
  /** Undefined: it is not there, or not loaded yet. */
  tool: ToolView | undefined;
  loaded: boolean;
  editable: boolean;
  onChange: (grant: ToolGrant) => void;
  onRemove: () => void;
};

const tones = {
  read: 'border-info/40 bg-info-soft text-info',
  idempotent: 'border-accent/40 bg-accent-soft text-accent',
  once: 'border-warning/40 bg-warning-soft text-warning',
} as const;

const none = '-';

/** A tool of an agent; opened, it says what the tool does and lets its approval and connection be set. */
export function ToolChip({ grant, tool, loaded, editable, onChange, onRemove }: Props) {
  const lost =
    loaded && (tool === undefined || (grant.ref !== undefined && grant.ref !== tool.ref));
  const title = tool && !lost ? tool.title : grant.name;
  return (
    <Popover
      label={title}
      className="w-80 space-y-3"
      trigger={
        <button
          type="button"
          className={cn(
            'inline-flex h-7 max-w-full items-center gap-1.5 rounded-md border px-2 text-xs font-medium',
            lost ? 'border-danger/40 bg-danger-soft text-danger' : tones[tool?.effect ?? 'read'],
          )}
        >
          {lost || tool?.unavailable ? <TriangleAlert aria-hidden className="size-3" /> : null}
          <span className="min-w-0 truncate">{title}</span>
          {grant.approval === 'always' ? (
            <ShieldCheck aria-label="asks each time" className="size-3" />
          ) : null}
        </button>
      }
    >
      {lost ? (
        <p className="text-sm text-danger">
          What this name stood for is no longer there, so the agent cannot use it. Remove it, or add
          another tool.
        </p>
      ) : tool ? (
        <About tool={tool} />
      ) : null}
      {tool && !lost ? (
        <Settings grant={grant} tool={tool} editable={editable} onChange={onChange} />
      ) : null}
      {editable ? (
        <Button type="button" size="sm" variant="ghost" onClick={onRemove}>
          <X aria-hidden /> Remove
        </Button>
      ) : null}
    </Popover>
  );
}

function About({ tool }: { tool: ToolView }) {
  const { title, name, description, effect, risk, outside, unavailable, trouble } = tool;
  return (
    <div className="space-y-1.5">
      <p className="font-medium">{title}</p>
      <p className="font-mono text-2xs text-faint">{name}</p>
      <p className="max-h-40 overflow-auto text-xs text-muted">{description}</p>
      <p className="flex flex-wrap gap-1">
        <Badge tone={effects[effect].tone} title={effects[effect].says}>
          {effects[effect].label}
        </Badge>
        <Badge>{risks[risk]}</Badge>
        {outside ? <Badge tone="outline">Outside content</Badge> : null}
      </p>
      {(unavailable ?? trouble) ? (
        <p className="text-xs text-warning">{unavailable ?? `Failed last time: ${trouble}`}</p>
      ) : null}
    </div>
  );
}

const approvals: Readonly<Record<ToolGrant['approval'], string>> = {
  policy: 'By the tool’s rule',
  always: 'Ask each time',
  never: 'Do not ask',
};

function Settings({
  grant,
  tool,
  editable,
  onChange,
}: Pick<Props, 'grant' | 'editable' | 'onChange'> & { tool: ToolView }) {
  const connections = useConnections(useCan('connections.read') && tool.connects);
  const { connection, ...rest } = grant;
  const asks = tool.effect === 'once' && tool.risk >= 2 && tool.approval === 'policy';
  return (
    <>
      <Field
        label="Approval"
        hint={
          tool.approval === 'always'
            ? 'This tool always asks.'
            : grant.approval === 'policy'
              ? `Its rule: ${asks ? 'a person approves each call.' : 'it does not ask.'}`
              : undefined
        }
      >
        <Select
          value={grant.approval}
          disabled={!editable}
          options={grantApprovals.map((value) => ({ value, label: approvals[value] }))}
          onValueChange={(next) =>
            onChange({
              ...grant,
              approval: grantApprovals.find((each) => each === next) ?? 'policy',
            })
          }
        />
      </Field>
      {tool.connects ? (
        <Field label="Connection" hint="Its credentials go to the hosts of the connection alone.">
          <Select
            value={connection ?? none}
            disabled={!editable}
            options={[
              { value: none, label: 'None' },
              ...(connection && !connections.data?.items.some(({ name }) => name === connection)
                ? [{ value: connection, label: connection }]
                : []),
              ...(connections.data?.items ?? []).map(({ name }) => ({ value: name, label: name })),
            ]}
            onValueChange={(next) =>
              onChange(next === none ? rest : { ...grant, connection: next })
            }
          />
        </Field>
      ) : null}
    </>
  );
}
