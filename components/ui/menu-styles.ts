/** Shared looks of dropdown and context menus. */
export const menuContent =
  'z-50 min-w-44 max-w-80 animate-in overflow-y-auto rounded-lg border border-border-strong bg-raised p-1 shadow-pop';
export const menuItem =
  'flex h-7 select-none items-center gap-2 rounded-md px-2 text-sm text-fg outline-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-muted';
export const menuDanger = 'text-danger [&_svg]:text-danger';
export const menuLabel = 'px-2 pt-1.5 pb-1 text-2xs font-medium text-faint';
export const menuSeparator = '-mx-1 my-1 h-px bg-border';
