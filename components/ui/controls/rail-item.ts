/** An item of a rail beside the canvas: an icon over its word. */
export const railItem =
  'flex w-full flex-col items-center gap-0.5 rounded-md px-0.5 py-1.5 text-2xs leading-3.5 text-muted transition-colors duration-100 hover:bg-hover hover:text-fg aria-pressed:bg-active aria-pressed:text-fg [&_svg]:size-4';
