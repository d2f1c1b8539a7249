import type { ReactNode } from 'react'
import { Body, Container, Head, Html, Preview, Section, Text } from 'react-email'
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
      <Preview>{preview}</Preview>
      <Body className="paper" style={{ background: LIGHT.paper, margin: 0, padding: '24px 8px', fontFamily: FONT }}>
        <Container style={{ maxWidth: 600, width: '100%' }}>
          <Section className={`card top-${tone}`} style={{ ...card, borderTop: `4px solid ${TONES[tone]}` }}>
            {children}
          </Section>
          <Section style={{ padding: '12px 16px' }}>
            {footer.map((line) => (
              <Text className="ink2" key={line} style={{ ...small, color: LIGHT.ink2 }}>
                {line}
              </Text>
            ))}
          </Section>
        </Container>
      </Body>
    </Html>
  )
}

const card = { background: LIGHT.card, border: `1px solid ${LIGHT.line}`, borderRadius: 10, padding: 24 }
const small = { fontSize: 12, lineHeight: '18px', margin: '0 0 4px', wordBreak: 'break-word' as const }
