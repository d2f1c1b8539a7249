import { SignalMessage } from '@emails/signal-message'
import { render } from 'react-email'
import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { inert, truncate } from '@/kernel/text'
import type { Message, Reader, Span } from '../../message'
import { webUrl } from '../rules-address'
import type { Mail } from './mail'

const SUBJECT_MAX = 200
/** A title of 10,000 letters is cut, as in a chat. */
const TEXT_MAX = 2000

/** A message as a letter: React escapes the HTML; subject and text lose what could start a new line or header. */
export async function renderMail(message: Message, reader: Reader, to: string, key: string): Promise<Mail> {
  const clean = cleaned(message)
  const subject = truncate(clean.subject, SUBJECT_MAX)
  const html = await render(letterOf(clean, reader))
  const { unsubscribeUrl } = message
  return { to, key, subject, html, text: plainText(clean, reader), ...(unsubscribeUrl && { unsubscribeUrl }) }
}

function letterOf(message: Message, reader: Reader) {
  const { appUrl } = reader
  if (!message.letter) return <SignalMessage {...propsOf(message, reader)} />
  return message.letter({ buttons: openings(message, reader), settingsUrl: settingsUrl(appUrl) })
}

function cleaned(message: Message): Message {
  return {
    ...message,
    subject: oneLine(message.subject),
    heading: oneLine(message.heading),
    url: safeUrl(message.url),
    lines: message.lines.map((line) => line.map(cleanSpan)),
    footer: message.footer && oneLine(message.footer),
  }
}

function cleanSpan(span: Span): Span {
  return { ...span, text: truncate(inert(span.text).replace(/\s+/g, ' '), TEXT_MAX), url: safeUrl(span.url) }
}

function oneLine(text: string): string {
  return truncate(inert(text).replace(/\s+/g, ' ').trim(), TEXT_MAX)
}

function safeUrl(url: string | undefined): string | undefined {
  return url ? webUrl(url)?.href : undefined
}

function propsOf(message: Message, reader: Reader) {
  const { locale, timeZone, appUrl } = reader
  return {
    ...message,
    locale: chooseLocale({ profile: locale }),
    timeZone,
    photo: message.photos.map(safeUrl).find(Boolean),
    buttons: openings(message, reader),
    settingsUrl: settingsUrl(appUrl),
  }
}

/** Addresses become buttons, and so does what may be done by a signed link; the other taps need a chat. */
function openings({ actions }: Message, { actUrl }: Reader) {
  return actions.flatMap((action) => {
    const url = action.kind === 'open' ? safeUrl(action.url) : action.byMail && actUrl?.(action.data)
    return url ? [{ label: oneLine(action.label), url }] : []
  })
}

function settingsUrl(appUrl: string): string {
  return `${appUrl}/settings/channels`
}

function plainText(message: Message, reader: Reader): string {
  const { locale, timeZone, appUrl } = reader
  const { t } = createTranslatorFor(chooseLocale({ profile: locale }), timeZone)
  const lines = message.lines.map((line) => line.map((span) => span.text).join(''))
  const buttons = openings(message, reader).map(({ label, url }) => `${label}: ${url}`)
  const end = ['--', ...(message.smallPrint ?? [t('emails.why'), t('emails.stop', { url: settingsUrl(appUrl) })])]
  const parts = [message.heading, ...lines, '', ...buttons, message.footer ?? '', '', ...end]
  return `${parts.join('\n').replace(/\n{3,}/g, '\n\n')}\n`
}
