import type { Operand } from '@/lib/expressions/conditions/conditions';

export type Kind = Operand['kind'];

export const kinds: { value: Exclude<Kind, 'list'>; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'True/false' },
  { value: 'expression', label: 'Value' },
];

/** Numbers as people write them. With a zero before other digits it is a code. */
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** What is typed, as a number where it reads as one that is kept exactly, else as text. */
export function guessed(typed: string): Operand {
  const text = typed.trim();
  const value = Number(text);
  const exact = number.test(text) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return exact ? { kind: 'number', number: value } : { kind: 'text', text: typed };
}

/** What is typed, as a value of a kind. */
export function ofKind(kind: Kind, typed: string): Operand {
  switch (kind) {
    case 'text':
      return { kind, text: typed };
    case 'number': {
      const value = Number(typed.trim().replace(',', '.'));
      return { kind, number: Number.isFinite(value) ? value : 0 };
    }
    case 'boolean':
      return { kind, boolean: typed === 'true' };
    case 'list':
      return { kind, items: itemsOf(typed) };
    case 'expression':
      return { kind, source: typed };
  }
}

/** A list as people type it, with commas. */
export function itemsOf(typed: string): (string | number | boolean)[] {
  return typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const operand = guessed(part);
      return operand.kind === 'number' ? operand.number : part;
    });
}

export function shownText(operand: Operand): string {
  switch (operand.kind) {
    case 'text':
      return operand.text;
    case 'number':
      return String(operand.number);
    case 'boolean':
      return String(operand.boolean);
    case 'list':
      return operand.items.map(String).join(', ');
    case 'expression':
      return operand.source;
  }
}
