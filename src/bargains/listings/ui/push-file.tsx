'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { MOST_LETTERS } from '../rules-bookmarklet'
import type { PushedPage } from '../schema'
import { packPage } from './pack-page'

/** A page that was saved to a file, with the address that it was saved from. */
export function PushFile({ busy, onPage }: { busy: boolean; onPage: (page: PushedPage) => void }) {
  const t = useTranslations('push.file')
  const [tooLong, setTooLong] = useState(false)
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [url, file] = [form.get('url'), form.get('file')]
    if (typeof url !== 'string' || !(file instanceof File)) return
    setTooLong(file.size > MOST_LETTERS)
    if (file.size <= MOST_LETTERS) onPage(await packPage(url.trim(), file))
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={send}>
      <Field label={t('url')}>
        <Input name="url" type="url" required maxLength={2000} />
      </Field>
      <Field label={t('choose')} error={tooLong ? t('tooLong', { most: MOST_LETTERS / 1024 / 1024 }) : undefined}>
        <Input name="file" type="file" className="py-1" accept=".html,.htm,.json,.xml,text/html" required />
      </Field>
      <Button type="submit" busy={busy} className="self-start">
        {t('read')}
      </Button>
    </form>
  )
}
