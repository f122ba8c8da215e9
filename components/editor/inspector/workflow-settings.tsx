'use client';

import { CopyPlus, Power, Trash2 } from 'lucide-react';
import { NameField } from '@/components/form/name-field';
import { WorkflowLock } from '@/components/locks/lock-marks';
import { useCanEdit, useGraph, useLocal, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { plural } from '@/components/ui/format';
import { descriptionField } from '@/lib/canvas/searchable-texts';
import { setMeta } from '@/lib/workflows/edits/edits';
import { Arrange } from './arrange';
import { WorkflowDescription } from './description';

/** With nothing selected the panel is about the workflow itself. */
export function WorkflowSettings() {
  const { copy } = useSession();
  const canEdit = useCanEdit();
  const name = useGraph((graph) => graph.name);
  const steps = useGraph((graph) => graph.nodes.size);
  const wires = useGraph((graph) => graph.edges.size);
  return (
    <div className="flex flex-col gap-4 p-4">
      <Field label="Workflow name">
        <NameField
          label="Workflow name"
          value={name}
          readOnly={!canEdit}
          onCommit={(next) => setMeta(copy.draft, { name: next })}
          className="border-border-strong"
        />
      </Field>
      <Field label="Description" hint="What it is for, for teammates and for agents.">
        <div data-field={descriptionField}>
          <WorkflowDescription />
        </div>
      </Field>
      <WorkflowLock />
      <p className="text-xs text-faint tabular">
        {plural(steps, 'step')}, {plural(wires, 'wire')}. Select a step to see its settings.
      </p>
    </div>
  );
}

/** Several steps at once: what can be done with all of them. */
export function ManySelected() {
  const { actions } = useSession();
  const canEdit = useCanEdit();
  const nodes = useLocal((local) => local.nodes);
  return (
    <div className="flex flex-col gap-3 p-4">
      <h2 className="text-sm font-medium">{plural(nodes.size, 'step')} selected</h2>
      {canEdit ? (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => actions.duplicate(nodes)}>
            <CopyPlus aria-hidden /> Duplicate
          </Button>
          <Button size="sm" onClick={() => actions.toggleDisabled(nodes)}>
            <Power aria-hidden /> Enable or disable
          </Button>
          <Button size="sm" className="text-danger" onClick={() => actions.removeSelected()}>
            <Trash2 aria-hidden /> Delete
          </Button>
        </div>
      ) : null}
      {canEdit ? <Arrange /> : null}
    </div>
  );
}
