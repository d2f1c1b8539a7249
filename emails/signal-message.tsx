import { Img } from 'react-email'
import { MailLetter } from './components/mail-letter'
import { MailLine, type MailSpan } from './components/mail-line'
import type { Tone } from './components/mail-theme'
import { type MailReader, mailWords } from './components/mail-words'

export type SignalMail = MailReader & {
  readonly tone: Tone
  readonly heading: string
  readonly url?: string
  readonly photo?: string
  readonly lines: readonly (readonly MailSpan[])[]
  readonly footer?: string
  /** Instead of why signals come here and where to stop them. */
  readonly smallPrint?: readonly string[]
}

/** Any signal without a letter of its own: photo, heading, lines, buttons. */
export function SignalMessage({ lines, footer, photo, smallPrint, ...mail }: SignalMail) {
  const { t } = mailWords(mail)
  const preview = lines[0]?.map((span) => span.text).join('') ?? mail.heading
  const shown = photo && (
    <Img alt={t('emails.photo', { title: mail.heading })} src={photo} style={picture} width="552" />
  )
  return (
    <MailLetter {...mail} footer={smallPrint} photo={shown} preview={preview}>
      {lines.map((spans, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity, and a mail is drawn once
        <MailLine key={at} spans={spans} />
      ))}
      {footer && <MailLine spans={[{ text: footer }]} />}
    </MailLetter>
  )
}

const picture = { borderRadius: 6, display: 'block', height: 'auto', marginBottom: 16, maxWidth: '100%' }

SignalMessage.PreviewProps = {
  locale: 'en',
  timeZone: 'Europe/Warsaw',
  tone: 'neutral',
  heading: 'A test from Gleaner',
  lines: [[{ text: 'Sent by Anna at 10:05. This channel works.' }]],
  buttons: [{ label: 'Open Gleaner', url: 'https://gleaner.example/' }],
  settingsUrl: 'https://gleaner.example/settings/channels',
} satisfies SignalMail
