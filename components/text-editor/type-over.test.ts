import { expect, it } from 'vitest';
import { typedOver } from './type-over';

/** The text after braces are typed at `|`, as the editor does it. */
function typed(text: string, braces: number): string {
  let at = text.indexOf('|');
  let doc = text.replace('|', '');
  for (let left = braces; left > 0; left -= 1) {
    const over = typedOver(doc, at);
    if (over === undefined) doc = `${doc.slice(0, at)}}${doc.slice(at)}`;
    at = over ?? at + 1;
  }
  return `${doc.slice(0, at)}|${doc.slice(at)}`;
}

it.each([
  ['{{ run.id| }}', 2, '{{ run.id }}|'],
  ['{{ run.id |}}', 2, '{{ run.id }}|'],
  ['{{ run.id  |}} and more', 2, '{{ run.id  }}| and more'],
  ['{{run.id|}}', 2, '{{run.id}}|'],
  ['{{ | }}', 2, '{{  }}|'],
  ['a {{ x }} b {{ y| }}', 2, 'a {{ x }} b {{ y }}|'],
  // An object inside, and one in a text.
  ['{{ {"a": 1| }}', 1, '{{ {"a": 1}| }}'],
  ['{{ {"a": 1| }}', 3, '{{ {"a": 1} }}|'],
  ['{{ "{" + x| }}', 2, '{{ "{" + x }}|'],
  // Braces of one's own.
  ['{{ run.id|', 2, '{{ run.id}}|'],
  ['{"a": {"b": 1|}}', 1, '{"a": {"b": 1}|}}'],
  ['{{ x }} |}}', 1, '{{ x }} }|}}'],
  ['|}}', 1, '}|}}'],
])('typing over the closing braces: %s', (text, braces, result) => {
  expect(typed(text, braces)).toBe(result);
});
