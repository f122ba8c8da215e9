import { expect, it } from 'vitest';
import { render } from '@/lib/expressions/render';
import { renderHtml, textOfHtml } from './render-html';

const scope = { rows: [{ who: '<b>Ada</b>', sum: 2 }], name: '<i>Bob</i>' };
const html = (template: string) =>
  renderHtml(template, { render: async (piece) => render(piece, scope) });

it('draws tables in HTML, and lets nothing in them or beside them be a tag', async () => {
  const made = await html('<p>{{ name }}</p>{{ table(rows) }}{{ rows.table(["sum"]) }}');
  expect(made.match(/<table /g)).toHaveLength(2);
  expect(made).toContain('<p>&lt;i&gt;Bob&lt;/i&gt;</p>');
  expect(made).toContain('&lt;b&gt;Ada&lt;/b&gt;');
  expect(made).not.toMatch(/<[bi]>/);
  expect(textOfHtml(made)).toContain('<b>Ada</b>  2');
});

it('escapes a table that is only a part of a value', async () => {
  expect(await html('{{ htmlTable(rows) + name }}')).not.toContain('<');
});
