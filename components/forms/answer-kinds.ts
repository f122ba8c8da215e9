import { choicesOf } from '@/lib/nodes/forms/input-values';
import type { FormField } from '@/lib/triggers/forms/schema';

/** A yes or no that need not be answered: no tick is no. */
export const isTick = ({ type, required }: FormField): boolean => type === 'boolean' && !required;

/** Few choices, all of which can be seen at once. */
export const isRadio = ({ type, required, choices }: FormField): boolean =>
  (type === 'boolean' && required) || (type === 'choice' && choicesOf({ choices }).length <= 5);
