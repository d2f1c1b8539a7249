'use client'

import { FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type DragEvent, useState } from 'react'
import { cx } from '@/ui/class-names'
import { RadioGroup } from '@/ui/radio-group'
import { fieldsOf, IMPORT_KINDS, type ImportKind } from '../rules'

/** A file is chosen, dropped or taken from the phone; it is sent at once, and its page shows the rest. */
export function NewImport() {
  const t = useTranslations('imports')
  const [kind, setKind] = useState<ImportKind>('gifts')
  const { send, busy, error } = useUpload(kind)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    send(event.dataTransfer.files[0])
  }
  return (
    <div className="flex max-w-160 flex-col gap-5">
      <RadioGroup
        label={t('kind.label')}
        options={IMPORT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      <label
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'flex min-h-40 cursor-pointer flex-col items-center justify-center gap-2 rounded-card border border-line-strong border-dashed p-6 text-center focus-within:outline-2 focus-within:outline-wheat hover:bg-hover',
          over && 'bg-hover',
        )}
      >
        <FileUp aria-hidden className="size-6 text-ink-3" />
        <span className="font-medium">{busy ? t('sending') : t('drop')}</span>
        <span className="text-ink-3 text-meta">{t('dropHint')}</span>
        <input
          type="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          className="sr-only"
          disabled={busy}
          onChange={(event) => {
            send(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      {error && (
        <p role="alert" className="text-bad-ink">
          {error}
        </p>
      )}
      <p className="text-ink-3 text-meta">
        {t('columnsFor')}: <span className="break-words">{fieldsOf(kind).join(', ')}</span>
      </p>
    </div>
  )
}

function useUpload(kind: ImportKind) {
  const t = useTranslations('imports')
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const send = async (file: File | undefined) => {
    if (!file || busy) return
    setBusy(true)
    setError(null)
    const answer = await post(kind, file).catch(() => ({ message: t('failed') }))
    if ('id' in answer) return router.push(`/imports/${answer.id}`)
    setError(answer.message)
    setBusy(false)
  }
  return { send: (file: File | undefined) => void send(file), busy, error }
}

/** The door's answer: `{id}`, or `{message}` in the reader's language. */
async function post(kind: ImportKind, file: File): Promise<{ id: string } | { message: string }> {
  const address = `/api/v1/imports?${new URLSearchParams({ kind, name: file.name })}`
  const response = await fetch(address, { method: 'POST', body: file, headers: { 'Content-Type': 'text/csv' } })
  return response.json()
}
