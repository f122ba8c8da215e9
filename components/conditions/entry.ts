import type { Suggest } from '@/components/text-editor/completion';

/** How values are entered: not at all, or with the names that a form knows. */
export type Entry = {
  readOnly: boolean;
  suggest?: Suggest | undefined;
  /** A value as it is written here. */
  example?: string;
};
