import type { InlineKeyboardButton } from 'grammy/types'
import { ACTION_DATA_BYTES } from '../../action-data'
import type { Action, Message } from '../../message'
import { isPublicUrl } from '../rules-address'
import { cutLines, type Line, lengthOf, lineToHtml, oneLine } from './rules-html'

const HEADING_MAX = 256
const FOOTER_MAX = 256
const LABEL_MAX = 48

/** The message as Telegram's HTML, at most `max` seen characters; the footer stays, the lines in the middle are cut. */
export function renderHtml(message: Message, max: number): string {
  const heading: Line = [{ text: oneLine(message.heading), bold: true, url: message.url }]
  const footer: readonly Line[] = message.footer ? [[{ text: oneLine(message.footer) }]] : []
  const [top, end] = [cutLines([heading], HEADING_MAX), cutLines(footer, FOOTER_MAX)]
  const body = message.lines.map((line) => line.map((span) => ({ ...span, text: inlineText(span.text) })))
  const taken = [...top, ...end].reduce((sum, line) => sum + lengthOf(line) + 1, 0)
  const lines = [...top, ...cutLines(body, max - taken)].map(lineToHtml)
  return [...lines, ...end.map((line) => `<i>${lineToHtml(line)}</i>`)].join('\n')
}

/** Spaces at a span's ends part it from its neighbours, so they stay. */
function inlineText(text: string): string {
  return text.replace(/^(\s*)([\s\S]*?)(\s*)$/, (_all, before: string, middle: string, after: string) =>
    [before ? ' ' : '', oneLine(middle), after ? ' ' : ''].join(''),
  )
}

/** Rows of at most three buttons; those that Telegram would refuse the whole message for are left out. */
export function renderButtons(actions: readonly Action[]): InlineKeyboardButton[][] {
  const buttons = actions.flatMap((action) => renderButton(action))
  const rows: InlineKeyboardButton[][] = []
  for (const button of buttons) {
    const row = rows.at(-1)
    if (row && fits(row, button)) row.push(button)
    else rows.push([button])
  }
  return rows
}

function renderButton(action: Action): InlineKeyboardButton[] {
  const text = oneLine(action.label).slice(0, LABEL_MAX)
  switch (action.kind) {
    case 'open':
      return isPublicUrl(action.url) ? [{ text, url: action.url }] : []
    case 'do':
      return Buffer.byteLength(action.data) <= ACTION_DATA_BYTES ? [{ text, callback_data: action.data }] : []
  }
}

/** On a phone three short words stand side by side; longer ones would lose their ends. */
function fits(row: readonly InlineKeyboardButton[], button: InlineKeyboardButton): boolean {
  const letters = row.reduce((sum, other) => sum + other.text.length, button.text.length)
  return row.length < 3 && letters <= 30
}
