'use client';

import { useMemo, useState } from 'react';
import { InputForm } from '@/components/form/input-form';
import { useObservable } from '@/components/observable/use-observable';
import type { RunHow } from '@/components/runs/request-run';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import { initialInput, inputProblems } from '@/lib/nodes/forms/run-inputs';
import type { RunMode } from '@/lib/runs/schema';
import { ProblemList } from '../header/problems-button';
import type { LiveVersion } from '../header/use-publish';

export type RunRequest = {
  mode: RunMode;
  how: RunHow;
  input: Record<string, unknown>;
  publish: boolean;
};

type Props = {
  mode: RunMode;
  how: RunHow;
  version: LiveVersion;
  pending: boolean;
  onClose: () => void;
  onRun: (request: RunRequest) => void;
};

/** Asks for the run's input, and whether the draft shall be published for it. */
export function RunDialog(props: Props) {
  const session = useSession();
  const problems = useObservable(session.problems, (now) => now);
  const errors = problems.filter((problem) => problem.severity === 'error');
  const { version, mode, how, onClose } = props;
  const verb = how.debug ? 'Debug' : mode === 'rehearsal' ? 'Rehearse' : 'Run';
  const mustPublish = version.live === null || version.live === undefined;
  if (errors.length > 0 && mustPublish) {
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
  return <AskInput {...props} verb={verb} blocked={errors.length > 0} mustPublish={mustPublish} />;
}

type AskProps = Props & { verb: string; blocked: boolean; mustPublish: boolean };

function AskInput({
  mode,
  how,
  version,
  pending,
  onClose,
  onRun,
  verb,
  blocked,
  mustPublish,
}: AskProps) {
  const graph = useGraph((now) => now);
  const inputs = useMemo(() => inputsOf(graph), [graph]);
  const [value, setValue] = useState(() => initialInput(inputs));
  const [tried, setTried] = useState(false);
  const wrong = inputProblems(inputs, value);
  const start = (publish: boolean) => {
    setTried(true);
    if (wrong.length === 0) onRun({ mode, how, input: clean(value), publish });
  };
  const publishes = (version.ahead || mustPublish) && !blocked;
  const next = (version.live ?? 0) + 1;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={how.until ? `${verb} until ${how.until.name}` : `${verb} the workflow`}
      description={explain({ mode, how }, version, mustPublish, blocked)}
      footer={
        <>
          {version.ahead && !mustPublish ? (
            <Button autoFocus={!publishes} disabled={pending} onClick={() => start(false)}>
              {verb} version {version.live}
            </Button>
          ) : null}
          {publishes || mustPublish ? (
            <Button variant="primary" autoFocus loading={pending} onClick={() => start(true)}>
              Publish v{next} and {verb.toLowerCase()}
            </Button>
          ) : version.ahead ? null : (
            <Button variant="primary" autoFocus loading={pending} onClick={() => start(false)}>
              {verb}
            </Button>
          )}
        </>
      }
    >
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
  version: LiveVersion,
  mustPublish: boolean,
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
    parts.push('Test without a model: the built-in scripted model answers. No key, no cost.');
  }
  if (mustPublish) parts.push('Runs use published versions, so this becomes the first one.');
  else if (version.ahead) {
    parts.push(
      blocked
        ? `The draft has problems, so only version ${version.live} can run.`
        : `The draft has changes since version ${version.live}.`,
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
