import { parseExpression } from '../parse';

/**
 * The expression that gives the HTML of a table, where the whole of one is `table(…)` or `htmlTable(…)`, which escape what
 * they hold; undefined for any other.
 */
export function asHtmlTable(expression: string): string | undefined {
  try {
    const node = parseExpression(expression);
    if (node.op === 'call') {
      const [name] = node.args;
      if (name === 'htmlTable') return expression;
      return name === 'table' ? expression.replace(/^(\s*)table/, '$1htmlTable') : undefined;
    }
    if (node.op !== 'rcall') return undefined;
    const [name, receiver] = node.args;
    if (name === 'htmlTable') return expression;
    if (name !== 'table') return undefined;
    const behind = expression.slice(receiver.end);
    return expression.slice(0, receiver.end) + behind.replace(/\btable\b/, 'htmlTable');
  } catch {
    return undefined;
  }
}
