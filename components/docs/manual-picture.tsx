export type Pictures = Record<string, { width: number; height: number }>;

/** A picture of the product in the theme that is on; the other one is not loaded. */
export function ManualPicture({
  name,
  alt,
  pictures,
}: {
  name: string;
  alt: string;
  pictures: Pictures;
}) {
  const size = pictures[name];
  return (['light', 'dark'] as const).map((theme) => (
    // biome-ignore lint/performance/noImgElement: pictures are made in the size in which they are shown
    <img
      key={theme}
      src={`/manual/${name}-${theme}.webp`}
      alt={alt}
      width={size?.width}
      height={size?.height}
      loading="lazy"
      decoding="async"
      className={`h-auto max-w-full rounded-lg border ${theme === 'dark' ? 'hidden dark:block' : 'dark:hidden'}`}
    />
  ));
}
