import type { ReactNode } from 'react'
import { cx } from './class-names'
import { type Tone, toneFill } from './tones'

type BadgeProps = { children: ReactNode; tone?: Tone; icon?: ReactNode; title?: string; className?: string }

/** A word about a thing. The word says it all; the colour only helps to find it. */
export function Badge({ children, tone = 'neutral', icon, title, className }: BadgeProps) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-5 max-w-full items-center gap-1 rounded-[4px] px-1.5 font-medium text-meta [&_svg]:size-3 [&_svg]:shrink-0 [&_svg]:stroke-2',
        toneFill[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  )
}
