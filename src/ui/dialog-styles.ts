export const scrimStyles =
  'fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0'

export const dialogStyles =
  'fixed inset-x-4 top-1/2 z-50 mx-auto flex max-h-[calc(100dvh-48px)] max-w-120 -translate-y-1/2 flex-col rounded-card border border-line bg-raised shadow-lift outline-none transition-[opacity,scale] ease-out data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0'
