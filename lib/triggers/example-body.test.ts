import { expect, it } from 'vitest';
import { exampleBody, readBodyText, shownBody } from './example-body';

const field = { required: false, default: '' };

it('fills the inputs of a workflow', () => {
  expect(exampleBody([])).toEqual({ hello: 'world' });
  expect(
    exampleBody([
      { ...field, name: 'order', type: 'number' },
      { ...field, name: 'amount', type: 'number', default: '7.5' },
      { ...field, name: 'paid', type: 'boolean' },
      { ...field, name: 'shop', type: 'text' },
      { ...field, name: 'more', type: 'json' },
    ]),
  ).toEqual({ order: 1, amount: 7.5, paid: false, shop: 'Some shop', more: {} });
});

it('reads what people write as JSON, with all digits, or as text', () => {
  expect(readBodyText('{"id":7615917337495251231}')).toEqual({ id: '7615917337495251231' });
  expect(readBodyText('{"a":')).toBe('{"a":');
  expect(shownBody('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(shownBody('hello')).toBe('hello');
});
