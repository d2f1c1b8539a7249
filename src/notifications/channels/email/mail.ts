import type { Outcome } from '../channel'

/** A letter, ready to go. */
export type Mail = {
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  /** The delivery's id: the same letter sent again has the same, so that it can be told apart. */
  readonly key: string
  /** Where the mail program unsubscribes by one POST. */
  readonly unsubscribeUrl?: string
}

/** One way to post it. Never throws for what a mail server says. */
export type Mailer = { readonly send: (mail: Mail) => Promise<Outcome>; readonly close: () => void }

/** How mail leaves, as the environment or the administrator says. */
export type MailSettings =
  | { readonly kind: 'smtp'; readonly url: string; readonly from: string }
  | { readonly kind: 'resend'; readonly key: string; readonly baseUrl: string; readonly from: string }
  | { readonly kind: 'files'; readonly folder: string; readonly from: string }

/** What every letter has, however it leaves. RFC 3834; RFC 8058 for the two that unsubscribe. */
export function headersOf({ key, unsubscribeUrl }: Mail): Readonly<Record<string, string>> {
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Entity-Ref-ID': key }
  if (!unsubscribeUrl) return headers
  return {
    ...headers,
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}
