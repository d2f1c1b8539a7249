import { Heading, Link, Section, Text } from 'react-email'
import { MailLetter } from './components/mail-letter'
import { MailLine } from './components/mail-line'
import { type MailRow, MailRows } from './components/mail-rows'
import { LIGHT, TONES } from './components/mail-theme'
import { type MailReader, mailText } from './components/mail-words'
import { READER } from './components/sample-reader'

export type { MailRow } from './components/mail-rows'

export type SummarySection = {
  readonly half: 'giving' | 'bargains'
  readonly title: string
  /** The rows that make it. */
  readonly url: string
  /** The figures. */
  readonly lead?: string
  /** What they are compared with. */
  readonly note?: string
  readonly rows: readonly MailRow[]
  /** "and 3 more" */
  readonly more?: string
}

export type WeeklySummaryMail = MailReader & {
  readonly heading: string
  readonly sections: readonly SummarySection[]
  /** Why this came, and how to stop it. */
  readonly footer: readonly string[]
}

/** The week in sections; each title opens its rows. */
export function WeeklySummary({ sections, ...mail }: WeeklySummaryMail) {
  const [first] = sections
  const preview = [first?.title, first?.lead ?? first?.rows[0]?.text].filter(Boolean).join(': ')
  return (
    <MailLetter {...mail} preview={preview} tone={first?.half ?? 'giving'}>
      {sections.map((section) => (
        <SummaryPart key={section.title} {...section} />
      ))}
    </MailLetter>
  )
}

function SummaryPart({ half, title, url, lead, note, rows, more }: SummarySection) {
  return (
    <Section style={{ margin: '20px 0 0' }}>
      <Heading as="h2" className={`ink2 mark-${half}`} style={{ ...heading, borderLeft: `3px solid ${TONES[half]}` }}>
        <Link className="ink2" href={url} style={{ color: LIGHT.ink2, textDecoration: 'underline' }}>
          {title}
        </Link>
      </Heading>
      {lead && <MailLine spans={[{ text: mailText(lead), bold: true }]} />}
      {note && (
        <Text className="ink2" style={small}>
          {mailText(note)}
        </Text>
      )}
      {rows.length > 0 && <MailRows rows={rows} />}
      {more && (
        <Text className="ink2" style={small}>
          {more}
        </Text>
      )}
    </Section>
  )
}

const heading = {
  color: LIGHT.ink2,
  fontSize: 13,
  fontWeight: 600,
  lineHeight: '18px',
  margin: '0 0 4px',
  paddingLeft: 8,
}
const small = { color: LIGHT.ink2, fontSize: 13, lineHeight: '18px', margin: '2px 0' }

WeeklySummary.PreviewProps = {
  ...READER,
  heading: 'Your week, Nov 16, 2026 to Nov 22, 2026',
  footer: ['You get this because you are a member of Kowalscy.', 'Stop the weekly summary: https://gleaner.example/'],
  sections: [
    {
      half: 'giving',
      title: 'Gifts of the week',
      url: 'https://gleaner.example/gifts',
      lead: '2 gifts, 350 zł',
      note: 'The same week last year: 1 gift, 100 zł',
      rows: [
        { text: 'Anna Nowak', url: 'https://gleaner.example/contacts/1', facts: ['Nov 21, 2026'], end: '250 zł' },
        { text: 'Jan Kowalski', url: 'https://gleaner.example/contacts/2', facts: ['Nov 18, 2026'], end: '100 zł' },
      ],
    },
    {
      half: 'bargains',
      title: 'Cheaper this week',
      url: 'https://gleaner.example/matches',
      rows: [{ text: 'Gazelle 28"', url: 'https://gleaner.example/watches/1', end: '650 zł', struck: '750 zł' }],
    },
  ],
} satisfies WeeklySummaryMail
