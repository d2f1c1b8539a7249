/** One look and one movement for whatever opens over the page: menus, lists, popovers. */
export const popupStyles =
  'max-h-(--available-height) origin-(--transform-origin) overflow-y-auto rounded-card border border-line bg-raised text-ink shadow-lift outline-none transition-[opacity,scale] duration-100 ease-out data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0'

/** One row of a menu or a list. */
export const popupItemStyles =
  'flex min-h-8 cursor-default select-none items-center gap-2 rounded-control px-2 py-1 text-body text-ink outline-none data-disabled:opacity-50 data-highlighted:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.75]'
