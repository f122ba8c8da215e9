import { givenNames, inputOf, outputOf } from '@/components/expressions/names';
import type { Sample } from '@/components/runs/last-run';
import type { Session } from '@/components/session/session';
import { catalogue } from '@/lib/nodes/catalogue';
import { beginnings, refsIn } from '@/lib/runs/blobs';
import { startRunBody } from '@/lib/runs/contract';
import { isRecord } from '@/lib/values/unknown';
import { type StepNeeds, stepNeeds } from '@/lib/workflows/problems/step-needs';

/** A value that a step reads when it is tested: of an earlier step, of the run's input, or of the step around it. */
export type Given = {
  kind: 'step' | 'input' | 'name';
  /** The step's id, or the name. */
  id: string;
  /** What people know it by. */
  title: string;
  sample: Sample;
};

export type TestData = { given: Given[]; outward: StepNeeds['outward'] };

/** What a step reads, with the values that are known: of runs, of tests, pinned ones; else examples of their type. */
export function testDataOf(session: Session, nodeId: string): TestData {
  const { nodes, edges } = session.graph.get();
  const needs = stepNeeds(
    { nodes: [...nodes.values()], edges: [...edges.values()] },
    catalogue,
    nodeId,
  );
  const steps = needs.steps.flatMap((id): Given[] => {
    const node = nodes.get(id);
    return node ? [{ kind: 'step', id, title: node.name, sample: outputOf(session, node) }] : [];
  });
  const names = needs.names.length > 0 ? givenNames(session, nodeId) : {};
  return {
    given: [
      ...(needs.input
        ? [{ kind: 'input' as const, id: 'input', title: 'Run input', sample: inputOf(session) }]
        : []),
      ...steps,
      ...needs.names.map(
        (name): Given => ({
          kind: 'name',
          id: name,
          title: name,
          sample: { value: names[name] ?? null, from: 'sample' },
        }),
      ),
    ],
    outward: needs.outward,
  };
}

/** Whether somebody has to look at a value before it is used: it is an example, and was in no run. */
export const isUnknown = ({ sample }: Given) =>
  sample.from === 'sample' || sample.from === 'nothing';

/** What is written for a value at first. */
export const textOf = ({ sample }: Given) =>
  JSON.stringify(beginnings(sample.value ?? null), null, 2) ?? 'null';

/** Whether a value is too large to be written: it can be used as it is alone. */
export const isLarge = ({ sample }: Given) => refsIn(sample.value).length > 0;

/** What of a request to start a run holds the values of a test. */
const sentSchema = startRunBody.pick({
  outputs: true,
  outputsFrom: true,
  names: true,
  input: true,
});

/** The values as the server takes them: those that somebody wrote, and of the others the runs that they are of. */
export function sentOf(given: readonly Given[], written: ReadonlyMap<string, unknown>) {
  const outputs: Record<string, unknown> = {};
  const outputsFrom: Record<string, string> = {};
  const names: Record<string, unknown> = {};
  let input: Record<string, unknown> = {};
  for (const { kind, id, sample } of given) {
    const value = written.has(id) ? written.get(id) : (sample.value ?? null);
    if (kind === 'input') input = isRecord(value) ? value : {};
    else if (kind === 'name') names[id] = value;
    else if (!written.has(id) && sample.runId !== undefined) outputsFrom[id] = sample.runId;
    else outputs[id] = value;
  }
  // As JSON has them: what it does not know is left out.
  return sentSchema.parse(JSON.parse(JSON.stringify({ outputs, outputsFrom, names, input })));
}
