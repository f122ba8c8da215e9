import { type Budget, spend } from './budget';
import { ExpressionError } from './expression-error';
import { compilePattern, type Instruction } from './pattern-parse';

/**
 * Whether a regular expression fits somewhere in a text. Simulates all ways at once (Thompson 1968, as in RE2),
 * so that no pattern takes more than length × pattern size: JavaScript's own engine can take for ever.
 */
export function matchesPattern(text: string, pattern: string, budget: Budget): boolean {
  const program = compilePattern(pattern);
  let current = new Set<number>();
  for (let index = 0; index <= text.length; index++) {
    follow(program, 0, text, index, current, budget);
    const next = new Set<number>();
    const character = text.charCodeAt(index);
    for (const place of current) {
      const instruction = program[place];
      if (instruction?.op === 'match') return true;
      if (instruction?.op === 'character' && index < text.length && instruction.fits(character)) {
        follow(program, place + 1, text, index + 1, next, budget);
      }
    }
    current = next;
  }
  return [...current].some((place) => program[place]?.op === 'match');
}

function follow(
  program: Instruction[],
  from: number,
  text: string,
  index: number,
  into: Set<number>,
  budget: Budget,
) {
  const waiting = [from];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (into.has(place)) continue;
    spend(budget, 1);
    into.add(place);
    const instruction = program[place];
    if (!instruction) throw new ExpressionError('This pattern cannot be used.');
    if (instruction.op === 'split') waiting.push(instruction.a, instruction.b);
    else if (instruction.op === 'jump') waiting.push(instruction.to);
    else if (instruction.op === 'assert' && instruction.holds(text, index)) waiting.push(place + 1);
  }
}
