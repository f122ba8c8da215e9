import type { ChildOutcome } from '@/lib/nodes/node-type/define-node';
import type { Role } from '@/lib/people/schema';
import type { RunMode } from '@/lib/runs/schema';
import type { GivenTool, ToolContext } from '@/lib/tools/define-tool';
import type { Taint } from '@/lib/tools/policy';
import type { Redactor } from '@/server/connections/redact';

/** What a call notes while its tool works. */
export type CallRecord = {
  /** Takes the secrets that were used out of what is kept. */
  redact?: Redactor;
  /** What it read came from outside once, by what stands beside it. */
  outside?: true;
  /** The last status with which a server answered. */
  status?: number;
};

/** The attempt of a step that calls tools, and what the broker may do for it. */
export type CallerPlace = {
  workspaceId: string;
  runId: string;
  stepId: string;
  attempt: number;
  mode: RunMode;
  /** The same for every attempt of the step. */
  effectKey: string;
  signal: AbortSignal;
  /** What the steps before it have brought in. */
  taint: Taint;
  toolContext(
    call: {
      key: string;
      connection: string | undefined;
      agent: string | undefined;
      tools: readonly GivenTool[];
      signal: AbortSignal;
    },
    record: CallRecord,
  ): ToolContext;
  /** Ends of the runs that the step began in a round, as the rows number it. */
  outcomes(stored: number): Promise<ChildOutcome[]>;
  /** A round as the rows number it. */
  storedRound(round: number): number;
  hydrate(value: unknown): Promise<unknown>;
  /** Names of the steps before it whose answers are made up. */
  madeUp(): Promise<readonly string[]>;
  notify(asked: { role: Role; text: string; key: string }): Promise<unknown>;
};
