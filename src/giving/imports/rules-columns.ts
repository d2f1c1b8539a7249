import { fold } from '@/kernel/text'
import { fieldsOf, type ImportKind } from './rules'

/** The column (from 0) of each field that the file has. */
export type Mapping = Readonly<Record<string, number>>

/** What people call a column, folded and without signs, beside the field's own name. */
const ALIASES: Readonly<Record<string, string>> = {
  first_name: 'firstname givenname first imie',
  last_name: 'lastname surname familyname last name nazwisko fullname organisation organization',
  email: 'emailaddress mail primaryemail adresemail',
  phone: 'telephone phonenumber mobile primaryphone telefon numertelefonu',
  street_address: 'street address address1 streetaddress1 mailingstreet mailingstreetaddress ulica adres',
  city: 'town mailingcity miasto miejscowosc',
  state: 'region province stateprovince mailingstate wojewodztwo',
  postal_code: 'zip zipcode postcode mailingpostalcode kodpocztowy',
  country: 'mailingcountry kraj',
  notes: 'note comment comments memo uwagi notatki opis',
  kind: 'contactkind contacttype rodzaj',
  contact_email: 'email donoremail emailaddress mail adresemail',
  contact_first_name: 'firstname donorfirstname donorsfirstname imie',
  contact_last_name: 'lastname donorlastname donorslastname surname nazwisko',
  amount: 'donationamount giftamount totalamount sum kwota',
  date: 'donationdate giftdate receivedate receiveddate dateofdonation donatedat givenon data datawplaty',
  donation_type: 'gifttype type typ rodzajwplaty',
  payment_method: 'method paymenttype metoda metodaplatnosci sposobplatnosci',
  external_id: 'externalid transactionid giftid donationid id numertransakcji',
  currency: 'donationcurrency waluta',
  fund: 'designation campaign cel fundusz',
  anonymous: 'isanonymous anonim anonimowa anonimowo',
  extra: 'dodatkowa dodatkowo',
  soft_credits: 'softcredit',
}

/** "Contact E-mail" → "contactemail". */
function bare(label: string): string {
  return fold(label).replace(/[^\p{L}\p{N}]/gu, '')
}

/**
 * Which column is which field, by the names in the header alone. The field's own name wins over another name for it; of
 * two columns of one name the first counts.
 */
export function mapColumns(kind: ImportKind, header: readonly string[]): Mapping {
  const labels = header.map(bare)
  const pairs = fieldsOf(kind).flatMap((field): [string, number][] => {
    const names = [bare(field), ...(ALIASES[field] ?? '').split(' ')]
    const at = names.map((name) => labels.indexOf(name)).find((found) => found >= 0)
    return at === undefined ? [] : [[field, at]]
  })
  return Object.fromEntries(pairs)
}

/** Fields without which no row can be read; of several in one list one is enough. */
const NEEDED: Readonly<Record<ImportKind, readonly (readonly string[])[]>> = {
  contacts: [['first_name', 'last_name']],
  gifts: [['amount'], ['date'], ['contact_email', 'contact_first_name', 'contact_last_name']],
}

/** The fields that a person has to find a column for, the first of each choice. */
export function missingFields(kind: ImportKind, mapping: Mapping): readonly string[] {
  return NEEDED[kind].filter((any) => any.every((field) => mapping[field] === undefined)).map(([first = '']) => first)
}
