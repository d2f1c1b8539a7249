'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Field } from '@/ui/field'
import { Textarea } from '@/ui/textarea'

const PAUSE_MS = 700
const LONGEST = 2000

type MatchNoteProps = { id: string; note: string; readOnly: boolean }

/** The member's own words, saved when the typing rests and when the field or the panel is left. */
export function MatchNote({ id, note, readOnly }: MatchNoteProps) {
  const t = useTranslations('matches.panel')
  const trpc = useTRPC()
  const client = useQueryClient()
  const [draft, setDraft] = useState(note)
  const saved = useRef(note)
  const save = useMutation(
    trpc.matches.setNote.mutationOptions({
      onError: () => {
        saved.current = note
      },
      onSuccess: () => client.invalidateQueries({ queryKey: trpc.matches.pathKey() }),
    }),
  )
  const latest = useRef(() => {})
  latest.current = () => {
    if (readOnly || draft.trim() === saved.current.trim()) return
    saved.current = draft
    save.mutate({ id, note: draft })
  }
  useEffect(() => {
    if (draft.trim() === saved.current.trim()) return
    const timer = setTimeout(() => latest.current(), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft])
  useEffect(() => () => latest.current(), [])
  const hint = save.isPending ? t('saving') : save.isSuccess && draft.trim() === saved.current.trim() ? t('saved') : ''
  return (
    <Field label={t('note')} hint={<span aria-live="polite">{hint}</span>}>
      <Textarea
        rows={2}
        value={draft}
        readOnly={readOnly}
        maxLength={LONGEST}
        placeholder={t('notePlaceholder')}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => latest.current()}
      />
    </Field>
  )
}
