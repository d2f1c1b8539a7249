import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

/** Our own scale must be named here, or `text-meta` would be taken for a colour and drop `text-ink`. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['meta', 'table', 'body', 'touch', 'title', 'figure'],
      radius: ['control', 'card'],
      shadow: ['lift'],
      container: ['content', 'panel'],
    },
  },
})

/** Class names joined; of two that set the same thing the later one stays. */
export function cx(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
