'use client';

import { settingsFor } from '@/lib/experiments/apply';
import { changeSchema } from '@/lib/experiments/schema';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import { RunningExperiment, StartButton } from './experiment-line';
import type { Subject } from './start-experiment';

type Props = {
  workflowId: string;
  node: { id: string; name: string; config: Record<string, unknown> };
  type: NodeType;
  /** Above the settings, what runs; below them, the button that starts one. */
  part: 'running' | 'start';
};

/** The experiment of a step that asks a model, in its settings; nothing for other steps. */
export function StepExperiment({ workflowId, node, type, part }: Props) {
  const able = settingsFor(type);
  if (able.length === 0) return null;
  const { model, prompt, system } = node.config;
  const shape = changeSchema.shape;
  const now = {
    model: shape.model.catch(undefined).parse(model),
    prompt: shape.prompt.catch(undefined).parse(prompt),
    instructions: shape.instructions.catch(undefined).parse(system),
  };
  const target: Subject['target'] = { type: 'step', workflowId, stepId: node.id };
  const subject = { target, name: node.name, able, now };
  return part === 'running' ? (
    <RunningExperiment subject={subject} />
  ) : (
    <StartButton subject={subject} />
  );
}
