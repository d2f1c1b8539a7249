import { factOf, MailFacts, phoneFact } from './components/mail-facts'
import { MailLetter } from './components/mail-letter'
import { MailFigure, MailLine } from './components/mail-line'
import { type MailReader, mailWords } from './components/mail-words'
import { READER } from './components/sample-reader'

export type GiftReceivedMail = MailReader & {
  /** The contact's page. */
  readonly url: string
  readonly facts: {
    readonly name: string
    readonly phone: string | null
    /** Minor units as text. */
    readonly amount: string
    readonly currency: string
    readonly givenOn: string
    readonly news: 'first' | 'resumed' | 'larger' | 'smaller' | null
    readonly thanksDue: boolean
  }
}

/** A gift that came: the figure first, then what is special about it. */
export function GiftReceived({ facts, ...mail }: GiftReceivedMail) {
  const { t, amount, day } = mailWords(mail)
  const { name, phone, currency, givenOn, news, thanksDue } = facts
  const given = amount(facts.amount, currency)
  const special = [...(news ? [t(`alerts.gift.${news}`)] : []), ...(thanksDue ? [t('alerts.gift.thanks')] : [])]
  return (
    <MailLetter
      {...mail}
      heading={name}
      preview={[t('alerts.gift.line', { amount: given, date: day(givenOn) }), ...special].join(' ')}
      tone="giving"
    >
      <MailFigure text={given} />
      {special.length > 0 && <MailLine spans={[{ text: special.join(' ') }]} />}
      <MailFacts
        facts={[...factOf(t('emails.label.given'), day(givenOn)), ...phoneFact(t('emails.label.phone'), phone)]}
      />
    </MailLetter>
  )
}

GiftReceived.PreviewProps = {
  ...READER,
  url: 'https://gleaner.example/contacts/1',
  facts: {
    name: 'Anna Nowak',
    phone: '+48 600 000 000',
    amount: '25000',
    currency: 'PLN',
    givenOn: '2026-11-21',
    news: 'first',
    thanksDue: true,
  },
} satisfies GiftReceivedMail
