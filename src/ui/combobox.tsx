'use client'

import { ChevronsUpDown } from 'lucide-react'
import { type ComponentType, type FocusEvent, type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { cx } from './class-names'
import { useFieldLink } from './field-link'
import { controlStyles } from './input'
import type { Option } from './select'

export type ComboboxProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value | null
  onChange: (value: Value | null) => void
  /** Needed where no Field gives a label. */
  label?: string
  placeholder?: string
  disabled?: boolean
  /** What to say when nothing fits; a general line when left out. */
  empty?: string
  /** The options are found elsewhere: told what is typed, and nothing is filtered here. */
  onQueryChange?: (query: string) => void
  className?: string
}

/** How somebody came to it while it was only a button. */
type Arrival = { focused: boolean; open: boolean }

export type BoxProps<Value extends string> = ComboboxProps<Value> & { arrival: Arrival }

/** A choice among many, found by typing. Until somebody comes to it, it is a button: the box with its list is 57 kB. */
export function Combobox<Value extends string>({ options, value, onChange, ...rest }: ComboboxProps<Value>) {
  const { button, come, Box, arrival } = useArrival()
  if (!Box) return <Closed {...rest} options={options} value={value} button={button} onCome={come} />
  return (
    <Box
      options={options}
      value={value}
      onChange={(next) => onChange(options.find((option) => option.value === next)?.value ?? null)}
      arrival={arrival}
      {...rest}
    />
  )
}

/** Fetches the box. It takes the button's place with the focus, if that has not moved on meanwhile. */
function useArrival() {
  const button = useRef<HTMLButtonElement>(null)
  const open = useRef(false)
  const [{ Box, arrival }, set] = useState<{ Box: ComponentType<BoxProps<string>> | null; arrival: Arrival }>({
    Box: null,
    arrival: { focused: false, open: false },
  })
  async function come(opening: boolean) {
    open.current ||= opening
    const { ComboboxBox } = await import('./combobox-box')
    const focused = document.activeElement === button.current
    set({ Box: ComboboxBox, arrival: { focused, open: focused && open.current } })
  }
  return { button, come, Box, arrival }
}

type ClosedProps<Value extends string> = Pick<
  ComboboxProps<Value>,
  'options' | 'value' | 'label' | 'placeholder' | 'disabled' | 'className'
> & { button: RefObject<HTMLButtonElement | null>; onCome: (opening: boolean) => void }

function Closed<Value extends string>(props: ClosedProps<Value>) {
  const { options, value, label, placeholder, disabled, className, button, onCome } = props
  const link = useFieldLink({ disabled, label })
  const chosen = options.find((option) => option.value === value)
  return (
    <button
      {...link}
      ref={button}
      type="button"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      // By pointer the click follows; a box that came in between would miss it.
      onFocus={(event) => isByKeyboard(event) && onCome(false)}
      onKeyDown={(event) => opens(event) && onCome(true)}
      onClick={(event) => {
        // Safari gives no focus to a button that is clicked.
        event.currentTarget.focus()
        onCome(true)
      }}
      className={cx(controlStyles, 'control-height flex items-center gap-2 pr-2 text-left', className)}
    >
      {/* The server's name of a currency may be spelt otherwise than the browser's. */}
      <span suppressHydrationWarning className={cx('min-w-0 flex-1 truncate', !chosen && 'text-ink-3')}>
        {chosen?.label ?? placeholder}
      </span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
    </button>
  )
}

function isByKeyboard({ currentTarget }: FocusEvent<HTMLButtonElement>): boolean {
  return currentTarget.matches(':focus-visible')
}

function opens({ key }: KeyboardEvent): boolean {
  return key === 'ArrowDown' || key === 'ArrowUp'
}
