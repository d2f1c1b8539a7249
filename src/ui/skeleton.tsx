import { cx } from './class-names'

/** The shape of what comes; give it the size of the text or picture that it stands for. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('block h-4 animate-pulse rounded-control bg-press', className)} />
}
