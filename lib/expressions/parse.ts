import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { ExpressionError } from './values/expression-error';
import { expressionLimits } from './values/limits';

export type Node = ASTNode;

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  limits: {
    maxAstNodes: 4_000,
    maxDepth: 64,
    maxListElements: 500,
    maxMapEntries: 500,
    maxCallArguments: 16,
  },
});

const parsed = new Map<string, Node>();
/** Characters of the sources whose trees are remembered: a tree is some forty times its source. */
const maxRemembered = 200_000;
let remembered = 0;

/** The syntax tree of a CEL expression; throws `ExpressionError` with the place and reason. */
export function parseExpression(source: string): Node {
  const known = parsed.get(source);
  if (known) return known;
  if (source.length > expressionLimits.sourceLength) {
    throw new ExpressionError(
      `An expression can have at most ${expressionLimits.sourceLength} characters.`,
    );
  }
  if (source.trim() === '')
    throw new ExpressionError('The expression is empty.', { start: 0, end: source.length });
  const node = parseFresh(source);
  remembered += source.length;
  for (const oldest of parsed.keys()) {
    if (remembered <= maxRemembered) break;
    parsed.delete(oldest);
    remembered -= oldest.length;
  }
  parsed.set(source, node);
  return node;
}

function parseFresh(source: string): Node {
  try {
    return environment.parse(source).ast;
  } catch (error) {
    if (error instanceof ParseError) {
      throw new ExpressionError(
        plain(error.summary),
        error.range ?? { start: 0, end: source.length },
      );
    }
    throw new ExpressionError('This is not an expression.', { start: 0, end: source.length });
  }
}

const words: [RegExp, string][] = [
  [/^Unexpected token: EOF$/, 'The expression is incomplete.'],
  [/^Expected ([A-Z_]+), got EOF$/, 'The expression is incomplete.'],
  [/^Exceeded (maxDepth|maxAstNodes).*$/, 'This expression is too complex.'],
  [
    /^Exceeded max(ListElements|MapEntries|CallArguments) \((\d+)\).*$/,
    'At most $2 items are allowed here.',
  ],
  [/^Unexpected character: (.*)$/, 'Unexpected character $1'],
];

function plain(summary: string): string {
  for (const [pattern, text] of words)
    if (pattern.test(summary)) return summary.replace(pattern, text);
  return summary;
}
