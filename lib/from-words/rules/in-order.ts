import type { Action, ActionKind } from './find-actions';

/** Kinds whose neighbours of the same kind are one thing to do. */
const joined: ReadonlySet<ActionKind> = new Set([
  ...(['write', 'analyse', 'review', 'research', 'summarise', 'extract', 'classify'] as const),
  ...(['approve', 'notify', 'mail', 'file', 'fetch', 'each', 'remember', 'table', 'post'] as const),
]);
/** "Write a summary": one thing, named by two words. */
const absorbed: ReadonlySet<ActionKind> = new Set(['summarise', 'analyse', 'review']);
/** Nothing is lost where these are not the first that is done with a page or a file. */
const late: ReadonlySet<ActionKind> = new Set(['approve', 'wait', 'each', 'if', 'mail', 'notify']);

/**
 * Actions in the order in which they are done: what is read comes before what is made of it, a condition before what it
 * is about, and the same thing said twice is one.
 */
export function inOrder(found: readonly Action[]): Action[] {
  const actions = sentLast(merged(found));
  const fetch = actions.findIndex(({ kind }) => kind === 'fetch');
  if (fetch > 0 && !actions.slice(0, fetch).some(({ kind }) => late.has(kind))) {
    actions.unshift(...actions.splice(fetch, 1));
  }
  for (let at = 1; at < actions.length; at += 1) {
    const [said, behind] = [actions[at - 1], actions[at]];
    // "Email me the first 20", "remind me after 2 days": what comes first is said last.
    if (said === undefined || behind === undefined || !said.runsOn) continue;
    const comesFirst =
      behind.kind === 'summarise' ||
      ofRows.has(behind.kind) ||
      (behind.kind === 'wait' && /^after/i.test(behind.words));
    if (outward.has(said.kind) && comesFirst) actions.splice(at - 1, 2, behind, said);
  }
  for (let at = 1; at < actions.length; at += 1) {
    const [before, action, next] = [actions[at - 1], actions[at], actions[at + 1]];
    const last = next === undefined || next.kind === 'otherwise';
    // "Email me if it changed": the condition comes first.
    if (action?.kind !== 'if' || !last || before === undefined || before.kind === 'fetch') continue;
    actions.splice(at - 1, 2, action, before);
  }
  return actions.filter(({ kind }, at) => kind !== 'otherwise' || at < actions.length - 1);
}

const ofRows: ReadonlySet<ActionKind> = new Set(['unique', 'filter', 'group', 'sort', 'limit']);
const outward: ReadonlySet<ActionKind> = new Set(['mail', 'notify', 'post']);
const summary = /\b(?:summary|summaries|digest|recap|briefing)\b/i;

/** "Send a digest of the page": what is sent is made before. */
function sentLast(actions: readonly Action[]): Action[] {
  const [first, ...rest] = actions;
  const made = actions.flatMap((action, at) => {
    const { kind, words } = action;
    const before = actions.slice(0, at);
    const named = outward.has(kind) && summary.test(words);
    if (!named || before.some((one) => one.kind === 'summarise')) return [action];
    const of =
      /\b(?:summary|summaries|digest|recap|briefing)\b(?: of [^,.;]*?)?(?=\s+(?:to|by|via)\b|[,.;]|$)/i;
    const clause = `Write a ${of.exec(words)?.[0] ?? 'summary'}`;
    return [{ kind: 'summarise' as const, words: clause, clause, runsOn: false }, action];
  });
  if (made.length > actions.length || first === undefined) return made;
  return outward.has(first.kind) && first.runsOn ? [...rest, first] : made;
}

function merged(found: readonly Action[]): Action[] {
  const actions: Action[] = [];
  for (const action of found) {
    const last = actions.at(-1);
    if (last?.kind === 'write' && last.runsOn && absorbed.has(action.kind)) {
      Object.assign(last, { ...action, clause: `${last.clause} ${action.clause}` });
      continue;
    }
    const same = last !== undefined && last.kind === action.kind && joined.has(action.kind);
    if (!same) actions.push({ ...action });
    else if (action.kind !== 'extract' || last.clause.length < 10) {
      last.clause = `${last.clause} ${action.clause}`.replace(/\s+/g, ' ');
    } else last.clause = `${last.clause}, ${action.clause}`;
  }
  return actions;
}
