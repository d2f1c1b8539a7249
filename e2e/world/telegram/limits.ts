import { type Formatted, readText } from './entities.ts'
import { type Button, type Buttons, badRequest, type Params } from './wire.ts'

/** What Telegram refuses before it looks at the chat. */

const TEXT_LIMIT = 4096
const CAPTION_LIMIT = 1024

/** Lengths count UTF-16 units after entities are read, so tags cost nothing. */
export function readMessageText(params: Params): Formatted {
  const formatted = readText(stringOf(params.text), params.parse_mode)
  if (formatted.text.trim() === '') throw badRequest('message text is empty')
  if (formatted.text.length > TEXT_LIMIT) throw badRequest('message is too long')
  return formatted
}

export function readCaption(params: Params): Formatted {
  const formatted = readText(stringOf(params.caption), params.parse_mode)
  if (formatted.text.length > CAPTION_LIMIT) throw badRequest('message caption is too long')
  return formatted
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)
}

type RawButton = { text?: unknown; url?: unknown; callback_data?: unknown; web_app?: unknown; login_url?: unknown }

export function readButtons(markup: unknown): Buttons {
  if (markup === undefined || markup === null || markup === '') return []
  if (typeof markup !== 'object') throw badRequest("can't parse reply keyboard markup JSON object")
  const rows = (markup as { inline_keyboard?: unknown }).inline_keyboard // from the wire: its shape is checked below
  if (rows === undefined) return []
  if (!Array.isArray(rows)) throw badRequest('field "inline_keyboard" must be of type Array')
  return rows.map((row) => {
    if (!Array.isArray(row)) throw badRequest('field "inline_keyboard" must be an Array of Arrays')
    return row.map((button: RawButton) => readButton(button))
  })
}

function readButton(raw: RawButton): Button {
  const text = stringOf(raw.text)
  if (text === '') throw badRequest('can\'t parse inline keyboard button: Can\'t find field "text"')
  if (raw.url !== undefined) return { text, url: checkedUrl(stringOf(raw.url)) }
  if (raw.callback_data === undefined) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  const data = stringOf(raw.callback_data)
  const size = Buffer.byteLength(data)
  if (size === 0 || size > 64) throw badRequest('BUTTON_DATA_INVALID')
  return { text, data }
}

/** A host without a dot, `localhost` first of all, is no address to Telegram. */
function checkedUrl(text: string): string {
  const refuse = (why: string) => badRequest(`inline keyboard button URL '${text}' is invalid: ${why}`)
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `http://${text}`
  if (!URL.canParse(address)) throw refuse('Wrong HTTP URL')
  const url = new URL(address)
  if (url.protocol === 'tg:') return text
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('Unsupported URL protocol')
  if (!url.hostname.includes('.') && !url.hostname.startsWith('[')) throw refuse('Wrong HTTP URL')
  return text
}
