/** The text of a document whose pages can be told apart: a line names each page where there are several. */
export function textOfPages(pages: readonly string[]): string {
  if (pages.length < 2) return pages[0] ?? '';
  return pages
    .map((text, index) => (text === '' ? '' : `[Page ${index + 1}]\n${text}`))
    .filter((text) => text !== '')
    .join('\n\n');
}
