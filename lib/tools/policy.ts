import type { Tool } from './define-tool';
import type { ToolGrant } from './settings';

/** What the step has seen so far. */
export type Taint = { outside: boolean; private: boolean };

export type AskReason = {
  /** `taint`: outside content and private data came together before something goes out. */
  kind: 'tool' | 'agent' | 'risk' | 'taint';
  text: string;
};

/**
 * Why a person is asked before this call; undefined: nobody is. A step may hold two of outside content, private data and
 * an outward effect; before the third somebody is asked, whatever the agent was told.
 */
export function askReason(
  tool: Pick<Tool, 'approval' | 'effect' | 'risk'>,
  { approval }: Pick<ToolGrant, 'approval'>,
  { outward, taint, effect }: { outward: boolean; taint: Taint; effect: Tool['effect'] },
): AskReason | undefined {
  if (outward && taint.outside && taint.private) {
    return {
      kind: 'taint',
      text: 'The agent has read both private data and content from outside. Text from outside may have told it to send this.',
    };
  }
  if (tool.approval === 'always') return { kind: 'tool', text: 'This tool always asks.' };
  if (approval === 'always') return { kind: 'agent', text: 'The agent’s settings ask each time.' };
  if (tool.approval === 'policy' && approval !== 'never' && effect === 'once' && tool.risk >= 2) {
    return { kind: 'risk', text: 'This changes something that cannot simply be taken back.' };
  }
  return undefined;
}
