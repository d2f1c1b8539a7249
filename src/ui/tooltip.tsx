'use client'

import { type FocusEvent, type PointerEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { late } from './late'
import { useEver } from './use-late'

const TooltipPopup = late(() => import('./tooltip-popup').then((module) => module.TooltipPopup))

type TooltipProps = { text: string; shortcut?: string | undefined; children: ReactElement }

const DELAY_MS = 400

/** A name or a hint for one control; never the only place of anything needed, for a finger cannot hover. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  const [open, setOpen] = useState(false)
  const holder = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const ever = useEver(open)
  useEffect(() => () => clearTimeout(timer.current), [])
  function show(event: PointerEvent | FocusEvent) {
    const hovers = 'pointerType' in event && event.pointerType === 'mouse'
    if (!hovers && !(event.target instanceof Element && event.target.matches(':focus-visible'))) return
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen(true), DELAY_MS)
  }
  function hide() {
    clearTimeout(timer.current)
    setOpen(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for the hover and focus of the control in it
    <span
      ref={holder}
      className="contents"
      onPointerEnter={show}
      onFocus={show}
      onPointerLeave={hide}
      onPointerDown={hide}
      onBlur={hide}
    >
      {children}
      {ever && <TooltipPopup open={open} onClose={hide} holder={holder} text={text} shortcut={shortcut} />}
    </span>
  )
}
