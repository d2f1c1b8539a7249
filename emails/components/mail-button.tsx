import { Button, Link, Section, Text } from 'react-email'
import { LIGHT, TONES, type Tone } from './mail-theme'

type Props = { readonly label: string; readonly url: string; readonly tone: Tone; readonly orOpen: string }

/** A button, and its address in words under it for programs that show no buttons. */
export function MailButton({ label, url, tone, orOpen }: Props) {
  return (
    <Section style={{ margin: '16px 0 0' }}>
      <Button href={url} style={{ ...button, background: TONES[tone] }}>
        {label}
      </Button>
      <Text className="ink2" style={{ color: LIGHT.ink2, fontSize: 12, lineHeight: '18px', margin: '8px 0 0' }}>
        <Link className="ink2" href={url} style={{ color: LIGHT.ink2, wordBreak: 'break-all' }}>
          {orOpen}
        </Link>
      </Text>
    </Section>
  )
}

const button = {
  borderRadius: 6,
  color: '#ffffff',
  display: 'inline-block',
  fontSize: 14,
  fontWeight: 600,
  padding: '10px 18px',
  textDecoration: 'none',
}
