import type { Pool } from 'pg';
import type { Plan, RunCommand, RunEvent, RunMode, RunState, RunTrigger } from '@/lib/runs/schema';
import type { Bus } from '@/server/bus/bus';
import type { Log } from '@/server/log';
import type { RunQueue } from '@/server/queue/run-queue';

export type StartArgs = {
  id?: string;
  workspaceId: string;
  workflowId?: string;
  versionNumber?: number;
  threadId?: string;
  name: string;
  mode: RunMode;
  trigger: RunTrigger;
  startedBy?: string;
  idempotency?: { key: string; requestHash: string };
  plan: Plan;
  definitionHash: string;
  input: unknown;
};

export type Engine = {
  start(args: StartArgs): Promise<{ id: string; created: boolean }>;
  advance(runId: string, command: RunCommand): Promise<{ state: RunState; events: RunEvent[] } | undefined>;
  load(runId: string): Promise<RunState | undefined>;
  now(): number;
};

export declare function createEngine(parts: { pool: Pool; bus: Bus; queue: RunQueue; log: Log }): Engine;
