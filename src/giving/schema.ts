import * as z from 'zod'
import { isPlainDate } from '@/kernel/dates'

// Messages that look like keys are keys of the `errors` texts.

/**
 * One line of text as people type it: without the marks that would turn the direction of what stands beside it, and
 * refused where it holds control characters.
 */
export function lineSchema(most: number) {
  return z
    .string()
    .overwrite(unturned)
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, 'fields.format')
}

/** The same of several lines. */
export function linesSchema(most: number) {
  const isText = (text: string) => !text.includes('\0')
  return z.string().overwrite(unturned).trim().max(most).refine(isText, 'fields.format')
}

function unturned(text: string): string {
  return text.replace(/\p{Bidi_Control}/gu, '')
}

/** A day of the calendar: "2026-11-22". */
export const daySchema = z.string().refine(isPlainDate, 'contact.badDate')

/** The `nextCursor` of the page before: a day or moment and an id. */
export const cursorSchema = z
  .string()
  .max(100)
  .regex(/^[0-9TZ:.-]+_[0-9a-f-]{36}$/)
  .nullish()
