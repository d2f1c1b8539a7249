'use client'

import './globals.css'
import { useEffect, useState } from 'react'
import en from '@/i18n/en/crash.json'
import pl from '@/i18n/pl/crash.json'
import { PlainError } from '@/ui/plain-error'

type GlobalErrorProps = { error: Error & { digest?: string }; reset: () => void }

/** Stands in for the root layout, so nothing of it can be used here: no theme and no catalogue, only its two languages' words. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  const [isPolish, setIsPolish] = useState(false)
  useEffect(() => setIsPolish(navigator.language.startsWith('pl')), [])
  return (
    <html lang={isPolish ? 'pl' : 'en'}>
      <body>
        <PlainError {...(isPolish ? pl : en)} code={error.digest} onRetry={reset} />
      </body>
    </html>
  )
}
