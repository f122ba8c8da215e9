import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { cardOf, openEditor } from '@/components/testing/editor';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';

const definition = templateDefinition(approval);

type Opened = Awaited<ReturnType<typeof openEditor>>;

/** Opens the palette at the `+` of an output and chooses a step there. */
async function add({ user }: Opened, after: string, port: string, step: string, branch = false) {
  fireEvent.click(within(cardOf(after)).getByLabelText(`Add a step after ${port}`));
  const palette = within(await screen.findByRole('dialog', { name: 'Add a step' }));
  if (branch) await user.click(palette.getByRole('radio', { name: 'As a branch' }));
  const [found] = await palette.findAllByRole('option', { name: new RegExp(`^${step}`) });
  if (found) await user.click(found);
}

/** The wires at steps that the template did not have, by names. */
function newWires({ room }: Opened): string[] {
  const { nodes, edges } = room.read();
  const known = new Set(definition.nodes.map(({ id }) => id));
  const name = (id: string) => (known.has(id) ? id : (nodes.find((n) => n.id === id)?.type ?? id));
  return edges
    .filter(({ source, target }) => !known.has(source) || !known.has(target))
    .map(({ source, sourcePort, target }) => `${name(source)}:${sourcePort} > ${name(target)}`)
    .sort();
}

test('puts a step between an output and what follows it, in one step to undo', async () => {
  const opened = await openEditor(definition);
  await add(opened, 'check', 'Out', 'Human approval');
  await expect
    .poll(() => newWires(opened))
    .toEqual(['approval:approved > size', 'check:out > approval']);
  expect(opened.room.read().edges).toHaveLength(definition.edges.length + 1);
  fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
  await expect.poll(() => opened.room.read().edges).toEqual(definition.edges);
});

test('puts a step before all that an output leads to', async () => {
  const more = { id: 'more', source: 'check', sourcePort: 'out', target: 'ask', targetPort: 'in' };
  const opened = await openEditor({ ...definition, edges: [...definition.edges, more] });
  fireEvent.click(within(cardOf('check')).getByLabelText('Add a step after Out'));
  await screen.findByRole('radio', { name: 'Before 2 steps' });
  fireEvent.keyDown(screen.getByRole('dialog', { name: 'Add a step' }), { key: 'Escape' });
  await add(opened, 'check', 'Out', 'Filter');
  await expect
    .poll(() => newWires(opened))
    .toEqual(['check:out > filter', 'filter:out > ask', 'filter:out > size']);
});

test('adds a branch where that is chosen, or nothing can follow the step', async () => {
  const opened = await openEditor(definition);
  await add(opened, 'check', 'Out', 'Filter', true);
  await expect.poll(() => newWires(opened)).toEqual(['check:out > filter']);
  await add(opened, 'start', 'Out', 'Stop');
  await expect.poll(() => newWires(opened)).toEqual(['check:out > filter', 'start:out > stop']);
  for (const edge of definition.edges) expect(opened.room.read().edges).toContainEqual(edge);
});
