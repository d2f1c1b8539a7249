import { MailLetter } from './components/mail-letter'
import { MailLine } from './components/mail-line'
import { MailRows } from './components/mail-rows'
import { type MailReader, mailWords } from './components/mail-words'
import { READER } from './components/sample-reader'

export type LatePledgesMail = MailReader & {
  /** The list of late pledges. */
  readonly url: string
  readonly facts: {
    readonly count: number
    /** The first of them. */
    readonly lines: readonly {
      readonly name?: string
      readonly phone?: string | null
      readonly days: number
      readonly dueOn?: string
      /** Minor units as text. */
      readonly open?: string
      readonly currency?: string
      /** The contact's page. */
      readonly url?: string
      /** How it ended meanwhile. */
      readonly ended?: string
    }[]
  }
}

/** Many pledges that are late, in one letter with its list. */
export function LatePledges({ facts: { count, lines }, ...mail }: LatePledgesMail) {
  const { t, amount, day } = mailWords(mail)
  const rows = lines.map(({ name, phone, days, dueOn, open, currency, url, ended }) => ({
    text: name ?? '',
    ...(url && { url }),
    ...(ended
      ? { facts: [ended] }
      : {
          facts: [t('alerts.late.days', { days }), ...(dueOn ? [t('emails.dueOn', { date: day(dueOn) })] : [])],
          ...(phone && { phone }),
          ...(open && currency && { end: amount(open, currency) }),
        }),
  }))
  const names = lines.map(({ name }) => name ?? '').join(', ')
  const rest = count - rows.length
  return (
    <MailLetter {...mail} heading={t('alerts.late.many', { count })} preview={names} tone="giving">
      <MailRows rows={rows} />
      {rest > 0 && <MailLine spans={[{ text: t('alerts.more', { count: rest }) }]} />}
    </MailLetter>
  )
}

LatePledges.PreviewProps = {
  ...READER,
  url: 'https://gleaner.example/care?show=late',
  facts: {
    count: 12,
    lines: [
      { name: 'Rodzina Wiśniewskich', days: 74, dueOn: '2026-09-09', open: '45000', phone: '+48 601 000 000' },
      { name: 'Anna Nowak', days: 41, dueOn: '2026-10-12', open: '10000', phone: '+48 600 000 000' },
      { name: 'Jan Kowalski', days: 30, dueOn: '2026-10-23', open: '5050', phone: null },
      { name: 'Parafia św. Jadwigi w Krakowie-Krowodrzy', days: 12, dueOn: '2026-11-10', open: '120000' },
    ].map((line) => ({ ...line, currency: 'PLN', url: 'https://gleaner.example/contacts/1' })),
  },
} satisfies LatePledgesMail
