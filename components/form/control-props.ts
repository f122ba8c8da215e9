import type { ComponentType } from 'react';
import type { Field } from '@/lib/nodes/node-type/form-fields';
import type { FieldPath } from './host';

export type FieldProps = {
  field: Field;
  value: unknown;
  path: FieldPath;
  /** The same path with rows by index, as problems may name them. */
  indexed: FieldPath;
  /** Draws the fields of a value inside this one. */
  Nested: ComponentType<FormProps>;
};

export type ControlProps = FieldProps & {
  id: string;
  noteId: string | undefined;
  invalid: boolean;
};

export type FormProps = {
  fields: readonly Field[];
  value: Record<string, unknown>;
  /** Path of the object that the fields belong to, by row id and by index. */
  path?: FieldPath;
  indexed?: FieldPath;
  dense?: boolean;
};
