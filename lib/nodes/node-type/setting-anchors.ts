import type { Field } from './form-fields';

/** Where the documentation of a step says what a setting is for: `http.query.name` on the page of steps. */
export const settingAnchor = (type: string, names: readonly string[]): string =>
  [type, ...names].join('.');

/** The anchors of all settings of a step, in the order of its form. */
export function settingAnchors(
  type: string,
  fields: readonly Field[],
  above: readonly string[] = [],
): string[] {
  return fields.flatMap(({ name, control }) => {
    const names = [...above, name];
    const inner = control.kind === 'rows' || control.kind === 'object' ? control.fields : [];
    return [settingAnchor(type, names), ...settingAnchors(type, inner, names)];
  });
}
