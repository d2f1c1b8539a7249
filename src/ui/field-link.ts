'use client'

import { createContext, useContext } from 'react'

type FieldLink = { id: string; labelId: string; describedBy: string | undefined; invalid: boolean; disabled: boolean }

/** What a Field tells the control in it. */
export const FieldContext = createContext<FieldLink | null>(null)

type Own = { id?: string | undefined; disabled?: boolean | undefined; label?: string | undefined }

/** The attributes that tie a control to its Field; its own label and id come first. */
export function useFieldLink({ id, disabled, label }: Own) {
  const field = useContext(FieldContext)
  return {
    id: id ?? field?.id,
    disabled: disabled || field?.disabled || undefined,
    'aria-label': label,
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.invalid || undefined,
  }
}

/** For a group of controls, which a `label` element cannot name. */
export function useFieldLabelId(): string | undefined {
  return useContext(FieldContext)?.labelId
}
