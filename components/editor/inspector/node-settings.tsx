'use client';

import { Braces, Maximize2 } from 'lucide-react';
import { memo, useMemo } from 'react';
import { stepPresets } from '@/components/connections/step-presets';
import { StepExperiment } from '@/components/experiments/step-experiment';
import { FilePreview } from '@/components/files/file-preview';
import { ConnectionPreset } from '@/components/form/connection-picker';
import { Form } from '@/components/form/form';
import { FormHostProvider } from '@/components/form/host';
import { NameField } from '@/components/form/name-field';
import { HttpSettings } from '@/components/http/http-settings';
import { NodeIcon } from '@/components/icons/node-icon';
import { LockBanner } from '@/components/locks/lock-marks';
import { useLockAgainst } from '@/components/locks/locks';
import { LostHere } from '@/components/presence/lost-values';
import { ServiceSettings } from '@/components/services/service-settings';
import {
  CanEditProvider,
  useCanEdit,
  useGraph,
  useLocal,
  useNodeProblems,
  useSession,
} from '@/components/session/session';
import { StartedBy } from '@/components/triggers/started-by';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Popover } from '@/components/ui/overlays/popover';
import type { DraftNode } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';
import { fieldsOf } from '@/lib/nodes/node-type/form-fields';
import { renameNode } from '@/lib/workflows/edits/edits';
import type { Problem } from '@/lib/workflows/schema';
import { TestStep } from '../step-test/test-step';
import { FillColumns } from './fill-columns';
import { OthersHere } from './others-here';
import { PolicySettings } from './policy-settings';
import { ReferenceTree } from './reference-tree';
import { TryCode } from './try-code';
import { useNodeHost } from './use-node-host';

/** The settings of one node, drawn from its type's schema. */
export function NodeSettings({ nodeId }: { nodeId: string }) {
  const node = useGraph((graph) => graph.nodes.get(nodeId));
  const canEdit = useCanEdit();
  const locked = useLockAgainst(nodeId) !== undefined;
  if (!node) return null;
  return (
    <CanEditProvider value={canEdit && !locked}>
      <Settings node={node} />
    </CanEditProvider>
  );
}

function Settings({ node }: { node: DraftNode }) {
  const type = typeOf(node.type);
  const host = useNodeHost(node.id);
  const { workflowId } = useSession();
  const fields = useMemo(() => (type ? fieldsOf(type.config) : []), [type]);
  return (
    <div className="flex min-h-full flex-col gap-4 p-4">
      <NodeHead node={node} />
      <LockBanner nodeId={node.id} />
      <LostHere nodeId={node.id} path={['name']} />
      <OthersHere nodeId={node.id} />
      <GeneralProblems nodeId={node.id} />
      {type ? <StepExperiment part="running" {...{ workflowId, node, type }} /> : null}
      {type ? (
        <FormHostProvider value={host}>
          {node.type === 'service' ? (
            <ServiceSettings fields={fields} config={node.config} />
          ) : node.type === 'http' ? (
            <HttpSettings fields={fields} config={node.config} />
          ) : (
            <ConnectionPreset.Provider value={stepPresets[node.type]}>
              <Form fields={fields} value={node.config} />
            </ConnectionPreset.Provider>
          )}
        </FormHostProvider>
      ) : (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">
          This version of Ensemble does not know the step type “{node.type}”. Its settings are kept.
        </p>
      )}
      {node.type === 'add-table-rows' || node.type === 'update-table-rows' ? (
        <FillColumns node={node} />
      ) : null}
      {node.type === 'read-file' ? <FilePreview config={node.config} /> : null}
      {node.type === 'code' ? <TryCode node={node} /> : null}
      {node.type === 'start' ? <StartedBy /> : null}
      {type ? <StepExperiment part="start" {...{ workflowId, node, type }} /> : null}
      <PolicySettings node={node} />
      <LostHere nodeId={node.id} path={['policy']} />
      <TestStep node={node} />
    </div>
  );
}

type HeadProps = { node: DraftNode };
const sameHead = ({ node: a }: HeadProps, { node: b }: HeadProps) =>
  a.id === b.id && a.key === b.key && a.name === b.name && a.type === b.type;

const NodeHead = memo(function NodeHead({ node }: HeadProps) {
  const { copy, actions } = useSession();
  const focused = useLocal((local) => local.focused !== undefined);
  const canEdit = useCanEdit();
  const type = typeOf(node.type);
  const reference = `steps.${node.key}.output`;
  return (
    <header className="flex flex-col gap-2">
      <div className="flex items-center gap-2.5">
        <NodeIcon icon={type?.icon} group={type?.group} />
        <NameField
          label="Step name"
          value={node.name}
          readOnly={!canEdit}
          onCommit={(name) => renameNode(copy.draft, node.id, name)}
          className="text-base"
        />
        {focused ? null : (
          <IconButton
            label="Full screen"
            keys={['Mod', 'Shift', 'F']}
            size="sm"
            onClick={() => actions.focusStep(node.id)}
          >
            <Maximize2 className="!size-3.5" />
          </IconButton>
        )}
      </div>
      {type ? <p className="text-xs text-muted">{type.summary}</p> : null}
      {type?.group === 'Triggers' ? null : (
        <div className="flex items-center gap-1 text-xs text-faint">
          <code className="min-w-0 truncate rounded-sm bg-hover px-1.5 py-0.5 font-mono text-2xs text-muted">
            {reference}
          </code>
          <CopyButton text={`{{ ${reference} }}`} label="Copy reference" />
          {focused ? null : <EarlierValues nodeId={node.id} />}
        </div>
      )}
    </header>
  );
}, sameHead);

/** The values of earlier steps, to put at the caret. */
function EarlierValues({ nodeId }: { nodeId: string }) {
  return (
    <Popover
      label="Values of earlier steps"
      align="end"
      side="left"
      className="max-h-[70vh] w-80 overflow-y-auto p-2"
      trigger={
        <Button size="sm" variant="ghost" className="ml-auto h-6 px-1.5">
          <Braces aria-hidden /> Use a value
        </Button>
      }
    >
      <ReferenceTree nodeId={nodeId} />
    </Popover>
  );
}

/** Problems that belong to the node as a whole: those of fields stand at their fields. */
function GeneralProblems({ nodeId }: { nodeId: string }) {
  const problems = useNodeProblems(nodeId).filter((problem) => !problem.path?.length);
  if (problems.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {problems.map((problem) => (
        <ProblemLine key={`${problem.code}${problem.message}`} problem={problem} />
      ))}
    </ul>
  );
}

function ProblemLine({ problem }: { problem: Problem }) {
  const tone =
    problem.severity === 'error' ? 'bg-danger-soft text-danger' : 'bg-warning-soft text-warning';
  return <li className={`rounded-md px-2.5 py-1.5 text-xs ${tone}`}>{problem.message}</li>;
}
