import type { Action } from './find-actions';
import type { Value, Weaving } from './weave';

/** A condition whose two sides are not joined yet. */
export type Branch = {
  /** Where the other side leads on; undefined once it has begun. */
  else?: string;
  /** Ends of the side that is finished. */
  tails: string[];
  /** What was made before the condition, and on the finished side. */
  before: Value[];
  made: Value[];
  /** The class that it asks for, where a step tells classes. */
  field?: string;
  /** Nothing but approvals stands on it so far. */
  gate: 'empty' | 'approvals' | 'more';
  container: string | undefined;
  /** The other side is a refusal, which ends the run unless something is said of it. */
  refusal?: boolean;
};

/** Begins the side on which the condition holds. */
export function openBranch(
  weaving: Weaving,
  port: string,
  { field, refusal = false }: { field?: string | undefined; refusal?: boolean } = {},
): void {
  const { results, container } = weaving;
  weaving.branches.push({
    ...{ else: port, tails: [], before: [...results], made: [], gate: 'empty', container },
    ...(field === undefined ? {} : { field }),
    ...(refusal ? { refusal } : {}),
  });
}

/** The other side: what was made on the first one is not there. */
export function otherSide(weaving: Weaving): boolean {
  const branch = weaving.branches.findLast((each) => each.else !== undefined);
  if (branch?.else === undefined) return false;
  while (weaving.branches.at(-1) !== branch) joinBranch(weaving);
  branch.tails.push(...weaving.tails);
  branch.made.push(...newOf(weaving.results, branch.before));
  weaving.results = [...branch.before];
  weaving.tails = [branch.else];
  answerRefusal(weaving, branch.else);
  delete branch.else;
  branch.gate = 'more';
  return true;
}

/** Both sides go on together: what only one of them made is used where it is there. */
export function joinBranch(weaving: Weaving): void {
  const branch = weaving.branches.pop();
  if (branch === undefined) return;
  const made = [...branch.made, ...newOf(weaving.results, branch.before).slice(-1)];
  const open = branch.else === undefined || branch.refusal ? [] : [branch.else];
  weaving.tails = [...new Set([...branch.tails, ...weaving.tails, ...open])];
  const before = branch.before.at(-1) ?? weaving.sources.at(-1);
  weaving.results = [...branch.before, ...either(made, before, open.length > 0)];
}

/** Something is said of a refusal, so that it is no end of its own. */
function answerRefusal({ refused }: Weaving, port: string): void {
  const at = refused.findIndex((each) => each.port === port);
  if (at >= 0) refused.splice(at, 1);
}

/** "If it is approved", "if he says no": a side of the approval before it. Gives whether it was one. */
export function sideOfApproval(weaving: Weaving, said: string): boolean {
  const approval = weaving.tails.find((tail) => tail.endsWith(':approved'))?.split(':')[0];
  if (approval === undefined) return false;
  const yes =
    /^(?:it(?:'s|’s| is| was| gets)? |that is |he |she |they )?(?:is )?(?:approved?s?|granted|given|agreed?s?|accepted|says? yes|so|yes|confirmed)$/i;
  const no =
    /^(?:it(?:'s|’s| is| was| gets)? |that is |he |she |they )?(?:is )?(?:rejected|rejects?|declined?s?|refused?s?|denied|not approved?|not granted|says? no|not)$/i;
  const [approved, rejected] = [`${approval}:approved`, `${approval}:rejected`];
  if (yes.test(said)) openBranch(weaving, rejected, { refusal: true });
  else if (no.test(said)) {
    openBranch(weaving, approved);
    weaving.tails = [rejected];
    answerRefusal(weaving, rejected);
  } else return false;
  return true;
}

const newOf = (results: readonly Value[], before: readonly Value[]): Value[] =>
  results.filter((value) => !before.includes(value)).slice(-1);

function either(made: readonly Value[], before: Value | undefined, open: boolean): Value[] {
  const [first, second] = made;
  if (first === undefined) return [];
  const last = second !== undefined && !open ? second.expression : before?.expression;
  const names = second === undefined ? [first] : [first, second];
  const expression = names.reduceRight(
    (rest, { expression: value, step }) =>
      step === undefined || value === rest
        ? value
        : `has(steps.${step}.output) ? ${value} : ${rest}`,
    last ?? '"Nothing was to be done."',
  );
  return [{ label: first.label, expression: `(${expression})` }];
}

/** Whether the two sides of the newest condition are joined before this action. */
export function joinsBefore(
  { branches }: Weaving,
  { begins, kind }: Action,
  field?: string,
): boolean {
  const branch = branches.at(-1);
  if (branch === undefined || branch.gate === 'empty' || kind === 'otherwise') return false;
  // "If it is good, …. If it is bad, …": the other side of the same question.
  if (kind === 'if' && branch.field !== undefined && branch.field === field) return false;
  if (begins === 'sentence') return true;
  return begins === 'then' && branch.gate === 'approvals';
}

/** Notes what stands on the newest branch. */
export function noteOnBranch({ branches }: Weaving, { kind }: Action): void {
  const branch = branches.at(-1);
  if (branch === undefined || kind === 'if' || kind === 'otherwise') return;
  if (branch.gate === 'more') return;
  branch.gate = kind === 'approve' ? 'approvals' : 'more';
}
