/** The product token: what a robots.txt calls us. */
export const PRODUCT = 'Gleaner'

/** Who asks, with an address where a site reaches whoever runs this (`GLEANER_CONTACT`). */
export function userAgentOf(contact: string | undefined): string {
  return `${PRODUCT}/0.1${contact ? ` (+${contact})` : ''}`
}
