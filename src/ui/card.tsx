import type { ReactNode } from 'react'
import { cx } from './class-names'

type CardProps = {
  title?: ReactNode
  /** Beside the title, at the end of its line. */
  actions?: ReactNode
  /** One quiet sentence under the title. */
  hint?: ReactNode
  footer?: ReactNode
  /** No inner space: for a table that reaches the edges. */
  flush?: boolean
  className?: string
  children: ReactNode
}

export function Card({ title, actions, hint, footer, flush = false, className, children }: CardProps) {
  return (
    <section className={cx('min-w-0 rounded-card border border-line bg-card [--ground:var(--card)]', className)}>
      {(title || actions) && (
        <header className={cx('flex items-start justify-between gap-3 px-4 pt-3', flush && 'pb-2')}>
          <div className="min-w-0">
            {title && <h2 className="font-bold text-body">{title}</h2>}
            {hint && <p className="text-ink-3 text-meta">{hint}</p>}
          </div>
          {actions && <div className="flex shrink-0 items-center gap-1">{actions}</div>}
        </header>
      )}
      <div className={flush ? undefined : 'px-4 py-3'}>{children}</div>
      {footer && <footer className="border-line border-t px-4 py-2 text-ink-3 text-meta">{footer}</footer>}
    </section>
  )
}
