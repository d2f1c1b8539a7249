import type { ReactNode } from 'react'
import { cx } from './class-names'

type EmptyStateProps = {
  icon?: ReactNode
  /** One line: what is not here. */
  title: string
  /** One more, when the next step needs it. */
  description?: ReactNode
  /** One button. */
  action?: ReactNode
  className?: string
}

export function EmptyState({ icon, title, description, action, className }: EmptyStateProps) {
  return (
    <div className={cx('flex flex-col items-center gap-1 px-6 py-14 text-center', className)}>
      {icon && <div className="mb-2 text-ink-3 [&_svg]:size-6 [&_svg]:stroke-[1.5]">{icon}</div>}
      <p className="font-medium text-ink">{title}</p>
      {description && <p className="max-w-96 text-ink-2 text-table">{description}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}
