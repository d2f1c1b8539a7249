'use client'

import { useFieldLink } from './field-link'

type SwitchProps = {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Needed where no Field gives a label. */
  label?: string
  disabled?: boolean
  name?: string
  id?: string
}

/** On or off at once, without a Save button. */
export function Switch({ checked, onChange, label, disabled, name, id }: SwitchProps) {
  const link = useFieldLink({ id, disabled, label })
  return (
    <span className="relative -my-0.5 inline-flex h-6 shrink-0 items-center align-middle">
      <input
        {...link}
        type="checkbox"
        role="switch"
        name={name}
        checked={checked}
        aria-checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="peer absolute inset-0 cursor-default appearance-none outline-none disabled:cursor-not-allowed"
      />
      <span aria-hidden className={trackStyles}>
        <span className="size-4 rounded-full bg-card shadow-lift transition-transform dark:bg-paper" />
      </span>
    </span>
  )
}

const trackStyles =
  'pointer-events-none inline-flex h-5 w-8.5 items-center rounded-full border border-edge bg-edge p-px transition-colors peer-checked:border-good peer-checked:bg-good peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-wheat peer-disabled:opacity-50 peer-checked:*:translate-x-3.5'
