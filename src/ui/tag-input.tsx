'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import { cx } from './class-names'
import { useFieldLink } from './field-link'
import { controlStyles } from './input'

type TagInputProps = {
  value: readonly string[]
  onChange: (value: string[]) => void
  /** Needed where no Field gives a label. */
  label?: string
  placeholder?: string
  disabled?: boolean
  tone?: 'neutral' | 'bad'
}

/** Words, one after another: Enter or a comma ends one, Backspace takes the last back, a pasted list is cut up. */
export function TagInput({ value, onChange, label, placeholder, disabled, tone = 'neutral' }: TagInputProps) {
  const t = useTranslations('ui.combobox')
  const link = useFieldLink({ disabled, label })
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState('')
  function add(text: string) {
    const words = text
      .split(/[,;\n]/)
      .map((word) => word.trim())
      .filter(Boolean)
    onChange([...new Set([...value, ...words])])
    setDraft('')
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if ((event.key === 'Enter' || event.key === ',') && draft.trim()) {
      event.preventDefault()
      add(draft)
    }
    if (event.key === 'Backspace' && !draft) onChange(value.slice(0, -1))
  }
  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    const text = event.clipboardData.getData('text')
    if (!/[,;\n]/.test(text)) return
    event.preventDefault()
    add(draft + text)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only widens the field's area for the mouse
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field itself takes the keys
    <div
      onClick={() => input.current?.focus()}
      className={cx(
        controlStyles,
        'flex min-h-8 cursor-text flex-wrap items-center gap-1 px-1.5 py-1 focus-within:border-wheat focus-within:outline-1 focus-within:outline-wheat',
      )}
    >
      {value.map((word) => (
        <span
          key={word}
          className={cx(
            'inline-flex h-6 items-center gap-0.5 rounded-[4px] pl-2 text-table',
            tone === 'bad' ? 'bg-bad-fill text-bad-ink' : 'bg-press text-ink',
          )}
        >
          {word}
          <button
            type="button"
            aria-label={t('remove', { name: word })}
            onClick={() => onChange(value.filter((other) => other !== word))}
            className="flex size-6 items-center justify-center rounded-[4px] hover:bg-press"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <input
        {...link}
        ref={input}
        value={draft}
        placeholder={value.length === 0 ? placeholder : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => draft.trim() && add(draft)}
        className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none"
      />
    </div>
  )
}
