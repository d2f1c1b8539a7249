import { Link } from 'react-email'
import { LIGHT } from './mail-theme'
import { mailText, phoneUrl } from './mail-words'

export type MailFact = { readonly label: string; readonly value: string; readonly url?: string | undefined }

/** A fact that is there; none where it is not. */
export function factOf(label: string, value: string | null | undefined, url?: string): readonly MailFact[] {
  return value ? [{ label, value: mailText(value), url }] : []
}

export function phoneFact(label: string, phone: string | null | undefined): readonly MailFact[] {
  return phone ? factOf(label, phone, phoneUrl(phone)) : []
}

/** Label on the left, value on the right, a line between two. */
export function MailFacts({ facts }: { readonly facts: readonly MailFact[] }) {
  return (
    <table cellPadding="0" cellSpacing="0" style={{ borderCollapse: 'collapse', margin: '8px 0 0', width: '100%' }}>
      <tbody>
        {facts.map((fact) => (
          <tr key={fact.label}>
            <th className="ink2 line" scope="row" style={{ ...cell, ...label }}>
              {fact.label}
            </th>
            <td className="ink line" style={{ ...cell, ...value }}>
              <MailValue {...fact} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function MailValue({ value: text, url }: MailFact) {
  if (!url) return text
  return (
    <Link className="ink" href={url} style={{ color: LIGHT.ink, textDecoration: 'underline' }}>
      {text}
    </Link>
  )
}

const cell = {
  borderTop: `1px solid ${LIGHT.line}`,
  fontSize: 14,
  lineHeight: '20px',
  padding: '8px 0',
  verticalAlign: 'top',
} as const
const label = { color: LIGHT.ink2, fontWeight: 400, paddingRight: 16, textAlign: 'left', whiteSpace: 'nowrap' } as const
const value = { color: LIGHT.ink, fontVariantNumeric: 'tabular-nums', textAlign: 'right' } as const
