'use client';

import { useMemo, useState } from 'react';
import { useHasModel } from '@/components/data/queries';
import { InputForm } from '@/components/form/inputs/input-form';
import { useObservable } from '@/components/observable/use-observable';
import type { RunHow } from '@/components/runs/request-run';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph, useSession } from '@/components/session/session';
import { EstimateLine } from '@/components/spending/estimate-line';
import { Button } from '@/components/ui/controls/button';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import { initialInput, inputProblems } from '@/lib/nodes/forms/run-inputs';
import type { RunMode } from '@/lib/runs/schema';
import { ProblemList } from '../header/problems-button';
import type { LiveVersion } from '../header/use-publish';
import { LooseStepsNotice, looseSteps } from './loose-steps';
import { asksModels, NoModelNotice } from './no-model';
import { noteTold, SendsNotice, sendingSteps } from './sends-notice';

export type RunRequest = {
  mode: RunMode;
  how: RunHow;
  input: Record<string, unknown>;
  /** The draft, or the number of the live version. */
  version: 'draft' | number;
};

type Props = {
  mode: RunMode;
  how: RunHow;
  version: LiveVersion;
  pending: boolean;
  onClose: () => void;
  onRun: (request: RunRequest) => void;
};

/** Asks for the run's input. The draft runs; the live version beside it where the two differ. */
export function RunDialog(props: Props) {
  const session = useSession();
  const problems = useObservable(session.problems, (now) => now);
  const errors = problems.filter((problem) => problem.severity === 'error');
  const { version, mode, how, onClose } = props;
  const verb = how.debug ? 'Debug' : mode === 'rehearsal' ? 'Rehearse' : 'Run';
  if (errors.length > 0 && typeof version.live !== 'number') {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={`${verb} is not possible yet`}
        description="Fix these problems to run the workflow."
      >
        <ProblemList problems={errors} onDone={onClose} />
      </Dialog>
    );
  }
  return <AskInput {...props} verb={verb} blocked={errors.length > 0} />;
}

type AskProps = Props & { verb: string; blocked: boolean };

function AskInput({ mode, how, version, pending, onClose, onRun, verb, blocked }: AskProps) {
  const graph = useGraph((now) => now);
  const inputs = useMemo(() => inputsOf(graph), [graph]);
  const hasModel = useHasModel();
  const { workflowId } = useSession();
  const [value, setValue] = useState(() => initialInput(inputs));
  const [tried, setTried] = useState(false);
  const wrong = inputProblems(inputs, value);
  const sending = useMemo(() => sendingSteps(graph), [graph]);
  const start = (which: RunRequest['version'], as = mode) => {
    setTried(true);
    if (wrong.length > 0) return;
    if (as === 'live') noteTold(workflowId, sending);
    onRun({ mode: as, how, input: clean(value), version: which });
  };
  const { live, ahead } = version;
  const other = typeof live === 'number' && ahead ? live : undefined;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={how.until ? `${verb} until ${how.until.name}` : `${verb} the workflow`}
      description={explain({ mode, how }, other, blocked)}
      footer={
        <>
          {other === undefined ? null : (
            <Button autoFocus={blocked} disabled={pending} onClick={() => start(other)}>
              {verb} version {other}
            </Button>
          )}
          {blocked ? null : (
            <Button variant="primary" autoFocus loading={pending} onClick={() => start('draft')}>
              {verb}
            </Button>
          )}
        </>
      }
    >
      {mode === 'live' && hasModel === false && !blocked && asksModels(graph) ? (
        <NoModelNotice onRehearse={() => start('draft', 'rehearsal')} />
      ) : null}
      {mode === 'live' && hasModel !== undefined && !blocked && asksModels(graph) ? (
        <EstimateLine workflowId={workflowId} className="mb-3" />
      ) : null}
      {mode === 'live' && !blocked ? (
        <SendsNotice names={sending} onRehearse={() => start('draft', 'rehearsal')} />
      ) : null}
      {blocked ? null : <LooseStepsNotice names={looseSteps(graph)} />}
      {inputs.length > 0 ? <InputForm inputs={inputs} value={value} onChange={setValue} /> : null}
      {tried && wrong.length > 0 ? (
        <ul role="alert" className="mt-3 text-xs text-danger">
          {wrong.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  );
}

function explain(
  { mode, how }: Pick<RunRequest, 'mode' | 'how'>,
  other: number | undefined,
  blocked: boolean,
) {
  const parts: string[] = [];
  if (how.until) parts.push('Only this step and the steps before it run.');
  if (how.debug) {
    const count = Object.keys(how.debug.breakpoints).length;
    parts.push(
      count > 0 ? `Pauses at ${plural(count, 'breakpoint')}.` : 'Pauses before every step.',
    );
  }
  if (mode === 'rehearsal') {
    parts.push('Test without a model: answers are made up, nothing is sent, and it costs nothing.');
  }
  if (other !== undefined) {
    parts.push(
      blocked
        ? `The draft has problems, so only version ${other} can run.`
        : `The draft has changes since version ${other}. It runs without being published.`,
    );
  }
  return parts.join(' ') || undefined;
}

/** Fields that were left empty are not sent: the start node fills in its defaults. */
function clean(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined && each !== ''),
  );
}
