import { Heading, Img, Link } from 'react-email'
import { createTranslatorFor } from '@/i18n/translator'
import { MailButton } from './components/mail-button'
import { MailFrame } from './components/mail-frame'
import { MailLine, type MailSpan } from './components/mail-line'
import { LIGHT, type Tone } from './components/mail-theme'

export type SignalMail = {
  readonly locale: 'en' | 'pl'
  readonly timeZone: string
  readonly tone: Tone
  readonly heading: string
  readonly url?: string
  readonly photo?: string
  readonly lines: readonly (readonly MailSpan[])[]
  readonly footer?: string
  readonly buttons: readonly { readonly label: string; readonly url: string }[]
  /** Where its reader can stop it. */
  readonly settingsUrl: string
  /** Instead of why signals come here and where to stop them. */
  readonly smallPrint?: readonly string[]
}

/** One signal: photo, heading, lines, buttons. */
export function SignalMessage(mail: SignalMail) {
  const { t } = createTranslatorFor(mail.locale, mail.timeZone)
  const preview = mail.lines[0]?.map((span) => span.text).join('') ?? mail.heading
  const footer = mail.smallPrint ?? [t('emails.why'), t('emails.stop', { url: mail.settingsUrl })]
  return (
    <MailFrame footer={footer} locale={mail.locale} preview={preview} tone={mail.tone}>
      {mail.photo && (
        <Img alt={t('emails.photo', { title: mail.heading })} src={mail.photo} style={photo} width="552" />
      )}
      <Heading as="h1" className="ink" style={heading}>
        <MailHeading heading={mail.heading} url={mail.url} />
      </Heading>
      {mail.lines.map((spans, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity, and a mail is drawn once
        <MailLine key={at} spans={spans} />
      ))}
      {mail.buttons.map(({ label, url }) => (
        <MailButton key={url} label={label} orOpen={t('emails.orOpen', { url })} tone={mail.tone} url={url} />
      ))}
      {mail.footer && <MailLine spans={[{ text: mail.footer }]} />}
    </MailFrame>
  )
}

function MailHeading({ heading: text, url }: { readonly heading: string; readonly url?: string }) {
  if (!url) return text
  return (
    <Link className="ink" href={url} style={{ color: LIGHT.ink, textDecoration: 'none' }}>
      {text}
    </Link>
  )
}

const photo = { borderRadius: 6, display: 'block', height: 'auto', marginBottom: 16, maxWidth: '100%' }
const heading = { color: LIGHT.ink, fontSize: 20, lineHeight: '26px', margin: '0 0 8px' }
