'use client'

type PlainErrorProps = {
  title: string
  description: string
  retry: string
  code: string | undefined
  onRetry: () => void
}

/** The error page. Every page carries it, so it stands on nothing: no icons, no other component. */
export function PlainError({ title, description, retry, code, onRetry }: PlainErrorProps) {
  return (
    <div role="alert" className="flex min-h-[60dvh] flex-col items-center justify-center gap-1 p-6 text-center">
      <h1 className="font-bold text-title">{title}</h1>
      <p className="max-w-96 text-ink-2">{description}</p>
      {code && <p className="figures text-ink-3 text-meta">{code}</p>}
      <button
        type="button"
        onClick={onRetry}
        className="control-height mt-3 rounded-control border border-line-strong bg-card px-3 font-medium hover:bg-well"
      >
        {retry}
      </button>
    </div>
  )
}
