'use client'

import Link from 'next/link'
import type { MouseEvent, ReactNode } from 'react'

type OpenerProps = { href?: string | undefined; onOpen?: (() => void) | undefined; children: ReactNode }

const look =
  'block max-w-full truncate text-left font-medium underline-offset-3 hover:underline max-sm:line-clamp-2 max-sm:whitespace-normal'

/** The title is the real link or button; a click anywhere on the row, or Enter on it, presses it. */
export function Opener({ href, onOpen, children }: OpenerProps) {
  if (href) {
    return (
      <Link href={href} scroll={false} tabIndex={-1} data-opens className={look}>
        {children}
      </Link>
    )
  }
  if (!onOpen) return <span className={look.replace('hover:underline', '')}>{children}</span>
  return (
    <button type="button" tabIndex={-1} data-opens onClick={onOpen} className={look}>
      {children}
    </button>
  )
}

export function pressOpener(row: HTMLElement): void {
  row.querySelector<HTMLElement>('[data-opens]')?.click()
}

/** A click on one of the row's own controls, or the end of selecting text, is not a wish to open the row. */
export function openByClick(event: MouseEvent<HTMLElement>): void {
  const target = event.target instanceof Element ? event.target : null
  const inPortal = !target || !event.currentTarget.contains(target)
  if (inPortal || window.getSelection()?.type === 'Range') return
  if (!target.closest('a,button,input,label,[role="checkbox"]')) pressOpener(event.currentTarget)
}
