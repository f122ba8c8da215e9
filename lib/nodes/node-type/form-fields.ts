import { z } from 'zod';
import { at } from '@/lib/values/unknown';
import { shapeOf } from '@/lib/values/zod-parts';
import { sharedTextWidgets } from './define-node';

export type Columns = 'rows' | 'others' | 'table';

/** How one value of a config is edited. */
export type Control =
  /**
   * `condition`: an expression that is true or false, which is shown as rows where it can be; `ofRow`: it is worked out for
   * each row of a list.
   */
  | { kind: 'shared-text'; widget: string; condition?: true; ofRow?: true }
  /** `columns`: the name of a column of these: of the rows that another setting names, or of the chosen table. */
  | { kind: 'string'; maxLength?: number; inputType?: 'date' | 'email'; columns?: Columns }
  | { kind: 'number'; integer: boolean; min?: number; max?: number }
  | { kind: 'boolean' }
  /** `asWritten`: somebody wrote the options for people, and they are shown so. */
  | {
      kind: 'select';
      options: string[];
      labels?: Readonly<Record<string, string>>;
      asWritten?: true;
      /** A few options that all show at once. */
      segments?: true;
    }
  /** `chips`: each row is a name alone, of one of these. */
  | { kind: 'rows'; fields: Field[]; chips?: 'skills' | 'tools' }
  | { kind: 'object'; fields: Field[] }
  | { kind: 'record' }
  | { kind: 'agent' }
  | { kind: 'person' }
  | { kind: 'workflow' }
  /** `kinds`: those that will do; all where it is absent. */
  | { kind: 'connection'; kinds?: string[] }
  | { kind: 'table' }
  | { kind: 'tool' }
  | { kind: 'model' }
  | { kind: 'file' }
  | { kind: 'json' };

/** One setting of a form, read from its zod schema and its meta. */
export type Field = {
  name: string;
  title: string;
  description?: string;
  /** What it is for, where the form itself needs no sentence: for the manual and its “?”. */
  help?: string;
  placeholder?: string;
  required: boolean;
  /** Shown below a fold. */
  advanced: boolean;
  /** Shown only while another field of the same object has one of these values. */
  when?: { field: string; is: unknown[] };
  /** A name for expressions: made from what is typed in this other field, until somebody writes it otherwise. */
  follows?: string;
  /** The schema's default, where it has one. */
  fallback?: unknown;
  control: Control;
};

type Meta = {
  title?: string;
  description?: string;
  help?: string;
  widget?: string;
  merge?: string;
  condition?: boolean;
  names?: readonly string[];
  chips?: 'skills' | 'tools';
  columns?: Columns;
  kinds?: readonly string[];
  placeholder?: string;
  advanced?: boolean;
  /** What people read for values of a choice. */
  labels?: Readonly<Record<string, string>>;
  when?: { field: string; is: unknown };
  follows?: string;
};

/** Schema definitions as this file reads them: zod's own types name each kind apart. */
type Def = {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  entries?: Record<string, string | number>;
  values?: unknown[];
  shape?: Record<string, z.ZodType>;
  defaultValue?: unknown;
};

const wrappers = [
  'optional',
  'nullable',
  'default',
  'prefault',
  'readonly',
  'nonoptional',
  'catch',
];

const defOf = (schema: z.ZodType) => schema.def as unknown as Def;

/** Takes off wrappers; meta nearer to the outside wins. */
function unwrap(schema: z.ZodType) {
  let current = schema;
  let meta: Meta = {};
  let required = true;
  let fallback: unknown;
  for (;;) {
    meta = { ...(current.meta() as Meta | undefined), ...meta };
    const def = defOf(current);
    const inner = def.type === 'pipe' ? def.in : def.innerType;
    if (!inner || (def.type !== 'pipe' && !wrappers.includes(def.type))) break;
    if (def.type === 'default' || def.type === 'prefault') fallback ??= def.defaultValue;
    if (def.type !== 'readonly' && def.type !== 'pipe') required = false;
    current = inner;
  }
  return { schema: current, meta, required, fallback };
}

/** `maxLength` or `api_key` as people read it: "Max length", "Api key". */
export function humanise(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function enumOptions(def: Def): string[] | undefined {
  if (def.type === 'enum') return Object.values(def.entries ?? {}).map(String);
  if (def.type === 'union' && def.options?.every((option) => defOf(option).type === 'literal')) {
    return def.options.flatMap((option) => (defOf(option).values ?? []).map(String));
  }
  return undefined;
}

const pickers = [
  ...(['agent', 'person', 'model', 'file', 'workflow', 'connection', 'table', 'tool'] as const),
] as const;
const isPicker = (widget: string | undefined): widget is (typeof pickers)[number] =>
  pickers.some((picker) => picker === widget);

function controlOf(schema: z.ZodType, meta: Meta): Control {
  const def = defOf(schema);
  const { merge } = meta;
  const widget = meta.widget ?? (merge === 'text' ? 'text' : undefined);
  if (widget && sharedTextWidgets.includes(widget)) {
    return {
      ...{ kind: 'shared-text', widget },
      ...(meta.condition ? { condition: true } : {}),
      ...(meta.names?.includes('row') ? { ofRow: true } : {}),
    };
  }
  if (widget === 'connection' && meta.kinds) return { kind: widget, kinds: [...meta.kinds] };
  if (isPicker(widget)) return { kind: widget };
  const options = enumOptions(def);
  if (options) {
    const labels = meta.labels ? { labels: meta.labels } : {};
    return {
      kind: 'select',
      options,
      ...labels,
      ...(widget === 'segments' ? { segments: true } : {}),
    };
  }
  switch (def.type) {
    case 'string': {
      const maxLength = at(schema, 'maxLength');
      return {
        kind: 'string',
        ...(typeof maxLength === 'number' ? { maxLength } : {}),
        ...(meta.columns ? { columns: meta.columns } : {}),
      };
    }
    case 'number': {
      if (!(schema instanceof z.ZodNumber)) return { kind: 'json' };
      const { minValue: min, maxValue: max } = schema;
      return {
        kind: 'number',
        integer: schema.format === 'safeint' || schema.isInt,
        ...(min !== null && min > Number.MIN_SAFE_INTEGER ? { min } : {}),
        ...(max !== null && max < Number.MAX_SAFE_INTEGER ? { max } : {}),
      };
    }
    case 'boolean':
      return { kind: 'boolean' };
    case 'object':
      return schema instanceof z.ZodObject
        ? { kind: 'object', fields: fieldsOf(schema) }
        : { kind: 'json' };
    case 'array': {
      const element = def.element && unwrap(def.element).schema;
      if (element instanceof z.ZodObject) {
        const fields = fieldsOf(element).filter((field) => field.name !== 'id');
        return { kind: 'rows', fields, ...(meta.chips ? { chips: meta.chips } : {}) };
      }
      return { kind: 'json' };
    }
    case 'record':
      return widget === 'record' || isTextRecord(schema) ? { kind: 'record' } : { kind: 'json' };
    default:
      return { kind: 'json' };
  }
}

function isTextRecord(schema: z.ZodType): boolean {
  const value = defOf(schema).valueType;
  return value !== undefined && defOf(unwrap(value).schema).type === 'string';
}

/** The fields of an object schema in the order in which it declares them. */
export function fieldsOf(schema: z.ZodObject): Field[] {
  return Object.entries(shapeOf(schema)).map(([name, given]) => {
    const { schema: inner, meta, required, fallback } = unwrap(given);
    return {
      name,
      title: meta.title ?? humanise(name),
      required,
      advanced: meta.advanced ?? false,
      control: controlOf(inner, meta),
      ...(meta.description ? { description: meta.description } : {}),
      ...(meta.help ? { help: meta.help } : {}),
      ...(meta.placeholder ? { placeholder: meta.placeholder } : {}),
      ...(meta.when ? { when: { field: meta.when.field, is: [meta.when.is].flat() } } : {}),
      ...(meta.follows ? { follows: meta.follows } : {}),
      ...(fallback === undefined ? {} : { fallback }),
    };
  });
}

/** An empty value for a new row: what the schema's defaults and kinds say, without its id. */
export function emptyRow(fields: readonly Field[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.fallback ?? emptyValue(field);
    if (value !== undefined) row[field.name] = value;
  }
  return row;
}

function emptyValue(field: Field): unknown {
  switch (field.control.kind) {
    case 'shared-text':
      return '';
    case 'string':
      return field.required ? '' : undefined;
    case 'select':
      return field.required ? field.control.options[0] : undefined;
    case 'boolean':
      return field.required ? false : undefined;
    case 'rows':
      return [];
    case 'object':
      return field.required ? emptyRow(field.control.fields) : undefined;
    case 'record':
      return field.required ? {} : undefined;
    case 'number':
    case 'agent':
    case 'person':
    case 'workflow':
    case 'connection':
    case 'table':
    case 'tool':
    case 'model':
    case 'file':
    case 'json':
      return undefined;
  }
}
