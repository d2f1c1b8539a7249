import { factOf, MailFacts, phoneFact } from './components/mail-facts'
import { MailLetter } from './components/mail-letter'
import { MailLine } from './components/mail-line'
import { type MailReader, mailWords } from './components/mail-words'
import { READER } from './components/sample-reader'

export type LatePledgeMail = MailReader & {
  /** The contact's page. */
  readonly url: string
  readonly facts: {
    readonly name: string
    readonly phone: string | null
    /** Minor units as text, as all amounts here. */
    readonly amount: string
    readonly currency: string
    readonly frequency:
      | 'weekly'
      | 'biweekly'
      | 'monthly'
      | 'bimonthly'
      | 'quarterly'
      | 'semiannual'
      | 'annual'
      | 'irregular'
    readonly dueOn: string
    readonly daysLate: number
    readonly open: string
    /** So many instalments before it came on time. */
    readonly onTime: number
  }
}

/** One pledge that is late: who, since when, how much, and how it was before. */
export function LatePledge({ facts, ...mail }: LatePledgeMail) {
  const { t, amount, day } = mailWords(mail)
  const { name, phone, frequency, currency, dueOn, daysLate: days, onTime } = facts
  const promise = t(`alerts.every.${frequency}`, { amount: amount(facts.amount, currency) })
  const open = amount(facts.open, currency)
  const before = onTime > 0 ? t('alerts.late.onTime', { count: onTime }) : null
  return (
    <MailLetter
      {...mail}
      heading={t('alerts.late.heading', { name, promise })}
      preview={t('alerts.late.line', { days, due: day(dueOn), open })}
      tone="giving"
    >
      <MailLine spans={[{ text: capital(t('alerts.late.days', { days }), mail.locale), bold: true }]} />
      <MailFacts
        facts={[
          ...factOf(t('emails.label.due'), day(dueOn)),
          ...factOf(t('emails.label.open'), open),
          ...factOf(t('emails.label.before'), before),
          ...phoneFact(t('emails.label.phone'), phone),
        ]}
      />
    </MailLetter>
  )
}

/** As a line of its own; within a sentence it begins small. */
function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

LatePledge.PreviewProps = {
  ...READER,
  url: 'https://gleaner.example/contacts/1',
  facts: {
    name: 'Anna Nowak',
    phone: '+48 600 000 000',
    amount: '10000',
    currency: 'PLN',
    frequency: 'monthly',
    dueOn: '2026-11-10',
    daysLate: 12,
    open: '10000',
    onTime: 3,
  },
} satisfies LatePledgeMail
