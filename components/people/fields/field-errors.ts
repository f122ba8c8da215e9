import { ApiError } from '@/components/data/call';

/**
 * What the server said about single fields of a body, by their names; and what it said about the whole where it
 * named no field of the form.
 */
export function fieldErrors(
  error: unknown,
  fields: readonly string[],
): { byField: Record<string, string>; whole: string | undefined } {
  if (!(error instanceof Error)) return { byField: {}, whole: undefined };
  const details = ApiError.isInstance(error) ? error.details : undefined;
  const issues = (details as { issues?: { path: string; message: string }[] } | undefined)?.issues;
  const byField: Record<string, string> = {};
  for (const { path, message } of issues ?? []) {
    const field = fields.find((name) => path === `body.${name}`);
    if (field && byField[field] === undefined) byField[field] = sentence(message);
  }
  return Object.keys(byField).length > 0
    ? { byField, whole: undefined }
    : { byField, whole: error.message };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/\.\.$/, '.');
}
