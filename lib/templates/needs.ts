import { modelInfo } from '@/lib/models/catalogue';
import type { Definition } from '@/lib/workflows/schema';

/** What a live run of a workflow takes, besides the workspace itself. */
export type Needs = {
  /** Model calls of a run that takes every way once. */
  calls: number;
  /** Hosts that its requests go to, as far as they are written out. */
  hosts: string[];
  /** US dollars for those calls at the reference model's list price; 0 on a local model. */
  costUsd: number;
};

/** The model whose list price an estimate is made with. */
export const referenceModel = { provider: 'openai', id: 'gpt-5.4-mini' } as const;

/** Tokens that earlier results and instructions add to a prompt, and of an answer: a rough average of short texts. */
const tokensAround = 700;
const tokensAnswered = 450;
const charactersPerToken = 4;

const askingTypes = ['agent', 'model', 'router', 'handoff', 'planner'];

/** What a run would need and cost, before anything is spent. A rough figure: answers may be longer. */
export function needsOf({ nodes }: Pick<Definition, 'nodes'>): Needs {
  const price = modelInfo(referenceModel.provider, referenceModel.id)?.price;
  const asking = nodes.filter((node) => askingTypes.includes(node.type));
  const written = asking.reduce((sum, node) => sum + JSON.stringify(node.config).length, 0);
  const input = written / charactersPerToken + asking.length * tokensAround;
  const output = asking.length * tokensAnswered;
  const hosts = nodes.flatMap((node) =>
    node.type === 'http' ? (hostOf(String(node.config.url ?? '')) ?? []) : [],
  );
  return {
    calls: asking.length,
    hosts: [...new Set(hosts)],
    costUsd: price ? (input * price.input + output * price.output) / 1e6 : 0,
  };
}

const hostOf = (url: string): string | undefined =>
  /^https?:\/\/([a-z0-9.-]+)/i.exec(url)?.[1]?.toLowerCase();
