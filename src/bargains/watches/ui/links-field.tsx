'use client'

import { useTranslations } from 'next-intl'
import { Field } from '@/ui/field'
import { Textarea } from '@/ui/textarea'

type LinksFieldProps = {
  value: string
  onChange: (text: string) => void
  onBlur: () => void
  /** The text as it will be after a paste. */
  onPasted: (text: string) => void
  error: string | undefined
  focus: boolean
}

const MOST_ROWS = 8

/** The one big field: a pasted link, or several, one a line. */
export function LinksField({ value, onChange, onBlur, onPasted, error, focus }: LinksFieldProps) {
  const t = useTranslations('watches.form')
  const rows = Math.min(Math.max(value.split('\n').length + 1, 2), MOST_ROWS)
  return (
    <Field label={t('links')} hint={t('linksHint')} error={error}>
      <Textarea
        value={value}
        rows={rows}
        autoFocus={focus}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        inputMode="url"
        placeholder={t('linksPlaceholder')}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        onPaste={(event) => {
          const area = event.currentTarget
          requestAnimationFrame(() => onPasted(area.value))
        }}
        className="py-2 text-touch"
      />
    </Field>
  )
}
