import { Link } from 'react-email'
import { LIGHT } from './mail-theme'
import { mailText, phoneUrl } from './mail-words'

/** One thing of a list: what it is, what is to say of it, and a figure. */
export type MailRow = {
  readonly text: string
  readonly url?: string
  /** Under it, smaller. */
  readonly facts?: readonly string[]
  readonly phone?: string | null
  /** On the right: an amount, a date. */
  readonly end?: string
  /** Before it, struck through: the price it had. */
  readonly struck?: string
}

/** The same as words in one line. */
export function rowText({ text, facts = [], phone, end, struck }: MailRow): string {
  const price = [...(end ? [end] : []), ...(struck ? [`(${struck})`] : [])].join(' ')
  return [text, ...(price ? [price] : []), ...facts, ...(phone ? [`☎ ${phone}`] : [])].map(mailText).join(' · ')
}

export function MailRows({ rows }: { readonly rows: readonly MailRow[] }) {
  return (
    <table cellPadding="0" cellSpacing="0" style={{ borderCollapse: 'collapse', margin: '4px 0 0', width: '100%' }}>
      <tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same, and a mail is drawn once
          <tr key={at}>
            <td className="ink line" style={{ ...cell, wordBreak: 'break-word' }}>
              <RowName {...row} />
              <RowFacts {...row} />
            </td>
            <td className="ink line" style={{ ...cell, ...figure }}>
              <RowEnd {...row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RowName({ text, url }: MailRow) {
  if (!url) return <span style={{ fontWeight: 600 }}>{mailText(text)}</span>
  return (
    <Link className="ink" href={url} style={{ color: LIGHT.ink, fontWeight: 600, textDecoration: 'underline' }}>
      {mailText(text)}
    </Link>
  )
}

function RowFacts({ facts = [], phone }: MailRow) {
  if (facts.length === 0 && !phone) return null
  return (
    <div className="ink2" style={{ color: LIGHT.ink2, fontSize: 13, lineHeight: '18px' }}>
      {facts.map(mailText).join(' · ')}
      {phone && facts.length > 0 ? ' · ' : ''}
      {phone && (
        <Link className="ink2" href={phoneUrl(phone)} style={{ color: LIGHT.ink2, whiteSpace: 'nowrap' }}>
          ☎ {mailText(phone)}
        </Link>
      )}
    </div>
  )
}

function RowEnd({ end, struck }: MailRow) {
  return (
    <>
      {end}
      {struck && (
        <div className="ink2" style={{ color: LIGHT.ink2, fontSize: 13, textDecoration: 'line-through' }}>
          {struck}
        </div>
      )}
    </>
  )
}

const cell = {
  borderTop: `1px solid ${LIGHT.line}`,
  color: LIGHT.ink,
  fontSize: 14,
  lineHeight: '20px',
  padding: '6px 0',
  verticalAlign: 'top',
} as const
const figure = {
  fontVariantNumeric: 'tabular-nums',
  paddingLeft: 12,
  textAlign: 'right',
  whiteSpace: 'nowrap',
} as const
