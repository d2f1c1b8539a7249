import { Heading, Link, Section, Text } from 'react-email'
import { MailButton } from './components/mail-button'
import { MailFrame } from './components/mail-frame'
import { MailLine, type MailSpan } from './components/mail-line'
import { LIGHT } from './components/mail-theme'

export type SummarySection = {
  readonly title: string
  /** The rows that make it. */
  readonly url: string
  readonly lines: readonly (readonly MailSpan[])[]
}

export type WeeklySummaryMail = {
  readonly locale: 'en' | 'pl'
  readonly heading: string
  readonly sections: readonly SummarySection[]
  readonly open: { readonly label: string; readonly url: string; readonly orOpen: string }
  /** Why this came, and how to stop it. */
  readonly footer: readonly string[]
}

/** The week in sections; each title opens its rows. */
export function WeeklySummary({ locale, heading, sections, open, footer }: WeeklySummaryMail) {
  return (
    <MailFrame
      footer={footer}
      locale={locale}
      preview={sections[0]?.lines[0]?.map(({ text }) => text).join('') ?? heading}
      tone="giving"
    >
      <Heading
        as="h1"
        className="ink"
        style={{ color: LIGHT.ink, fontSize: 20, lineHeight: '26px', margin: '0 0 8px' }}
      >
        {heading}
      </Heading>
      {sections.map((section) => (
        <SummaryPart key={section.title} {...section} />
      ))}
      <MailButton label={open.label} orOpen={open.orOpen} tone="giving" url={open.url} />
    </MailFrame>
  )
}

function SummaryPart({ title, url, lines }: SummarySection) {
  return (
    <Section style={{ borderTop: `1px solid ${LIGHT.line}`, margin: '12px 0 0', paddingTop: 12 }}>
      <Text style={{ fontSize: 13, fontWeight: 600, lineHeight: '18px', margin: '0 0 4px' }}>
        <Link className="ink2" href={url} style={{ color: LIGHT.ink2, textDecoration: 'underline' }}>
          {title}
        </Link>
      </Text>
      {lines.map((spans, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity, and a mail is drawn once
        <MailLine key={at} spans={spans} />
      ))}
    </Section>
  )
}
