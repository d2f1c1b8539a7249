import { cx } from './class-names'
import { type Tone, toneMark } from './tones'

export type StatusShape = 'full' | 'triangle' | 'ring' | 'half'

const shapes: Record<StatusShape, string> = {
  full: 'M8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9z',
  triangle: 'M8 2.8 13.6 12.6H2.4z',
  half: 'M8 3.5v9a4.5 4.5 0 0 1 0-9z',
  ring: '',
}

type StatusDotProps = {
  tone: Tone
  /** Full: runs. Triangle: needs somebody. Ring: at rest. Half: under way. The shape speaks where colour cannot. */
  shape?: StatusShape
  /** The word that says the status. */
  label: string
  /** Keep the word for screen readers and the tooltip only, where the column's neighbour says it. */
  quiet?: boolean
  className?: string
}

export function StatusDot({ tone, shape = 'full', label, quiet = false, className }: StatusDotProps) {
  return (
    <span title={quiet ? label : undefined} className={cx('inline-flex items-center gap-1.5 align-middle', className)}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className={cx('size-4 shrink-0 fill-current', toneMark[tone])}>
        {shape === 'ring' || shape === 'half' ? (
          <circle
            cx="8"
            cy="8"
            r="4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.25"
            strokeDasharray={shape === 'ring' ? '2 1.6' : undefined}
          />
        ) : null}
        <path d={shapes[shape]} />
      </svg>
      <span className={quiet ? 'sr-only' : undefined}>{label}</span>
    </span>
  )
}
