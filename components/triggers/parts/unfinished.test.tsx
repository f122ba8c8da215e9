import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openEditor } from '@/components/testing/editor';
import { idOf, sampleMoment } from '@/components/testing/sample';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import { createTrigger, listTriggers, type Trigger } from '@/lib/triggers/contract';
import { formConfigSchema } from '@/lib/triggers/forms/schema';

const definition = templateDefinition(approval);

const sheet = async () => within(await screen.findByRole('dialog', { name: 'Triggers' }));

test('a new form that was not turned on stays on the start step, with what was typed', async () => {
  api.usually(listTriggers, { items: [] });
  const { user } = await openEditor(definition);
  await user.click(await screen.findByRole('button', { name: 'Triggers' }));
  await user.click(await (await sheet()).findByRole('button', { name: 'Add form' }));
  await user.type(await (await sheet()).findByRole('textbox', { name: 'Title' }), 'Ask us');
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByRole('dialog', { name: 'Triggers' })).toBeNull();

  // By mouse: the chip stands on the canvas, where one does not tab.
  fireEvent.click(await screen.findByLabelText('Finish the form'));
  const title = await (await sheet()).findByRole<HTMLInputElement>('textbox', { name: 'Title' });
  expect(title.value).toBe('Ask us');

  const made: Trigger = {
    ...{ id: idOf(35), workflowId: idOf(1), name: 'Ask us', enabled: true, problems: [] },
    ...{ createdAt: sampleMoment, lastAt: null, lastRun: null, kind: 'form' },
    config: formConfigSchema.parse({ title: 'Ask us' }),
  };
  api.on(createTrigger, { trigger: made });
  await user.click((await sheet()).getByRole('button', { name: 'Turn on' }));
  await expect.poll(() => screen.queryByLabelText('Finish the form')).toBeNull();
});

test('a trigger that was begun and is not wanted is discarded', async () => {
  api.usually(listTriggers, { items: [] });
  const { user } = await openEditor(definition);
  await user.click(await screen.findByRole('button', { name: 'Triggers' }));
  await user.click(await (await sheet()).findByRole('button', { name: 'Add schedule' }));
  await user.click(await (await sheet()).findByRole('button', { name: 'All triggers' }));
  const begun = within(await (await sheet()).findByRole('list', { name: 'Not turned on yet' }));
  expect(begun.getByText('New schedule, not turned on yet')).toBeTruthy();
  await user.click(begun.getByRole('button', { name: 'Discard' }));
  expect(screen.queryByLabelText('Finish the schedule')).toBeNull();
});
