import type { ReactNode } from 'react'
import { Container, Head, Html, Preview, Text } from 'react-email'
import { FONT, LIGHT, MAIL_CSS, TONES, type Tone } from './mail-theme'

type Props = {
  readonly locale: string
  readonly tone: Tone
  /** What the inbox shows beside the subject. */
  readonly preview: string
  /** Why this came, and how to stop it. */
  readonly footer: readonly string[]
  readonly children: ReactNode
}

/** Paper, one card with a line of the half's colour on top, and the footer that every mail needs. */
export function MailFrame({ locale, tone, preview, footer, children }: Props) {
  return (
    <Html lang={locale}>
      <Head>
        <meta content="light dark" name="color-scheme" />
        <meta content="light dark" name="supported-color-schemes" />
        <style>{MAIL_CSS}</style>
      </Head>
      <body className="paper" style={{ background: LIGHT.paper, margin: 0, padding: 0 }}>
        <Preview>{preview}</Preview>
        <table {...layout} style={{ width: '100%' }}>
          <tbody>
            <tr>
              <td className="paper gutter" style={{ background: LIGHT.paper, padding: '24px 8px', fontFamily: FONT }}>
                <Container style={{ maxWidth: 600, width: '100%' }}>
                  <Card tone={tone}>{children}</Card>
                  <SmallPrint lines={footer} />
                </Container>
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </Html>
  )
}

// Tables of our own: those of the library put padding on a cell without a class, which no phone and no dark mode reaches.
const layout = { border: 0, cellPadding: 0, cellSpacing: 0, role: 'presentation' } as const

function Card({ tone, children }: Pick<Props, 'tone' | 'children'>) {
  return (
    <table {...layout} className={`card top-${tone}`} style={{ ...card, borderTop: `4px solid ${TONES[tone]}` }}>
      <tbody>
        <tr>
          <td className="inside" style={{ padding: 24 }}>
            {children}
          </td>
        </tr>
      </tbody>
    </table>
  )
}

function SmallPrint({ lines }: { readonly lines: readonly string[] }) {
  return (
    <div style={{ padding: '12px 16px' }}>
      {lines.map((line) => (
        <Text className="ink2" key={line} style={{ ...small, color: LIGHT.ink2 }}>
          {line}
        </Text>
      ))}
    </div>
  )
}

const card = { background: LIGHT.card, border: `1px solid ${LIGHT.line}`, borderRadius: 10, width: '100%' }
const small = { fontSize: 12, lineHeight: '18px', margin: '0 0 4px', wordBreak: 'break-word' as const }
