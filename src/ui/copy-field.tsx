'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from './button'
import { Field } from './field'
import { Input } from './input'

type CopyFieldProps = {
  label: string
  value: string
  hint?: string
  /** A secret that is never shown again: says so. */
  once?: boolean
}

const SHOWN_MS = 2_000

/** A value to take away: a key, a link, a command. */
export function CopyField({ label, value, hint, once = false }: CopyFieldProps) {
  const t = useTranslations('ui.copy')
  const [copied, setCopied] = useState(false)
  async function copy() {
    await copyText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <Field label={label} hint={once ? t('once') : hint}>
      <div className="flex gap-2">
        <Input
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          spellCheck={false}
          className="font-mono text-table"
        />
        <Button icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />} onClick={copy}>
          <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
        </Button>
      </div>
    </Field>
  )
}

/** Browsers give the clipboard only to https and localhost; on a home network over plain http the old way still works. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
