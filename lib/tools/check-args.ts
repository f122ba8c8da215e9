import type { z } from 'zod';
import { isRecord } from '@/lib/values/unknown';
import type { Tool } from './define-tool';

export type CheckedArgs = { ok: true; args: unknown } | { ok: false; problem: string };

/** Arguments as the tool takes them, or what is wrong with them, for whoever asked. Nothing is converted silently. */
export function checkArgs(tool: Pick<Tool, 'name' | 'input'>, given: unknown): CheckedArgs {
  const args = given === undefined || given === null || given === '' ? {} : given;
  if (!isRecord(args)) {
    return { ok: false, problem: `${tool.name} takes an object of arguments.` };
  }
  const parsed = tool.input.safeParse(args);
  if (parsed.success) return { ok: true, args: parsed.data };
  const issues = parsed.error.issues.slice(0, 8).map(issueText);
  return { ok: false, problem: `The arguments of ${tool.name} do not fit. ${issues.join(' ')}` };
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return `${path.length === 0 ? '' : `${path.join('.')}: `}${text}${/[.!?]$/.test(text) ? '' : '.'}`;
}
