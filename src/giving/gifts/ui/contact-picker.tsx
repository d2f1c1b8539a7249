'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Combobox } from '@/ui/combobox'

type Chosen = { readonly id: string; readonly name: string }

type ContactPickerProps = {
  value: Chosen | null
  onChange: (contact: Chosen | null) => void
  /** Needed where no Field gives a label. */
  label?: string
  placeholder?: string
}

/** Who gave, found by typing a part of a name, an e-mail address or a phone. */
export function ContactPicker({ value, onChange, label, placeholder }: ContactPickerProps) {
  const trpc = useTRPC()
  const [typed, setTyped] = useState('')
  const asked = typed === value?.name ? '' : typed.trim().slice(0, 200)
  const input = { limit: 20, ...(asked && { q: asked }) }
  const found = useQuery(trpc.contacts.list.queryOptions(input, { placeholderData: (previous) => previous }))
  const rows = found.data?.contacts.map(({ id, displayName }) => ({ id, name: displayName })) ?? []
  const all = value && !rows.some((row) => row.id === value.id) ? [value, ...rows] : rows
  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      options={all.map(({ id, name }) => ({ value: id, label: name }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(all.find((row) => row.id === id) ?? null)}
      onQueryChange={setTyped}
    />
  )
}
