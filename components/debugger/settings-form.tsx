'use client';

import { useMemo } from 'react';
import { Form } from '@/components/form/form';
import { type FormHost, FormHostProvider } from '@/components/form/host';
import { useRun } from '@/components/realtime/use-run';
import { suggestions } from '@/components/text-editor/suggest';
import { catalogue } from '@/lib/nodes/catalogue';
import { fieldsOf } from '@/lib/nodes/node-type/form-fields';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { type Settings, withMovedRow, withoutRow, withRow, withValue } from './settings-value';
import type { PreviewProblem } from './use-preview';

type Props = {
  /** The run whose values completion offers. */
  runId: string;
  /** Type of the step. */
  type: string;
  value: Settings;
  onChange: (change: (now: Settings) => Settings) => void;
  /** What is wrong, by field. */
  problems?: readonly PreviewProblem[] | undefined;
};

const none: readonly PreviewProblem[] = [];

/** The settings of a step for one run alone; the workflow stays as it is. */
export function SettingsForm({ runId, type, value, onChange, problems = none }: Props) {
  const known = typeNamed(catalogue, type);
  const fields = useMemo(() => (known ? fieldsOf(known.config) : []), [known]);
  const { state } = useRun(runId);
  const host = useMemo<FormHost>(() => {
    const steps = Object.fromEntries(
      (state?.plan.steps ?? []).flatMap((step) => {
        const output = state?.steps[step.id]?.output;
        return output === undefined ? [] : [[step.key, { output }]];
      }),
    );
    const names = { input: state?.input ?? {}, steps, run: { id: runId, mode: state?.mode } };
    return {
      readOnly: false,
      fileInputs: () => [],
      problems: problems.map((each) => ({ ...each, severity: 'error' as const, code: 'preview' })),
      suggest: (expression) => suggestions(expression, names),
      set: (path, next) => onChange((now) => withValue(now, path, next)),
      addRow: (field, row) => {
        const id = `r${crypto.randomUUID().slice(0, 8)}`;
        onChange((now) => withRow(now, field, { ...row, id }));
      },
      removeRow: (field, rowId) => onChange((now) => withoutRow(now, field, rowId)),
      moveRow: (field, rowId, by) => onChange((now) => withMovedRow(now, field, rowId, by)),
    };
  }, [state, runId, onChange, problems]);
  if (fields.length === 0) return <p className="text-sm text-muted">This step has no settings.</p>;
  return (
    <FormHostProvider value={host}>
      <Form fields={fields} value={value} />
    </FormHostProvider>
  );
}
