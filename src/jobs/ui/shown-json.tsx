import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

type FoldProps = { label: ReactNode; open?: boolean; children: ReactNode }

/** Something long that is opened by who wants to read it. */
export function Fold({ label, open = false, children }: FoldProps) {
  return (
    <details open={open} className="group min-w-0">
      <summary className="cursor-pointer rounded-control text-ink-2 text-table hover:text-ink">{label}</summary>
      <div className="mt-1">{children}</div>
    </details>
  )
}

export function ShownJson({ value }: { value: { text: string; cut: boolean } }) {
  const t = useTranslations('jobs')
  return (
    <>
      <Preformatted label={t('json')}>{value.text}</Preformatted>
      {value.cut && <p className="text-ink-3 text-meta">{t('cut')}</p>}
    </>
  )
}

type ShownErrorProps = { error: { name: string; message: string; stack: string } }

export function ShownError({ error }: ShownErrorProps) {
  const t = useTranslations('jobs')
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="break-words text-bad-ink text-table">{error.message || error.name}</p>
      {error.stack && (
        <Fold label={t('stack')}>
          <Preformatted label={t('stack')}>{error.stack}</Preformatted>
        </Fold>
      )}
    </div>
  )
}

function Preformatted({ label, children }: { label: string; children: string }) {
  return (
    // Scrolls by itself, so the keyboard must reach it.
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must take the focus (WCAG 2.1.1)
      tabIndex={0}
      aria-label={label}
      className="max-h-80 overflow-auto rounded-control border border-line bg-well p-2"
    >
      <pre className="font-mono text-meta">{children}</pre>
    </section>
  )
}
