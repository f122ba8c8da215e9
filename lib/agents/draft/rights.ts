import { providerInfo } from '@/lib/models/providers';
import { isRule, type ModelPolicy } from '@/lib/models/schema';
import type { ToolView } from '@/lib/tools/contract';
import type { ToolGrant } from '@/lib/tools/settings';
import type { AgentInput } from '../schema';

type Known = Pick<
  ToolView,
  'name' | 'title' | 'effect' | 'risk' | 'approval' | 'outside' | 'unavailable'
>;

/** A tool of an agent with what it means that it has it. */
export type Right = {
  title: string;
  effect: ToolView['effect'];
  /** Whether a person approves each call. */
  asks: boolean;
  /** Why it cannot be used at present. */
  unavailable: string | null;
};

export type Rights = {
  tools: Right[];
  /** What all of it comes to, a sentence each. */
  says: string[];
};

/** What an agent would be able to do, as a sheet for whoever is about to create it. */
export function rightsOf(
  { tools, model, limits }: Pick<AgentInput, 'tools' | 'model' | 'limits'>,
  known: readonly Known[],
): Rights {
  const byName = new Map(known.map((tool) => [tool.name, tool]));
  const found = tools.flatMap((grant) => {
    const tool = byName.get(grant.name);
    return tool === undefined ? [] : [{ grant, tool }];
  });
  const rights = found.map(({ grant, tool }) => ({
    ...{ title: tool.title, effect: tool.effect, unavailable: tool.unavailable },
    asks: asksFor(tool, grant),
  }));
  const free = rights.filter(({ effect, asks }) => effect === 'once' && !asks);
  const outside = found.some(({ tool }) => tool.outside);
  return {
    tools: [...rights].sort((a, b) => order.indexOf(b.effect) - order.indexOf(a.effect)),
    says: [
      tools.length === 0
        ? 'It can only write: it has no tools.'
        : 'It can use these tools and nothing else, and never more than whoever starts it may.',
      ...(free.length === 0
        ? []
        : [`Without asking anybody: ${free.map(({ title }) => title).join(', ')}.`]),
      ...(outside
        ? [
            'It reads what strangers wrote; before it then changes something outside with private data, a person is asked.',
          ]
        : []),
      leaves(model),
      limits.budgetUsd === undefined
        ? 'It has no spending limit of its own: the budgets of the workspace hold, where there are any.'
        : `A task of it ends when it has cost $${limits.budgetUsd}.`,
      `A task of it ends after ${limits.maxTurns} turns or ${limits.maxMinutes} minutes.`,
    ],
  };
}

const order = ['read', 'idempotent', 'once'];

const asksFor = ({ approval, effect, risk }: Known, grant: ToolGrant): boolean => {
  if (approval === 'always' || grant.approval === 'always') return true;
  return grant.approval === 'policy' && approval === 'policy' && effect === 'once' && risk >= 2;
};

function leaves(model: ModelPolicy): string {
  const local =
    model !== 'auto' &&
    (model.localOnly === true || (!isRule(model) && providerInfo(model.provider).local));
  return local
    ? 'What it reads stays on this machine: its model runs here.'
    : 'What it reads may go to the provider of its model.';
}
