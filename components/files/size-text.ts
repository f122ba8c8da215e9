/** A file's size for people: `340 KB`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  const kilobytes = bytes / 1_024;
  if (kilobytes < 1_000) return `${Math.max(1, Math.round(kilobytes))} KB`;
  return `${(kilobytes / 1_024).toFixed(1)} MB`;
}
