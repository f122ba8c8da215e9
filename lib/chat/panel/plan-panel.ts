import { answerStepId } from '../answer';
import type { Turn, TurnRequest } from '../plan-turn';
import { planTurn } from '../plan-turn';
import type { PanelRules } from './contract';

type Asked = { handle: string; name: string };

/** A turn in which several agents give one answer together: the same talk, text and files for all. */
export function planPanel(
  agents: readonly Asked[],
  { policy, capUsd }: PanelRules,
  request: Omit<TurnRequest, 'agent'>,
): Turn {
  const [first] = agents;
  if (first === undefined) throw new Error('a panel without agents');
  const { definition, input } = planTurn({ ...request, agent: first });
  const prompt = definition.nodes[0]?.config.prompt ?? '';
  const history = definition.nodes[0]?.config.history ?? '';
  const files = input.files === undefined ? '' : 'input.files';
  return {
    input,
    definition: {
      ...definition,
      name: `Panel of ${agents.map(({ name }) => name).join(', ')}`.slice(0, 120),
      nodes: [
        {
          ...{
            id: answerStepId,
            key: 'answer',
            type: 'panel',
            name: 'Panel',
            position: { x: 0, y: 0 },
          },
          config: {
            ...{ prompt, history, files, policy, capUsd },
            agents: agents.map(({ handle }, at) => ({ id: `agent${at + 1}`, agent: handle })),
          },
          policy: { retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 } },
        },
      ],
    },
  };
}
