// How each picture of the manual is reached.
import { greeting } from './manual-world.mjs';

const canvas = (page) => page.getByRole('region', { name: 'Workflow canvas' });
const inspector = (page) => page.getByRole('complementary', { name: 'Inspector' });
const step = (page, name) => canvas(page).getByRole('group', { name: new RegExp(`^${name}(,|$)`) });
const dialog = (page) => page.getByRole('dialog').first();

async function edit(page, id) {
  await page.goto(`/workflows/${id}`);
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.mouse.move(640, 740);
}
async function select(page, name) {
  await step(page, name).click({ position: { x: 90, y: 20 } });
  await inspector(page).getByRole('textbox', { name: 'Step name' }).waitFor();
}
const withRoom = async (locator, room) => {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x - room, y: y - room, width: width + 2 * room, height: height + 2 * room };
};

/** By name of the picture: what leads there, and the part of the page that is shown; without one, all of it. */
export const scenes = {
  async workflows({ host }) {
    await host.goto('/workflows');
    await host.getByText('Letters to customers').first().waitFor();
  },
  async 'empty-canvas'({ host }) {
    await host.goto('/workflows');
    await host.getByRole('button', { name: 'New workflow' }).click();
    await host.getByRole('menuitem', { name: 'Blank' }).click();
    await host.getByRole('button', { name: 'Add first step' }).waitFor();
    await host.getByText('Saved', { exact: true }).waitFor();
    await host
      .getByRole('region', { name: 'Templates' })
      .first()
      .waitFor()
      .catch(() => undefined);
  },
  async 'add-step'({ host, call }) {
    const only = { ...greeting, name: 'Greeting 2', nodes: greeting.nodes.slice(0, 1), edges: [] };
    const { id } = await call('POST', '/workflows', only);
    await edit(host, id);
    await canvas(host)
      .getByRole('button', { name: /^Add a step after/ })
      .click();
    await dialog(host).waitFor();
    await host.keyboard.type('out');
    await dialog(host)
      .getByRole('option', { name: /^Output/ })
      .first()
      .waitFor();
  },
  async 'first-run'({ host, ids, start }) {
    await edit(host, ids.greeting);
    await start(ids.greeting, { name: 'Ada' });
    const run = host.getByRole('region', { name: 'Run', exact: true });
    await run.getByText('Hello Ada!').first().waitFor();
  },
  async editor({ host, ids, start }) {
    await host.setViewportSize({ width: 1440, height: 860 });
    await edit(host, ids.sales);
    await start(ids.sales);
    await host
      .getByRole('region', { name: 'Run', exact: true })
      .getByText('Succeeded', { exact: true })
      .first()
      .waitFor();
    await select(host, 'Group and summarise');
  },
  async 'use-value'({ host, ids }) {
    await edit(host, ids.greeting);
    await select(host, 'Output');
    await inspector(host).getByRole('textbox', { name: 'Text', exact: true }).click();
    await host.keyboard.press('Control+End');
    await host.keyboard.type(' {{ ');
    await host.getByRole('listbox').first().waitFor();
    return { x: 560, y: 44, width: 720, height: 520 };
  },
  async 'group-rows'({ host, ids, start }) {
    await edit(host, ids.sales);
    await start(ids.sales);
    await host
      .getByRole('region', { name: 'Run', exact: true })
      .getByText('Succeeded', { exact: true })
      .first()
      .waitFor();
    await select(host, 'Group and summarise');
    await host.keyboard.press('Escape');
    await select(host, 'Group and summarise');
    await inspector(host).getByRole('button', { name: 'Full screen' }).click();
    await host.getByText('sum_revenue').first().waitFor();
  },
  async condition({ host, ids }) {
    await edit(host, ids.refund);
    await select(host, 'Is it large');
    return inspector(host);
  },
  async 'for-each'({ host, ids }) {
    await host.setViewportSize({ width: 1280, height: 520 });
    await edit(host, ids.letters);
    await host.keyboard.press('1');
    return canvas(host);
  },
  async policy({ host, ids }) {
    await host.setViewportSize({ width: 1280, height: 980 });
    await edit(host, ids.refund);
    await select(host, 'Pay back');
    const part = inspector(host).locator('details').last();
    await part.scrollIntoViewIfNeeded();
    await host.evaluate(() =>
      document.querySelector('aside details:last-of-type')?.scrollIntoView({ block: 'end' }),
    );
    return withRoom(part, 12);
  },
  async approval({ host, runs }) {
    await host.goto(`/runs/${runs.refund}`);
    await host.getByRole('button', { name: 'Approve' }).first().waitFor();
  },
  async code({ host, ids }) {
    await edit(host, ids.letters);
    await select(host, 'Count words');
    await inspector(host).getByRole('button', { name: 'Try it' }).click();
    await inspector(host)
      .getByText('longest')
      .last()
      .waitFor()
      .catch(() => undefined);
    return inspector(host);
  },
  async 'read-file'({ host, ids }) {
    await edit(host, ids.sales);
    await select(host, 'Read file');
    const rows = host.getByRole('table', { name: 'First rows' });
    await rows.waitFor();
    await rows.evaluate((element) => element.closest('section')?.scrollIntoView({ block: 'end' }));
    return inspector(host);
  },
  async templates({ host }) {
    await host.goto('/workflows/templates');
    await host.getByText('Debate and judge').first().waitFor();
  },
  async connection({ host }) {
    await host.setViewportSize({ width: 1280, height: 980 });
    await host.goto('/settings/connections');
    await host.getByRole('button', { name: 'Add connection' }).first().click();
    await dialog(host).getByLabel('Name', { exact: true }).fill('shop_api');
    await dialog(host).getByLabel('Hosts').fill('api.example.com');
    await dialog(host)
      .getByLabel(/^Test address/)
      .fill('https://api.example.com/me');
    return withRoom(dialog(host), 24);
  },
  async http({ host, ids }) {
    await host.setViewportSize({ width: 1280, height: 900 });
    await edit(host, ids.refund);
    await select(host, 'Pay back');
    return inspector(host);
  },
  async triggers({ host, ids, call }) {
    await call('POST', `/workflows/${ids.sales}/triggers`, {
      kind: 'schedule',
      name: 'Monday mail',
      config: { cron: '0 9 * * 1', timeZone: 'Europe/Berlin' },
    });
    await call('POST', `/workflows/${ids.sales}/triggers`, {
      kind: 'chat',
      name: 'Ask about sales',
      config: { greeting: 'Ask me about sales.' },
    });
    await edit(host, ids.sales);
    await host
      .getByRole('button', { name: /^Triggers/ })
      .first()
      .click();
    await host.getByText('Monday mail').first().waitFor();
  },
  async 'run-menu'({ host, ids }) {
    await edit(host, ids.sales);
    await host.getByRole('button', { name: 'More run options' }).click();
    await host.getByRole('menuitem', { name: /^Rehearse/ }).waitFor();
    return { x: 820, y: 0, width: 460, height: 300 };
  },
  async runs({ host, start, ids, ended }) {
    await ended((await start(ids.sales, {}, 'rehearsal')).id);
    await host.goto('/runs');
    await host.getByText('Sales by region').first().waitFor();
  },
  async 'run-page'({ host, runs }) {
    await host.goto(`/runs/${runs.sales}`);
    await host.getByText('Succeeded', { exact: true }).first().waitFor();
    await host
      .getByText(/^East: |^North: |^South: |^West: /)
      .first()
      .waitFor()
      .catch(() => undefined);
  },
  async debugger({ host, ids }) {
    await edit(host, ids.sales);
    await select(host, 'Sort');
    await host.keyboard.press('Escape');
    await step(host, 'Sort').click({ position: { x: 90, y: 20 } });
    await host.keyboard.press('b');
    await host.getByRole('button', { name: 'More run options' }).click();
    await host.getByRole('menuitem', { name: /^Debug Live/ }).click();
    await host
      .getByText(/Paused before/)
      .first()
      .waitFor();
  },
  async replay({ host, runs }) {
    await host.goto(`/runs/${runs.sales}`);
    await host.getByRole('button', { name: /^Replay/ }).click();
    await dialog(host).getByText('Start replay').waitFor();
    return withRoom(dialog(host), 24);
  },
  async compare({ host, runs, call, ended }) {
    const settings = {
      sort: { keys: [{ id: 'k', field: 'region', direction: 'ascending', as: 'auto' }] },
    };
    const { id } = await call('POST', `/runs/${runs.sales}/fork`, { settings });
    await ended(id);
    await host.goto(`/runs/compare?a=${runs.sales}&b=${id}`);
    await host.getByText('Steps that differ').first().waitFor();
  },
  async together({ host, guest, ids }) {
    await edit(host, ids.sales);
    await edit(guest, ids.sales);
    await select(guest, 'Group and summarise');
    const box = await canvas(guest).boundingBox();
    await guest.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6, { steps: 5 });
    await host.getByText('Grace').first().waitFor();
  },
  async comment({ host, ids, call }) {
    const { id } = await call('POST', `/workflows/${ids.sales}/comments`, {
      anchor: { kind: 'node', nodeId: 'sort' },
      body: 'Largest first, please: that is what people look for.',
    });
    await call('POST', `/comments/${id}/replies`, { body: 'Done, descending now.' });
    await edit(host, ids.sales);
    await canvas(host)
      .getByRole('button', { name: /omment/ })
      .first()
      .click();
    await host.getByText('Done, descending now.').first().waitFor();
  },
  async history({ host, ids, call }) {
    await call('POST', `/workflows/${ids.sales}/edits`, {
      edits: [{ edit: 'renameNode', id: 'sort', name: 'Largest first' }],
    });
    await edit(host, ids.sales);
    await host.getByRole('button', { name: 'History', exact: true }).click();
    await host.getByText('through the API').first().click();
    await host.getByRole('combobox', { name: 'Compared with' }).click();
    await host
      .getByRole('option', { name: /^Version 1/ })
      .first()
      .click();
    await host.getByRole('tab', { name: 'Differences' }).click();
    await host.getByText('Largest first').first().waitFor();
  },
  async invite({ host }) {
    await host.goto('/settings/members');
    await host.getByRole('button', { name: 'Invite' }).click();
    await dialog(host).getByLabel('Email').fill('alan@example.com');
    await dialog(host).getByRole('button', { name: 'Create link' }).click();
    await host.getByLabel('Invitation link').waitFor();
    return withRoom(dialog(host), 24);
  },
  async agent({ host, call }) {
    const { items } = await call('GET', '/agents');
    await host.goto(`/agents/${items[0].id}`);
    await host.getByLabel('Instructions').waitFor();
  },
  async models({ host }) {
    await host.goto('/settings/models');
    await host.getByText('Anthropic').first().waitFor();
  },
  async chat({ host, call }) {
    const { items } = await call('GET', '/agents');
    const { id } = await call('POST', '/threads', { agentId: items[0].id });
    await call('POST', `/threads/${id}/messages`, {
      text: 'Which region should we look at first?',
    });
    await host.goto(`/chat/${id}`);
    await host.getByRole('button', { name: 'Copy answer' }).first().waitFor();
  },
};
