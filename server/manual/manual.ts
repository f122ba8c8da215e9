import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { manualGroups } from '@/lib/manual/groups';
import { type ManualPage, readPage } from '@/lib/manual/read-page';

/** In the pages' bundle a module does not know its folder; there the product's own is the working directory. */
const manualFolder = (): string =>
  import.meta.dirname === undefined
    ? join(/* turbopackIgnore: true */ process.cwd(), 'docs/manual')
    : join(import.meta.dirname, '../../docs/manual');

const sizesSchema = z.record(
  z.string(),
  z.strictObject({ width: z.number().int(), height: z.number().int() }),
);
export type PictureSizes = z.infer<typeof sizesSchema>;

let pages: readonly ManualPage[] | undefined;
let sizes: PictureSizes | undefined;

/** The pages of the manual in the order in which they are read, from the files that came with this version. */
export function manualPages(): readonly ManualPage[] {
  const folder = manualFolder();
  pages ??= readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readPage(name.slice(0, -'.md'.length), readFileSync(join(folder, name), 'utf8')))
    .sort(
      (a, b) => manualGroups.indexOf(a.group) - manualGroups.indexOf(b.group) || a.order - b.order,
    );
  return pages;
}

/** Widths and heights of the pictures, so that nothing jumps while they load. */
export function pictureSizes(): PictureSizes {
  const file = join(manualFolder(), 'pictures.json');
  sizes ??= sizesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return sizes;
}
