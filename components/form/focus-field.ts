import { focusSoon } from '@/components/ui/focus-soon';
import type { DraftNode } from '@/lib/canvas/graph';

/** Time for a list to close, which gives the focus back, and for the step's settings to open. */
const openingMs = 80;
const editable = '.cm-content, input, textarea, button[role="combobox"], button';

/** A problem's field as the form names it: rows by their id. */
export function fieldOf(node: DraftNode | undefined, path: readonly (string | number)[]): string {
  const [field, row, ...rest] = path;
  const rows = node?.config[String(field)];
  const item = typeof row === 'number' && Array.isArray(rows) ? rows[row] : undefined;
  const id = (item as { id?: unknown } | undefined)?.id;
  return [field, ...(row === undefined ? [] : [typeof id === 'string' ? id : row]), ...rest].join(
    '.',
  );
}

/** Calls with a field of the inspector once it is there. */
export function whenShown(field: string, then: (element: HTMLElement) => void, tries = 60): void {
  setTimeout(() => {
    const element = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
    if (!element) {
      if (tries > 0) whenShown(field, then, tries - 1);
      return;
    }
    // A field under "More settings" shows when its section opens.
    const details = element.closest('details');
    if (details) details.open = true;
    element.scrollIntoView({ block: 'nearest' });
    then(element);
  }, openingMs);
}

/**
 * Puts the caret into a field of the inspector, once it is there: unless the person does something else before, such as
 * open a menu, which would close as it loses the focus.
 */
export function focusField(field: string): void {
  const overtaken = new AbortController();
  for (const deed of ['pointerdown', 'keydown']) {
    document.addEventListener(deed, () => overtaken.abort(), {
      ...{ capture: true, once: true, signal: overtaken.signal },
    });
  }
  whenShown(field, (element) => {
    if (overtaken.signal.aborted) return;
    overtaken.abort();
    element.querySelector<HTMLElement>(editable)?.focus({ preventScroll: true });
  });
}

/** Puts the focus onto the first of what the inspector shows, once it is open. */
export function focusSettings(): void {
  focusSoon(() => {
    const panel = document.querySelector<HTMLElement>('[data-inspector] [role="tabpanel"]');
    const field = panel?.querySelector<HTMLElement>('[data-field]') ?? panel;
    return field?.querySelector<HTMLElement>(editable);
  }, openingMs);
}
