import { expect, type Locator, type Page } from '@playwright/test';

type Node = { id: string; type: string; name: string; config?: object };

const places = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Makes a chain of steps over the API, as the person of the page, and answers with its id. */
export async function createChain(page: Page, name: string, nodes: Node[]): Promise<string> {
  const answer = await page.request.post('/api/v2/workflows', {
    data: {
      schema: 1,
      name,
      nodes: nodes.map((node, index) => ({
        key: node.id.replaceAll('-', '_'),
        position: { x: index * 328, y: 0 },
        ...node,
      })),
      edges: nodes.slice(1).map((node, index) => ({
        id: `edge-${index}`,
        source: nodes[index]?.id,
        target: node.id,
      })),
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).id;
}

/** The draft as the server has it. */
export async function draftOf(page: Page, id: string) {
  const answer = await page.request.get(`/api/v2/workflows/${id}`);
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()).definition as {
    name: string;
    nodes: { id: string; name: string; config: Record<string, unknown> }[];
    edges: { source: string; target: string }[];
  };
}

export async function openEditor(page: Page, id: string): Promise<void> {
  await page.goto(`/workflows/${id}`);
  await expectSaved(page);
}

/** "Saved" stands in the header: the server has committed every edit. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

export const canvas = (page: Page) => page.getByRole('region', { name: 'Workflow canvas' });
export const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

/** A step on the canvas, by its name. */
export const step = (page: Page, name: string) =>
  canvas(page).getByRole('group', { name: new RegExp(`^${places(name)}(,|$)`) });

/** The wire between two steps, by their names. */
export const connection = (page: Page, from: string, to: string) =>
  canvas(page).getByRole('group', { name: `Wire from ${from} to ${to}`, exact: true });

/** Shows a step's settings. */
export async function select(page: Page, name: string): Promise<void> {
  await step(page, name).click({ position: { x: 90, y: 20 } });
  await expect(inspector(page).getByRole('textbox', { name: 'Step name' })).toHaveValue(name);
}

/** What stands in a shared text, without the carets of others, and with references as they are written. */
export function textOf(field: Locator): Promise<string> {
  return field.evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
    for (const chip of copy.querySelectorAll<HTMLElement>('[data-text]')) {
      chip.textContent = chip.dataset.text ?? '';
    }
    return copy.textContent ?? '';
  });
}

/** How far a step stands from another, in widths of a card: the same on every screen, whatever its zoom. */
export async function offset(page: Page, from: string, to: string) {
  const [a, b] = await Promise.all([step(page, from).boundingBox(), step(page, to).boundingBox()]);
  if (!a || !b) return undefined;
  const round = (value: number) => Math.round(value * 20) / 20;
  return { x: round((b.x - a.x) / a.width), y: round((b.y - a.y) / a.width) };
}

type Port = 'in' | 'out';

/** Where a step stands when the view has come to rest, for which hovering waits. */
async function restingBox(page: Page, name: string) {
  await step(page, name).hover();
  const box = await step(page, name).boundingBox();
  if (!box) throw new Error(`${name} is not on the screen.`);
  return box;
}

async function portOf(page: Page, name: string, port: Port) {
  const box = await restingBox(page, name);
  return { x: port === 'in' ? box.x : box.x + box.width, y: box.y + box.height / 2 };
}

/** Draws a connection with the mouse. */
export async function connect(page: Page, from: string, to: string): Promise<void> {
  const [start, end] = [await portOf(page, from, 'out'), await portOf(page, to, 'in')];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}

/** Drags a step by a number of pixels on the screen. */
export async function drag(page: Page, name: string, dx: number, dy: number): Promise<void> {
  const box = await restingBox(page, name);
  const [x, y] = [box.x + box.width / 3, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
}

/** Adds a step with the palette that is open: searches and presses Enter. */
export async function chooseStep(page: Page, title: string): Promise<void> {
  const palette = page.getByRole('dialog', { name: 'Add a step' });
  await palette.getByRole('combobox').fill(title);
  await expect(
    palette.getByRole('option', { name: new RegExp(`^${places(title)}`) }),
  ).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
}
