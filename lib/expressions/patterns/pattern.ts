import { type Budget, read, spend } from '../values/budget';
import { ExpressionError } from '../values/expression-error';
import { compilePattern, type Instruction } from './pattern-parse';

/** A compiled pattern, and lists of places in it that one match after another uses. */
type Program = { instructions: Instruction[]; current: Places; next: Places };

const compiled = new Map<string, Program>();
const maxCompiled = 50;

/**
 * Whether a regular expression fits somewhere in a text. Simulates all ways at once (Thompson 1968, as in RE2),
 * so that no pattern takes more than length × pattern size: JavaScript's own engine can take for ever.
 */
export function matchesPattern(text: string, pattern: string, budget: Budget): boolean {
  read(budget, 2 * pattern.length);
  const { instructions, current: first, next: second } = programOf(pattern, budget);
  let [current, next] = [first, second];
  current.count = 0;
  for (let index = 0; index <= text.length; index++) {
    follow(instructions, 0, text, index, current, budget);
    next.count = 0;
    const character = text.charCodeAt(index);
    for (let at = 0; at < current.count; at++) {
      const place = current.list[at] ?? 0;
      const instruction = instructions[place];
      if (instruction?.op === 'match') return true;
      if (instruction?.op !== 'character' || index >= text.length) continue;
      spend(budget, instruction.cost);
      if (instruction.fits(character))
        follow(instructions, place + 1, text, index + 1, next, budget);
    }
    [current, next] = [next, current];
  }
  return false;
}

/**
 * Where a regular expression fits, from left to right and not over each other, each as long as it can be. Places where
 * it fits nothing are left out. Begins at every character anew: the budget bounds what that may take.
 */
export function matchesIn(text: string, pattern: string, budget: Budget): [number, number][] {
  read(budget, 2 * pattern.length);
  const program = programOf(pattern, budget);
  const found: [number, number][] = [];
  for (let from = 0; from < text.length; ) {
    const end = longestFrom(program, text, from, budget);
    if (end > from) found.push([from, end]);
    from = end > from ? end : from + 1;
  }
  return found;
}

/** Where the longest fit ends that begins at `from`, or -1. */
function longestFrom(program: Program, text: string, from: number, budget: Budget): number {
  const { instructions } = program;
  let [current, next] = [program.current, program.next];
  let end = -1;
  current.count = 0;
  follow(instructions, 0, text, from, current, budget);
  for (let index = from; current.count > 0; index += 1) {
    next.count = 0;
    const character = text.charCodeAt(index);
    for (let at = 0; at < current.count; at++) {
      const place = current.list[at] ?? 0;
      const instruction = instructions[place];
      if (instruction?.op === 'match') end = index;
      if (instruction?.op !== 'character' || index >= text.length) continue;
      spend(budget, instruction.cost);
      if (instruction.fits(character))
        follow(instructions, place + 1, text, index + 1, next, budget);
    }
    [current, next] = [next, current];
  }
  return end;
}

function programOf(pattern: string, budget: Budget): Program {
  const known = compiled.get(pattern);
  if (known) return known;
  const { instructions, looks } = compilePattern(pattern);
  spend(budget, 10 * looks + 5 * pattern.length);
  const program = {
    instructions,
    current: places(instructions.length),
    next: places(instructions.length),
  };
  if (compiled.size >= maxCompiled) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(pattern, program);
  return program;
}

/** A set of places that is emptied at once (Briggs and Torczon 1993). */
type Places = { list: Uint16Array; at: Uint16Array; count: number };

function places(size: number): Places {
  return { list: new Uint16Array(size), at: new Uint16Array(size), count: 0 };
}

function has({ list, at, count }: Places, place: number): boolean {
  const found = at[place] ?? 0;
  return found < count && list[found] === place;
}

function follow(
  program: Instruction[],
  from: number,
  text: string,
  index: number,
  into: Places,
  budget: Budget,
) {
  const waiting = [from];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (has(into, place)) continue;
    spend(budget, 1);
    into.list[into.count] = place;
    into.at[place] = into.count;
    into.count += 1;
    const instruction = program[place];
    if (!instruction) throw new ExpressionError('This pattern cannot be used.');
    if (instruction.op === 'split') waiting.push(instruction.a, instruction.b);
    else if (instruction.op === 'jump') waiting.push(instruction.to);
    else if (instruction.op === 'assert') {
      spend(budget, 4);
      if (instruction.holds(text, index)) waiting.push(place + 1);
    }
  }
}
