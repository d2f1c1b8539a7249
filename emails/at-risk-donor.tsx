import { factOf, MailFacts, phoneFact } from './components/mail-facts'
import { MailLetter } from './components/mail-letter'
import { MailLine } from './components/mail-line'
import { type MailReader, mailWords } from './components/mail-words'
import { READER } from './components/sample-reader'

export type AtRiskDonorMail = MailReader & {
  /** The contact's page. */
  readonly url: string
  readonly facts: {
    readonly name: string
    readonly phone: string | null
    readonly basis: 'pledge' | 'own' | 'default'
    readonly gapDays: number
    readonly silentDays: number
    readonly lastGift: string
    /** Minor units as text. */
    readonly amount: string | null
    readonly currency: string | null
  }
}

/** One donor who may be drifting away, and why we think so. */
export function AtRiskDonor({ facts, ...mail }: AtRiskDonorMail) {
  const { t, amount, day } = mailWords(mail)
  const { name, phone, basis, gapDays: gap, silentDays: days, lastGift, currency } = facts
  const why = t(`alerts.risk.${basis}`, { gap, days })
  const gave = facts.amount && currency ? `${amount(facts.amount, currency)}, ${day(lastGift)}` : day(lastGift)
  return (
    <MailLetter {...mail} heading={t('alerts.risk.heading', { name })} preview={why} tone="giving">
      <MailLine spans={[{ text: why }]} />
      <MailFacts facts={[...factOf(t('emails.label.last'), gave), ...phoneFact(t('emails.label.phone'), phone)]} />
    </MailLetter>
  )
}

AtRiskDonor.PreviewProps = {
  ...READER,
  url: 'https://gleaner.example/contacts/1',
  facts: {
    name: 'Jan Kowalski',
    phone: '+48 602 000 000',
    basis: 'own',
    gapDays: 31,
    silentDays: 52,
    lastGift: '2026-10-01',
    amount: '5000',
    currency: 'PLN',
  },
} satisfies AtRiskDonorMail
