import { Button, Link, Section, Text } from 'react-email'
import { LIGHT, TONES, type Tone } from './mail-theme'
import type { MailAction } from './mail-words'

type Props = { readonly buttons: readonly MailAction[]; readonly tone: Tone }

/** What can be done, the first thing filled; and each address in words under them, for programs that show no buttons. */
export function MailButtons({ buttons, tone }: Props) {
  if (buttons.length === 0) return null
  return (
    <Section style={{ margin: '20px 0 0' }}>
      <div>
        {buttons.map(({ label, url }, at) => (
          <MailButton first={at === 0} key={url} label={label} tone={tone} url={url} />
        ))}
      </div>
      {buttons.map(({ label, url }) => (
        <Text className="ink2" key={url} style={address}>
          {label}:{' '}
          <Link className="ink2" href={url} style={{ color: LIGHT.ink2, wordBreak: 'break-all' }}>
            {url}
          </Link>
        </Text>
      ))}
    </Section>
  )
}

function MailButton({ label, url, tone, first }: MailAction & { readonly tone: Tone; readonly first: boolean }) {
  const looks = first ? { ...button, ...filled, background: TONES[tone] } : button
  return (
    <Button className={`button button-${first ? tone : 'plain'}`} href={url} style={looks}>
      {label}
    </Button>
  )
}

const button = {
  background: LIGHT.card,
  border: `1px solid ${LIGHT.lineStrong}`,
  borderRadius: 6,
  color: LIGHT.ink,
  display: 'inline-block',
  fontSize: 14,
  fontWeight: 600,
  lineHeight: '20px',
  margin: '0 8px 8px 0',
  padding: '11px 16px',
  textDecoration: 'none',
}
const filled = { border: '1px solid transparent', color: '#ffffff' }
const address = { color: LIGHT.ink2, fontSize: 12, lineHeight: '16px', margin: '4px 0 0' }
