/** What may be chosen: separated by commas, or one on each line where there are several lines. */
export function choicesOf({ choices = '' }: { choices?: string }): string[] {
  const parts = choices.split(choices.trim().includes('\n') ? '\n' : ',');
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/** Whether a text is a day of the calendar, as 2026-11-30. */
export function isDate(text: string): boolean {
  const [, years = '', months = '', days = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const [year, month, day] = [Number(years), Number(months), Number(days)];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return last !== undefined && day >= 1 && day <= last;
}

/** Whether a text looks like an address that mail can be sent to. */
export const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>"]{1,64}@[^\s@<>".]+(\.[^\s@<>".]+)+$/.test(text);
