import { Link, Text } from 'react-email'
import { LIGHT } from './mail-theme'

export type MailSpan = {
  readonly text: string
  readonly bold?: boolean
  readonly struck?: boolean
  readonly url?: string
}

/** One line of spans: bold, struck through, linked. */
export function MailLine({ spans }: { readonly spans: readonly MailSpan[] }) {
  return (
    <Text className="ink" style={line}>
      {spans.map((span, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity, and a mail is drawn once
        <MailText key={at} {...span} />
      ))}
    </Text>
  )
}

/** The one big figure of a letter. */
export function MailFigure({ text }: { readonly text: string }) {
  return (
    <Text className="ink" style={{ ...line, fontSize: 28, fontWeight: 650, lineHeight: '32px', margin: '4px 0' }}>
      {text}
    </Text>
  )
}

function MailText({ text, bold, struck, url }: MailSpan) {
  const style = { fontWeight: bold ? 600 : 400, textDecoration: struck ? 'line-through' : 'none' }
  if (!url) return <span style={style}>{text}</span>
  return (
    <Link className="ink" href={url} style={{ ...style, color: LIGHT.ink, textDecoration: 'underline' }}>
      {text}
    </Link>
  )
}

const line = {
  color: LIGHT.ink,
  fontSize: 15,
  fontVariantNumeric: 'tabular-nums',
  lineHeight: '22px',
  margin: '0 0 4px',
  wordBreak: 'break-word' as const,
}
