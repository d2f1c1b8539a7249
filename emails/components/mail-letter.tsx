import type { ReactNode } from 'react'
import { Heading, Link } from 'react-email'
import { MailButtons } from './mail-buttons'
import { MailFrame } from './mail-frame'
import { LIGHT, type Tone } from './mail-theme'
import { type MailReader, mailText, mailWords } from './mail-words'

type Props = MailReader & {
  readonly tone: Tone
  readonly heading: string
  /** Where the heading leads. */
  readonly url?: string | undefined
  /** What the inbox shows beside the subject. */
  readonly preview: string
  /** Instead of why signals come here and where to stop them. */
  readonly footer?: readonly string[] | undefined
  /** Above the heading. */
  readonly photo?: ReactNode
  readonly children: ReactNode
}

/** The frame, a heading, what the letter is about, and what can be done. */
export function MailLetter({ heading, url, preview, footer, photo, children, ...reader }: Props) {
  const { t } = mailWords(reader)
  const why = footer ?? [t('emails.why'), t('emails.stop', { url: reader.settingsUrl })]
  return (
    <MailFrame footer={why} locale={reader.locale} preview={mailText(preview)} tone={reader.tone}>
      {photo}
      <Heading as="h1" className="ink" style={title}>
        <MailHeading heading={mailText(heading)} url={url} />
      </Heading>
      {children}
      <MailButtons buttons={reader.buttons} tone={reader.tone} />
    </MailFrame>
  )
}

function MailHeading({ heading, url }: { readonly heading: string; readonly url?: string | undefined }) {
  if (!url) return heading
  return (
    <Link className="ink" href={url} style={{ color: LIGHT.ink, textDecoration: 'none' }}>
      {heading}
    </Link>
  )
}

const title = {
  color: LIGHT.ink,
  fontSize: 20,
  fontWeight: 650,
  lineHeight: '26px',
  margin: '0 0 8px',
  wordBreak: 'break-word' as const,
}
