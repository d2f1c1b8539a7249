'use client'

import './globals.css'
import { useEffect, useState } from 'react'
import en from '@/i18n/en/shell.json'
import pl from '@/i18n/pl/shell.json'

type GlobalErrorProps = { error: Error & { digest?: string }; reset: () => void }

/** Stands in for the root layout, so nothing of it can be used here: no theme, no catalogue, no components with words. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  const [words, setWords] = useState(en.error)
  useEffect(() => {
    if (navigator.language.startsWith('pl')) setWords(pl.error)
  }, [])
  return (
    <html lang="en">
      <body>
        <main role="alert" className="flex min-h-dvh flex-col items-center justify-center gap-2 p-6 text-center">
          <h1 className="font-bold text-title">{words.title}</h1>
          <p className="max-w-96 text-ink-2">{words.description}</p>
          {error.digest && <p className="text-ink-3 text-meta">{error.digest}</p>}
          <button
            type="button"
            onClick={reset}
            className="mt-2 h-8 rounded-control border border-line-strong bg-card px-3 font-medium"
          >
            {words.retry}
          </button>
        </main>
      </body>
    </html>
  )
}
