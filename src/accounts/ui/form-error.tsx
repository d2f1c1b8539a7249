import { CircleAlert } from 'lucide-react'

/** What belongs to no single field. Always in the page, so that a screen reader hears it appear. */
export function FormError({ error }: { error: string | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {error && (
        <p className="flex items-start gap-2 rounded-control bg-bad-fill px-3 py-2 text-bad-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      )}
    </div>
  )
}
